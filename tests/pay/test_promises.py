"""What the page of promises is told: only of whole months and of enough people, and saved only when it changed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from hearthpress.common import clock
from hearthpress.edge.models import Purge
from hearthpress.magazine.models import PromiseFigures
from hearthpress.pay.promises import count_promises
from hearthpress.pay.published import Settled, settled_between
from hearthpress.people.models import Person
from hearthpress.stories.actions import retract
from hearthpress.submissions.medians import ENOUGH
from tests.factories import Cast, make_person
from tests.pay.world import AUGUST_OVER, BOTH, LIVE, SEPTEMBER_OVER, close, read, story_of

pytestmark = pytest.mark.django_db(databases=BOTH)

YEAR = (LIVE - timedelta(days=300), LIVE + timedelta(days=60))


def people(number: int) -> list[Person]:
    return [make_person(f"writer-{n}@example.org", f"Writer {n}") for n in range(number)]


def paid_stories(cast: Cast, number: int) -> None:
    """A story each, with flat fees of 1.00, 2.00, 3.00 and so on, in a month that was closed."""
    for fee, writer in enumerate(people(number), start=1):
        story_of(cast, writer, f"Story {fee}", kind="flat", flat=fee * 100)
    close(cast, "2026-08")


def count(at: datetime = SEPTEMBER_OVER) -> PromiseFigures:
    with clock.at(at):
        count_promises()
    return PromiseFigures.objects.get()


def test_figures_are_of_the_last_twelve_months_that_are_over(cast: Cast) -> None:
    paid_stories(cast, ENOUGH)

    counted = count(datetime(2026, 9, 1, 4, 30, tzinfo=UTC))  # half past midnight in New York

    assert (counted.first_day, counted.last_day) == (date(2025, 9, 1), date(2026, 8, 31))
    assert (counted.answers, counted.half_within, counted.most_within, counted.waiting) == (10, 1, 1, 0)
    assert (counted.on_time, counted.promises, counted.on_time_percent) == (10, 10, 100)
    assert (counted.accepted, counted.decided, counted.accepted_percent) == (10, 10, 100)
    assert (str(counted.pay), counted.paid_stories) == ("$5.50", 10)


def test_a_month_that_is_not_over_is_not_in_the_figures(cast: Cast) -> None:
    paid_stories(cast, ENOUGH)

    counted = count(datetime(2026, 9, 1, 3, 30, tzinfo=UTC))  # still August in New York

    assert counted.last_day == date(2026, 7, 31)
    assert (counted.answers, counted.pay) == (None, None)


def test_too_few_people_leave_every_figure_out(cast: Cast) -> None:
    paid_stories(cast, ENOUGH - 1)

    counted = count()

    told = {field.name for field in PromiseFigures._meta.fields if getattr(counted, field.name) is not None}
    assert told == {"id", "first_day", "last_day", "currency"}


def test_figures_are_saved_and_their_page_purged_only_when_they_changed(cast: Cast) -> None:
    paid_stories(cast, ENOUGH)
    count()
    before = Purge.objects.count()

    count(SEPTEMBER_OVER + timedelta(days=1))
    unchanged = Purge.objects.count()
    count(SEPTEMBER_OVER + timedelta(days=40))

    assert unchanged == before
    assert Purge.objects.order_by("-pk")[0].keys == "promises"
    assert PromiseFigures.objects.count() == 1


def test_pay_is_of_stories_whose_last_paid_day_was_closed(cast: Cast) -> None:
    story = story_of(cast, per_thousand=1000, window_days=30)
    read(story, LIVE.date(), 2000)
    close(cast, "2026-08")
    running = settled_between(*YEAR, "USD")

    read(story, date(2026, 9, 2), 500)
    close(cast, "2026-09")

    assert running == []
    assert settled_between(*YEAR, "USD") == [Settled(cast.writer.pk, 2500)]
    assert settled_between(*YEAR, "EUR") == []
    assert settled_between(YEAR[0], LIVE, "USD") == []


def test_pay_of_a_story_that_was_retracted_is_settled_with_the_day_on_which_it_went(cast: Cast) -> None:
    story = story_of(cast, per_thousand=1000, window_days=30)
    read(story, LIVE.date(), 2000)
    with clock.at(LIVE + timedelta(days=1)):
        retract(story, cast.editor, "Why.")
    with clock.at(AUGUST_OVER):
        close(cast, "2026-08")

    assert settled_between(*YEAR, "USD") == [Settled(cast.writer.pk, 2000)]
