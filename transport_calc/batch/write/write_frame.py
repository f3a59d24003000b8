"""Columns to bytes: a frame appended to an open file, a pipe or standard output."""

from __future__ import annotations

import os
import re
import stat
from io import BytesIO
from typing import BinaryIO

import polars as pl

_SLICE = 10_000
_NUMBER_OF_ERROR = re.compile(r"\(os error (\d+)\)")


def write_frame(
    frame: pl.DataFrame,
    stream: BinaryIO,
    *,
    separator: str = ";",
    line_end: str = "\n",
    quotes: bool = True,
) -> None:
    """Append `frame` to `stream`, without a header; with `quotes`, a cell that needs quotes has them.

    Raises `OSError` with its number, so that a full disk and a closed pipe are told apart.
    """

    def write(part: pl.DataFrame, to: BinaryIO) -> None:
        # The engine that streams begins more slowly, and a frame is in memory already.
        part.lazy().sink_csv(
            to,
            include_header=False,
            separator=separator,
            line_terminator=line_end,
            quote_style="necessary" if quotes else "never",
            engine="in-memory",
        )

    if _is_regular_file(stream):
        stream.flush()
        try:
            write(frame, stream)
        except OSError as error:
            raise _numbered(error) from None
        return
    # polars knows no pipes: what it cannot write to, it reports in words. In slices, so that memory stays flat.
    for part in frame.iter_slices(_SLICE):
        buffer = BytesIO()
        write(part, buffer)
        stream.write(buffer.getbuffer())


def _is_regular_file(stream: BinaryIO) -> bool:
    try:
        return stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except (OSError, AttributeError):
        return False


def _numbered(error: OSError) -> OSError:
    found = _NUMBER_OF_ERROR.search(str(error))
    if error.errno is not None or found is None:
        return error
    return OSError(int(found[1]), os.strerror(int(found[1])))
