from datetime import UTC, date, datetime, timedelta

import pytest

from hearthpress.books.figures import Figures, figures, month_so_far
from hearthpress.common import clock
from hearthpress.common.money import Money
from hearthpress.pay.actions import mark_paid
from hearthpress.pay.models import Accrual
from hearthpress.pay.months import Month
from hearthpress.stories.actions import retract
from tests.books.world import IN_OCTOBER, IN_SEPTEMBER, Books
from tests.factories import Cast
from tests.pay.world import BOTH, LIVE, close, read, story_of

pytestmark = pytest.mark.django_db(databases=BOTH)

OCTOBER = Month(2026, 10)


def usd(minor: int) -> Money:
    return Money(minor, "USD")


def figures_at(moment: datetime, month: Month = OCTOBER) -> list[Figures]:
    with clock.at(moment):
        return figures(month_so_far(month), month)


def test_figures_say_what_is_owed_and_what_could_be(books: Books) -> None:
    [found] = figures_at(IN_OCTOBER)

    assert found == Figures(
        if_closed=usd(1800 + 1200),
        owed=usd(0),
        writers_owed=0,
        in_transit=usd(2400),
        paid_this_month=usd(0),
        still_possible=usd(10000 - 1200),
        running=1,
        uncapped=0,
    )
    assert found.at_most == usd(2400 + 3000 + 8800)


def test_figures_of_a_closing_today_are_what_the_closing_then_adds(books: Books) -> None:
    close(books.cast, "2026-09")
    [before] = figures_at(IN_OCTOBER)

    close(books.cast, "2026-10")

    assert before.if_closed.minor == sum(row.amount for row in Accrual.objects.filter(month="2026-10"))
    assert before.if_closed == usd(1200)


def test_what_was_paid_counts_from_the_first_of_the_month_where_the_magazine_is(books: Books) -> None:
    with clock.at(datetime(2026, 10, 1, 3, 59, tzinfo=UTC)):
        mark_paid(books.batch, books.cast.bookkeeper)

    [october] = figures_at(IN_OCTOBER)
    [september] = figures_at(IN_SEPTEMBER, Month(2026, 9))

    assert (october.paid_this_month, october.in_transit) == (usd(0), usd(0))
    assert september.paid_this_month == usd(2400)


def test_a_story_past_its_window_can_earn_no_more(cast: Cast) -> None:
    story_of(cast)
    last_day = LIVE + timedelta(days=29)

    [on_it] = figures_at(last_day, Month(2026, 9))
    [after_it] = figures_at(last_day + timedelta(days=1), Month(2026, 9))

    assert (on_it.still_possible, on_it.running) == (usd(10000), 1)
    assert (after_it.still_possible, after_it.running) == (usd(0), 0)


def test_a_story_that_was_taken_down_can_earn_no_more(cast: Cast) -> None:
    story = story_of(cast)
    with clock.at(LIVE + timedelta(hours=1)):
        retract(story, cast.other_editor, "A mistake of ours.")

    [found] = figures_at(LIVE + timedelta(hours=2), Month(2026, 8))

    assert (found.still_possible, found.running) == (usd(0), 0)


def test_a_story_at_its_cap_does_not_count_as_running(cast: Cast) -> None:
    story = story_of(cast, per_thousand=10_000_000)
    read(story, date(2026, 8, 20), 2)

    [found] = figures_at(LIVE, Month(2026, 8))

    assert (found.if_closed, found.still_possible, found.running) == (usd(10000), usd(0), 0)


def test_a_story_without_a_cap_is_told_apart(cast: Cast) -> None:
    story_of(cast, cap=0)

    [found] = figures_at(LIVE, Month(2026, 8))

    assert (found.still_possible, found.running, found.uncapped) == (usd(0), 1, 1)


def test_a_flat_fee_cannot_grow(cast: Cast) -> None:
    story_of(cast, kind="flat", flat=5000)

    [found] = figures_at(LIVE, Month(2026, 8))

    assert (found.if_closed, found.still_possible, found.running) == (usd(5000), usd(0), 0)


def test_figures_keep_currencies_apart_with_the_magazines_own_first(cast: Cast) -> None:
    story_of(cast, title="In Yen", kind="flat", flat=7000, currency="JPY")
    story_of(cast, title="In Pounds", kind="flat", flat=3000, currency="GBP")

    found = figures_at(LIVE, Month(2026, 8))

    assert [one.if_closed for one in found] == [usd(0), Money(3000, "GBP"), Money(7000, "JPY")]
