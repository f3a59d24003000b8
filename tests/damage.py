"""Good files with accidents: what happens to bytes between an office and a batch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st

INSERTED = [
    b'"',
    b";",
    b",",
    b"\t",
    b"\n",
    b"\r",
    b"\r\n",
    b"\0",
    b"\xff",
    b"\xc3",
    b"\x81",
    b"\xef\xbb\xbf",
    b"{",
    b"\\",
]


@dataclass(frozen=True)
class Accident:
    """One thing that happens to a file, at a place given as a share of its length."""

    kind: str
    place: int
    bytes_in: bytes = b""
    length: int = 1

    def to(self, content: bytes) -> bytes:
        """`content` after the accident."""
        at = self.place % (len(content) + 1)
        return _KINDS[self.kind](content, at, self)


_KINDS: dict[str, Callable[[bytes, int, Accident], bytes]] = {
    "insert": lambda content, at, one: content[:at] + one.bytes_in + content[at:],
    "drop": lambda content, at, one: content[:at] + content[at + one.length :],
    "swap": lambda content, at, one: content[:at] + one.bytes_in + content[at + len(one.bytes_in) :],
    "twice": lambda content, at, one: content[:at] + content[max(0, at - one.length) : at] + content[at:],
    "cut": lambda content, at, one: content[:at],
}

accidents = st.builds(
    Accident,
    kind=st.sampled_from(sorted(_KINDS)),
    place=st.integers(0, 1 << 16),
    bytes_in=st.sampled_from(INSERTED),
    length=st.integers(1, 40),
)
