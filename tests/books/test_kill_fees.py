"""What the books show of stories that were accepted and never published."""

from datetime import datetime

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hearthpress.books.kill_fees import closed_kill_fees, open_kill_fees
from hearthpress.books.months import months
from hearthpress.common import clock
from hearthpress.common.money import Money
from hearthpress.pay.months import Month
from tests.books.world import IN_OCTOBER, IN_SEPTEMBER, text_of
from tests.factories import Cast, client_for, make_person
from tests.pay.world import BOTH, LIVE, close, hand_back, story_of, unpublished

pytestmark = pytest.mark.django_db(databases=BOTH)

AUGUST, SEPTEMBER = Month(2026, 8), Month(2026, 9)


@pytest.fixture
def bea(cast: Cast) -> Client:
    return client_for(cast.bookkeeper)


def test_open_month_shows_the_fees_that_no_statement_has_told(cast: Cast, bea: Client) -> None:
    hand_back(cast, unpublished(cast))

    with clock.at(LIVE):
        text = text_of(bea, "/books/2026-08/")

    assert "Owed for stories that were not published USD" in text
    assert "The Moth Wilma Writer Aug. 20, 2026 $25.00" in text
    assert "1 story $25.00" in text


def test_closed_month_shows_the_fees_that_its_statements_told(cast: Cast, bea: Client) -> None:
    hand_back(cast, unpublished(cast))
    close(cast, "2026-08")
    hand_back(cast, unpublished(cast, cast.other_writer, "The Owl"), IN_SEPTEMBER)

    with clock.at(IN_SEPTEMBER):
        august, september = text_of(bea, "/books/2026-08/"), text_of(bea, "/books/2026-09/")

    assert ("The Moth" in august, "The Owl" in august) == (True, False)
    assert ("The Moth" in september, "The Owl" in september) == (False, True)


def test_fees_of_each_currency_are_told_apart(cast: Cast) -> None:
    hand_back(cast, unpublished(cast))
    hand_back(cast, unpublished(cast, title="In Yen", currency="JPY"))

    assert [fees.amount for fees in open_kill_fees(AUGUST)] == [Money(2500, "JPY"), Money(2500, "USD")]
    close(cast, "2026-08")

    assert open_kill_fees(AUGUST) == []
    assert [fees.amount for fees in closed_kill_fees(AUGUST)] == [Money(2500, "JPY"), Money(2500, "USD")]
    assert closed_kill_fees(SEPTEMBER) == []


def test_months_begin_with_a_kill_fee_and_count_it_as_earned(cast: Cast) -> None:
    story_of(cast, kind="flat", flat=1000)
    hand_back(cast, unpublished(cast))
    hand_back(cast, unpublished(cast, title="In Yen", currency="JPY"))
    close(cast, "2026-08")

    with clock.at(IN_SEPTEMBER):
        found = {str(one.month): (one.earned, one.statements) for one in months()}

    assert found == {"2026-09": ([], 0), "2026-08": ([Money(2500, "JPY"), Money(3500, "USD")], 2)}


def test_month_of_a_kill_fee_alone_is_ready_to_close(cast: Cast, bea: Client) -> None:
    hand_back(cast, unpublished(cast))

    with clock.at(IN_SEPTEMBER):
        home, closing = text_of(bea, "/books/"), text_of(bea, "/books/2026-08/closing/")

    assert "August 2026 Ready to close" in home
    assert "1 statement is written and sent by letter." in closing


def test_home_of_a_magazine_with_one_kill_fee_does_not_say_that_nothing_was_earned(cast: Cast, bea: Client) -> None:
    hand_back(cast, unpublished(cast))

    with clock.at(LIVE):
        text = text_of(bea, "/books/")

    assert "Nothing has been earned yet" not in text
    assert "Owed to writers $25.00" in text


def test_statement_has_the_fee_as_a_line(cast: Cast, bea: Client) -> None:
    hand_back(cast, unpublished(cast))
    close(cast, "2026-08")

    with clock.at(IN_SEPTEMBER):
        month = bea.get("/books/2026-08/")
        text = text_of(bea, f"/books/statements/{month.context['statements'][0].key}/")

    said = "Accepted and not published: the fee that we agreed, Aug. 20, 2026"
    assert f"The Moth {said} +$25.00" in text
    assert "Recomputed from the evidence: equal." in text


def test_transfer_of_a_kill_fee_names_its_story_and_writer(cast: Cast, bea: Client) -> None:
    agreement = hand_back(cast, unpublished(cast))

    text = text_of(bea, "/books/transfers/")

    assert f"“The Moth” by Wilma Writer Kill fee, agreement {agreement.key}" in text


def queries(client: Client, address: str) -> int:
    with clock.at(IN_OCTOBER):
        client.get(address)
        with CaptureQueriesContext(connections["default"]) as asked:
            assert client.get(address).status_code == 200
    return len(asked)


def hand_back_of(cast: Cast, *names: str, at: datetime = LIVE) -> None:
    """Each of these new writers has a story that was accepted and is given back at this moment."""
    for name in names:
        hand_back(cast, unpublished(cast, make_person(f"{name}@example.org"), f"Story of {name}"), at)


@pytest.mark.parametrize("address", ["/books/", "/books/2026-08/", "/books/transfers/"])
def test_pages_ask_as_often_for_three_kill_fees_as_for_one(cast: Cast, bea: Client, address: str) -> None:
    hand_back_of(cast, "ada")
    one = queries(bea, address)

    hand_back_of(cast, "ben", "cyd")

    assert queries(bea, address) == one


def test_closed_month_asks_as_often_for_three_kill_fees_as_for_one(cast: Cast, bea: Client) -> None:
    hand_back_of(cast, "ada")
    close(cast, "2026-08")
    one = queries(bea, "/books/2026-08/")

    hand_back_of(cast, "ben", "cyd", "dot", at=IN_SEPTEMBER)
    close(cast, "2026-09")

    assert queries(bea, "/books/2026-09/") == one
