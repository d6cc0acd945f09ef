"""A story in short, beside the list or on a page of its own."""

from collections.abc import Iterator
from dataclasses import dataclass

from hearthpress.desk.queue.rows import Row, rows_of
from hearthpress.desk.story_page import Judged, judged_by_others
from hearthpress.documents.plain import block_text
from hearthpress.documents.schema import Document
from hearthpress.documents.walk import walk
from hearthpress.people.models import Person
from hearthpress.submissions.doors import desk_submission
from hearthpress.submissions.enums import UNDECIDED

BEGINNING = 90  # words


@dataclass(frozen=True)
class Summary:
    """`beginning` are the first paragraphs of the text, as far as this editor may read it."""

    row: Row
    note: str
    beginning: list[str]
    judged: Judged
    undecided: bool


def summary_of(editor: Person, key: str) -> Summary:
    """Raises Http404, TakenBack: see desk_submission."""
    found = desk_submission(editor, key)
    (row,) = rows_of(editor, [found.pk])
    beginning = list(_first_words(found.document or {"type": "doc", "content": []}))
    return Summary(row, found.note, beginning, judged_by_others(found, editor), found.state in UNDECIDED)


def _first_words(document: Document) -> Iterator[str]:
    left = BEGINNING
    for block in walk(document):
        words = block_text(block).split()
        if not words:
            continue
        yield " ".join(words[:left]) + ("…" if len(words) > left else "")
        left -= len(words)
        if left <= 0:
            return
