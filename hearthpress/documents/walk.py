"""A document's blocks in reading order, those inside of passages that can be skipped among them."""

from collections.abc import Callable, Iterator

from hearthpress.documents.schema import Block, Document


def walk(document: Document) -> Iterator[Block]:
    """Every block that holds words or a picture: a passage that can be skipped is opened and gives its own."""
    for block in document["content"]:
        yield from block["content"] if block["type"] == "gentle" else [block]


def of_kind(document: Document, kind: str) -> list[Block]:
    """The blocks of this kind, wherever they stand."""
    return [block for block in walk(document) if block["type"] == kind]


def without_particulars(document: Document) -> Document:
    """The document without what is known about its lines: where a quote was said, where a related line leads, what a
    picture shows and whose it is, and what a passage that can be skipped speaks of."""
    bare = changed(document, _bare)
    blocks = [{**block, "attrs": {}} if block["type"] == "gentle" else block for block in bare["content"]]
    return {**bare, "content": blocks}


def _bare(block: Block) -> Block:
    kept = {"quote": (), "related": ("title",), "figure": ("sha256",)}.get(block["type"])
    return block if kept is None else {**block, "attrs": {name: block["attrs"][name] for name in kept}}


def gentle_passages(document: Document) -> list[Block]:
    """The passages that readers can skip."""
    return [block for block in document["content"] if block["type"] == "gentle"]


def changed(document: Document, change: Callable[[Block], Block | None]) -> Document:
    """The document with what `change` makes of each block that `walk` gives, in that order; None takes it out.

    A passage that nothing is left of goes too.
    """
    return {**document, "content": list(_changed(document["content"], change))}


def _changed(blocks: list[Block], change: Callable[[Block], Block | None]) -> Iterator[Block]:
    for block in blocks:
        if block["type"] == "gentle":
            inside = list(_changed(block["content"], change))
            made = {**block, "content": inside} if inside else None
        else:
            made = change(block)
        if made is not None:
            yield made
