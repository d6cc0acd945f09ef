"""Readings of stories, and months that close, for the tests of pay."""

from datetime import UTC, date, datetime, time
from typing import Any

from hearthpress.agreements.actions import give_back
from hearthpress.agreements.models import Agreement
from hearthpress.common import clock
from hearthpress.editing.models import Manuscript
from hearthpress.pay.actions import close_month, make_batches, set_destination
from hearthpress.pay.models import MonthClose, PayoutBatch
from hearthpress.people.models import Person
from hearthpress.readership.models import ReaderDay
from hearthpress.stories.models import Story
from hearthpress.submissions.models import Call
from tests.factories import TEXT, Cast, make_approved, make_call, make_rate_card, make_story

BOTH = ["default", "views"]
# The magazine of the tests is in New York: a month is over at 04:00 or 05:00 UTC, and an hour later it may be closed.
LIVE = datetime(2026, 8, 20, 16, tzinfo=UTC)
AUGUST_OVER = datetime(2026, 9, 1, 5, tzinfo=UTC)
SEPTEMBER_OVER = datetime(2026, 10, 1, 5, tzinfo=UTC)
OCTOBER_OVER = datetime(2026, 11, 1, 5, tzinfo=UTC)
OVER = {"2026-08": AUGUST_OVER, "2026-09": SEPTEMBER_OVER, "2026-10": OCTOBER_OVER}


def story_of(
    cast: Cast, writer: Person | None = None, title: str = "The Kettle", at: datetime = LIVE, **card: Any
) -> Story:
    """A story of the writer that is live since `at`, paid by a rate card with these values."""
    with clock.at(at):
        # Each of its own words: one text from many is held apart.
        words = f"{title} is what it is called.\n\n{TEXT}"
        return make_story(writer or cast.writer, cast.editor, _call(title, card), at=at, title=title, text=words)


def unpublished(
    cast: Cast, writer: Person | None = None, title: str = "The Moth", at: datetime = LIVE, **card: Any
) -> Manuscript:
    """A text that was accepted, signed and approved by `at`, and is not published; its kill fee is 2500 by default."""
    with clock.at(at):
        call = _call(title, {"kill_fee": 2500, **card})
        return make_approved(writer or cast.writer, cast.editor, call, title=title)


def hand_back(cast: Cast, text: Manuscript, at: datetime = LIVE) -> Agreement:
    """The editor gives the text's agreement back at this moment."""
    agreement = Agreement.objects.select_related("writer").get(submission__manuscript=text)
    with clock.at(at):
        give_back(agreement, cast.editor, "The issue that it was for will not appear.")
    return agreement


def read(story: Story, day: date, number: int) -> None:
    """`number` more readers on that day."""
    before = ReaderDay.objects.filter(story_key=story.key, day=day).count()
    ReaderDay.objects.bulk_create(
        ReaderDay(
            story_key=story.key,
            day=day,
            utc_at=datetime.combine(day, time(16), UTC),
            reader=(before + reader).to_bytes(16, "big"),
        )
        for reader in range(number)
    )


def close(cast: Cast, year_month: str) -> list[MonthClose]:
    """The bookkeeper closes the month as soon as it may be closed."""
    with clock.at(OVER[year_month]):
        return close_month(year_month, cast.bookkeeper)


def owe(cast: Cast, writer: Person | None = None, fee: int = 5000, title: str = "The Kettle", **card: Any) -> Story:
    """A story with a flat fee, in a closed August: the writer is owed the fee and has said where to be paid."""
    story = story_of(cast, writer, title, kind="flat", flat=fee, **card)
    set_destination(story.writer, f"pay-{story.writer_id}@example.org")
    return story


def batch_of(cast: Cast, currency: str = "USD") -> PayoutBatch:
    [batch] = make_batches(cast.bookkeeper, currency)
    return batch


def _call(title: str, card: dict[str, Any]) -> Call:
    return make_call(slug=f"call-{title.lower().replace(' ', '-')}", rate_card=make_rate_card(**card))


def agreement_of(story: Story) -> Agreement:
    return Agreement.objects.get(pk=story.agreement_id)
