"""What an editor and a writer of the sample say to each other over a text: suggestions, answers, remarks, people."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from hearthpress.common import clock
from hearthpress.documents import schema
from hearthpress.documents.plain import block_text
from hearthpress.documents.schema import Block, Document
from hearthpress.documents.suggestions import suggestions
from hearthpress.documents.walk import changed
from hearthpress.editing import suggesting
from hearthpress.editing.models import Draft, Manuscript, Picture, Remark
from hearthpress.editing.people import answer_about
from hearthpress.people.models import Person
from hearthpress.sample.content import Piece

BESIDE = 40  # characters on each side by which a remark's passage is found again


def suggest(manuscript: Manuscript, editor: Person, wanted: Document, at: datetime) -> Draft:
    with clock.at(at):
        return suggesting.suggest(suggesting.draft_of(manuscript), editor, wanted)


def answer(draft: Draft, writer: Person, declined: Sequence[str], at: datetime) -> None:
    """The writer declines the suggestions that put in one of these words, and lets in all the others: a new version."""
    told = suggestions(draft.document)
    no = [one.identity for one in told if one.inserted.strip() in declined]
    yes = [one.identity for one in told if one.identity not in no]
    with clock.at(at):
        for which, is_yes in ((no, False), (yes, True)):
            draft = suggesting.answer(draft, writer, which, is_yes) if which else draft
        suggesting.agree(draft, writer)


def remark(draft: Draft, person: Person, about: Mapping[str, Any], at: datetime) -> Remark:
    """Say something about a passage: `about` has its words (`exact`) and what is said (`words`)."""
    text = next(filter(lambda one: about["exact"] in one, map(block_text, draft.document["content"])))
    before, _exact, after = text.partition(about["exact"])
    passage = suggesting.Passage(about["exact"], before[-BESIDE:], after[:BESIDE])
    with clock.at(at):
        return suggesting.remark(draft, person, about["words"], passage)


def answer_for_people(manuscript: Manuscript, piece: Piece, at: datetime) -> None:
    """The writer says of each person whom the story names whether they know."""
    with clock.at(at):
        for person in piece.facts.get("people", []):
            answer_about(manuscript, manuscript.submission.writer, person["name"], person["answer"])


def wanted_text(document: Document, piece: Piece, pictures: Mapping[str, Picture]) -> Document:
    """The document as the editor would like it: words changed, a picture within, a hard passage that can be skipped."""
    document = with_changes(document, piece.facts.get("changes", []))
    blocks = list(document["content"])
    if within := piece.facts.get("within"):
        place = _place(blocks, within["after"])
        words = {name: within[name] for name in ("alt", "caption", "credit")}
        blocks.insert(place + 1, schema.figure(pictures[within["picture"]].sha256, **words))
    if hard := piece.facts.get("skippable"):
        first, last = _place(blocks, hard["first"]), _place(blocks, hard["last"])
        blocks[first : last + 1] = [schema.gentle(blocks[first : last + 1], hard["says"])]
    return schema.check({"type": "doc", "content": blocks})


def with_changes(document: Document, changes: Iterable[Mapping[str, Any]]) -> Document:
    """The document with each of the changes (`old`, `new`) made."""
    made = list(changes)
    return schema.check(changed(document, lambda block: _with_changes(block, made)))


def _with_changes(block: Block, changes: Sequence[Mapping[str, Any]]) -> Block:
    if block["type"] != "paragraph":
        return block
    return {**block, "content": [_changed(node, changes) for node in block["content"]]}


def _changed(node: Block, changes: Sequence[Mapping[str, Any]]) -> Block:
    for change in changes:
        if change["old"] in node.get("text", ""):
            node = {**node, "text": node["text"].replace(change["old"], change["new"])}
    return node


def _place(blocks: Sequence[Block], words: str) -> int:
    return next(number for number, block in enumerate(blocks) if words in block_text(block))
