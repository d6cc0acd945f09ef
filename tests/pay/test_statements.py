from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hearthpress.agreements.models import RateCard
from hearthpress.common import clock
from hearthpress.common.canonical import sha256
from hearthpress.masthead.models import Masthead
from hearthpress.pay.actions import cancel_batch, mark_paid
from hearthpress.pay.models import MonthClose, Statement
from hearthpress.pay.statements import bodies, recompute, statement, statement_body
from hearthpress.people.models import Byline, Person
from hearthpress.stories.models import Story
from tests.factories import Cast
from tests.pay.world import AUGUST_OVER, BOTH, agreement_of, batch_of, close, owe, read, story_of

pytestmark = pytest.mark.django_db(databases=BOTH)


def test_statement_shows_how_every_cent_was_reached(cast: Cast) -> None:
    story = story_of(cast, per_thousand=1000, cap=9)
    for day, number in ((date(2026, 8, 31), 4), (date(2026, 9, 1), 3), (date(2026, 9, 18), 5), (date(2026, 9, 19), 2)):
        read(story, day, number)
    close(cast, "2026-08")

    close(cast, "2026-09")

    [line] = statement(cast.writer, "2026-09").content["stories"]
    assert line == {
        "agreement": agreement_of(story).key,
        "story": story.key,
        "title": "The Kettle",
        "rate_card": agreement_of(story).rate_card,
        "first": "2026-08-20",
        "counted_to": "2026-09-18",
        "days": {"2026-09-01": 3, "2026-09-18": 5},
        "reader_days": 8,
        "reader_days_to_date": 12,
        "earned_to_date": 9,
        "accrued_before": 4,
        "amount": 5,
    }


def test_statement_is_the_same_bytes_whatever_is_changed_later(cast: Cast) -> None:
    story = story_of(cast, per_thousand=1000)
    read(story, date(2026, 8, 21), 3)
    close(cast, "2026-08")
    sent = Statement.objects.get()

    RateCard.objects.update(per_thousand=1, cap=1, currency="EUR")
    Masthead.objects.update(name="Another", time_zone="Asia/Tokyo", currency="EUR", payout_threshold=1)
    Story.objects.update(headline="Another", byline_name="Another", slug="another")
    Byline.objects.update(name="Another")
    Person.objects.update(name="Another")
    read(story, date(2026, 9, 1), 3)
    close(cast, "2026-09")

    assert recompute(sent) == bytes(sent.body)
    assert sha256(recompute(sent)) == sent.sha256


def test_statement_does_not_carry_the_writers_name_or_address(cast: Cast) -> None:
    owe(cast)
    close(cast, "2026-08")

    body = bytes(Statement.objects.get().body).decode()

    assert [word for word in ("Wilma", "Writer", "@example.org") if word in body] == []


def test_each_statement_opens_where_the_one_before_closed(cast: Cast) -> None:
    owe(cast, fee=5000)
    close(cast, "2026-08")
    with clock.at(AUGUST_OVER):
        mark_paid(batch_of(cast), cast.bookkeeper)
    close(cast, "2026-09")
    owe(cast, fee=700, title="The Lamp", at=AUGUST_OVER.replace(month=10))

    close(cast, "2026-10")

    told = [row.content for row in Statement.objects.order_by("month")]
    assert [(each["opening"], each["earned"], each["closing"]) for each in told] == [
        (0, 5000, 5000),
        (5000, 0, 0),
        (0, 700, 700),
    ]
    [payment] = told[1]["payments"]
    assert (payment["kind"], payment["amount"], payment["at"]) == ("payout", -5000, "2026-09-01T05:00:00+00:00")
    assert [recompute(row) == bytes(row.body) for row in Statement.objects.all()] == [True] * 3


def test_a_cancelled_payout_is_shown_as_given_back(cast: Cast) -> None:
    owe(cast, fee=5000)
    close(cast, "2026-08")
    with clock.at(AUGUST_OVER):
        cancel_batch(batch_of(cast), cast.bookkeeper, "The file was refused.")

    close(cast, "2026-09")

    content = statement(cast.writer, "2026-09").content
    assert [(each["kind"], each["amount"]) for each in content["payments"]] == [("payout", -5000), ("cancelled", 5000)]
    assert content["closing"] == 5000


def test_what_moves_after_a_closing_belongs_to_the_next_statement(cast: Cast) -> None:
    owe(cast, fee=5000)
    close(cast, "2026-08")
    batch_of(cast)

    sent = Statement.objects.get()

    assert recompute(sent) == bytes(sent.body)


def test_statement_that_was_never_sent_does_not_exist(cast: Cast) -> None:
    with pytest.raises(Statement.DoesNotExist):
        statement(cast.writer, "2026-08")
    with pytest.raises(MonthClose.DoesNotExist):
        statement_body(cast.writer, "2026-08", "USD")


@pytest.mark.parametrize("number", [1, 3])
def test_statements_of_a_month_take_the_same_number_of_queries_for_any_number_of_writers(
    cast: Cast, number: int
) -> None:
    writers = [cast.writer, cast.other_writer, cast.other_editor][:number]
    for writer in writers:
        owe(cast, writer, title=f"The Kettle of {writer.pk}")
    [closed] = close(cast, "2026-08")

    with CaptureQueriesContext(connection) as queries:
        made = bodies(closed)

    assert len(made) == number
    assert len(queries) == 7
