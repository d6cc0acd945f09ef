"""The HTML that `html.to_html` writes, read back: the same document. Whatever else it may be is refused.

Rich text of other programs is read by `arriving.rich`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from hearthpress.documents import schema
from hearthpress.documents.arriving.tokens import attributes_of, tokens
from hearthpress.documents.inline import Node
from hearthpress.documents.schema import BadDocument, Block, Document

_VOID = ("br", "hr")
_MARKS = ("em", "strong")
# A link's strong and leaning words, in a paragraph of a quote inside of a passage that can be skipped, are six deep.
_MAX_DEPTH = 8


@dataclass
class _Element:
    """`kind` is the element's name, with its class where it has one: "div.gentle"."""

    kind: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["_Element | str"] = field(default_factory=list)

    @property
    def data(self) -> dict[str, str]:
        return {name[5:]: value for name, value in self.attributes.items() if name.startswith("data-")}


def from_html(html: str) -> Document:
    """The checked document. Raises BadDocument for HTML that `to_html` did not write."""
    return schema.check({"type": "doc", "content": _blocks(_tree(html))})


def _tree(html: str) -> _Element:
    around = [_Element("doc")]
    for token in tokens(html):
        if not token.name:
            around[-1].children.append(token.text)
        elif token.closes:
            if around.pop().kind.partition(".")[0] != token.name:
                raise _refused(token.name)
        else:
            element = _element(token.name, attributes_of(token.attributes))
            around[-1].children.append(element)
            around += [] if token.name in _VOID else [element]
        if not 1 <= len(around) <= _MAX_DEPTH:
            raise _refused(token.name)
    if len(around) > 1:
        raise _refused(around[-1].kind)
    return around[0]


def _element(name: str, attributes: dict[str, str]) -> _Element:
    kind = f"{name}.{attributes['class']}" if "class" in attributes else name
    return _Element(kind, attributes)


def _blocks(parent: _Element) -> list[Block]:
    return [_block(element) for element in _elements(parent)]


def _block(element: _Element) -> Block:
    read = _BLOCKS.get(element.kind)
    if read is None:
        raise _refused(element.kind)
    return read(element)


def _heading(element: _Element) -> Block:
    return {"type": "heading", "attrs": {"level": int(element.kind[1])}, "content": _inline(element)}


def _list(kind: str) -> Callable[[_Element], Block]:
    return lambda element: {
        "type": kind,
        "content": [{"type": "list_item", "content": [_paragraph(item)]} for item in _elements(element, "li")],
    }


def _of_paragraphs(kind: str) -> Callable[[_Element], Block]:
    return lambda element: {
        "type": kind,
        "attrs": element.data,
        "content": [_paragraph(child) for child in _elements(element, "p")],
    }


def _said(kind: str) -> Callable[[_Element], Block]:
    return lambda element: {"type": kind, "attrs": element.data}


def _paragraph(element: _Element) -> Block:
    return schema.paragraph(_inline(element))


_BLOCKS: dict[str, Callable[[_Element], Block]] = {
    "p": _paragraph,
    "h2": _heading,
    "h3": _heading,
    "ul": _list("bullet_list"),
    "ol": _list("ordered_list"),
    "blockquote.quote": _of_paragraphs("quote"),
    "footer.signature": _of_paragraphs("signature"),
    "div.figure": _said("figure"),
    "div.related": _said("related"),
    "hr.scene-break": _said("scene_break"),
    "div.gentle": lambda element: schema.gentle(_blocks(element), element.data.get("says", "")),
}


def _inline(element: _Element) -> list[Node]:
    return list(_nodes(element, []))


def _nodes(element: _Element, marks: list[dict[str, Any]]) -> Iterator[Node]:
    for child in element.children:
        if isinstance(child, str):
            yield {"type": "text", "text": child, "marks": marks}
        elif child.kind == "br":
            yield {"type": "hard_break"}
        elif child.kind in _MARKS:
            yield from _nodes(child, [*marks, {"type": child.kind}])
        elif child.kind == "a":
            yield from _nodes(child, [*marks, {"type": "link", "attrs": {"href": child.attributes.get("href", "")}}])
        else:
            raise _refused(child.kind)


def _elements(parent: _Element, kind: str = "") -> Iterator[_Element]:
    """The elements in another, white space between them left out; each of this kind, where one is given."""
    for child in parent.children:
        if isinstance(child, _Element):
            if kind and child.kind != kind:
                raise _refused(child.kind)
            yield child
        elif child.strip():
            raise BadDocument("Words stand outside of any paragraph.")


def _refused(kind: str) -> BadDocument:
    return BadDocument(f"A story cannot hold “{kind:.40}”.")
