from pathlib import Path

import pytest

from hearthpress.documents.files import (
    MAX_BYTES,
    NOT_READABLE,
    NOT_TEXT,
    OTHER_PROGRAM,
    TOO_LONG,
    BadManuscript,
    decode_manuscript,
    read_manuscript,
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_usual_encodings_are_read(encoding: str) -> None:
    text = "“Être là,” she said."

    assert decode_manuscript(text.encode(encoding)).removeprefix("\ufeff") == text


def test_an_empty_file_is_an_empty_text() -> None:
    assert decode_manuscript(b"") == ""


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a" * (MAX_BYTES + 1), TOO_LONG),
        (b"PK\x03\x04 a word file", OTHER_PROGRAM),
        (b"%PDF-1.7", OTHER_PROGRAM),
        (b"\x89PNG\r\n\x1a\n\x00\x00", NOT_TEXT),
        (b"\x81\x8d not of any encoding \xff", NOT_TEXT),
        (b"\xff\xfea", NOT_TEXT),
    ],
)
def test_what_is_no_manuscript_is_refused_in_plain_words(data: bytes, message: str) -> None:
    with pytest.raises(BadManuscript) as refusal:
        decode_manuscript(data)

    assert str(refusal.value) == message


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadManuscript, match=NOT_READABLE):
        read_manuscript(tmp_path / "nothing.txt")
