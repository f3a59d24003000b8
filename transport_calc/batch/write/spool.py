"""Blocks kept on disk until the end, for kinds of file that cannot be written from front to back."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

import polars as pl

_LENGTH = 8


def keep(frame: pl.DataFrame, stream: BinaryIO) -> None:
    """Append `frame` to `stream`: its length in bytes, then itself."""
    buffer = BytesIO()
    frame.write_ipc_stream(buffer, compression="lz4")
    stream.write(buffer.tell().to_bytes(_LENGTH, "little"))
    stream.write(buffer.getbuffer())


def kept(stream: BinaryIO) -> Iterator[pl.DataFrame]:
    """The frames of `stream` in their order, one at a time; `stream` stands at the first."""
    while length := stream.read(_LENGTH):
        yield pl.read_ipc_stream(BytesIO(stream.read(int.from_bytes(length, "little"))))
