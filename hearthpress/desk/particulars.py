"""What is known about the lines of a text: where words were said, and where a related line leads. Never its words."""

from collections.abc import Mapping, Sequence

from hearthpress.documents.schema import Block, Document, check
from hearthpress.documents.walk import changed, of_kind

# Rows for more lines than these would make a form too long to send.
ROWS = 50
OUT = "take out"  # what a related line's row says when the line is to go; no key of a story has a space in it

Row = Mapping[str, str]


def rows_of(document: Document, kind: str) -> list[Block]:
    """The blocks of this kind ("quote" or "related") that get a row."""
    return of_kind(document, kind)[:ROWS]


def with_rows(document: Document, quotes: Sequence[Row], related: Sequence[Row]) -> Document:
    """The document with what the rows say of its lines, in their order. A related line that is to go stays as it is."""
    given = {
        id(block): {**block, "attrs": {**block["attrs"], **row}}
        for kind, rows in (("quote", quotes), ("related", related))
        for block, row in zip(rows_of(document, kind), rows, strict=False)
        if row.get("story") != OUT
    }
    return check(changed(document, lambda block: given.get(id(block), block)))


def titles_out(document: Document, related: Sequence[Row]) -> list[str]:
    """The titles of the related lines that are to go."""
    lines = zip(rows_of(document, "related"), related, strict=False)
    return [line["attrs"]["title"] for line, row in lines if row["story"] == OUT]
