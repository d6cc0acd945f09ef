"""The passages of a text, each with the place where it stands, and the text again with parts of them replaced."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from hearthpress.documents import inline
from hearthpress.documents.inline import Line, Node
from hearthpress.documents.schema import Block, Document

# What readers read of a block beside its words. The title of a related line is another story's own.
READ = ("speaker", "source", "alt", "caption", "credit", "says")
INLINE = ("text", "hard_break")


class Passage(NamedTuple):
    """One line of words.

    `place` is the name of a field ("headline"), or the way to a line of the document ("text.4.0/1": the second line of
    the first child of the fifth block) or to what is said about a block ("text.4@alt"). Such a name stays true for as
    long as the text is the same. `titled` where capital letters say little, as in a headline.
    """

    place: str
    text: str
    titled: bool = False


class Span(NamedTuple):
    """A part of a passage, and what is read in its place."""

    first: int
    end: int
    label: str


Spans = Mapping[str, Sequence[Span]]


def passages(document: Document) -> Iterator[Passage]:
    """The lines of a checked document, and what readers read about its blocks, in order."""
    yield from _passages(document, "text")


def replaced(document: Document, spans: Spans) -> Document:
    """The document with the parts of its passages replaced, by their places. No two parts of one place overlap."""
    return _replaced(document, "text", spans)


def addresses(node: Block) -> list[str]:
    """The web addresses that a checked document links to, each once, in order."""
    own = [mark["attrs"]["href"] for mark in node.get("marks", []) if mark["type"] == "link"]
    own += [address] if (address := node.get("attrs", {}).get("permalink")) else []
    inside = [address for child in node.get("content", []) for address in addresses(child)]
    return list(dict.fromkeys(own + inside))


def kept(text: str, begins: int, spans: Iterable[Span]) -> str:
    """What is read in the place of `text`, which is the part of a passage that begins at `begins`."""
    read, done = "", 0
    for first, end, label in spans:
        if end <= begins or first >= begins + len(text):
            continue
        read += text[done : max(0, first - begins)] + (label if first >= begins else "")
        done = end - begins
    return read + text[done:]


def replaced_line(line: Line, spans: Sequence[Span]) -> Line:
    """The line read as one text: a part that only half stands in italics is found and replaced whole."""
    read: Line = []
    begins = 0
    for run in line:
        read.append(run._replace(text=kept(run.text, begins, spans)))
        begins += len(run.text)
    return read


def _passages(node: Block, place: str) -> Iterator[Passage]:
    for name in READ:
        if said := node.get("attrs", {}).get(name):
            yield Passage(f"{place}@{name}", said)
    children = node.get("content", [])
    if _is_inline(children):
        for number, line in enumerate(inline.lines(children)):
            words = "".join(run.text for run in line)
            yield Passage(f"{place}/{number}", words, titled=node["type"] == "heading")
        return
    for number, child in enumerate(children):
        yield from _passages(child, f"{place}.{number}")


def _replaced(node: Block, place: str, spans: Spans) -> Block:
    changed = dict(node)
    if "attrs" in node:
        said = {name: kept(node["attrs"][name], 0, spans.get(f"{place}@{name}", ())) for name in _read_of(node)}
        changed["attrs"] = {**node["attrs"], **said}
    children = node.get("content", [])
    if _is_inline(children):
        lines = enumerate(inline.lines(children))
        read = [replaced_line(line, spans.get(f"{place}/{number}", ())) for number, line in lines]
        changed["content"] = inline.content(read)
    elif children:
        changed["content"] = [_replaced(child, f"{place}.{n}", spans) for n, child in enumerate(children)]
    return changed


def _read_of(node: Block) -> list[str]:
    return [name for name in READ if isinstance(node["attrs"].get(name), str)]


def _is_inline(children: Sequence[Node]) -> bool:
    return bool(children) and children[0]["type"] in INLINE
