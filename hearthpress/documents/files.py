"""A manuscript that comes as bytes: which encodings are read, and what is said about the rest."""

import codecs
from pathlib import Path

from hearthpress.common.errors import Sentence

MAX_BYTES = 1_000_000

# Word, OpenDocument, old Word, PDF and rich text begin like this.
_OTHER_PROGRAMS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for translation where it is shown."""
    return sentence


TOO_LONG = gettext_noop("This file is too large. A manuscript may have up to 1 MB of text.")
OTHER_PROGRAM = gettext_noop(
    "This file was made by a word processor. Save it there as plain text, or copy the words and paste them."
)
NOT_TEXT = gettext_noop("This file is not plain text. Save it as a .txt file, or copy the words and paste them.")
NOT_READABLE = gettext_noop("This file could not be opened.")


class BadManuscript(Sentence, ValueError):
    """The bytes are no manuscript. The message is a plain sentence for the writer, marked for translation."""


def decode_manuscript(data: bytes) -> str:
    """The text of an uploaded file: UTF-8, UTF-16 with a byte order mark, or else Windows-1252.

    Raises BadManuscript for more than MAX_BYTES, for another program's format, and for what is no text.
    """
    if len(data) > MAX_BYTES:
        raise BadManuscript(TOO_LONG)
    if data.startswith(_OTHER_PROGRAMS):
        raise BadManuscript(OTHER_PROGRAM)
    text = _decoded(data)
    if "\x00" in text:
        raise BadManuscript(NOT_TEXT)
    return text


def read_manuscript(path: Path) -> str:
    """The text of the file at `path`. Raises BadManuscript."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadManuscript(NOT_READABLE) from error
    return decode_manuscript(data)


def _decoded(data: bytes) -> str:
    is_utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ["utf-16"] if is_utf16 else ["utf-8-sig", "cp1252"]:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadManuscript(NOT_TEXT)
