"""Bytes to text: which encoding, and what is said about it."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transport_calc.batch.read.decode import (
    UNDECODABLE,
    Encoding,
    before_stray,
    byte_length,
    find_encoding,
    first_undecodable,
    open_text,
    shown,
    stray_byte,
)
from transport_calc.faults import InvalidInput

HEADER = "dato;formål;beløb\r\n"


def found(content: bytes, override: str | None = None) -> Encoding:
    return find_encoding(io.BytesIO(content), override)


def text_of(content: bytes, override: str | None = None) -> str:
    source = io.BytesIO(content)
    with open_text(source, find_encoding(source, override)) as text:
        return text.read()


def code_of(content: bytes, override: str) -> str:
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


def test_a_byte_that_is_no_character_is_marked_and_stops_nothing() -> None:
    text = text_of(b"dato\r\n\xe5\x81;b")
    assert text == "dato\r\nå\udc81;b"
    assert (stray_byte(text), shown(text)) == ("81", "dato\r\nå\\x81;b")


def test_a_mark_of_utf_8_is_a_promise() -> None:
    assert text_of(b"\xef\xbb\xbfdato\xe5") == "dato\udce5"


def test_half_a_character_at_the_end_is_found() -> None:
    assert found(b"dato;" + "ø".encode()[:1]).name == "cp1252"
    assert text_of(b"\xff\xfed\x00\x41") == "d\udc41"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (HEADER.encode() + "bel€".encode()[:-1], "utf-8"),
        (HEADER.encode() + "bel€".encode()[:-2], "utf-8"),
        (HEADER.encode() + "bel\N{GRINNING FACE}".encode()[:-1], "utf-8"),
        # What follows is no letter of UTF-8, whatever comes after it.
        (HEADER.encode() + b"bel\xf8b", "cp1252"),
        (HEADER.encode() + b"\xc3;1\r\n", "cp1252"),
        # Nothing says that this was ever UTF-8: it may be the last letter in Windows-1252.
        (b"dato;p\xe5", "cp1252"),
    ],
)
def test_a_file_cut_within_a_letter_stays_what_it_was(content: bytes, name: str) -> None:
    assert found(content).name == name


def test_of_a_letter_that_was_cut_only_the_beginning_is_marked() -> None:
    assert text_of(HEADER.encode() + "a;€".encode()[:-1]) == HEADER + "a;\udce2\udc82"


def test_text_knows_how_many_bytes_it_was() -> None:
    text = b"a\xc3\xb8\xff\xc3".decode("utf-8", UNDECODABLE)
    assert byte_length(text, "utf-8") == 5
    assert before_stray(text) == "aø"


def test_the_override_decides() -> None:
    assert text_of("beløb".encode("cp865"), "cp865") == "beløb"
    assert text_of(HEADER.encode("utf-8-sig"), "UTF8") == HEADER
    assert text_of("dato;å".encode("cp1252"), "utf-8") == "dato;\udce5"
    assert text_of(HEADER.encode("utf-16"), "utf-16") == HEADER


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
    assert first_undecodable(io.BytesIO(content)) == expected
