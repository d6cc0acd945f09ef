"""The steps of a story's life in the sample: each at its own time, through the verb that the pages use."""

from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from django.utils.text import slugify

from hearthpress.agreements.actions import sign
from hearthpress.care.models import Subject
from hearthpress.common import clock
from hearthpress.documents.manuscript import Guess, parse_manuscript
from hearthpress.editing import actions as editing
from hearthpress.editing.content import content
from hearthpress.editing.models import Manuscript, Picture
from hearthpress.people.models import Person
from hearthpress.sample import talking
from hearthpress.sample.calendar import Calendar
from hearthpress.sample.cast import Cast
from hearthpress.sample.content import Piece
from hearthpress.stories.actions import publish, set_tags
from hearthpress.stories.models import Story
from hearthpress.submissions import actions as submissions
from hearthpress.submissions.enums import DecisionKind, Vote
from hearthpress.submissions.models import Call, Submission

# Which of the editors, in the order of people.toml, looks after a section.
DESKS = {"waiting": 0, "raising": 1, "keeping": 1, "grieving": 2}


@dataclass(frozen=True)
class Newsroom:
    """Who works here, on what calendar, and what they tend to say. `pictures` are by the name of their file."""

    call: Call
    cast: Cast
    calendar: Calendar
    says: dict[str, Any]
    pictures: dict[str, Picture]
    chance: Random = field(default_factory=lambda: Random(14))  # noqa: S311  believable, not secret

    def moment(self, days_ago: int) -> datetime:
        """Some time in the working hours of that day."""
        return self.calendar.days_ago(days_ago, self.chance.randint(9, 16), self.chance.randint(0, 59))

    def editor_for(self, piece: Piece) -> Person:
        return self.cast.editors[DESKS[piece.facts.get("section", "waiting")]]

    def other_editor(self, editor: Person) -> Person:
        return self.chance.choice([other for other in self.cast.editors if other != editor])


def begin(news: Newsroom, piece: Piece, at: datetime) -> Submission:
    """The writer's draft, saved, with the guesses about its quotes answered."""
    writer = news.cast.writers[piece.facts["writer"]]
    fields = {
        "title": piece.title,
        "source": piece.text,
        "answers": answers(piece),
        "byline_kind": writer.byline_kind,
        "byline_name": writer.byline_name if writer.byline_kind == "pen" else "",
        "simultaneous": piece.facts.get("simultaneous", False),
        "note": piece.facts.get("note", ""),
    }
    with clock.at(at):
        submission = submissions.begin(news.call, writer.person)
        submissions.save_draft(submission, fields)
        submission.subjects.set(Subject.objects.filter(slug__in=piece.facts["subjects"]))
    return submission


def send(news: Newsroom, piece: Piece, at: datetime) -> Submission:
    submission = begin(news, piece, at)
    with clock.at(at):
        submissions.send(submission)
    return submission


def read(news: Newsroom, submission: Submission, editor: Person, at: datetime) -> None:
    """The two readings that the magazine promises."""
    with clock.at(at):
        submissions.leave_reading(submission, editor, Vote.YES, news.chance.choice(news.says["first_readings"]))
        other = news.other_editor(editor)
        submissions.leave_reading(submission, other, Vote.YES, news.chance.choice(news.says["second_readings"]))


def accept(news: Newsroom, submission: Submission, editor: Person, at: datetime) -> None:
    words = news.chance.choice(news.says["acceptances"]).strip().format(title=submission.title)
    of_loss = submission.subjects.filter(of_loss=True).exists()
    details = submissions.Details(personal=news.says["to_a_loss"].strip() if of_loss else "")
    with clock.at(at - submissions.UNDO_WINDOW):
        decision = submissions.prepare_decision(submission, editor, DecisionKind.ACCEPT, words, details)
        submissions.release(decision, editor)
    with clock.at(at):
        submissions.tell(decision)


def sign_terms(submission: Submission, at: datetime) -> Manuscript:
    """The writer signs; the manuscript that comes of it."""
    agreement = submission.agreement
    assert agreement is not None
    with clock.at(at):
        sign(agreement, submission.writer.name, agreement.terms_sha256)
    return Manuscript.objects.select_related("submission__writer", "submission__agreement", "revision").get(
        submission=submission
    )


def agree(news: Newsroom, manuscript: Manuscript, piece: Piece, asked_at: datetime, answered_at: datetime) -> None:
    """What the editor suggests of the words, and the writer lets in. Nothing where the words stay as they are."""
    assert manuscript.revision is not None
    document = manuscript.revision.content["document"]
    wanted = talking.wanted_text(document, piece, news.pictures)
    if wanted != document:
        draft = talking.suggest(manuscript, news.editor_for(piece), wanted, asked_at)
        talking.answer(draft, manuscript.submission.writer, [], answered_at)
        manuscript.refresh_from_db()


def edit(news: Newsroom, manuscript: Manuscript, piece: Piece, editor: Person, at: datetime) -> None:
    """The editor's version of what stands around the words, and the question to the writer."""
    with clock.at(at):
        editing.save(manuscript, editor, edited(news, manuscript, piece))
        editing.ask_for_approval(manuscript, editor)


def approve(manuscript: Manuscript, piece: Piece, at: datetime) -> None:
    """The writer answers for the people whom the story names, and says yes."""
    assert manuscript.revision is not None
    talking.answer_for_people(manuscript, piece, at)
    with clock.at(at):
        editing.approve(manuscript, manuscript.submission.writer, manuscript.revision.sha256)


def appear(manuscript: Manuscript, piece: Piece, editor: Person, at: datetime) -> Story:
    """Published, and put on the shelves that the piece's file names."""
    with clock.at(at):
        story = publish(manuscript, editor)
        set_tags(story, piece.facts["tags"], editor, [])
    return story


def answers(piece: Piece) -> dict[str, dict[str, Any]]:
    """The writer's yes to what was read of quotes and a signature, by the key of the guess."""
    return {guess.key: _answer(piece, guess) for guess in parse_manuscript(piece.text).guesses}


def _answer(piece: Piece, guess: Guess) -> dict[str, Any]:
    known = next((quote for quote in piece.quotes if quote["text"][:60] in guess.excerpt), None)
    if known is None:
        return {"yes": True}
    return {"yes": True, "speaker": known["author"], "source": known["source"]}


def edited(news: Newsroom, manuscript: Manuscript, piece: Piece) -> dict[str, Any]:
    """What the writer is asked to approve: the words that both agreed on, and what the piece's file says of them."""
    assert manuscript.revision is not None
    before, facts = manuscript.revision.content, piece.facts
    picture = {"sha256": news.pictures[facts["picture"]].sha256, "caption": ""} if "picture" in facts else None
    if picture is not None:
        picture |= {"alt": facts["alt"], "credit": facts["credit"]}
    return content(
        document={"type": "doc", "content": [_edited_block(block, piece) for block in before["document"]["content"]]},
        headline=piece.title,
        standfirst=facts["standfirst"],
        slug=slugify(piece.title),
        section=facts["section"],
        byline=before["byline"],
        content_note=before["content_note"],
        subjects=before["subjects"],
        picture=picture,
    )


def _edited_block(block: dict[str, Any], piece: Piece) -> dict[str, Any]:
    if block["type"] == "related":
        target = Story.objects.live().get(headline=block["attrs"]["title"])
        return {**block, "attrs": {**block["attrs"], "story": target.key}}
    if block["type"] == "quote":
        return {**block, "attrs": {**block["attrs"], **_quote_attrs(block, piece)}}
    return block


def _quote_attrs(block: dict[str, Any], piece: Piece) -> dict[str, str]:
    said = "".join(part.get("text", "") for paragraph in block["content"] for part in paragraph["content"])
    quote = next(quote for quote in piece.quotes if quote["text"][:60] in said)
    named = {"speaker": quote["author"], "source": quote["source"], "date": quote["date"].isoformat()}
    return {**named, "permalink": quote["permalink"], "permission": quote["permission"]}
