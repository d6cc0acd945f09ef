"""Any file that a writer sends, told apart by what is in it."""

import re

from hearthpress.documents.arriving import arrived as told
from hearthpress.documents.arriving.arrived import Arrived, arrived
from hearthpress.documents.arriving.markdown import read_markdown
from hearthpress.documents.arriving.opendocument import is_opendocument, read_opendocument
from hearthpress.documents.arriving.package import Package
from hearthpress.documents.arriving.rich import read_html
from hearthpress.documents.arriving.word import is_word, read_word
from hearthpress.documents.files import BadManuscript, decode_manuscript

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
# Office's older container: Word before 2007, and everything that Office locks with a password.
_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_REFUSED = {b"%PDF": told.PDF, b"{\\rtf": told.RICH_TEXT}
_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_MARKDOWN = (".md", ".markdown")
_PAGES = re.compile(r"Index/Document\.iwa|Index\.zip|index\.xml|buildVersionHistory\.plist")


def read_file(name: str, data: bytes) -> Arrived:
    """The manuscript in a file of a writer's: .docx, .odt, Markdown, a saved web page, plain text.

    What is in the file decides, whatever its name says; only Markdown is told from plain text by the name. Raises
    BadManuscript with a sentence that says what to do instead.
    """
    if len(data) > told.MAX_FILE_BYTES:
        raise BadManuscript(told.FILE_TOO_LARGE)
    if data.startswith((_ZIP, _EMPTY_ZIP)):
        return _read_package(Package(data))
    if data.startswith(_CONTAINER):
        raise BadManuscript(told.LOCKED if _LOCKED in data else told.OLD_WORD)
    for beginning, sentence in _REFUSED.items():
        if data.startswith(beginning):
            raise BadManuscript(sentence)
    return _read_text(name, decode_manuscript(data))


def _read_package(package: Package) -> Arrived:
    if is_word(package):
        read = read_word(package)
    elif is_opendocument(package):
        read = read_opendocument(package)
    else:
        is_pages = any(_PAGES.fullmatch(name) for name in package.names)
        raise BadManuscript(told.PAGES if is_pages else told.NO_DOCUMENT)
    if not read.source:
        raise BadManuscript(told.NO_WORDS)
    return read


def _read_text(name: str, text: str) -> Arrived:
    if _HTML.match(text):
        return read_html(text)
    return read_markdown(text) if name.lower().endswith(_MARKDOWN) else arrived(text)
