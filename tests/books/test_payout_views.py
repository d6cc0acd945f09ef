from dataclasses import replace

import pytest
from django.test import Client

from hearthpress.books.payees import payees_in
from hearthpress.common import clock
from hearthpress.pay.actions import make_batches, set_destination
from hearthpress.pay.enums import BatchState
from hearthpress.pay.models import PayoutBatch
from hearthpress.people.models import Person
from tests.books.world import IN_OCTOBER, Books, text_of, words
from tests.factories import Cast, client_for
from tests.pay.world import BOTH, close, owe

pytestmark = pytest.mark.django_db(databases=BOTH)


@pytest.fixture
def bea(cast: Cast) -> Client:
    return client_for(cast.bookkeeper)


def make(client: Client, seen: str, currency: str = "USD") -> str:
    """The page after pressing the button, in words."""
    return words(client.post("/books/payouts/", {"currency": currency, "seen": seen}, follow=True).content.decode())


def seen_by(viewer: Person, currency: str = "USD") -> str:
    """What a page that was opened now says of who is due."""
    return payees_in(currency, viewer).fingerprint


def test_payouts_show_who_is_due_and_where(cast: Cast, bea: Client) -> None:
    owe(cast, fee=5000)
    owe(cast, cast.bookkeeper, fee=3000, title="Own")
    close(cast, "2026-08")

    text = text_of(bea, "/books/payouts/")

    assert f"Wilma Writer pay-{cast.writer.pk}@example.org $50.00" in text
    assert "Make the payout file for $50.00" in text
    assert f'value="{seen_by(cast.bookkeeper)}"' in bea.get("/books/payouts/").content.decode()
    assert "Bea Books Your own pay is made by somebody else. $30.00" in text


def test_payouts_of_an_empty_magazine_say_so(bea: Client) -> None:
    assert "Nothing is owed" in text_of(bea, "/books/payouts/")


def test_payouts_show_yen_without_decimals(cast: Cast, bea: Client) -> None:
    owe(cast, fee=7000, title="In Yen", currency="JPY")
    close(cast, "2026-08")

    shown = text_of(bea, "/books/payouts/")
    made = make(bea, seen_by(cast.bookkeeper, "JPY"), "JPY")

    assert "¥7,000 " in shown
    assert "¥7,000 " in made
    assert bytes(PayoutBatch.objects.get().file).split(b",")[1:3] == [b"7000", b"JPY"]


def test_batch_is_made_by_the_button(cast: Cast, bea: Client) -> None:
    owe(cast, fee=5000)
    close(cast, "2026-08")

    text = make(bea, seen_by(cast.bookkeeper))

    assert "The payout file is ready." in text
    assert "Wilma Writer" in text
    assert PayoutBatch.objects.get().made_by == cast.bookkeeper


def test_second_to_make_the_batch_is_told(cast: Cast, bea: Client) -> None:
    owe(cast, fee=5000)
    close(cast, "2026-08")
    seen = seen_by(cast.bookkeeper)
    make(client_for(cast.owner), seen_by(cast.owner))

    text = make(bea, seen)

    assert "Nothing was made: who is due has changed since you opened the page." in text
    assert PayoutBatch.objects.count() == 1


def test_batch_is_not_made_of_more_than_the_page_showed(cast: Cast, bea: Client) -> None:
    owe(cast, fee=5000)
    owe(cast, cast.other_writer, fee=5000, title="The Lamp")
    close(cast, "2026-08")

    all_due = payees_in("USD", cast.bookkeeper)

    text = make(bea, replace(all_due, due=all_due.due[:1]).fingerprint)

    assert "Nothing was made" in text
    assert not PayoutBatch.objects.exists()


def test_batch_is_not_made_for_another_address_than_the_page_showed(cast: Cast, bea: Client) -> None:
    owe(cast, fee=5000)
    close(cast, "2026-08")
    seen = seen_by(cast.bookkeeper)
    set_destination(cast.writer, "elsewhere@example.org")

    text = make(bea, seen)

    assert "Nothing was made" in text
    assert not PayoutBatch.objects.exists()


def test_make_without_what_was_seen_is_no_request_of_ours(bea: Client) -> None:
    assert bea.post("/books/payouts/", {"currency": "USD"}).status_code == 404


def test_batch_file_is_the_stored_bytes_as_an_attachment(books: Books) -> None:
    response = client_for(books.cast.bookkeeper).get(f"/books/payouts/{books.batch.key}/file/")

    assert response.content == bytes(books.batch.file)
    assert response["Content-Type"] == "text/csv"
    assert response["Content-Disposition"] == f'attachment; filename="{books.batch.file_name}"'
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_payment_asks_once_more_with_sum_and_count(books: Books) -> None:
    text = text_of(client_for(books.cast.bookkeeper), f"/books/payouts/{books.batch.key}/payment/")

    assert "Has PayPal sent the whole file, $24.00 to 1 writer?" in text
    assert "Yes, $24.00 was paid" in text


def test_payment_settles_the_batch(books: Books) -> None:
    bea = client_for(books.cast.bookkeeper)

    response = bea.post(f"/books/payouts/{books.batch.key}/payment/", follow=True)

    text = words(response.content.decode())
    assert "Marked as paid. Each writer gets a letter." in text
    assert "Marked as paid by Bea Books" in text
    assert PayoutBatch.objects.get().state == BatchState.PAID


def test_second_to_mark_as_paid_is_told(books: Books) -> None:
    client_for(books.cast.owner).post(f"/books/payouts/{books.batch.key}/payment/")

    response = client_for(books.cast.bookkeeper).post(f"/books/payouts/{books.batch.key}/payment/", follow=True)

    assert "This file has been paid already." in words(response.content.decode())


def test_own_pay_is_marked_by_somebody_else(cast: Cast, bea: Client) -> None:
    owe(cast, cast.bookkeeper, fee=5000)
    close(cast, "2026-08")
    [batch] = make_batches(cast.owner, "USD")

    shown = text_of(bea, f"/books/payouts/{batch.key}/")
    response = bea.post(f"/books/payouts/{batch.key}/payment/")

    sentence = "Your own pay is in this file, so somebody else marks it as paid."
    assert sentence in shown
    assert response.status_code == 403
    assert sentence in words(response.content.decode())
    batch.refresh_from_db()
    assert batch.state == BatchState.MADE


def test_cancellation_wants_a_reason(books: Books) -> None:
    bea = client_for(books.cast.bookkeeper)

    response = bea.post(f"/books/payouts/{books.batch.key}/cancellation/", {"why": "  "})

    assert response.status_code == 422
    assert "This field is required." in words(response.content.decode())
    assert PayoutBatch.objects.get().state == BatchState.MADE


def test_cancellation_keeps_its_reason_and_owes_the_money_again(books: Books) -> None:
    bea = client_for(books.cast.bookkeeper)

    response = bea.post(f"/books/payouts/{books.batch.key}/cancellation/", {"why": "PayPal was down."}, follow=True)

    text = words(response.content.decode())
    assert "Cancelled. What was set aside is owed to its writers again." in text
    assert "Cancelled by Bea Books PayPal was down." in text
    with clock.at(IN_OCTOBER):
        assert "Owed to writers $24.00" in text_of(bea, "/books/")


def test_cancelled_file_is_not_handed_out_again(books: Books) -> None:
    bea = client_for(books.cast.bookkeeper)
    bea.post(f"/books/payouts/{books.batch.key}/cancellation/", {"why": "PayPal was down."})

    assert bea.get(f"/books/payouts/{books.batch.key}/file/").status_code == 404


def test_cancelling_what_was_paid_is_told(books: Books) -> None:
    bea = client_for(books.cast.bookkeeper)
    bea.post(f"/books/payouts/{books.batch.key}/payment/")

    response = bea.post(f"/books/payouts/{books.batch.key}/cancellation/", {"why": "Too late."}, follow=True)

    assert "This file has been paid already." in words(response.content.decode())
    assert PayoutBatch.objects.get().state == BatchState.PAID


def test_address_of_a_batch_stays_what_it_was_when_it_was_made(books: Books) -> None:
    set_destination(books.cast.writer, "elsewhere@example.org")

    text = text_of(client_for(books.cast.bookkeeper), f"/books/payouts/{books.batch.key}/")

    assert "wilma@example.org" in text
    assert "elsewhere@example.org" not in text
