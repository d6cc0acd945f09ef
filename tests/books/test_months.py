from datetime import UTC, datetime

import pytest

from hearthpress.books.months import MonthState, months
from hearthpress.common import clock
from hearthpress.common.money import Money
from tests.books.world import IN_OCTOBER, Books
from tests.factories import Cast
from tests.pay.world import AUGUST_OVER, BOTH, LIVE, close, story_of

pytestmark = pytest.mark.django_db(databases=BOTH)


def states_at(moment: datetime) -> list[tuple[str, str]]:
    with clock.at(moment):
        return [(str(one.month), one.state) for one in months()]


def test_months_run_back_to_the_first_story(books: Books) -> None:
    assert states_at(IN_OCTOBER) == [
        ("2026-10", MonthState.RUNNING),
        ("2026-09", MonthState.READY),
        ("2026-08", MonthState.CLOSED),
    ]


def test_a_month_waits_while_an_earlier_one_is_open(books: Books) -> None:
    assert states_at(datetime(2026, 11, 5, tzinfo=UTC))[1:3] == [
        ("2026-10", MonthState.WAITS),
        ("2026-09", MonthState.READY),
    ]


def test_a_month_is_ready_at_the_moment_at_which_it_may_be_closed(cast: Cast) -> None:
    story_of(cast)

    before = states_at(AUGUST_OVER.replace(hour=4, minute=59))
    after = states_at(AUGUST_OVER)

    assert dict(before)["2026-08"] == MonthState.RUNNING
    assert dict(after)["2026-08"] == MonthState.READY


def test_a_month_is_open_while_one_of_its_currencies_is(cast: Cast) -> None:
    story_of(cast)
    close(cast, "2026-08")
    story_of(cast, title="In Yen", currency="JPY", at=LIVE)

    assert dict(states_at(AUGUST_OVER))["2026-08"] == MonthState.READY


def test_months_of_an_empty_magazine_are_the_one_that_runs(cast: Cast) -> None:
    assert states_at(IN_OCTOBER) == [("2026-10", MonthState.RUNNING)]


def test_a_closed_month_says_what_was_earned_and_who_closed_it(books: Books) -> None:
    with clock.at(IN_OCTOBER):
        august = months()[-1]

    assert august.earned == [Money(2400, "USD")]
    assert august.statements == 1
    assert [close.closed_by for close in august.closes] == [books.cast.bookkeeper]
