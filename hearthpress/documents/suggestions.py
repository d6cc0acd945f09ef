"""Suggestions in a document: what somebody would take out or put in, each to be accepted or declined.

A marked document is a document whose nodes may carry one more mark: `deletion` or `insertion` on words, breaks and
whole blocks, `modification` on blocks whose kind or attributes change. Each has an `id`; all marks with one id are one
suggestion. They are the marks of @handlewithcare/prosemirror-suggest-changes, which the browser writes. Where a
suggestion joins two blocks, its mark stands at the end of the one and at the beginning of the other, on ANCHOR where
there are no words for it to stand on.
"""

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any, Final, Literal

from hearthpress.documents import schema
from hearthpress.documents.plain import stand_in
from hearthpress.documents.schema import BadDocument, Block, Document
from hearthpress.documents.text import clean

ANCHOR: Final = "\u200b"
TEXT_BLOCKS = ("paragraph", "heading")
_NAMES = ("deletion", "insertion", "modification")
_IDENTITY = re.compile(r"[A-Za-z0-9_.-]{1,60}")
_LEVELS = (None, *schema.HEADING_LEVELS)
_CONTEXT = 60  # characters beside a suggestion

Node = dict[str, Any]
Wanted = Callable[[str], bool]


@dataclass(frozen=True)
class Suggestion:
    """What one suggestion takes out and puts in; `before` and `after` are the words beside it, in the same block.

    `kind` is "words", "passage" for whole blocks, "joined" or "parted" where a paragraph's end would go or come, and
    nothing else; or "form" where only the kind of a block would change: `before` has its words then, and `form` what
    it would be, such as "heading". `marked` is all that carries its marks, as JSON.
    """

    identity: str
    kind: Literal["words", "passage", "joined", "parted", "form"]
    removed: str
    inserted: str
    before: str
    after: str
    form: str = ""
    marked: tuple[str, ...] = ()

    @property
    def wanted(self) -> str:
        """What somebody would begin with who puts it in other words."""
        return self.inserted or self.removed

    @property
    def is_look(self) -> bool:
        """Whether the words stay, and only how they stand or where they lead would change."""
        return bool(self.removed) and self.removed == self.inserted

    @property
    def leads_to(self) -> str:
        """The address that the words would lead to; "" for none."""
        put_in = (json.loads(node) for node in self.marked)
        marks = (mark for node in put_in if _identity_of(node, "insertion") for mark in node.get("marks", []))
        return next((str(mark["attrs"]["href"]) for mark in marks if mark["type"] == "link"), "")


def accepted(document: Document, only: Collection[str] | None = None) -> Document:
    """The marked document with these suggestions carried out; with all of them when `only` is None."""
    return _resolved(document, "insertion", "deletion", _wanted(only))


def declined(document: Document, only: Collection[str] | None = None) -> Document:
    """The marked document as if these suggestions had never been made; none of them when `only` is None."""
    return _resolved(document, "deletion", "insertion", _wanted(only))


def rewritten(document: Document, identity: str, words: str) -> Document:
    """The marked document with `words` in the place of all that this suggestion takes out and puts in.

    Raises BadDocument for one that is of whole blocks.
    """
    copy: Document = json.loads(json.dumps(document))
    marked = [node for node in _nodes(copy) if any(_identity_of(node, name) == identity for name in _NAMES)]
    inserted = [node for node in marked if _identity_of(node, "insertion")]
    if not marked or any(node["type"] != "text" for node in marked):
        raise BadDocument("Only words can be put in other words.")
    place = (inserted or marked)[-1]
    for node in inserted:
        node["text"] = ANCHOR
    place["text"] = words
    _set_marks(place, [mark for mark in place["marks"] if mark["attrs"].get("id") != identity])
    return accepted(copy, [identity])


def identities(document: Document) -> list[str]:
    """The suggestions of a marked document, in the order of their first words."""
    return list(dict.fromkeys(mark["attrs"]["id"] for node in _nodes(document) for mark in _suggestion_marks(node)))


def renamed(document: Document, names: Mapping[str, str]) -> Document:
    """The marked document with other identities for its suggestions; those without a new one keep theirs."""
    copy: Document = json.loads(json.dumps(document))
    for node in _nodes(copy):
        for mark in _suggestion_marks(node):
            mark["attrs"]["id"] = names.get(mark["attrs"]["id"], mark["attrs"]["id"])
    return copy


def check_marked(document: Any) -> Document:
    """The marked document without anything that is not in the schema.

    Raises BadDocument unless it is a document with all suggestions accepted, with all declined, and as it stands.
    """
    kept = _pruned(document)
    for form in (_stripped(kept), accepted(kept), declined(kept)):
        schema.check(form)
    return kept


def suggestions(document: Document) -> list[Suggestion]:
    """Every suggestion of a checked marked document in words, in reading order."""
    found: dict[str, dict[str, Any]] = {}
    for block in _outermost(document):
        _read_block(block, found)
    marked: dict[str, list[str]] = {}
    for node in _nodes(document):
        for mark in _suggestion_marks(node):
            marked.setdefault(mark["attrs"]["id"], []).append(json.dumps(node, sort_keys=True))
    return [_suggestion(identity, told | {"marked": tuple(marked[identity])}) for identity, told in found.items()]


def _suggestion(identity: str, told: dict[str, Any]) -> Suggestion:
    sides = told.pop("sides")
    if told["kind"] == "words" and not (told["removed"] or told["inserted"]):
        told["kind"] = "parted" if "inserted" in sides else "joined"
    return Suggestion(identity=identity, **told)


def _resolved(document: Document, keep: str, drop: str, wanted: Wanted) -> Document:
    """`keep` marks are taken off, and what has `drop` marks is taken out; blocks that it joined become one."""
    copy: Document = json.loads(json.dumps(document))
    _join_blocks(copy, drop, wanted)
    _resolve_children(copy, keep, drop, wanted)
    return copy


def _join_blocks(document: Document, drop: str, wanted: Wanted) -> None:
    """Move the words of a block to the one before where what is taken out reaches over the boundary between them."""
    blocks = [(node, _children(node)) for node in _nodes(document) if node["type"] in TEXT_BLOCKS]
    into: dict[int, Node] = {}
    for (first, before), (second, after) in pairwise(blocks):
        if before and after and _reaches_over(before[-1], after[0], drop, wanted):
            target = into.get(id(first), first)
            target["content"] = _children(target) + after
            second["content"], second["joined"] = [], True
            into[id(second)] = target


def _reaches_over(last: Node, first: Node, name: str, wanted: Wanted) -> bool:
    """Whether the boundary between these is marked: both are, with one identity or each with an anchor of its own."""
    both = wanted_mark(last, name, wanted) and wanted_mark(first, name, wanted)
    anchored = str(last.get("text")).endswith(ANCHOR) and str(first.get("text")).startswith(ANCHOR)
    return both and (anchored or _identity_of(last, name) == _identity_of(first, name))


def _resolve_children(parent: Node, keep: str, drop: str, wanted: Wanted) -> None:
    children = []
    for child in _children(parent):
        if child.pop("joined", False) or wanted_mark(child, drop, wanted):
            continue
        was_full = bool(_children(child))
        anchors = wanted_mark(child, keep, wanted)
        _resolve_marks(child, keep, drop, wanted)
        if child["type"] == "text" and anchors:
            child["text"] = child["text"].replace(ANCHOR, "")
        _resolve_children(child, keep, drop, wanted)
        is_emptied = was_full and not _children(child)
        if not is_emptied and (child["type"] != "text" or child["text"]):
            children.append(child)
    if "content" in parent:
        parent["content"] = _tidied(children)


def _resolve_marks(node: Node, keep: str, drop: str, wanted: Wanted) -> None:
    """Take the `keep` mark off; a change of the block's form stays where insertions do, and is undone otherwise."""
    marks = node.get("marks", [])
    gone = [mark for mark in marks if mark["type"] in (keep, "modification") and wanted(mark["attrs"]["id"])]
    if not gone:
        return
    if drop == "insertion":
        for mark in gone:
            if mark["type"] == "modification":
                _undo_modification(node, mark)
    _set_marks(node, [mark for mark in marks if mark not in gone])


def _undo_modification(node: Node, mark: Node) -> None:
    attrs = mark["attrs"]
    if attrs["type"] == "nodeType":
        node["type"] = attrs["previousValue"]
        return
    was = {**node.get("attrs", {}), attrs["attrName"]: attrs.get("previousValue")}
    node["attrs"] = {name: value for name, value in was.items() if value is not None}


def _tidied(children: list[Node]) -> list[Node]:
    """Neighbouring texts with the same marks made one."""
    tidy: list[Node] = []
    for is_text, group in groupby(children, lambda node: node["type"] == "text" and json.dumps(node.get("marks", []))):
        nodes = list(group)
        tidy += [{**nodes[0], "text": "".join(node["text"] for node in nodes)}] if is_text else nodes
    return tidy


def _pruned(node: Any, depth: int = 0) -> Node:
    if not isinstance(node, dict) or not isinstance(node.get("type"), str) or depth > 8:
        raise BadDocument("This is not a document.")
    kept: Node = {"type": node["type"]}
    if isinstance(node.get("attrs"), dict):
        kept["attrs"] = {
            name: clean(value) if isinstance(value, str) else value for name, value in node["attrs"].items()
        }
    if isinstance(node.get("text"), str):
        kept["text"] = clean(node["text"])
    marks, content = node.get("marks") or [], node.get("content") or []
    if not isinstance(marks, list) or not isinstance(content, list):
        raise BadDocument("A document’s content is a list.")
    _set_marks(kept, _checked_marks(kept, marks))
    if "content" in node:
        pruned = [_pruned(child, depth + 1) for child in content]
        kept["content"] = [child for child in pruned if child["type"] != "text" or child.get("text")]
    return kept


def _checked_marks(node: Node, marks: list[Any]) -> list[Node]:
    """Words carry marks of their own and suggestions; blocks carry suggestions, and one change of each thing."""
    checked = [_checked_mark(mark) for mark in marks]
    changes = [mark["attrs"].get("attrName") for mark in checked if mark["type"] == "modification"]
    own = [mark for mark in checked if mark["type"] not in _NAMES]
    if (own and node["type"] != "text") or len(set(changes)) != len(changes):
        raise BadDocument("A block cannot be marked in this way.")
    if changes and node["type"] not in TEXT_BLOCKS:
        raise BadDocument("Only a paragraph or a heading changes its form.")
    return checked


def _checked_mark(mark: Any) -> Node:
    if not isinstance(mark, dict) or not isinstance(mark.get("type"), str):
        raise BadDocument("Words cannot carry this mark.")
    attrs = mark.get("attrs")
    if mark["type"] not in _NAMES:
        return {"type": mark["type"], **({"attrs": attrs} if isinstance(attrs, dict) else {})}
    identity = attrs.get("id") if isinstance(attrs, dict) else None
    if not isinstance(attrs, dict) or not isinstance(identity, str) or not _IDENTITY.fullmatch(identity):
        raise BadDocument("A suggestion has an identity.")
    if mark["type"] != "modification":
        return {"type": mark["type"], "attrs": {"id": identity}}
    return {"type": "modification", "attrs": _checked_modification(attrs, identity)}


def _checked_modification(attrs: dict[str, Any], identity: str) -> dict[str, Any]:
    """A paragraph made a heading or the other way, or a heading's level: nothing else changes by itself."""
    kind, name, was, now = (attrs.get(key) for key in ("type", "attrName", "previousValue", "newValue"))
    kinds = kind == "nodeType" and name is None and was in TEXT_BLOCKS and now in TEXT_BLOCKS
    levels = kind == "attr" and name == "level" and was in _LEVELS and now in _LEVELS
    if not (kinds or levels):
        raise BadDocument("A block cannot change in this way.")
    given = {"id": identity, "type": kind, "attrName": name, "previousValue": was, "newValue": now}
    return {key: value for key, value in given.items() if value is not None}


def _stripped(node: Node) -> Node:
    """Without suggestion marks, everything kept."""
    kept = {name: value for name, value in node.items() if name != "content"}
    _set_marks(kept, [mark for mark in node.get("marks", []) if mark["type"] not in _NAMES])
    if "content" in node:
        kept["content"] = [_stripped(child) for child in node["content"]]
    return kept


def _outermost(node: Node) -> Iterator[Node]:
    """The blocks that are read by themselves: text blocks, and whatever carries a suggestion as a whole."""
    for child in _children(node):
        if child["type"] in TEXT_BLOCKS or any(True for _mark in _suggestion_marks(child)) or not _children(child):
            yield child
        else:
            yield from _outermost(child)


def _read_block(block: Node, found: dict[str, dict[str, Any]]) -> None:
    for mark in _suggestion_marks(block):
        if mark["type"] == "modification":
            form = mark["attrs"].get("newValue") if mark["attrs"].get("type") == "nodeType" else ""
            told = _tell(found, mark, "", kind="form", before=words_of(block)[:_CONTEXT], after="")
            told["form"] = form or told.get("form", "")
        else:
            _tell(found, mark, words_of(block), kind="passage", before="", after="")
    inline = list(_texts(block))
    for number, node in enumerate(inline):
        for mark in _suggestion_marks(node):
            before = _words_beside(inline, range(number - 1, -1, -1))
            after = _words_beside(inline, range(number + 1, len(inline)))
            _tell(found, mark, words_of(node), kind="words", before=before[-_CONTEXT:], after=after[:_CONTEXT])


def _tell(found: dict[str, dict[str, Any]], mark: Node, words: str, **beside: str) -> dict[str, Any]:
    told = found.setdefault(mark["attrs"]["id"], {"removed": "", "inserted": "", "sides": set(), **beside})
    told["after"] = beside["after"]
    if told["kind"] == "form" and beside["kind"] != "form":
        told["kind"] = beside["kind"]  # words are never hidden behind a change of form
    side = {"deletion": "removed", "insertion": "inserted"}.get(mark["type"])
    if side:
        parted = "\n" if told[side] and beside["kind"] == "passage" else ""
        told[side] += parted + words
        told["sides"].add(side)
    return told


def _words_beside(inline: list[Node], places: range) -> str:
    """The words without marks at these places, as many as are shown; looked for near by, however long the block is."""
    words = ""
    for place in places[:_CONTEXT]:
        if len(words) >= _CONTEXT:
            break
        if not any(_suggestion_marks(inline[place])):
            said = words_of(inline[place])
            words = said + words if places.step < 0 else words + said
    return words


def words_of(node: Node) -> str:
    """The words of a node and of all that stands in it, blocks on lines of their own."""
    if node["type"] == "text":
        return str(node["text"]).replace(ANCHOR, "")
    if node["type"] == "hard_break":
        return "\n"
    parted = "\n" if node["type"] not in TEXT_BLOCKS else ""
    return parted.join(words_of(child) for child in _children(node)) or stand_in(node)


def wanted_mark(node: Node, name: str, wanted: Wanted) -> bool:
    """Whether the node carries the mark of that name of a suggestion that is wanted."""
    identity = _identity_of(node, name)
    return identity != "" and wanted(identity)


def _identity_of(node: Node, name: str) -> str:
    return next((mark["attrs"]["id"] for mark in node.get("marks", []) if mark["type"] == name), "")


def _wanted(only: Collection[str] | None) -> Wanted:
    return (lambda _identity: True) if only is None else set(only).__contains__


def _suggestion_marks(node: Node) -> Iterator[Node]:
    return (mark for mark in node.get("marks", []) if mark["type"] in _NAMES)


def _texts(node: Node) -> Iterator[Node]:
    if node["type"] in ("text", "hard_break"):
        yield node
    for child in _children(node):
        yield from _texts(child)


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in _children(node):
        yield from _nodes(child)


def _children(node: Node) -> list[Block]:
    children: list[Block] = node.get("content", [])
    return children


def _set_marks(node: Node, marks: list[Node]) -> None:
    node.pop("marks", None)
    if marks:
        node["marks"] = marks
