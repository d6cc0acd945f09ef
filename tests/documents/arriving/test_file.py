import sys
from pathlib import Path

import pytest

from hearthpress.documents import files
from hearthpress.documents.arriving import arrived as told
from hearthpress.documents.arriving.arrived import Arrived
from hearthpress.documents.arriving.file import read_file
from hearthpress.documents.files import BadManuscript
from hearthpress.documents.manuscript import parse_manuscript
from tests.documents.arriving.packages import docx, odt, packed, words

DATA = Path(__file__).parent / "data"
STORY = (DATA / "story.txt").read_text(encoding="utf-8").rstrip("\n")
STORIES = ["story.docx", "story.odt"]
LOSSES = (
    told.CHANGES,
    told.STRUCK,
    told.HIDDEN,
    told.COMMENTS,
    told.PICTURES,
    told.TABLES,
    told.NOTES,
    told.NESTED,
    told.HEADERS,
    told.LINKS,
)
# Who wrote the files, where, for whom, and what they were called there.
METADATA = ["Marchetti", "Odile", "Brightwater", "Quillfeather", "LibreOffice", "/home/", "file:", "C:"]

_opened: list[str] = []
_watching: list[bool] = []


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if _watching and (event in ("open", "urllib.Request") or event.startswith(("socket.", "subprocess.", "os."))):
        _opened.append(f"{event} {arguments[:1]}")


sys.addaudithook(_watch)


def read(name: str) -> Arrived:
    return read_file(name, (DATA / name).read_bytes())


@pytest.mark.parametrize("name", STORIES)
def test_a_word_processors_file_keeps_its_text_and_structure(name: str) -> None:
    arrived = read(name)

    assert arrived.source == STORY
    kinds = [block["type"] for block in parse_manuscript(arrived.source).document["content"]]
    assert kinds[:8] == [
        "heading", "paragraph", "heading", "paragraph", "bullet_list", "paragraph", "ordered_list", "paragraph",
    ]  # fmt: skip
    assert "quote" in kinds


@pytest.mark.parametrize("name", STORIES)
def test_what_is_not_in_the_text_is_told(name: str) -> None:
    assert read(name).losses == LOSSES


@pytest.mark.parametrize("name", [*STORIES, "pasted-from-word.html", "pasted-from-libreoffice.html"])
def test_nothing_about_the_writer_comes_along(name: str) -> None:
    data = (DATA / name).read_bytes()

    arrived = read_file("odile-marchetti.docx", data)

    told_and_read = " ".join([arrived.source, *arrived.losses])
    assert [part for part in METADATA if part in told_and_read] == []


def test_no_file_and_no_address_is_opened() -> None:
    linked = docx(
        '<w:p><w:r><w:drawing><a:blip r:link="rId1"/></w:drawing><w:t>Words</w:t></w:r></w:p>',
        {
            "word/_rels/document.xml.rels": (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"'
                ' Target="file:///etc/passwd" TargetMode="External"/>'
                '<Relationship Id="rId2" Target="http://example.org/x.dotm" TargetMode="External"'
                ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/>'
                "</Relationships>"
            ),
            "mammoth/style-map": "p => script",
        },
    )
    everything = [linked, *((DATA / name).read_bytes() for name in STORIES)]
    for data in everything:
        read_file("first, so that every module is loaded.docx", data)

    _watching.append(True)
    try:
        arrived = [read_file("a.docx", data) for data in everything]
    finally:
        _watching.clear()

    assert _opened == []
    assert (arrived[0].source, arrived[0].losses) == ("Words", (told.PICTURES,))


@pytest.mark.parametrize(
    ("name", "data", "source"),
    [
        ("a.txt", docx(words("By its words.")), "By its words."),
        ("a.docx", odt("<text:p>By its words.</text:p>"), "By its words."),
        ("a.docx", b"Plain *words*.", "Plain *words*."),
        ("a.txt", "“Ü”".encode("utf-16"), "“Ü”"),
        ("a.md", b"A *word*\nand a\n\n* * *\n\nHead\n====\n", "A *word* and a\n\n* * *\n\n## Head"),
        ("a.txt", b"Head\n====", "Head\n===="),
        ("a.txt", b"<!DOCTYPE html><html><body><p>From a <em>page</em></body></html>", "From a *page*"),
        ("a.txt", b"", ""),
    ],
)
def test_what_is_in_the_file_decides_how_it_is_read(name: str, data: bytes, source: str) -> None:
    assert read_file(name, data) == Arrived(source)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7 ...", told.PDF),
        (b"{\\rtf1\\ansi Words}", told.RICH_TEXT),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "WordDocument".encode("utf-16-le"), told.OLD_WORD),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le"), told.LOCKED),
        (packed({"Index/Document.iwa": b"1"}), told.PAGES),
        (packed({"xl/workbook.xml": "<a/>"}), told.NO_DOCUMENT),
        (packed({}), told.NO_DOCUMENT),
        (docx("<w:p/>"), told.NO_WORDS),
        (b"\x89PNG\r\n\x1a\n\x00\x00", files.NOT_TEXT),
        (b"a" * (files.MAX_BYTES + 1), files.TOO_LONG),
        (b"PK\x03\x04" + bytes(told.MAX_FILE_BYTES), told.FILE_TOO_LARGE),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(data: bytes, sentence: str) -> None:
    with pytest.raises(BadManuscript) as refusal:
        read_file("a.docx", data)

    assert str(refusal.value) == sentence


def test_settings_above_a_markdown_text_are_left_out() -> None:
    text = "---\ntitle: A\nauthor: Ann Lee\n---\n\nWords.\n\n---\n\nMore.[^1]\n\n[^1]: Ibid.\n"

    assert read_file("a.md", text.encode()) == Arrived("Words.\n\n* * *\n\nMore.[^1]\n\n[^1]: Ibid.", (told.SETTINGS,))
