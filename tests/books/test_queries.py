"""A list page asks the databases as often for one row as for three."""

from datetime import datetime

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hearthpress.common import clock
from hearthpress.pay.actions import make_batches, set_destination
from hearthpress.pay.models import Statement
from tests.books.test_transfers import move
from tests.books.world import IN_OCTOBER
from tests.factories import Cast, client_for, make_person
from tests.pay.world import AUGUST_OVER, BOTH, LIVE, close, owe, story_of

pytestmark = pytest.mark.django_db(databases=BOTH)


def queries(client: Client, address: str, at: datetime = IN_OCTOBER) -> int:
    """What the page asks of both databases, once the check of the books is kept."""
    with clock.at(at):
        client.get(address)
        with (
            CaptureQueriesContext(connections["default"]) as main,
            CaptureQueriesContext(connections["views"]) as views,
        ):
            assert client.get(address).status_code == 200
    return len(main) + len(views)


def owe_writers(cast: Cast, *names: str, fee: int = 5000) -> None:
    """Each of these new writers has a story with a flat fee that appeared in August."""
    for name in names:
        owe(cast, make_person(f"{name}@example.org", name.title()), fee=fee, title=f"Story of {name}")


@pytest.fixture
def bea(cast: Cast) -> Client:
    return client_for(cast.bookkeeper)


def test_home_asks_as_often_for_three_months_as_for_two(cast: Cast, bea: Client) -> None:
    story_of(cast, window_days=90)
    close(cast, "2026-08")
    one = queries(bea, "/books/", AUGUST_OVER)

    close(cast, "2026-09")

    assert queries(bea, "/books/", IN_OCTOBER) == one


def test_open_month_asks_as_often_for_three_stories_as_for_one(cast: Cast, bea: Client) -> None:
    owe_writers(cast, "ada")
    one = queries(bea, "/books/2026-08/", LIVE)

    owe_writers(cast, "ben", "cyd")

    assert queries(bea, "/books/2026-08/", LIVE) == one


def test_closed_month_asks_as_often_for_three_stories_as_for_one(cast: Cast, bea: Client) -> None:
    owe_writers(cast, "ada")
    close(cast, "2026-08")
    one = queries(bea, "/books/2026-08/")

    story_of(cast, title="In September", at=AUGUST_OVER)
    story_of(cast, make_person("dot@example.org"), title="In September Too", at=AUGUST_OVER)
    story_of(cast, make_person("eve@example.org"), title="In September Three", at=AUGUST_OVER)
    close(cast, "2026-09")

    assert queries(bea, "/books/2026-09/") == one


def test_closing_asks_as_often_for_three_stories_as_for_one(cast: Cast, bea: Client) -> None:
    owe_writers(cast, "ada")
    one = queries(bea, "/books/2026-08/closing/", AUGUST_OVER)

    owe_writers(cast, "ben", "cyd")

    assert queries(bea, "/books/2026-08/closing/", AUGUST_OVER) == one


def test_statement_asks_as_often_for_three_stories_as_for_one(cast: Cast, bea: Client) -> None:
    owe_writers(cast, "ada")
    for n in range(3):
        story_of(cast, title=f"Story {n}", kind="flat", flat=100)
    [closed] = close(cast, "2026-08")
    keys = [row.key for row in Statement.objects.filter(month=closed.year_month).order_by("writer_id")]

    counts = {queries(bea, f"/books/statements/{key}/") for key in keys}

    assert (len(keys), len(counts)) == (2, 1)


def test_payouts_ask_as_often_for_three_writers_and_batches_as_for_one(cast: Cast, bea: Client) -> None:
    owe_writers(cast, "ada", "ben", "cyd")
    owe_writers(cast, "small", fee=5)
    close(cast, "2026-08")
    with_three_due = queries(bea, "/books/payouts/")
    make_batches(cast.bookkeeper, "USD")
    with_one_batch = queries(bea, "/books/payouts/")

    for title in ("September", "September Two"):
        story_of(cast, title=title, at=AUGUST_OVER, kind="flat", flat=5000)
    set_destination(cast.writer, "wilma@example.org")
    close(cast, "2026-09")
    make_batches(cast.bookkeeper, "USD")

    assert with_three_due == with_one_batch == queries(bea, "/books/payouts/")


def test_batch_asks_as_often_for_three_writers_as_for_one(cast: Cast, bea: Client) -> None:
    owe_writers(cast, "ada")
    close(cast, "2026-08")
    [small] = make_batches(cast.bookkeeper, "USD")
    for name in ("dot", "eve", "fay"):
        writer = make_person(f"{name}@example.org")
        story_of(cast, writer, f"Of {name}", AUGUST_OVER, kind="flat", flat=5000)
        set_destination(writer, writer.email)
    close(cast, "2026-09")
    [large] = make_batches(cast.bookkeeper, "USD")

    counts = {queries(bea, f"/books/payouts/{batch.key}/") for batch in (small, large)}

    assert len(counts) == 1
    assert large.payouts.count() == 3


def test_transfers_ask_as_often_for_three_rows_as_for_one(cast: Cast, bea: Client) -> None:
    owe_writers(cast, "ada")
    close(cast, "2026-08")
    one = queries(bea, "/books/transfers/")

    owe_writers(cast, "ben", "cyd")
    move(3)

    assert queries(bea, "/books/transfers/") == one
