"""The sample's thirty stories, each taken through its whole life at its own dates, and six pieces on their way."""

from collections.abc import Callable
from datetime import datetime

from hearthpress.common import clock
from hearthpress.documents.schema import Document
from hearthpress.editing.actions import save
from hearthpress.editing.models import Manuscript
from hearthpress.editing.suggesting import draft_of, hand_over, remark, settle
from hearthpress.people.models import Person
from hearthpress.sample import newsroom, talking
from hearthpress.sample.content import Piece
from hearthpress.sample.newsroom import Newsroom
from hearthpress.stories.models import Story
from hearthpress.submissions.actions import leave_reading
from hearthpress.submissions.enums import Vote

# How many days before a story appeared each step of its life was taken. The call promises a reply within 30 days.
SENT, READ, ACCEPTED, SIGNED, SUGGESTED, ANSWERED, EDITED, APPROVED = 40, 33, 27, 25, 16, 14, 12, 8

# When a story appears: with the morning's first coffee, in the magazine's time zone.
HOUR, MINUTE = 6, 30


def load_stories(news: Newsroom, pieces: list[Piece]) -> dict[Story, Piece]:
    """Publish every piece at its date, the oldest first: a related line leads only to a story that is live."""
    return {_published(news, piece): piece for piece in pieces}


def load_submissions(news: Newsroom, pieces: list[Piece]) -> None:
    """Bring each piece into the state that its file names."""
    for piece in sorted(pieces, key=lambda piece: -piece.facts["submitted_days_ago"]):
        _STATES[piece.facts["state"]](news, piece)


def _published(news: Newsroom, piece: Piece) -> Story:
    day = int(piece.facts["published_days_ago"])
    editor = news.editor_for(piece)
    submission = newsroom.send(news, piece, news.moment(day + SENT))
    newsroom.read(news, submission, editor, news.moment(day + READ))
    newsroom.accept(news, submission, editor, news.moment(day + ACCEPTED))
    manuscript = newsroom.sign_terms(submission, news.moment(day + SIGNED))
    newsroom.agree(news, manuscript, piece, news.moment(day + SUGGESTED), news.moment(day + ANSWERED))
    newsroom.edit(news, manuscript, piece, editor, news.moment(day + EDITED))
    newsroom.approve(manuscript, piece, news.moment(day + APPROVED))
    return newsroom.appear(manuscript, piece, editor, news.calendar.days_ago(day, HOUR, MINUTE))


def _draft(news: Newsroom, piece: Piece) -> None:
    newsroom.begin(news, piece, _sent_at(news, piece))


def _received(news: Newsroom, piece: Piece) -> None:
    newsroom.send(news, piece, _sent_at(news, piece))


def _reading(news: Newsroom, piece: Piece) -> None:
    submission = newsroom.send(news, piece, _sent_at(news, piece))
    editor = news.cast.editors[1]
    with clock.at(news.moment(piece.facts["submitted_days_ago"] - 4)):
        leave_reading(submission, editor, Vote.MAYBE, news.says["undecided"])


def _accepted(news: Newsroom, piece: Piece) -> None:
    """Accepted three days ago; the terms wait for the writer."""
    submission = newsroom.send(news, piece, _sent_at(news, piece))
    editor = news.editor_for(piece)
    newsroom.read(news, submission, editor, news.moment(piece.facts["submitted_days_ago"] - 9))
    newsroom.accept(news, submission, editor, news.moment(3))


def _asked(news: Newsroom, piece: Piece) -> None:
    """Edited, and with the writer for approval since yesterday."""
    manuscript, editor = _signed(news, piece)
    newsroom.agree(news, manuscript, piece, news.moment(4), news.moment(2))
    newsroom.edit(news, manuscript, piece, editor, news.moment(1))


def _talked_over(news: Newsroom, piece: Piece) -> None:
    """One round of suggestions is answered; the editor looked to the rest, and a second round waits for the writer."""
    manuscript, editor = _signed(news, piece)
    writer, first = manuscript.submission.writer, piece.facts["first_round"]
    wanted = talking.with_changes(_text(manuscript), first["changes"])
    at = news.moment(9)
    draft = talking.suggest(manuscript, editor, wanted, at)
    settled = talking.remark(draft, editor, first["remark"], at)
    talking.answer(draft, writer, first["declined"], news.moment(8))
    with clock.at(news.moment(7)):
        settle(draft_of(manuscript), editor, settled)
        manuscript.refresh_from_db()
        save(manuscript, editor, newsroom.edited(news, manuscript, piece), piece.facts["why"])
    second = talking.wanted_text(_text(manuscript), piece, news.pictures)
    at = news.moment(2)
    draft = talking.suggest(manuscript, editor, second, at)
    asked = [(said, talking.remark(draft, editor, said, at)) for said in piece.facts["remarks"]]
    with clock.at(at):
        hand_over(draft, editor)
    with clock.at(news.moment(1)):
        for said, about in asked:
            if "answer" in said:
                remark(draft, writer, said["answer"], about=about)


def _signed(news: Newsroom, piece: Piece) -> tuple[Manuscript, Person]:
    """Accepted, and signed by its writer; and the editor who looks after it."""
    day = int(piece.facts["submitted_days_ago"])
    submission = newsroom.send(news, piece, _sent_at(news, piece))
    editor = news.editor_for(piece)
    newsroom.read(news, submission, editor, news.moment(day - 8))
    newsroom.accept(news, submission, editor, news.moment(day - 12))
    return newsroom.sign_terms(submission, news.moment(day - 14)), editor


def _text(manuscript: Manuscript) -> Document:
    assert manuscript.revision is not None
    document: Document = manuscript.revision.content["document"]
    return document


def _sent_at(news: Newsroom, piece: Piece) -> datetime:
    return news.moment(piece.facts["submitted_days_ago"])


_STATES: dict[str, Callable[[Newsroom, Piece], None]] = {
    "draft": _draft,
    "received": _received,
    "reading": _reading,
    "accepted": _accepted,
    "asked": _asked,
    "talked over": _talked_over,
}
