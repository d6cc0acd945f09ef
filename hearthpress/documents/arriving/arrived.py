"""What arrived as a manuscript's source, and what its writer is told was left out or changed.

The sentences are marked for translation where they are shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from hearthpress.documents import files
from hearthpress.documents.files import BadManuscript, gettext_noop
from hearthpress.documents.text import clean

MAX_FILE_BYTES = 10_000_000

FILE_TOO_LARGE = gettext_noop(
    "This file is larger than 10 MB. Take the pictures out of it and send them on their own, or send the text in parts."
)
PASTE_TOO_LARGE = gettext_noop(
    "This is more than can be pasted at once. Paste the text in parts, or send it as a file."
)
DAMAGED = gettext_noop(
    "This file seems to be damaged. Open it where it was written, save it again, and send the new file."
)
UNPACKS_TOO_LARGE = gettext_noop(
    "There is far more in this file than the text of a story. Copy the words into a new document, and send that one."
)
LOCKED = gettext_noop(
    "This file is locked with a password. Save it without the password, or copy the words and paste them."
)
OLD_WORD = gettext_noop("This file is in Word’s old format. Open it in Word, save it as .docx, and send that file.")
RICH_TEXT = gettext_noop(
    "This file is in the Rich Text Format. Open it in a word processor, save it as .docx, and send that file."
)
PDF = gettext_noop(
    "This file is a PDF, from which the text of a story does not come out whole. Send the document that it was "
    "made from, or save it as .docx."
)
PAGES = gettext_noop("This file was made by Pages. Choose File, Export To, Word there, and send the .docx file.")
NO_DOCUMENT = gettext_noop("This file is not a text document. A .docx, .odt, .md or .txt file can be read.")
NO_WORDS = gettext_noop(
    "No words were found in this file. If you see words in it, copy them there and paste them here."
)

CHANGES = gettext_noop(
    "The document has tracked changes. The text stands here as if all of them were accepted; read it once more."
)
COMMENTS = gettext_noop("The comments beside the text were left out.")
NOTES = gettext_noop("Footnotes and endnotes now stand at the end of the text, with their numbers.")
TABLES = gettext_noop("A story cannot hold tables: each row became a paragraph.")
PICTURES = gettext_noop("The pictures in the document were left out. Please add them as pictures.")
HEADERS = gettext_noop("The header and footer of the pages were left out.")
HIDDEN = gettext_noop("Words that the document hides were left out.")
MACROS = gettext_noop("The document brought macros along. They were left out and never run.")
NESTED = gettext_noop("A list inside another list became part of it.")
STRUCK = gettext_noop(
    "Words that were crossed out stand in the text without the line. Take out what is not meant to stay."
)
UNDERLINED = gettext_noop("Underlining was left out. Where it matters, make the words italic.")
LINKS = gettext_noop(
    "Links that do not lead to a page on the web or to an e-mail address were left out; their words are there."
)
SETTINGS = gettext_noop("The settings at the top of the file were left out.")

# In the order in which a writer reads them: what may change the words first.
_LOSSES = (
    CHANGES, STRUCK, HIDDEN, COMMENTS, PICTURES, TABLES, NOTES, NESTED, HEADERS, LINKS, UNDERLINED, SETTINGS, MACROS,
)  # fmt: skip


@dataclass(frozen=True)
class Arrived:
    """A manuscript's source, and a sentence for each thing of the writer's that is not in it as it was."""

    source: str
    losses: tuple[str, ...] = ()


def arrived(source: str, losses: Iterable[str] = ()) -> Arrived:
    """The cleaned source with the losses in their order, each once. Raises BadManuscript for more text than is read."""
    source = clean(source)
    if len(source.encode()) > files.MAX_BYTES:
        raise BadManuscript(files.TOO_LONG)
    told = set(losses)
    return Arrived(source, tuple(loss for loss in _LOSSES if loss in told))
