"""The words of a file that a writer brings in: read, and put beside what stands in the box already."""

from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile

from hearthpress.documents.arriving.arrived import MAX_FILE_BYTES, Arrived
from hearthpress.documents.arriving.file import read_file
from hearthpress.documents.files import BadManuscript, gettext_noop
from hearthpress.documents.text import squeezed

NO_WORDS = gettext_noop("There are no words in this file.")


@dataclass(frozen=True)
class Brought:
    """A file just as it came, and the manuscript that was read in it."""

    name: str
    data: bytes
    arrived: Arrived

    @property
    def words(self) -> str:
        return self.arrived.source


def read_upload(file: UploadedFile) -> Brought:
    """Read no more than a file may have. Raises BadManuscript with a sentence that is marked for translation."""
    return read_kept(file.name or "", file.read(MAX_FILE_BYTES + 1))


def read_kept(name: str, data: bytes) -> Brought:
    """Raises BadManuscript."""
    found = Brought(name, data, read_file(name, data))
    if not found.words.strip():
        raise BadManuscript(NO_WORDS)
    return found


def stands_in(words: str, typed: str) -> bool:
    """Whether the words stand in the box already, however the lines between them are broken."""
    return squeezed(words) in squeezed(typed)


def put_after(typed: str, words: str) -> str:
    return f"{typed.rstrip()}\n\n{words}" if typed.strip() else words
