import io
import struct
import warnings
import zipfile
from contextlib import suppress

import pytest

from hearthpress.documents.arriving.arrived import DAMAGED, LOCKED, UNPACKS_TOO_LARGE, Arrived
from hearthpress.documents.arriving.file import read_file
from hearthpress.documents.files import BadManuscript
from tests.documents.arriving.packages import docx, odt, packed, word_part, words

ENTITIES = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def document(inside: str, before: str = "") -> bytes:
    return packed({"word/document.xml": before + word_part("document", f"<w:body>{inside}</w:body>")})


def claimed(size: int) -> bytes:
    """A file whose directory says that its text is this large."""
    data = bytearray(docx(words("A")))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", size)
    return bytes(data)


def locked() -> bytes:
    data = bytearray(docx(words("A")))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 8] |= 1
    return bytes(data)


def twice() -> bytes:
    made = io.BytesIO(docx(words("One")))
    with warnings.catch_warnings(), zipfile.ZipFile(made, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("word/document.xml", word_part("document", words("Another")))
    return made.getvalue()


def nested(depth: int) -> bytes:
    return document("<w:sdt><w:sdtContent>" * depth + words("A") + "</w:sdtContent></w:sdt>" * depth)


HOSTILE = {
    "a part that fills the memory": (docx(words("a" * 40_000_000)), UNPACKS_TOO_LARGE),
    "many parts that do so together": (
        docx(words("A"), {f"word/media/{number}.bmp": bytes(900_000) for number in range(120)}),
        UNPACKS_TOO_LARGE,
    ),
    "a claim of 200 MB": (claimed(200_000_000), UNPACKS_TOO_LARGE),
    "a claim that is too small": (claimed(10), DAMAGED),
    "ten thousand members": (packed({str(number): b"" for number in range(10_000)}), UNPACKS_TOO_LARGE),
    "a million elements": (document("<w:p/>" * 1_000_000), UNPACKS_TOO_LARGE),
    "elements a thousand deep": (nested(500), DAMAGED),
    "an archive with a password": (locked(), LOCKED),
    "an entity bomb": (document(words("&amp;"), ENTITIES), DAMAGED),
    "an entity that is a file": (document(words("A"), OUTSIDE), DAMAGED),
    "an entity bomb in an .odt": (odt("<text:p>A</text:p>", {"styles.xml": f"{ENTITIES}<a>&b;</a>"}), DAMAGED),
    "two parts of one name": (twice(), DAMAGED),
    "an absolute path": (docx(words("A"), {"/etc/passwd": b"a"}), DAMAGED),
    "a path upwards": (docx(words("A"), {"word/../../a": b"a"}), DAMAGED),
    "a packing that nobody uses": (
        packed({"word/document.xml": word_part("document", words("A"))}, zipfile.ZIP_LZMA),
        DAMAGED,
    ),
    "no archive at all": (b"PK\x03\x04 words", DAMAGED),
    "the first half of a file": (docx(words("A" * 1_000))[:300], DAMAGED),
    "a file with a hole": (docx(words("A")).replace(b"word/", b"w0rd/", 1), DAMAGED),
    "no XML": (packed({"word/document.xml": b"\x00\x01"}), DAMAGED),
    "XML of nothing": (packed({"word/document.xml": "<a/>"}), DAMAGED),
    "a note that is not there": (
        document('<w:p><w:r><w:footnoteReference w:id="7"/><w:t>A</w:t></w:r></w:p>'),
        DAMAGED,
    ),
    "an .odt without text": (packed({"mimetype": "application/vnd.oasis.opendocument.text"}), DAMAGED),
    "an .odt with a password": (
        odt("", {"META-INF/manifest.xml": '<m:manifest xmlns:m="urn:m"><m:encryption-data/></m:manifest>'}),
        LOCKED,
    ),
}


@pytest.mark.parametrize(("data", "sentence"), HOSTILE.values(), ids=HOSTILE.keys())
def test_what_no_word_processor_makes_is_refused_in_plain_words(data: bytes, sentence: str) -> None:
    with pytest.raises(BadManuscript) as refusal:
        read_file("a.docx", data)

    assert str(refusal.value) == sentence


@pytest.mark.parametrize("position", range(0, 600, 7))
def test_a_damaged_file_is_read_or_refused_and_nothing_else(position: int) -> None:
    data = bytearray(docx(words("Words and more words. ") * 3))
    data[position % len(data)] ^= 0x5A

    with suppress(BadManuscript):
        assert isinstance(read_file("a.docx", bytes(data)), Arrived)


def test_deep_but_likely_elements_are_read() -> None:
    assert read_file("a.docx", nested(20)).source == "A"
