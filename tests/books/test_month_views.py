from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client

from hearthpress.books.check import newest_check
from hearthpress.common import clock
from hearthpress.pay.models import MonthClose, Statement
from hearthpress.people.models import Person
from tests.books.world import IN_OCTOBER, Books, text_of, words
from tests.factories import Cast, client_for
from tests.ledger.tampering import tamper
from tests.pay.world import AUGUST_OVER, BOTH, LIVE, OCTOBER_OVER, close, owe, read, story_of

pytestmark = pytest.mark.django_db(databases=BOTH)


@pytest.fixture
def bea(books: Books) -> Client:
    return client_for(books.cast.bookkeeper)


def test_home_shows_the_figures_and_the_fear(books: Books, bea: Client) -> None:
    with clock.at(IN_OCTOBER):
        text = text_of(bea, "/books/")

    assert "More if closed today $30.00" in text
    assert "In payout files $24.00" in text
    assert "1 story can still earn. If it took off and reached the most that it may earn, $88.00 more" in text
    assert "with everything that is not paid yet, $142.00 in all" in text
    assert "September 2026 Ready to close" in text
    assert "Close September" in text
    assert "The books balance" in text


def test_home_of_an_empty_magazine_says_what_will_stand_there(cast: Cast) -> None:
    with clock.at(IN_OCTOBER):
        text = text_of(client_for(cast.bookkeeper), "/books/")

    assert "Nothing has been earned yet" in text
    assert "Owed to writers $0.00" in text


def test_home_warns_of_a_story_without_a_limit(cast: Cast) -> None:
    story_of(cast, cap=0)

    with clock.at(LIVE):
        text = text_of(client_for(cast.bookkeeper), "/books/")

    assert "1 story has no upper limit, and is not in this sum." in text


def test_home_shows_yen_without_decimals(cast: Cast) -> None:
    owe(cast, fee=7000, title="In Yen", currency="JPY")
    close(cast, "2026-08")

    with clock.at(AUGUST_OVER):
        text = text_of(client_for(cast.bookkeeper), "/books/")

    assert "Owed to writers ¥7,000 " in text


def test_dates_are_told_in_the_readers_own_time_zone(books: Books, bea: Client) -> None:
    Person.objects.filter(pk=books.cast.bookkeeper.pk).update(time_zone="Asia/Tokyo")

    with clock.at(IN_OCTOBER):
        text = text_of(bea, "/books/2026-08/")

    assert "USD was closed on Sept. 1, 2026, 2 p.m. by Bea Books." in text


def tamper_with_the_ledger() -> None:
    tamper("UPDATE ledger_transfer SET amount = amount + 1 WHERE key LIKE %s", "accrual:%")


def test_home_shows_each_row_that_does_not_balance(books: Books, bea: Client) -> None:
    tamper_with_the_ledger()

    with clock.at(IN_OCTOBER):
        text = text_of(bea, "/books/")

    assert "The books do not balance" in text
    assert f"Accrual {books.kettle.agreement.key} 2026-08: amount 2400 USD" in text


def test_check_is_kept_until_money_moves_or_somebody_asks(books: Books, bea: Client) -> None:
    assert newest_check().problems == []
    tamper_with_the_ledger()

    kept = newest_check().problems
    response = bea.post("/books/verification/")

    assert kept == []
    assert response.status_code == 302
    assert newest_check().problems != []


def test_check_is_made_again_when_money_has_moved(books: Books) -> None:
    first = newest_check()

    close(books.cast, "2026-09")

    assert newest_check().at > first.at


def test_check_is_made_again_when_the_cache_was_emptied(books: Books) -> None:
    first = newest_check()

    cache.clear()

    assert newest_check().at > first.at


def test_month_shows_how_each_amount_was_reached(books: Books, bea: Client) -> None:
    close(books.cast, "2026-09")

    with clock.at(IN_OCTOBER):
        text = text_of(bea, "/books/2026-09/")

    row = "The Kettle Wilma Writer 3 $42.00 $24.00 $18.00"
    assert row in text
    assert "1 story 3 $18.00" in text


def test_month_that_is_open_shows_how_it_stands(books: Books, bea: Client) -> None:
    with clock.at(IN_OCTOBER):
        text = text_of(bea, "/books/2026-10/")

    assert "These figures are how the month stands now." in text
    assert "The Lamp Oscar Writer 2 $12.00 $0.00 $12.00" in text
    assert "The Kettle Wilma Writer 0 $42.00 $24.00 $18.00" in text


def test_month_does_not_show_a_currency_that_is_closed_as_open(books: Books, bea: Client) -> None:
    with clock.at(IN_OCTOBER):
        text = text_of(bea, "/books/2026-08/")

    assert "What was earned" in text
    assert "Earned so far" not in text


def test_month_without_stories_says_so(cast: Cast) -> None:
    with clock.at(IN_OCTOBER):
        text = text_of(client_for(cast.bookkeeper), "/books/2026-10/")

    assert "No story was counted in this month" in text


def test_closing_says_in_numbers_what_the_closing_then_does(books: Books, bea: Client) -> None:
    with clock.at(IN_OCTOBER):
        text = text_of(bea, "/books/2026-09/closing/")
        response = bea.post("/books/2026-09/closing/")

    assert "Stories counted 1 Writers 1 Reader-days 3 Added to what is owed (USD) $18.00" in text
    assert "1 statement is written" in text
    assert (response.status_code, response["Location"]) == (302, "/books/2026-09/")
    assert Statement.objects.filter(month="2026-09").count() == 1


def test_closing_counts_a_statement_for_who_is_only_paid(cast: Cast) -> None:
    kettle = owe(cast)
    close(cast, "2026-08")
    lamp = story_of(cast, cast.other_writer, "The Lamp", AUGUST_OVER)
    read(lamp, date(2026, 9, 2), 1)

    with clock.at(OCTOBER_OVER):
        text = text_of(client_for(cast.bookkeeper), "/books/2026-09/closing/")
    close(cast, "2026-09")

    assert "2 statements are written" in text
    assert {row.writer for row in Statement.objects.filter(month="2026-09")} == {kettle.writer, cast.other_writer}


def test_month_that_is_not_over_is_refused_with_a_sentence(books: Books, bea: Client) -> None:
    close(books.cast, "2026-09")

    with clock.at(IN_OCTOBER):
        shown = text_of(bea, "/books/2026-10/closing/")
        response = bea.post("/books/2026-10/closing/")

    sentence = "October 2026 can be closed from 1 November 2026, 01:00 (America/New_York)."
    assert sentence in shown
    assert response.status_code == 409
    assert sentence in words(response.content.decode())
    assert not MonthClose.objects.filter(year_month="2026-10").exists()


def test_month_out_of_order_is_refused_with_a_sentence(books: Books, bea: Client) -> None:
    with clock.at(OCTOBER_OVER):
        response = bea.post("/books/2026-10/closing/")

    assert response.status_code == 409
    assert "Please close September 2026 first." in words(response.content.decode())


def test_second_to_close_a_month_is_told(books: Books, bea: Client) -> None:
    olive = client_for(books.cast.owner)

    with clock.at(IN_OCTOBER):
        bea.post("/books/2026-09/closing/")
        response = olive.post("/books/2026-09/closing/", follow=True)

    assert "September 2026 is closed already." in words(response.content.decode())
    assert MonthClose.objects.filter(year_month="2026-09").get().closed_by == books.cast.bookkeeper


def test_statement_is_shown_line_by_line_and_proved(books: Books, bea: Client) -> None:
    text = text_of(bea, f"/books/statements/{books.statement.key}/")

    assert "Statement for August 2026 All that Wilma Writer was told, from the bytes that were sent." in text
    assert "$6,000.00 for every 1,000 reader-days in the first 30 days, up to $100.00." in text
    assert "Counted from Aug. 20, 2026 to Aug. 31, 2026." in text
    assert "Aug. 21, 2026 4" in text
    assert "All of it belongs to this month: $24.00." in text
    assert "Recomputed from the evidence: equal." in text
    assert books.statement.sha256 in text


def test_statement_tells_of_money_that_was_set_aside(books: Books, bea: Client) -> None:
    close(books.cast, "2026-09")
    september = Statement.objects.get(month="2026-09")

    text = text_of(bea, f"/books/statements/{september.key}/")

    assert "Set aside to be sent to you on Sept. 5, 2026 -$24.00" in text
    assert "We owed you before $24.00 The Kettle +$18.00" in text
    assert "We owe you $18.00" in text


def test_statement_that_the_evidence_does_not_give_is_said_to_differ(books: Books, bea: Client) -> None:
    tamper_with_the_ledger()
    tamper("UPDATE pay_accrual SET amount = amount + 1")

    text = text_of(bea, f"/books/statements/{books.statement.key}/")

    assert "Recomputed from the evidence: different." in text
