"""The zip archives that .docx and .odt files are: looked over before anything is unpacked, and read in memory only."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from hearthpress.documents.arriving.arrived import DAMAGED, LOCKED, UNPACKS_TOO_LARGE
from hearthpress.documents.files import BadManuscript

# No document that a person wrote comes near these. Bytes, except for the members and the tags.
_MAX_MEMBERS = 2_000
_MAX_UNPACKED = 100_000_000
_MAX_PART = 30_000_000
_MAX_TAGS = 300_000
# Elements inside one another. A text box in a table in a table needs some thirty.
_MAX_DEPTH = 64
# A large member that shrank more than this was made to fill the memory; XML shrinks to a twentieth.
_LARGE = 1_000_000
_MAX_RATIO = 200

_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)


class Package:
    """The members of an archive. Raises BadManuscript for one that no word processor would make."""

    def __init__(self, data: bytes) -> None:
        # Each member costs memory as soon as the archive is opened.
        if data.count(_ENTRY) > _MAX_MEMBERS:
            raise BadManuscript(UNPACKS_TOO_LARGE)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise BadManuscript(DAMAGED) from error
        self._members = self._archive.infolist()
        self._check()
        self.names = frozenset(member.filename for member in self._members)

    def part(self, name: str) -> Element | None:
        """The XML in the member of this name; None where there is none. Raises BadManuscript."""
        return read_xml(self.read(name)) if name in self.names else None

    def read(self, name: str) -> bytes:
        """The bytes of a member, never more than a part may have, whatever the archive says of its size."""
        try:
            with self._archive.open(name) as member:
                data = member.read(_MAX_PART + 1)
        except _BROKEN as error:
            raise BadManuscript(DAMAGED) from error
        if len(data) > _MAX_PART:
            raise BadManuscript(UNPACKS_TOO_LARGE)
        return data

    def _check(self) -> None:
        if len(self._members) > _MAX_MEMBERS or sum(member.file_size for member in self._members) > _MAX_UNPACKED:
            raise BadManuscript(UNPACKS_TOO_LARGE)
        names = [member.filename for member in self._members]
        if len(set(names)) < len(names) or any(_leads_elsewhere(name) for name in names):
            raise BadManuscript(DAMAGED)
        for member in self._members:
            _check_member(member)


def read_xml(data: bytes) -> Element:
    """The root of an XML part. Raises BadManuscript for what is broken, too large, too deep, or declares entities."""
    if data.count(b"<") > _MAX_TAGS:
        raise BadManuscript(UNPACKS_TOO_LARGE)
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except (DefusedXmlException, ParseError, LookupError, ValueError) as error:
        raise BadManuscript(DAMAGED) from error
    if any(depth > _MAX_DEPTH for depth in _depths(root)):
        raise BadManuscript(DAMAGED)
    return root


def _check_member(member: zipfile.ZipInfo) -> None:
    if member.flag_bits & _ENCRYPTED:
        raise BadManuscript(LOCKED)
    if member.compress_type not in _METHODS:
        raise BadManuscript(DAMAGED)
    if member.file_size > _LARGE and member.file_size > _MAX_RATIO * member.compress_size:
        raise BadManuscript(UNPACKS_TOO_LARGE)


def _leads_elsewhere(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _depths(root: Element) -> Iterator[int]:
    """How deep each element that has others inside it stands, without recursion."""
    waiting = [(root, 1)]
    while waiting:
        element, depth = waiting.pop()
        yield depth
        waiting += [(child, depth + 1) for child in element]
