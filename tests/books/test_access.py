"""Every address of the books, for everybody who may and may not open it."""

from collections.abc import Iterable

import pytest
from django.test import Client
from django.urls import get_resolver

from hearthpress.books import urls
from hearthpress.common import clock
from tests.books.world import IN_OCTOBER, Books
from tests.factories import client_for
from tests.pay.world import BOTH

pytestmark = pytest.mark.django_db(databases=BOTH)

PAGES = {
    "home": "/books/",
    "month": "/books/2026-08/",
    "closing": "/books/2026-09/closing/",
    "statement": "/books/statements/{statement}/",
    "payouts": "/books/payouts/",
    "batch": "/books/payouts/{batch}/",
    "batch_file": "/books/payouts/{batch}/file/",
    "batch_payment": "/books/payouts/{batch}/payment/",
    "batch_cancellation": "/books/payouts/{batch}/cancellation/",
    "transfers": "/books/transfers/",
    "transfer_file": "/books/transfers/file/",
}
REDIRECTS = {"verification": "/books/verification/"}
EVERYTHING = {**PAGES, **REDIRECTS}
POSTED = ["closing", "payouts", "batch_payment", "batch_cancellation", "verification"]


def address(books: Books, name: str) -> str:
    return EVERYTHING[name].format(statement=books.statement.key, batch=books.batch.key)


def test_every_address_of_the_books_is_tried_here() -> None:
    assert {pattern.name for pattern in urls.urlpatterns} == set(EVERYTHING)
    assert "books" in get_resolver().namespace_dict


def answers(books: Books, client: Client, names: Iterable[str], method: str = "get") -> dict[str, int]:
    """The status of each address."""
    with clock.at(IN_OCTOBER):
        return {name: getattr(client, method)(address(books, name)).status_code for name in names}


@pytest.mark.parametrize("who", ["bookkeeper", "owner"])
def test_pages_open_for_who_keeps_the_books(books: Books, who: str) -> None:
    client = client_for(getattr(books.cast, who))

    assert answers(books, client, PAGES) == dict.fromkeys(PAGES, 200)


def test_pages_are_kept_by_no_cache(books: Books) -> None:
    client = client_for(books.cast.bookkeeper)

    with clock.at(IN_OCTOBER):
        kept = {name: client.get(address(books, name))["Cache-Control"] for name in EVERYTHING}

    assert kept == dict.fromkeys(EVERYTHING, "private, no-store")


@pytest.mark.parametrize("who", ["editor", "writer", "other_writer"])
def test_pages_are_not_there_for_others(books: Books, who: str) -> None:
    client = client_for(getattr(books.cast, who))

    assert answers(books, client, EVERYTHING) == dict.fromkeys(EVERYTHING, 404)
    assert answers(books, client, EVERYTHING, "post") == dict.fromkeys(EVERYTHING, 404)


def test_pages_ask_a_stranger_to_sign_in(books: Books) -> None:
    found = {name: Client().get(address(books, name)) for name in EVERYTHING}

    sign_in = {name: f"/sign-in/?next={address(books, name)}" for name in EVERYTHING}
    assert {name: response.headers.get("Location") for name, response in found.items()} == sign_in


def test_pages_wait_for_the_second_factor(books: Books) -> None:
    client = Client()
    client.force_login(books.cast.bookkeeper)

    found = {name: client.get(address(books, name)).headers.get("Location") for name in EVERYTHING}

    assert found == dict.fromkeys(EVERYTHING, "/account/second-factor/")


def test_pages_that_only_show_take_no_post(books: Books) -> None:
    client = client_for(books.cast.bookkeeper)
    shown = set(EVERYTHING) - set(POSTED)

    assert answers(books, client, shown, "post") == dict.fromkeys(shown, 405)


def test_forms_from_elsewhere_are_refused(books: Books) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = client_for(books.cast.bookkeeper).cookies

    assert answers(books, client, POSTED, "post") == dict.fromkeys(POSTED, 403)


MISSING = [
    "/books/2026-13/",
    "/books/2026-07/",
    "/books/2026-11/",
    "/books/2026-07/closing/",
    "/books/statements/000000000000/",
    "/books/payouts/000000000000/",
    "/books/payouts/000000000000/file/",
    "/books/transfers/?account=nobody",
    "/books/transfers/?account=%00",
    "/books/transfers/?before=soon",
    "/books/transfers/?before=99999999999999999999",
    "/books/transfers/file/?account=nobody",
]


def test_what_is_not_there_is_not_found(books: Books) -> None:
    client = client_for(books.cast.bookkeeper)

    with clock.at(IN_OCTOBER):
        found = {missing: client.get(missing).status_code for missing in MISSING}

    assert found == dict.fromkeys(MISSING, 404)
