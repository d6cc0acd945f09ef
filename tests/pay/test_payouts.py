import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from hearthpress.common.canonical import sha256
from hearthpress.common.immutable import EvidenceIsFinal
from hearthpress.common.money import Money
from hearthpress.common.states import NotAllowed
from hearthpress.ledger.actions import balance
from hearthpress.ledger.models import Transfer
from hearthpress.mail.models import Letter
from hearthpress.masthead.models import Masthead
from hearthpress.pay import accounts
from hearthpress.pay.actions import cancel_batch, make_batches, mark_paid, set_destination
from hearthpress.pay.enums import MOVES, BatchState
from hearthpress.pay.models import Payout, PayoutBatch, PayoutBatchEvent
from hearthpress.pay.paypal import rows_of
from hearthpress.people.models import Person
from tests.factories import Cast
from tests.pay.world import BOTH, batch_of, close, owe, story_of
from tests.together import at_once

pytestmark = pytest.mark.django_db(databases=BOTH)


def owed(writer: Person, currency: str = "USD") -> Money:
    return balance(accounts.payable(writer.pk, currency))


def test_batch_sets_the_money_aside_and_writes_the_file(cast: Cast) -> None:
    owe(cast, fee=5000)
    close(cast, "2026-08")

    batch = batch_of(cast)

    payout = batch.payouts.get()
    assert owed(cast.writer) == Money(0, "USD")
    assert balance(accounts.transit("USD")) == batch.total == Money(5000, "USD")
    assert payout.transfer.key == f"payout:{batch.key}:{cast.writer.pk}"
    assert bytes(batch.file).decode() == (
        f"pay-{cast.writer.pk}@example.org,50.00,USD,{payout.reference},Pay for your stories from The Hall Light\r\n"
    )
    assert sha256(bytes(batch.file)) == batch.file_sha256
    assert len(payout.reference) <= 30


@pytest.mark.parametrize(("fee", "is_paid"), [(999, False), (1000, True)])
def test_pay_below_the_threshold_is_carried_over(cast: Cast, fee: int, is_paid: bool) -> None:
    owe(cast, fee=fee)
    close(cast, "2026-08")

    assert bool(make_batches(cast.bookkeeper, "USD")) is is_paid


def test_nobody_is_paid_nothing_when_there_is_no_threshold(cast: Cast) -> None:
    Masthead.objects.update(payout_threshold=0)
    story_of(cast)
    set_destination(cast.writer, "wilma@example.org")
    close(cast, "2026-08")

    assert make_batches(cast.bookkeeper, "USD") == []


def test_a_writer_who_has_not_said_where_waits(cast: Cast) -> None:
    story_of(cast, kind="flat", flat=5000)
    close(cast, "2026-08")

    assert make_batches(cast.bookkeeper, "USD") == []
    assert owed(cast.writer) == Money(5000, "USD")


def test_the_acting_persons_own_pay_is_made_by_others(cast: Cast) -> None:
    owe(cast, cast.bookkeeper)
    owe(cast, cast.writer, title="The Lamp")
    close(cast, "2026-08")

    by_herself, by_the_owner = make_batches(cast.bookkeeper, "USD"), make_batches(cast.owner, "USD")

    assert [payout.writer for batch in by_herself for payout in batch.payouts.all()] == [cast.writer]
    assert [payout.writer for batch in by_the_owner for payout in batch.payouts.all()] == [cast.bookkeeper]


def test_the_same_balance_is_not_set_aside_twice(cast: Cast) -> None:
    owe(cast)
    close(cast, "2026-08")
    batch_of(cast)

    assert make_batches(cast.bookkeeper, "USD") == []


def test_a_file_has_one_currency(cast: Cast) -> None:
    owe(cast, fee=5000)
    owe(cast, fee=5000, title="The Lamp", currency="JPY")
    close(cast, "2026-08")

    batches = [batch_of(cast, "USD"), batch_of(cast, "JPY")]

    assert [rows_of(bytes(batch.file))[0][1:3] for batch in batches] == [["50.00", "USD"], ["5000", "JPY"]]


def test_a_magazine_whose_name_begins_like_a_formula_is_paid_all_the_same(cast: Cast) -> None:
    Masthead.objects.update(name="=1+1")
    owe(cast)
    close(cast, "2026-08")

    assert rows_of(bytes(batch_of(cast).file))[0][4] == "Pay for your stories from =1+1"


def test_paying_settles_the_ledger_and_tells_the_writer(cast: Cast) -> None:
    owe(cast, fee=5000)
    close(cast, "2026-08")
    batch = batch_of(cast)

    mark_paid(batch, cast.bookkeeper)

    assert batch.state == BatchState.PAID
    assert balance(accounts.transit("USD")) == Money(0, "USD")
    assert balance(accounts.cash("USD")) == Money(-5000, "USD")
    letter = Letter.objects.get(kind="pay/paid")
    assert (letter.to, letter.subject) == (cast.writer.email, "We have paid you $50.00")
    assert f"pay-{cast.writer.pk}@example.org" in letter.text
    assert [event.new for event in PayoutBatchEvent.objects.all()] == ["made", "paid"]


def test_a_payee_does_not_mark_the_batch_as_paid(cast: Cast) -> None:
    owe(cast, cast.bookkeeper)
    close(cast, "2026-08")
    [batch] = make_batches(cast.owner, "USD")

    with pytest.raises(PermissionDenied):
        mark_paid(batch, cast.bookkeeper)

    mark_paid(batch, cast.owner)
    assert batch.state == BatchState.PAID


def test_cancelling_gives_the_money_back_by_new_rows(cast: Cast) -> None:
    owe(cast, fee=5000)
    close(cast, "2026-08")
    batch = batch_of(cast)

    cancel_batch(batch, cast.bookkeeper, "The bank refused the file.")

    assert owed(cast.writer) == Money(5000, "USD")
    assert [row.key.split(":")[0] for row in Transfer.objects.all()] == ["accrual", "payout", "cancelled"]
    assert PayoutBatchEvent.objects.get(new="cancelled").why == "The bank refused the file."
    assert batch_of(cast).total == Money(5000, "USD")


def test_only_a_bookkeeper_pays(cast: Cast) -> None:
    owe(cast)
    close(cast, "2026-08")
    batch = batch_of(cast)

    for stranger in (cast.writer, cast.editor, cast.other_writer):
        with pytest.raises(PermissionDenied):
            make_batches(stranger, "USD")
        with pytest.raises(PermissionDenied):
            mark_paid(batch, stranger)
        with pytest.raises(PermissionDenied):
            cancel_batch(batch, stranger, "")


@pytest.mark.parametrize("new", BatchState.values)
@pytest.mark.parametrize("old", BatchState.values)
def test_a_batch_moves_only_as_its_table_says(cast: Cast, old: str, new: str) -> None:
    batch = PayoutBatch.objects.create(currency="USD", made_by=cast.bookkeeper, state=old, file=b"", file_sha256="")

    if new in MOVES[old]:
        batch.move(new, actor=cast.bookkeeper)
        assert PayoutBatch.objects.get().state == new
    else:
        with pytest.raises(NotAllowed):
            batch.move(new, actor=cast.bookkeeper)


def test_what_was_accrued_stated_and_paid_is_kept_by_the_database(cast: Cast) -> None:
    owe(cast)
    close(cast, "2026-08")
    batch_of(cast)

    for sql in (
        "UPDATE pay_payoutbatch SET file_sha256 = ''",
        "UPDATE pay_payoutbatch SET made_by_id = 1",
        "DELETE FROM pay_payoutbatch",
        "UPDATE pay_payout SET destination = 'thief@example.org'",
        "DELETE FROM pay_payout",
        "UPDATE pay_accrual SET amount = 1",
        "UPDATE pay_statement SET sha256 = ''",
        "UPDATE pay_monthclose SET upto = 0",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_a_payout_cannot_be_changed_through_django(cast: Cast) -> None:
    owe(cast)
    close(cast, "2026-08")
    payout = batch_of(cast).payouts.get()

    with pytest.raises(EvidenceIsFinal):
        payout.save()


def test_a_crash_while_paying_leaves_the_batch_as_it_was(cast: Cast) -> None:
    owe(cast)
    close(cast, "2026-08")
    batch = batch_of(cast)
    transit, cash = accounts.transit("USD"), accounts.cash("USD")
    key = f"paid:{batch.key}:{cast.writer.pk}"
    Transfer.objects.create(debit=transit, credit=cash, amount=1, currency="USD", key=key, memo="Not ours")

    with pytest.raises(Exception, match=key):
        mark_paid(batch, cast.bookkeeper)

    assert PayoutBatch.objects.get().state == BatchState.MADE
    assert not Letter.objects.filter(kind="pay/paid").exists()


@pytest.mark.django_db(transaction=True, databases=BOTH)
def test_of_two_who_make_batches_at_once_one_sets_the_money_aside(cast: Cast) -> None:
    owe(cast, fee=5000)
    close(cast, "2026-08")

    outcomes = at_once(
        lambda: make_batches(cast.bookkeeper, "USD"),
        lambda: make_batches(cast.owner, "USD"),
    )

    assert sorted(len(batches) for batches in outcomes) == [0, 1]
    assert Payout.objects.count() == 1
    assert owed(cast.writer) == Money(0, "USD")


@pytest.mark.django_db(transaction=True, databases=BOTH)
def test_of_two_who_mark_a_batch_paid_at_once_one_wins_and_the_other_is_told(cast: Cast) -> None:
    owe(cast, fee=5000)
    close(cast, "2026-08")
    batch = batch_of(cast)
    first, second = PayoutBatch.objects.get(pk=batch.pk), PayoutBatch.objects.get(pk=batch.pk)

    outcomes = at_once(lambda: mark_paid(first, cast.bookkeeper), lambda: mark_paid(second, cast.owner))

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "SomebodyElseWon"]
    assert balance(accounts.cash("USD")) == Money(-5000, "USD")
    assert Letter.objects.filter(kind="pay/paid").count() == 1


@pytest.mark.django_db(transaction=True, databases=BOTH)
def test_a_batch_is_not_both_paid_and_cancelled(cast: Cast) -> None:
    owe(cast, fee=5000)
    close(cast, "2026-08")
    batch = batch_of(cast)
    first, second = PayoutBatch.objects.get(pk=batch.pk), PayoutBatch.objects.get(pk=batch.pk)

    outcomes = at_once(lambda: mark_paid(first, cast.bookkeeper), lambda: cancel_batch(second, cast.owner, "Refused."))

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "SomebodyElseWon"]
    assert balance(accounts.transit("USD")) == Money(0, "USD")
    assert balance(accounts.cash("USD")).minor + owed(cast.writer).minor in {-5000, 5000}
