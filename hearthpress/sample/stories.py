"""The sample's thirty stories, each taken through its whole life at its own dates, and five pieces on their way."""

from collections.abc import Callable
from datetime import datetime

from hearthpress.common import clock
from hearthpress.sample import newsroom
from hearthpress.sample.content import Piece
from hearthpress.sample.newsroom import Newsroom
from hearthpress.stories.models import Story
from hearthpress.submissions.actions import leave_reading
from hearthpress.submissions.enums import Vote

# How many days before a story appeared each step of its life was taken. The call promises a reply within 30 days.
SENT, READ, ACCEPTED, SIGNED, EDITED, APPROVED = 40, 33, 27, 25, 12, 8

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
    newsroom.edit(news, manuscript, piece, editor, news.moment(day + EDITED))
    newsroom.approve(manuscript, news.moment(day + APPROVED))
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
    day = int(piece.facts["submitted_days_ago"])
    submission = newsroom.send(news, piece, _sent_at(news, piece))
    editor = news.editor_for(piece)
    newsroom.read(news, submission, editor, news.moment(day - 8))
    newsroom.accept(news, submission, editor, news.moment(day - 12))
    manuscript = newsroom.sign_terms(submission, news.moment(day - 14))
    newsroom.edit(news, manuscript, piece, editor, news.moment(1))


def _sent_at(news: Newsroom, piece: Piece) -> datetime:
    return news.moment(piece.facts["submitted_days_ago"])


_STATES: dict[str, Callable[[Newsroom, Piece], None]] = {
    "draft": _draft,
    "received": _received,
    "reading": _reading,
    "accepted": _accepted,
    "asked": _asked,
}
