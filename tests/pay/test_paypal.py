import pytest
from django.core.exceptions import ValidationError

from hearthpress.common.money import Money
from hearthpress.pay.paypal import Row, in_files, payout_file, rows_of

TWELVE_THIRTY = Money(1230, "USD")


def row(address: str = "wilma@example.org", money: Money = TWELVE_THIRTY, note: str = "Pay for your stories") -> Row:
    return Row(address, money, "abc123abc123-1", note)


@pytest.mark.parametrize(
    ("money", "amount"),
    [
        (Money(1230, "USD"), "12.30"),
        (Money(1, "USD"), "0.01"),
        (Money(1230, "JPY"), "1230"),
        (Money(1230, "KWD"), "1.230"),
        (Money(10**13, "USD"), "100000000000.00"),
    ],
)
def test_amount_has_the_decimals_of_its_currency(money: Money, amount: str) -> None:
    [cells] = rows_of(payout_file([row(money=money)]))

    assert cells[1:3] == [amount, money.currency]


def test_file_is_utf8_with_crlf_and_no_heading() -> None:
    file = payout_file([row(note="Häuser"), row()])

    assert (
        file
        == (
            "wilma@example.org,12.30,USD,abc123abc123-1,Häuser\r\n"
            "wilma@example.org,12.30,USD,abc123abc123-1,Pay for your stories\r\n"
        ).encode()
    )


def test_note_is_one_line_of_at_most_400_characters() -> None:
    [cells] = rows_of(payout_file([row(note="a\r\n" * 300)]))

    assert cells[4] == ("a " * 200)


def test_quotation_marks_and_commas_come_back_as_they_were() -> None:
    [cells] = rows_of(payout_file([row(note='From "The Hall Light", with thanks')]))

    assert cells[4] == 'From "The Hall Light", with thanks'


@pytest.mark.parametrize(
    "address", ["=1+1@example.org", "+1@example.org", "-1@example.org", "@SUM(A1)", "\tx@example.org"]
)
def test_a_cell_that_would_run_as_a_formula_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        payout_file([row(address=address)])


def test_a_note_that_would_run_as_a_formula_is_refused() -> None:
    with pytest.raises(ValidationError):
        payout_file([row(note="=HYPERLINK(1)")])


def test_what_is_due_is_split_into_files_of_at_most_5000_rows() -> None:
    assert [len(part) for part in in_files(range(12001))] == [5000, 5000, 2001]
    assert list(in_files([])) == []
