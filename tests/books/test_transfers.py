import csv
import io
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.test import Client

from hearthpress.books.transfers import PAGE, csv_line
from hearthpress.common import clock
from hearthpress.common.money import Money
from hearthpress.ledger.actions import transfer
from hearthpress.ledger.models import Transfer
from hearthpress.pay import accounts
from tests.books.world import Books, text_of
from tests.factories import Cast, client_for
from tests.pay.world import BOTH

pytestmark = pytest.mark.django_db(databases=BOTH)


def move(number: int, memo: str = "moved") -> None:
    """That many transfers of 1, 2, 3 ... minor units from PayPal to what stands in payout files."""
    with transaction.atomic():
        cash, transit = accounts.cash("USD"), accounts.transit("USD")
        for n in range(1, number + 1):
            transfer(transit, cash, Money(n, "USD"), key=f"test:{n}", memo=f"{memo} {n}")


def memos(client: Client, address: str) -> list[str]:
    return [row.memo for row, _debit, _credit, _about in client.get(address).context["rows"]]


@pytest.fixture
def bea(cast: Cast) -> Client:
    return client_for(cast.bookkeeper)


def test_transfers_stand_newest_first_with_accounts_by_name(books: Books, bea: Client) -> None:
    text = text_of(bea, "/books/transfers/")

    set_aside = f"In payout files Wilma Writer Set aside {books.batch.key}-1 $24.00"
    earned = f"Owed to Wilma Writer “{books.kettle}” by Wilma Writer Story {books.kettle.key}, 2026-08 $24.00"
    assert text.index(set_aside) < text.index(earned)


def test_balances_of_writers_are_told_together(books: Books, bea: Client) -> None:
    text = text_of(bea, "/books/transfers/")

    assert "Spent on stories USD What we spend $24.00" in text
    assert "In payout files USD What we owe $24.00" in text
    assert "Owed to writers USD What we owe $0.00" in text


def test_transfers_of_an_empty_magazine_say_so(bea: Client) -> None:
    assert "No money has moved yet" in text_of(bea, "/books/transfers/")


def test_moment_of_a_transfer_is_written_as_html_reads_it(bea: Client) -> None:
    with clock.at(datetime(2026, 10, 2, 15, 4, 5, 123456, tzinfo=UTC)):
        move(1)

    page = bea.get("/books/transfers/").content.decode()

    assert '<time datetime="2026-10-02T11:04-0400">' in page


def test_pages_of_transfers_hold_each_row_once(bea: Client) -> None:
    move(PAGE + 2)

    first = memos(bea, "/books/transfers/")
    older = bea.get("/books/transfers/").context["older"]
    last = memos(bea, f"/books/transfers/?before={older}")

    assert first + last == [f"moved {n}" for n in range(PAGE + 2, 0, -1)]
    assert len(first) == PAGE


def test_last_page_of_transfers_offers_no_older_one(bea: Client) -> None:
    move(PAGE)

    assert bea.get("/books/transfers/").context["older"] is None


def test_page_stays_the_same_while_new_transfers_come(bea: Client) -> None:
    move(PAGE + 2)
    older = bea.get("/books/transfers/").context["older"]
    before = memos(bea, f"/books/transfers/?before={older}")

    with transaction.atomic():
        transfer(accounts.transit("USD"), accounts.cash("USD"), Money(1, "USD"), key="test:new", memo="new")

    assert memos(bea, f"/books/transfers/?before={older}") == before


def test_transfers_of_one_account_are_those_that_touch_it(books: Books, bea: Client) -> None:
    move(1)
    own = accounts.payable_code(books.cast.writer.pk, "USD")

    found = memos(bea, f"/books/transfers/?account={own}")

    assert found == [f"Set aside {books.batch.key}-1", f"Story {books.kettle.key}, 2026-08"]


def test_file_holds_every_transfer_with_exact_amounts(books: Books, bea: Client) -> None:
    response = bea.get("/books/transfers/file/")

    rows = list(csv.DictReader(io.StringIO(b"".join(response).decode())))
    assert [row["key"] for row in rows] == list(Transfer.objects.order_by("pk").values_list("key", flat=True))
    assert rows[0]["amount"] == "24.00"
    assert (rows[0]["debit"], rows[0]["credit"]) == ("expense:stories:USD", f"payable:{books.cast.writer.pk}:USD")
    assert response["Content-Disposition"] == 'attachment; filename="transfers.csv"'


def test_file_of_one_account_holds_only_its_transfers(books: Books, bea: Client) -> None:
    move(1)

    response = bea.get("/books/transfers/file/?account=expense:stories:USD")

    assert b"".join(response).count(b"\r\n") == 2


def test_file_is_read_in_portions(bea: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hearthpress.books.transfers.IN_ONE_GO", 2)
    move(5)

    response = bea.get("/books/transfers/file/")

    chunks = list(response)
    assert len(chunks) == 1 + 3
    assert b"".join(chunks).count(b"\r\n") == 1 + 5


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx"])
def test_csv_cell_cannot_run_as_a_formula(cell: str) -> None:
    [row] = csv.reader(io.StringIO(csv_line([cell]), newline=""))

    assert row == [f"'{cell}"]


def test_csv_cell_of_plain_text_stays_as_it_is() -> None:
    assert csv_line(["a,b", 'say "yes"', "2026-08"]) == '"a,b","say ""yes""",2026-08\r\n'
