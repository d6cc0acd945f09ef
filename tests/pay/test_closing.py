from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearthpress.common import clock
from hearthpress.common.money import Money
from hearthpress.common.states import SomebodyElseWon
from hearthpress.ledger.actions import balance
from hearthpress.ledger.models import Transfer
from hearthpress.mail.models import Letter
from hearthpress.pay import accounts
from hearthpress.pay.actions import close_month
from hearthpress.pay.closing import CannotClose
from hearthpress.pay.models import Accrual, MonthClose, Statement
from hearthpress.pay.months import NotAMonth
from hearthpress.readership.counts import reader_days
from hearthpress.readership.models import Arrival
from hearthpress.stories.actions import retract
from hearthpress.stories.models import Story
from hearthpress.submissions.actions import withdraw
from tests.factories import Cast
from tests.pay.world import AUGUST_OVER, BOTH, LIVE, OVER, agreement_of, close, read, story_of
from tests.together import at_once

pytestmark = pytest.mark.django_db(databases=BOTH)


def amounts(story: Story) -> dict[str, int]:
    return {row.month: row.amount for row in Accrual.objects.filter(story_key=story.key).order_by("month")}


def test_closing_accrues_what_was_read_and_tells_the_writer(cast: Cast) -> None:
    story = story_of(cast)
    read(story, date(2026, 8, 20), 3)
    read(story, date(2026, 8, 31), 2)

    close(cast, "2026-08")

    accrual, statement = Accrual.objects.get(), Statement.objects.get()
    assert (accrual.reader_days, accrual.reader_days_to_date, accrual.earned_to_date, accrual.amount) == (5, 5, 3, 3)
    assert balance(accounts.payable(cast.writer.pk, "USD")) == Money(3, "USD")
    assert Transfer.objects.get().key == f"accrual:{agreement_of(story).key}:2026-08"
    assert (statement.writer, statement.earned, statement.owed) == (cast.writer, Money(3, "USD"), Money(3, "USD"))
    letter = Letter.objects.get(kind="pay/statement")
    assert (letter.to, letter.subject) == (cast.writer.email, "Your statement for August 2026")
    assert "Your stories earned $0.03 in the month. We owe you $0.03 in all." in letter.text
    assert f"http://testserver{reverse('room:statement', args=['2026-08'])}" in letter.text


def test_the_months_of_a_window_add_up_to_the_window_at_once(cast: Cast) -> None:
    story = story_of(cast, per_thousand=333, cap=0)
    for day in range(40):
        read(story, date(2026, 8, 20) + timedelta(days=day), 1)

    close(cast, "2026-08")
    close(cast, "2026-09")
    close(cast, "2026-10")

    assert amounts(story) == {"2026-08": 4, "2026-09": 6}
    assert sum(amounts(story).values()) == -(-30 * 333 // 1000)


def test_nothing_is_earned_beyond_the_cap(cast: Cast) -> None:
    story = story_of(cast, per_thousand=100_000, cap=450)
    read(story, date(2026, 8, 21), 4)
    read(story, date(2026, 9, 1), 4)

    close(cast, "2026-08")
    close(cast, "2026-09")

    assert amounts(story) == {"2026-08": 400, "2026-09": 50}


def test_a_story_that_nobody_read_has_a_line_and_no_transfer(cast: Cast) -> None:
    story = story_of(cast)

    close(cast, "2026-08")

    assert amounts(story) == {"2026-08": 0}
    assert Accrual.objects.get().transfer is None
    assert [line["story"] for line in Statement.objects.get().content["stories"]] == [story.key]


def test_a_flat_fee_is_accrued_once_whatever_is_read(cast: Cast) -> None:
    story = story_of(cast, kind="flat", flat=15000)
    read(story, date(2026, 9, 2), 3)

    close(cast, "2026-08")
    close(cast, "2026-09")

    assert amounts(story) == {"2026-08": 15000}


def test_a_story_on_the_last_evening_of_the_month_earns_in_that_month(cast: Cast) -> None:
    story = story_of(cast, at=datetime(2026, 9, 1, 3, 59, tzinfo=UTC), kind="flat", flat=100)

    close(cast, "2026-08")

    assert amounts(story) == {"2026-08": 100}


def test_readings_after_the_day_of_withdrawal_earn_nothing_and_those_before_stay(cast: Cast) -> None:
    story = story_of(cast, per_thousand=1000)
    for day, number in ((29, 2), (30, 4), (31, 8)):
        read(story, date(2026, 8, day), number)
    with clock.at(datetime(2026, 8, 31, 3, 30, tzinfo=UTC)):  # still the 30th in New York
        withdraw(story.manuscript.submission, cast.writer)

    close(cast, "2026-08")
    close(cast, "2026-09")

    assert agreement_of(story).state == "ended"
    assert amounts(story) == {"2026-08": 6}


def test_a_reading_that_nobody_has_settled_yet_is_in_the_month_that_is_closed(cast: Cast) -> None:
    story = story_of(cast, per_thousand=1000)
    at = datetime(2026, 8, 31, 16, tzinfo=UTC)
    Arrival.objects.create(story_key=story.key, day=at.date(), utc_at=at, reader=bytes(range(16)))

    close(cast, "2026-08")

    assert amounts(story) == {"2026-08": 1}


def test_the_views_of_all_stories_are_read_in_one_query(cast: Cast) -> None:
    stories = [story_of(cast, title=title, per_thousand=1000) for title in ("The Kettle", "The Lamp", "The Stair")]
    for number, story in enumerate(stories, start=1):
        read(story, date(2026, 8, 21), number)

    with CaptureQueriesContext(connections["views"]) as asked:
        close(cast, "2026-08")

    assert sum("readership_readerday" in query["sql"] for query in asked) == 1
    assert [amounts(story) for story in stories] == [{"2026-08": 1}, {"2026-08": 2}, {"2026-08": 3}]


def test_days_before_a_story_appeared_are_not_counted_beside_an_older_one(cast: Cast) -> None:
    older = story_of(cast, title="The Kettle", per_thousand=1000)
    younger = story_of(cast, title="The Lamp", per_thousand=1000, at=LIVE + timedelta(days=5))
    read(older, LIVE.date(), 2)
    read(younger, LIVE.date(), 2)

    close(cast, "2026-08")

    assert amounts(older) == {"2026-08": 2}
    assert amounts(younger) == {"2026-08": 0}


def test_a_retracted_story_keeps_what_it_earned(cast: Cast) -> None:
    story = story_of(cast, per_thousand=1000)
    read(story, date(2026, 8, 21), 7)
    with clock.at(LIVE + timedelta(days=2)):
        retract(story, cast.editor, "A source asked us to.")

    close(cast, "2026-08")

    assert amounts(story) == {"2026-08": 7}


def test_a_reading_that_was_kept_late_is_accrued_in_the_next_month(cast: Cast) -> None:
    story = story_of(cast, per_thousand=1000)
    read(story, date(2026, 8, 21), 2)
    close(cast, "2026-08")
    read(story, date(2026, 8, 21), 1)

    close(cast, "2026-09")

    assert amounts(story) == {"2026-08": 2, "2026-09": 1}


def test_counts_that_fell_take_nothing_back(cast: Cast) -> None:
    story = story_of(cast, per_thousand=1000)
    read(story, date(2026, 8, 21), 5)
    close(cast, "2026-08")

    with clock.at(OVER["2026-09"]):
        close_month("2026-09", cast.bookkeeper, reader_days=lambda key, first, last: {first: 1})

    assert amounts(story) == {"2026-08": 5, "2026-09": 0}


@pytest.mark.parametrize(("currency", "per_thousand", "earned"), [("JPY", 600, "¥2"), ("KWD", 1850, "KWD0.006")])
def test_currencies_with_other_decimals_close_beside_the_magazines_own(
    cast: Cast, currency: str, per_thousand: int, earned: str
) -> None:
    story = story_of(cast, currency=currency, per_thousand=per_thousand)
    read(story, date(2026, 8, 21), 3)

    closes = close(cast, "2026-08")

    assert [row.currency for row in closes] == sorted(["USD", currency])
    statement = Statement.objects.get()
    assert statement.currency == currency
    assert str(statement.earned).replace("\xa0", "") == earned


def test_a_month_cannot_be_closed_before_it_is_over_and_an_hour(cast: Cast) -> None:
    with clock.at(AUGUST_OVER - timedelta(microseconds=1)), pytest.raises(CannotClose) as told:
        close_month("2026-08", cast.bookkeeper)

    assert str(told.value) == "August 2026 can be closed from 1 September 2026, 01:00 (America/New_York)."
    assert not MonthClose.objects.exists()


def test_a_month_is_over_when_it_is_over_where_an_agreement_says(cast: Cast) -> None:
    story = story_of(cast)
    agreement = agreement_of(story)
    agreement.rate_card["time_zone"] = "Pacific/Honolulu"
    agreement.save()

    with clock.at(AUGUST_OVER), pytest.raises(CannotClose, match="can be closed from 1 September 2026, 07:00"):
        close_month("2026-08", cast.bookkeeper)


def test_the_month_with_the_end_of_summer_time_is_over_by_the_clock_on_the_wall(cast: Cast) -> None:
    over = datetime(2026, 12, 1, 6, tzinfo=UTC)

    with clock.at(over - timedelta(seconds=1)), pytest.raises(CannotClose):
        close_month("2026-11", cast.bookkeeper)
    with clock.at(over):
        assert close_month("2026-11", cast.bookkeeper)


def test_an_earlier_month_with_stories_is_closed_first(cast: Cast) -> None:
    story_of(cast)

    with clock.at(OVER["2026-09"]), pytest.raises(CannotClose, match=r"^Please close August 2026 first\.$"):
        close_month("2026-09", cast.bookkeeper)


def test_no_month_is_left_out_after_the_first(cast: Cast) -> None:
    close(cast, "2026-08")

    with clock.at(OVER["2026-10"]), pytest.raises(CannotClose, match="September 2026"):
        close_month("2026-10", cast.bookkeeper)


def test_a_month_closes_once(cast: Cast) -> None:
    story_of(cast, kind="flat", flat=100)
    close(cast, "2026-08")

    with pytest.raises(SomebodyElseWon, match=r"^August 2026 is closed already\.$"):
        close(cast, "2026-08")

    assert Accrual.objects.count() == Statement.objects.count() == Transfer.objects.count() == 1


def test_what_is_no_month_is_refused(cast: Cast) -> None:
    with pytest.raises(NotAMonth):
        close_month("August", cast.bookkeeper)


@pytest.mark.parametrize("name", ["writer", "editor", "other_writer"])
def test_only_a_bookkeeper_closes_a_month(cast: Cast, name: str) -> None:
    with clock.at(AUGUST_OVER), pytest.raises(PermissionDenied):
        close_month("2026-08", getattr(cast, name))


def test_the_owner_closes_a_month(cast: Cast) -> None:
    with clock.at(AUGUST_OVER):
        assert close_month("2026-08", cast.owner)


def test_a_writer_with_nothing_to_tell_gets_no_statement(cast: Cast) -> None:
    story_of(cast)
    close(cast, "2026-08")
    close(cast, "2026-09")

    close(cast, "2026-10")

    assert [row.month for row in Statement.objects.order_by("month")] == ["2026-08", "2026-09"]


def test_a_balance_is_carried_over_and_stated_every_month(cast: Cast) -> None:
    story_of(cast, kind="flat", flat=100)
    close(cast, "2026-08")

    close(cast, "2026-09")

    content = Statement.objects.get(month="2026-09").content
    assert (content["opening"], content["stories"], content["earned"], content["closing"]) == (100, [], 0, 100)


def test_a_story_that_changes_while_its_readings_are_counted_stops_the_closing(cast: Cast) -> None:
    story = story_of(cast)

    def taken_back_meanwhile(key: str, first: date, last: date) -> dict[date, int]:
        Story.objects.filter(pk=story.pk).update(ended_at=LIVE)
        return reader_days(key, first, last)

    with clock.at(AUGUST_OVER), pytest.raises(SomebodyElseWon):
        close_month("2026-08", cast.bookkeeper, reader_days=taken_back_meanwhile)

    assert not Accrual.objects.exists()


def refuse_statements_of(writer_id: int) -> None:
    """From now on the database fails when it writes a statement of this writer: as a crash between two writes would."""
    refuse = f"CREATE TRIGGER crash BEFORE INSERT ON pay_statement FOR EACH ROW WHEN (NEW.writer_id = {writer_id}) "
    statements = {
        "sqlite": [f"{refuse} BEGIN SELECT RAISE(ABORT, 'crash'); END"],
        "postgresql": [
            "CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'crash'; END $$",
            f"{refuse} EXECUTE FUNCTION crash()",
        ],
    }[connection.vendor]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_a_crash_between_two_writes_leaves_nothing_behind(cast: Cast) -> None:
    story_of(cast, kind="flat", flat=100)
    story_of(cast, cast.other_writer, "The Lamp", kind="flat", flat=100)
    letters = Letter.objects.count()
    refuse_statements_of(cast.other_writer.pk)

    with pytest.raises(DatabaseError, match="crash"):
        close(cast, "2026-08")

    rows: list[Any] = [MonthClose, Accrual, Transfer, Statement]
    assert [model.objects.count() for model in rows] == [0, 0, 0, 0]
    assert Letter.objects.count() == letters


@pytest.mark.django_db(transaction=True, databases=BOTH)
def test_of_two_bookkeepers_who_close_at_once_one_wins_and_the_other_is_told(cast: Cast) -> None:
    story = story_of(cast, per_thousand=1000)
    read(story, date(2026, 8, 21), 3)
    both_have_counted = Barrier(2)

    def stale(key: str, first: date, last: date) -> Any:
        counted = reader_days(key, first, last)
        both_have_counted.wait(60)
        return counted

    with clock.at(AUGUST_OVER):
        outcomes = at_once(
            lambda: close_month("2026-08", cast.bookkeeper, reader_days=stale),
            lambda: close_month("2026-08", cast.owner, reader_days=stale),
        )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["SomebodyElseWon", "list"]
    assert amounts(story) == {"2026-08": 3}
    assert MonthClose.objects.count() == Statement.objects.count() == Transfer.objects.count() == 1
    assert Letter.objects.filter(kind="pay/statement").count() == 1
