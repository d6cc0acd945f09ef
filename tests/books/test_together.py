"""Two bookkeepers press the same button at the same moment, each on a connection of their own."""

import pytest

from hearthpress.books.payees import payees_in
from hearthpress.common import clock
from hearthpress.pay.models import MonthClose, Payout, PayoutBatch
from tests.books.world import IN_OCTOBER, Books, words
from tests.factories import Cast, client_for
from tests.pay.world import BOTH, close, owe
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True, databases=BOTH)


def pages_after_both_press(cast: Cast, address: str, fields: dict[str, str]) -> list[str]:
    """What the bookkeeper and the owner read after they sent the same form together."""
    clients = [client_for(cast.bookkeeper), client_for(cast.owner)]
    answers = at_once(*(lambda client=client: client.post(address, fields, follow=True) for client in clients))
    return [words(answer.content.decode()) for answer in answers]


def test_of_two_who_make_a_payout_file_one_is_told(cast: Cast) -> None:
    owe(cast)
    close(cast, "2026-08")

    seen = payees_in("USD", cast.bookkeeper).fingerprint
    pages = pages_after_both_press(cast, "/books/payouts/", {"currency": "USD", "seen": seen})

    assert sum("Nothing was made" in page for page in pages) == 1
    assert sum("The payout file is ready." in page for page in pages) == 1
    assert (PayoutBatch.objects.count(), Payout.objects.count()) == (1, 1)


def test_of_two_who_close_a_month_one_is_told(books: Books) -> None:
    with clock.at(IN_OCTOBER):
        pages = pages_after_both_press(books.cast, "/books/2026-09/closing/", {})

    assert sum("September 2026 is closed already." in page for page in pages) == 1
    assert sum("September 2026 is closed. The letters" in page for page in pages) == 1
    assert MonthClose.objects.filter(year_month="2026-09").count() == 1


def test_of_one_who_pays_and_one_who_cancels_one_is_told(books: Books) -> None:
    bea, olive = client_for(books.cast.bookkeeper), client_for(books.cast.owner)
    batch = f"/books/payouts/{books.batch.key}"

    answers = at_once(
        lambda: bea.post(f"{batch}/payment/", follow=True),
        lambda: olive.post(f"{batch}/cancellation/", {"why": "Not used."}, follow=True),
    )

    said = [words(answer.content.decode()) for answer in answers]
    assert sum("been paid already" in page or "cancelled already" in page for page in said) == 1
    books.batch.refresh_from_db()
    assert books.batch.state in {"paid", "cancelled"}
