"""What a document may hold, and the one form in which it is kept, hashed and compared.

A document is JSON in ProseMirror's shape: {"type": "doc", "content": [block, ...]}. Blocks are paragraph, heading
(level 2 or 3), bullet_list and ordered_list (of list_item, each of one paragraph), quote, figure (a picture within the
text), scene_break, related and signature, and gentle: a hard passage that readers can skip, which holds any block but
the last two and itself. A paragraph holds text nodes (marks em, strong, link) and hard breaks.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from hearthpress.documents import inline
from hearthpress.documents.text import clean, one_line, safe_address, safe_web_address

Document = dict[str, Any]
Block = dict[str, Any]

# Characters and nodes together. A manuscript of 1 MB never makes more.
MAX_SIZE = 2_000_000
QUOTE_LIMITS = {"speaker": 200, "source": 200, "date": 60, "permalink": 2000, "permission": 1000}
RELATED_LIMITS = {"title": 300, "story": 64}
FIGURE_LIMITS = {"sha256": 64, "alt": 400, "caption": 400, "credit": 200}
GENTLE_LIMITS = {"says": 120}
HEADING_LEVELS = (2, 3)


class BadDocument(ValueError):
    """The value is not a document of this schema. The message is a plain sentence."""


def check(document: Any) -> Document:
    """The document in canonical form: defaults written out, nothing empty, nothing that is not in the schema.

    Blocks without words are dropped, bullet lists that follow one another are joined. Unknown keys are left out.
    Raises BadDocument for an unknown block or mark, a link that is not http, https or mailto, and more than the limits
    above.
    """
    if _kind(document) != "doc":
        raise BadDocument("This is not a document.")
    _check_size(document)
    return {"type": "doc", "content": _blocks(document)}


def join_bullets(blocks: Iterable[Block]) -> list[Block]:
    """The blocks, with bullet lists that follow one another made one."""
    joined: list[Block] = []
    for block in blocks:
        if block["type"] == "bullet_list" and joined and joined[-1]["type"] == "bullet_list":
            joined[-1] = {**block, "content": joined[-1]["content"] + block["content"]}
        else:
            joined.append(block)
    return joined


def paragraph(nodes: list[inline.Node]) -> Block:
    """A paragraph of these canonical nodes."""
    return {"type": "paragraph", "content": nodes}


def paragraphs(paragraph_nodes: Iterable[list[inline.Node]]) -> list[Block]:
    """A paragraph for each list of nodes that is not empty."""
    return [paragraph(nodes) for nodes in paragraph_nodes if nodes]


def list_of(kind: str, items: Iterable[list[inline.Node]]) -> Block:
    """A bullet_list or ordered_list, one item for each list of nodes that is not empty."""
    return {"type": kind, "content": [{"type": "list_item", "content": [item]} for item in paragraphs(items)]}


def quote(content: list[Block], **attrs: str) -> Block:
    """A quote of these paragraphs, the attributes that are not given being empty."""
    return {"type": "quote", "attrs": {name: attrs.get(name, "") for name in QUOTE_LIMITS}, "content": content}


def related(title: str, story: str = "") -> Block:
    """A related line; `story` is the target's key, "" until an editor has chosen it."""
    return {"type": "related", "attrs": {"title": title, "story": story}}


def scene_break() -> Block:
    """What parts two scenes."""
    return {"type": "scene_break"}


def figure(sha256: str, **words: str) -> Block:
    """The picture with this hash, in hexadecimal; `words` are its alt, caption and credit, "" where not given."""
    return {"type": "figure", "attrs": {name: {"sha256": sha256, **words}.get(name, "") for name in FIGURE_LIMITS}}


def gentle(content: list[Block], says: str = "") -> Block:
    """A hard passage of these blocks; `says` is what it speaks of, "" when that is better not said."""
    return {"type": "gentle", "attrs": {"says": says}, "content": content}


def _blocks(node: Block) -> list[Block]:
    """The canonical blocks of a document or a gentle passage."""
    return join_bullets(checked for block in _children(node) if (checked := _block(block)) is not None)


def _block(block: Any) -> Block | None:
    kind = _kind(block)
    if kind not in _BLOCKS:
        raise BadDocument(f"A story cannot hold a block of the kind “{kind:.40}”.")
    return _BLOCKS[kind](block)


def _paragraph(block: Block) -> Block | None:
    nodes = _inline(block)
    return paragraph(nodes) if nodes else None


def _heading(block: Block) -> Block | None:
    level = _attrs(block).get("level", HEADING_LEVELS[0])
    if isinstance(level, bool) or level not in HEADING_LEVELS:
        raise BadDocument("A heading has the level 2 or 3.")
    lines = [_line_of(node) for node in _children(block)]
    nodes = inline.content([[inline.Run(" ") if run is None else run for run in lines]])
    return {"type": "heading", "attrs": {"level": int(level)}, "content": nodes} if nodes else None


def _list(block: Block) -> Block | None:
    items = [_item(item) for item in _children(block)]
    checked = list_of(block["type"], items)
    return checked if checked["content"] else None


def _item(item: Any) -> list[inline.Node]:
    if _kind(item) != "list_item":
        raise BadDocument("A list holds only list items.")
    parts = [nodes for nodes in _paragraph_nodes(item) if nodes]
    return inline.content(line for nodes in parts for line in inline.lines(nodes))


def _quote(block: Block) -> Block | None:
    attrs = _strings(block, QUOTE_LIMITS)
    if attrs["permalink"] and not safe_web_address(attrs["permalink"]):
        raise BadDocument("A quote’s permalink begins with http:// or https://.")
    content = paragraphs(_paragraph_nodes(block))
    return quote(content, **attrs) if content else None


def _related(block: Block) -> Block:
    attrs = _strings(block, RELATED_LIMITS)
    if not attrs["title"]:
        raise BadDocument("A related line needs a title.")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", attrs["story"]):
        raise BadDocument("A related line leads to a story of the magazine.")
    return related(**attrs)


def _signature(block: Block) -> Block | None:
    content = paragraphs(_paragraph_nodes(block))
    return {"type": "signature", "content": content} if content else None


def _figure(block: Block) -> Block:
    attrs = _strings(block, FIGURE_LIMITS)
    if not re.fullmatch(r"[0-9a-f]{64}", attrs["sha256"]):
        raise BadDocument("A picture is named by its 64 letters and digits.")
    return figure(**attrs)


def _gentle(block: Block) -> Block | None:
    for child in _children(block):
        if _kind(child) in _NEVER_GENTLE:
            raise BadDocument(f"Inside a passage that can be skipped stands no {_NEVER_GENTLE[_kind(child)]}.")
    content = _blocks(block)
    return gentle(content, **_strings(block, GENTLE_LIMITS)) if content else None


_CALLED = {"figure": "picture", "alt": "description", "gentle": "passage that can be skipped", "says": "subject"}
_NEVER_GENTLE = {"gentle": "other such passage", "related": "related line", "signature": "closing note"}
_BLOCKS: dict[str, Callable[[Block], Block | None]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "bullet_list": _list,
    "ordered_list": _list,
    "quote": _quote,
    "related": _related,
    "signature": _signature,
    "scene_break": lambda _block: scene_break(),
    "figure": _figure,
    "gentle": _gentle,
}


def _paragraph_nodes(block: Block) -> list[list[inline.Node]]:
    children = _children(block)
    if any(_kind(child) != "paragraph" for child in children):
        raise BadDocument("Inside a list, a quote or a signature stand only paragraphs.")
    return [_inline(child) for child in children]


def _inline(block: Block) -> list[inline.Node]:
    lines: list[inline.Line] = [[]]
    for node in _children(block):
        run = _line_of(node)
        if run is None:
            lines.append([])
        else:
            lines[-1].append(run)
    return inline.content(lines)


def _line_of(node: Any) -> inline.Run | None:
    """The node's words and marks; None for a hard break."""
    kind = _kind(node)
    if kind == "hard_break":
        return None
    if kind != "text" or not isinstance(node.get("text"), str):
        raise BadDocument(f"A paragraph cannot hold “{kind:.40}”.")
    text = clean(node["text"]).replace("\n", " ").replace("\t", " ")
    return inline.Run(text, **_marks(node))


def _marks(node: inline.Node) -> dict[str, Any]:
    marks: dict[str, Any] = {}
    for mark in _children(node, "marks"):
        kind = _kind(mark)
        if kind in ("em", "strong"):
            marks[kind] = True
        elif kind == "link":
            marks["href"] = _href(mark)
        else:
            raise BadDocument(f"Words cannot carry the mark “{kind:.40}”.")
    return marks


def _href(mark: inline.Node) -> str:
    href = _attrs(mark).get("href")
    if not isinstance(href, str) or not safe_address(href.strip()):
        raise BadDocument("A link begins with http://, https:// or mailto:.")
    return href.strip()


def _strings(block: Block, limits: dict[str, int]) -> dict[str, str]:
    given = _attrs(block)
    values = {name: given.get(name) or "" for name in limits}
    if not all(isinstance(value, str) for value in values.values()):
        raise BadDocument(f"What is said about a {_called(block['type'])} is text.")
    cleaned = {name: one_line(value) for name, value in values.items()}
    for name, value in cleaned.items():
        if len(value) > limits[name]:
            about = f"The {_called(name)} of a {_called(block['type'])}"
            raise BadDocument(f"{about} has at most {limits[name]} characters.")
    return cleaned


def _called(name: str) -> str:
    """What a kind of block or an attribute is called in a sentence."""
    return _CALLED.get(name, name)


def _kind(node: Any) -> str:
    kind = node.get("type") if isinstance(node, dict) else None
    return kind if isinstance(kind, str) else "nothing"


def _attrs(node: inline.Node) -> dict[str, Any]:
    attrs = node.get("attrs") or {}
    if not isinstance(attrs, dict):
        raise BadDocument("A document’s attributes are names and values.")
    return attrs


def _children(node: inline.Node, name: str = "content") -> list[Any]:
    children = node.get(name) or []
    if not isinstance(children, list):
        raise BadDocument("A document’s content is a list.")
    return children


def _check_size(document: Document) -> None:
    size = 0
    waiting: list[Any] = [document]
    while waiting:
        node = waiting.pop()
        size += 1
        if isinstance(node, dict):
            size += len(node["text"]) if isinstance(node.get("text"), str) else 0
            children = node.get("content")
            waiting += children if isinstance(children, list) else []
        if size > MAX_SIZE:
            raise BadDocument("This text is too long for one story.")
