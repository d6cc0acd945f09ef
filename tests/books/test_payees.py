import pytest

from hearthpress.books.payees import Payee, Payees, payees, payees_in
from hearthpress.common.money import Money
from hearthpress.pay.actions import make_batches, set_destination
from hearthpress.people.models import Person
from tests.factories import Cast, make_person
from tests.pay.world import BOTH, close, owe, story_of

pytestmark = pytest.mark.django_db(databases=BOTH)


def whys(viewer: Person) -> dict[str, str]:
    return {payee.writer.name: payee.why_waiting for group in payees(viewer) for payee in [*group.due, *group.waiting]}


def test_payees_say_who_waits_and_why(cast: Cast) -> None:
    nowhere = make_person("nowhere@example.org", "Nell Nowhere")
    owe(cast, cast.writer, fee=1000)
    owe(cast, cast.other_writer, fee=999, title="Small")
    owe(cast, cast.bookkeeper, fee=5000, title="Own")
    story_of(cast, nowhere, "No Address", kind="flat", flat=5000)
    close(cast, "2026-08")

    found = whys(cast.bookkeeper)

    assert found == {
        "Wilma Writer": "",
        "Oscar Writer": "Below $10.00: it is carried over.",
        "Bea Books": "Your own pay is made by somebody else.",
        "Nell Nowhere": "Has not said where to be paid.",
    }
    assert whys(cast.owner)["Bea Books"] == ""


def test_who_is_due_is_who_the_batch_then_pays(cast: Cast) -> None:
    owe(cast, cast.writer, fee=1000)
    owe(cast, cast.other_writer, fee=999, title="Small")
    owe(cast, cast.bookkeeper, fee=5000, title="Own")
    close(cast, "2026-08")
    due = payees_in("USD", cast.bookkeeper).due

    [batch] = make_batches(cast.bookkeeper, "USD")

    paid = [(payout.writer, payout.destination, payout.money) for payout in batch.payouts.all()]
    assert paid == [(payee.writer, payee.address, payee.owed) for payee in due]
    assert len(paid) == 1


def test_who_was_paid_everything_is_no_longer_listed(cast: Cast) -> None:
    owe(cast)
    close(cast, "2026-08")
    make_batches(cast.bookkeeper, "USD")

    assert payees(cast.bookkeeper) == []


def test_payees_of_each_currency_stand_apart(cast: Cast) -> None:
    owe(cast, fee=5000)
    owe(cast, fee=7000, title="In Yen", currency="JPY")
    close(cast, "2026-08")

    found = payees(cast.bookkeeper)

    assert [(group.currency, group.total) for group in found] == [
        ("USD", Money(5000, "USD")),
        ("JPY", Money(7000, "JPY")),
    ]


def test_fingerprint_changes_with_who_is_due(cast: Cast) -> None:
    owe(cast, fee=5000)
    owe(cast, cast.other_writer, fee=5000, title="The Lamp")
    close(cast, "2026-08")
    before = payees_in("USD", cast.bookkeeper).fingerprint

    make_batches(cast.bookkeeper, "USD")

    assert payees_in("USD", cast.bookkeeper).fingerprint != before


def test_fingerprint_changes_with_where_somebody_is_paid(cast: Cast) -> None:
    owe(cast, fee=5000)
    close(cast, "2026-08")
    before = payees_in("USD", cast.bookkeeper).fingerprint

    set_destination(cast.writer, "elsewhere@example.org")

    assert payees_in("USD", cast.bookkeeper).fingerprint != before


def test_fingerprint_changes_when_amounts_change_and_their_sum_does_not(cast: Cast) -> None:
    def shown(first: int, second: int) -> Payees:
        sums = [(cast.writer, first, "payable:1:USD"), (cast.other_writer, second, "payable:2:USD")]
        due = [Payee(writer, Money(minor, "USD"), "pay@example.org", account, "") for writer, minor, account in sums]
        return Payees("USD", due, [])

    assert shown(2000, 3000).fingerprint == shown(2000, 3000).fingerprint
    assert shown(2000, 3000).fingerprint != shown(3000, 2000).fingerprint
