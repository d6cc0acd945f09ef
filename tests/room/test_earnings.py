"""Earnings: how every cent was reached, whose they are, and where they go."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearthpress.agreements.enums import PayKind
from hearthpress.common import clock
from hearthpress.mail.models import Letter
from hearthpress.pay.actions import close_month, make_batches, mark_paid, set_destination
from hearthpress.pay.models import PayDestination
from hearthpress.readership.enums import Reason
from hearthpress.readership.models import ReaderDay, UnpaidView
from hearthpress.submissions.actions import withdraw
from tests.factories import client_for, make_call, make_rate_card, make_story

pytestmark = pytest.mark.django_db(databases=["default", "views"])

PUBLISHED = datetime(2026, 9, 10, 12, 0, tzinfo=UTC)
OCTOBER = datetime(2026, 10, 2, 12, 0, tzinfo=UTC)


def read(story, readers: int, at: datetime = PUBLISHED) -> None:
    rows = [
        ReaderDay(story_key=story.key, day=at.date(), utc_at=at, reader=number.to_bytes(16, "big"))
        for number in range(readers)
    ]
    ReaderDay.objects.bulk_create(rows)


def refused(story, reason: Reason, views: int, at: datetime = PUBLISHED) -> None:
    rows = [
        UnpaidView(story_key=story.key, day=at.date(), utc_at=at, reader=bytes(16), reason=reason) for _ in range(views)
    ]
    UnpaidView.objects.bulk_create(rows)


@pytest.fixture
def story(cast):
    return make_story(cast.writer, cast.editor, cast.call, at=PUBLISHED)


@pytest.fixture
def client(cast):
    return client_for(cast.writer)


def test_story_shows_reader_days_and_what_they_earned(client, story):
    read(story, 1234)

    with clock.at(OCTOBER):
        response = client.get(reverse("room:earnings"))

    (one,) = response.context["stories"]
    assert one.reader_days == 1234
    assert str(one.earned) == "$7.41"
    assert "(still counting)" in response.content.decode()


def test_days_after_the_window_are_not_counted(client, story):
    read(story, 10)
    read(story, 500, PUBLISHED + timedelta(days=30))

    with clock.at(PUBLISHED + timedelta(days=40)):
        response = client.get(reverse("room:earnings"))

    (one,) = response.context["stories"]
    assert one.reader_days == 10
    assert one.is_over


def test_counting_ends_when_the_story_is_taken_back(cast, client, story):
    with clock.at(OCTOBER):
        withdraw(story.manuscript.submission, cast.writer)

        response = client.get(reverse("room:earnings"))

    assert "(still counting)" not in response.content.decode()


def test_unpaid_views_are_shown_with_their_reasons(client, story):
    refused(story, Reason.ROBOT, 3)
    refused(story, Reason.OWN, 2)

    with clock.at(OCTOBER):
        response = client.get(reverse("room:earnings"))

    page = response.content.decode()
    (one,) = response.context["stories"]
    assert [(str(row.label), row.views) for row in one.unpaid] == [
        (str(Reason.OWN.label), 2),
        (str(Reason.ROBOT.label), 3),
    ]
    assert str(Reason.ROBOT.explanation) in page


def test_story_at_its_cap_says_so(cast, client):
    card = make_rate_card(per_thousand=100_000, cap=500)
    read(make_story(cast.writer, cast.editor, make_call(slug="capped", rate_card=card), at=PUBLISHED), 400)

    with clock.at(OCTOBER):
        page = client.get(reverse("room:earnings")).content.decode()

    assert "the most that it can earn" in page


def test_earnings_of_somebody_else_are_not_shown(cast, story):
    page = client_for(cast.other_writer).get(reverse("room:earnings")).content.decode()

    assert "The Kettle" not in page
    assert "Nothing has been published yet" in page


def test_earnings_ask_as_often_for_one_story_as_for_three(cast, client, story):
    client.get(reverse("room:earnings"))
    with CaptureQueriesContext(connections["default"]) as one, CaptureQueriesContext(connections["views"]) as one_views:
        client.get(reverse("room:earnings"))
    for title in ("Two", "Three"):
        make_story(cast.writer, cast.editor, cast.call, at=PUBLISHED, title=title)

    with CaptureQueriesContext(connections["default"]) as three, CaptureQueriesContext(connections["views"]) as views:
        client.get(reverse("room:earnings"))

    assert (len(three), len(views)) == (len(one), len(one_views))


class TestStatement:
    @pytest.fixture(autouse=True)
    def _closed(self, cast, story):
        read(story, 1234)
        with clock.at(OCTOBER):
            close_month("2026-09", cast.bookkeeper)

    def test_statement_spells_the_arithmetic_out(self, client):
        page = client.get(reverse("room:statement", args=["2026-09"])).content.decode()

        assert "1,234 reader-days × $6.00 ÷ 1,000 = $7.404." in page
        assert "Rounded up, in your favour: $7.41 to date." in page
        assert "All of it belongs to this month: $7.41." in page
        assert "September 2026" in page

    def test_statement_of_a_second_month_takes_the_first_off(self, cast, client, story):
        read(story, 500, PUBLISHED + timedelta(days=25))
        with clock.at(datetime(2026, 11, 2, 12, 0, tzinfo=UTC)):
            close_month("2026-10", cast.bookkeeper)

        page = client.get(reverse("room:statement", args=["2026-10"])).content.decode()

        assert "1,734 reader-days × $6.00 ÷ 1,000 = $10.404." in page
        assert "$10.41 less the $7.41 of earlier statements is $3.00 for this month." in page

    def test_statement_says_each_day(self, client):
        page = client.get(reverse("room:statement", args=["2026-09"])).content.decode()

        assert "Sept. 10, 2026" in page
        assert '<td class="number">1,234</td>' in page

    @pytest.mark.parametrize("month", ["2026-08", "2026-13", "nonsense", "2026-09-01"])
    def test_month_without_a_statement_is_not_there(self, client, month):
        assert client.get(reverse("room:statement", args=[month])).status_code == 404

    @pytest.mark.parametrize("who", ["other_writer", "bookkeeper", "editor"])
    def test_statement_of_somebody_else_is_not_there(self, cast, who):
        client = client_for(getattr(cast, who))

        response, missing = (client.get(reverse("room:statement", args=[month])) for month in ("2026-09", "2020-01"))

        assert response.status_code == 404
        assert response.content == missing.content

    def test_statement_asks_somebody_unknown_to_sign_in(self):
        path = reverse("room:statement", args=["2026-09"])

        assert client_for(None).get(path)["Location"] == f"{reverse('account_login')}?next={path}"

    def test_balance_and_carry_over_are_said(self, client):
        page = client.get(reverse("room:earnings")).content.decode()

        assert "$7.41" in page
        assert "You have not said where to be paid." in page

    def test_less_than_the_threshold_is_carried_over(self, cast, client):
        set_destination(cast.writer, "wilma@example.org")

        page = client.get(reverse("room:earnings")).content.decode()

        assert "once $10.00 is owed" in page

    def test_payment_is_followed_to_its_end(self, cast, client, story):
        read(story, 500, PUBLISHED + timedelta(days=25))
        set_destination(cast.writer, "wilma@example.org")
        with clock.at(datetime(2026, 11, 2, 12, 0, tzinfo=UTC)):
            close_month("2026-10", cast.bookkeeper)
            due = client.get(reverse("room:earnings")).content.decode()
            (batch,) = make_batches(cast.bookkeeper, "USD")
            made = client.get(reverse("room:earnings")).content.decode()
            mark_paid(batch, cast.bookkeeper)
            paid = client.get(reverse("room:earnings")).content.decode()

        assert "It is in the next payment" in due
        assert "On its way" in made
        assert '<span class="status paid">Paid</span>' in paid

    def test_letter_leads_to_the_statement(self, client):
        letter = Letter.objects.get(kind="pay/statement")

        assert reverse("room:statement", args=["2026-09"]) in letter.text


def test_statement_of_a_flat_fee(cast, client):
    card = make_rate_card(kind=PayKind.FLAT, flat=5000, per_thousand=0, cap=0)
    make_story(cast.writer, cast.editor, make_call(slug="flat", rate_card=card), at=PUBLISHED)
    with clock.at(OCTOBER):
        close_month("2026-09", cast.bookkeeper)

    page = client.get(reverse("room:statement", args=["2026-09"])).content.decode()

    assert "A fee of $50.00, earned by being published." in page


class TestPayment:
    def test_address_is_kept(self, cast, client):
        response = client.post(reverse("room:payment"), {"address": " wilma@example.org "}, follow=True)

        assert PayDestination.objects.get(person=cast.writer).address == "wilma@example.org"
        assert "wilma@example.org" in response.content.decode()

    @pytest.mark.parametrize("typed", ["", "nobody", "a@b", "=1+1@example.org", "x" * 300 + "@example.org"])
    def test_wrong_address_is_said_and_kept_on_the_page(self, client, typed):
        response = client.post(reverse("room:payment"), {"address": typed})

        assert response.status_code == 200
        assert response.context["form"].errors["address"]
        assert not PayDestination.objects.exists()

    def test_change_is_told_by_letter(self, cast, client):
        client.post(reverse("room:payment"), {"address": "one@example.org"})

        client.post(reverse("room:payment"), {"address": "two@example.org"})

        assert "two@example.org" in Letter.objects.get(kind="pay/destination").text
