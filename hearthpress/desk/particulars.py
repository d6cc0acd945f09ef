"""What is known about the lines of a text: where words were said, where a related line leads, what a picture shows and
what a passage that can be skipped speaks of. Never the words themselves."""

import json
from collections.abc import Mapping, Sequence

from hearthpress.documents.schema import Block, Document, check
from hearthpress.documents.walk import gentle_passages, of_kind, without_particulars

KINDS = ("quote", "related", "figure", "gentle")
# Rows for more lines than these would make a form too long to send.
ROWS = 50
OUT = "take out"  # what a related line's row says when the line is to go; no key of a story has a space in it

Row = Mapping[str, str]


def rows_of(document: Document, kind: str) -> list[Block]:
    """The blocks of this kind, one of KINDS, that get a row."""
    return (gentle_passages(document) if kind == "gentle" else of_kind(document, kind))[:ROWS]


def with_rows(document: Document, rows: Mapping[str, Sequence[Row]]) -> Document:
    """The document with what the rows say of its lines: by their kind, in their order. A related line that is to go
    stays as it is."""
    given = {
        id(block): {**block["attrs"], **row}
        for kind in KINDS
        for block, row in zip(rows_of(document, kind), rows.get(kind, ()), strict=False)
        if row.get("story") != OUT
    }
    said = {**document, "content": [_said(block, given) for block in document["content"]]}
    return check(said)


def carried(rows: Mapping[str, Sequence[Row]], base: Document, newest: Document) -> dict[str, list[Row]]:
    """The rows for `base`'s lines as rows for the same lines of `newest`: an empty one for each that `base` has not."""
    return {
        kind: _carried(rows.get(kind, ()), rows_of(base, kind), rows_of(newest, kind)) for kind in KINDS if kind in rows
    }


def _carried(rows: Sequence[Row], before: Sequence[Block], now: Sequence[Block]) -> list[Row]:
    free = [(_words(block), row) for block, row in zip(before, rows, strict=False)]
    made: list[Row] = []
    for block in now:
        same = next((one for one in free if one[0] == _words(block)), None)
        if same is not None:
            free.remove(same)
        made.append(same[1] if same is not None else {})
    return made


def _words(block: Block) -> str:
    """What a line is known by: its words, its title or its picture."""
    return json.dumps(without_particulars({"type": "doc", "content": [block]}), sort_keys=True)


def titles_out(document: Document, related: Sequence[Row]) -> list[str]:
    """The titles of the related lines that are to go."""
    lines = zip(rows_of(document, "related"), related, strict=False)
    return [line["attrs"]["title"] for line, row in lines if row["story"] == OUT]


def _said(block: Block, given: Mapping[int, dict[str, str]]) -> Block:
    inner = {"content": [_said(child, given) for child in block["content"]]} if block["type"] == "gentle" else {}
    attrs = {"attrs": given[id(block)]} if id(block) in given else {}
    return {**block, **inner, **attrs}
