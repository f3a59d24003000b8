"""Bytes to text: which encoding, and what is said about it."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transport_calc.batch.decode import Encoding, find_encoding, first_undecodable, open_text
from transport_calc.faults import InvalidInput

HEADER = "dato;formål;beløb\r\n"


def found(content: bytes, override: str | None = None) -> Encoding:
    return find_encoding(io.BytesIO(content), override)


def text_of(content: bytes, override: str | None = None) -> str:
    source = io.BytesIO(content)
    with open_text(source, find_encoding(source, override)) as text:
        return text.read()


def code_of(content: bytes, override: str | None = None) -> str:
    with pytest.raises(InvalidInput) as caught:
        find_encoding(io.BytesIO(content), override)
    return caught.value.faults[0].code


@pytest.mark.parametrize(
    "content",
    [
        HEADER.encode("utf-8"),
        HEADER.encode("utf-8-sig"),
        b"\xff\xfe" + HEADER.encode("utf-16-le"),
        b"\xfe\xff" + HEADER.encode("utf-16-be"),
        HEADER.encode("cp1252"),
    ],
)
def test_each_encoding_gives_the_same_text_with_its_own_line_ends(content: bytes) -> None:
    assert text_of(content) == HEADER


def test_windows_1252_is_announced_with_the_byte_that_forced_it() -> None:
    notice = found(HEADER.encode("cp1252")).notice
    assert notice is not None
    # "dato;form" are nine bytes, so å stands at offset 9.
    assert notice.slots == {"offset": "9", "byte": "E5"}
    assert "9" in notice.sentence("da")
    assert "Windows-1252" in notice.sentence("en")


def test_utf_8_needs_no_announcement() -> None:
    assert found(HEADER.encode()).notice is None


def test_a_byte_that_is_no_character_stops_with_its_offset() -> None:
    with pytest.raises(InvalidInput) as caught:
        found(b"dato\r\n\xe5\x81")
    (fault,) = caught.value.faults
    assert (fault.code, fault.slots["offset"], fault.slots["byte"]) == ("undecodable_byte", "7", "81")


def test_a_mark_of_utf_8_is_a_promise() -> None:
    assert code_of(b"\xef\xbb\xbfdato\xe5") == "undecodable_byte"


def test_half_a_character_at_the_end_is_found() -> None:
    assert found(b"dato;" + "ø".encode()[:1]).name == "cp1252"
    assert code_of(b"\xff\xfed\x00\x00") == "undecodable_byte"


def test_the_override_decides() -> None:
    assert text_of("beløb".encode("cp865"), "cp865") == "beløb"
    assert text_of(HEADER.encode("utf-8-sig"), "UTF8") == HEADER
    assert code_of(HEADER.encode("cp1252"), "utf-8") == "undecodable_byte"


@pytest.mark.parametrize("name", ["klingon", "base64", "", "rot13"])
def test_an_unknown_encoding_is_named(name: str) -> None:
    assert code_of(b"dato", name) == "unknown_encoding"


@given(st.binary(max_size=40), st.integers(0, 3))
def test_the_offset_is_that_of_the_whole_file_wherever_the_blocks_end(tail: bytes, shift: int) -> None:
    """The file is read in blocks of 1 MiB; a character may lie across two of them."""
    content = b"a" * ((1 << 20) - shift) + tail
    try:
        content.decode("utf-8")
        expected = None
    except UnicodeDecodeError as error:
        expected = error.start
    assert first_undecodable(io.BytesIO(content), "utf-8", 0) == expected
