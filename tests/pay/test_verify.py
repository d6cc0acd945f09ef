from datetime import date

import pytest
from django.db import connection

from hearthpress.common import clock
from hearthpress.common.money import Money
from hearthpress.ledger.actions import transfer
from hearthpress.pay import accounts
from hearthpress.pay.actions import cancel_batch, mark_paid
from hearthpress.pay.models import Accrual, PayoutBatch, Statement
from hearthpress.pay.triggers import PAY
from hearthpress.pay.verify import verify_books
from hearthpress.stories.models import Story
from tests.factories import Cast
from tests.ledger.tampering import take_off, tamper
from tests.pay.world import AUGUST_OVER, BOTH, agreement_of, batch_of, close, owe, read, story_of

pytestmark = pytest.mark.django_db(databases=BOTH)


@pytest.fixture
def story(cast: Cast) -> Story:
    """A magazine with two closed months, a batch that was paid, one that was cancelled and one that waits."""
    story = story_of(cast, per_thousand=1000)
    read(story, date(2026, 8, 21), 3)
    read(story, date(2026, 9, 1), 2)
    owe(cast, cast.other_writer, title="The Lamp")
    close(cast, "2026-08")
    with clock.at(AUGUST_OVER):
        cancel_batch(batch_of(cast), cast.bookkeeper, "Refused.")
        mark_paid(batch_of(cast), cast.bookkeeper)
    owe(cast, cast.other_editor, title="The Stairs", at=AUGUST_OVER)
    close(cast, "2026-09")
    batch_of(cast)
    return story


def test_books_in_order_have_no_problem(story: Story) -> None:
    assert verify_books() == []


def test_empty_books_have_no_problem(cast: Cast) -> None:
    assert verify_books() == []


def test_a_changed_transfer_is_found_by_its_accrual_and_its_statement(cast: Cast, story: Story) -> None:
    key = f"accrual:{agreement_of(story).key}:2026-08"
    tamper("UPDATE ledger_transfer SET amount = 900 WHERE key = %s", key)

    found = verify_books()

    assert f"Accrual {agreement_of(story).key} 2026-08: amount 3 USD to " in found[0]
    assert found[0].endswith(f"is not what transfer {key} moved.")
    assert [line.split(" (")[0] for line in found[1:]] == [
        f"Statement {row.key}" for row in Statement.objects.filter(writer=cast.writer).order_by("month")
    ]


def test_a_changed_accrual_is_found_by_its_formula(story: Story) -> None:
    row = Accrual.objects.get(story_key=story.key, month="2026-09")
    tamper("UPDATE pay_accrual SET amount = 900, earned_to_date = 903 WHERE id = %s", row.pk)

    found = "\n".join(verify_books())

    name = f"Accrual {agreement_of(story).key} 2026-09"
    assert f"{name}: earned to date 903 is not what its rate card gives." in found
    assert f"{name}: amount 900 is not the earnings to date less 3 accrued before." in found


def test_changed_evidence_is_found_by_its_hash(story: Story) -> None:
    row = Accrual.objects.get(story_key=story.key, month="2026-08")
    tamper("UPDATE pay_accrual SET evidence = %s WHERE id = %s", bytes(row.evidence).replace(b":3", b":4"), row.pk)

    found = verify_books()

    assert f"Accrual {agreement_of(story).key} 2026-08: its evidence is not what was hashed." in found


def test_changed_reader_days_are_found_by_the_evidence(story: Story) -> None:
    row = Accrual.objects.get(story_key=story.key, month="2026-08")
    tamper("UPDATE pay_accrual SET reader_days = 9 WHERE id = %s", row.pk)

    found = "\n".join(verify_books())

    assert f"{agreement_of(story).key} 2026-08: 9 and 3 reader-days, not what its evidence adds up to." in found


def test_reader_days_other_than_those_kept_are_found(story: Story) -> None:
    read(story, date(2026, 8, 21), 1)

    [found] = verify_books()

    assert found.startswith(
        f"Accrual {agreement_of(story).key} 2026-09: 3 reader-days of story {story.key} on 2026-08-21"
    )
    assert found.endswith("in its evidence, 4 kept by readership.")


def test_a_rate_card_changed_after_signing_is_found(story: Story) -> None:
    agreement = agreement_of(story)
    agreement.rate_card["per_thousand"] = 2000
    agreement.save()

    found = "\n".join(verify_books())

    assert f"Accrual {agreement.key} 2026-08: earned to date 3 is not what its rate card gives." in found
    assert "it is not what the evidence gives." in found


def test_a_changed_statement_is_found(cast: Cast, story: Story) -> None:
    row = Statement.objects.get(writer=cast.writer, month="2026-08")
    tamper("UPDATE pay_statement SET body = %s WHERE id = %s", bytes(row.body).replace(b"Kettle", b"Bottle"), row.pk)

    assert verify_books() == [
        f"Statement {row.key} ({row}): its text is not what was hashed.",
        f"Statement {row.key} ({row}): it is not what the evidence gives.",
    ]


def test_a_statement_that_is_gone_is_found(cast: Cast, story: Story) -> None:
    row = Statement.objects.get(writer=cast.writer, month="2026-08")
    tamper("DELETE FROM pay_statement WHERE id = %s", row.pk)

    assert verify_books() == [f"Month 2026-08 USD: no statement for writer {cast.writer.pk}."]


def test_a_changed_file_is_found(story: Story) -> None:
    batch = PayoutBatch.objects.get(state="made")
    tamper("UPDATE pay_payoutbatch SET file = %s WHERE id = %s", b"thief@example.org,50.00,USD,x,y\r\n", batch.pk)

    assert verify_books() == [
        f"Batch {batch.key}: its file is not what was hashed.",
        f"Batch {batch.key}: its file does not have the rows of its payouts.",
    ]


def test_a_changed_payout_is_found(story: Story) -> None:
    batch = PayoutBatch.objects.get(state="made")
    payout = batch.payouts.get()
    tamper("UPDATE pay_payout SET amount = 1 WHERE id = %s", payout.pk)

    found = verify_books()

    assert found[0] == f"Batch {batch.key}: its file does not have the rows of its payouts."
    assert found[1] == f"Payout {payout.reference}: 1 is not what transfer {payout.transfer.key} set aside."
    assert found[2] == "Account transit:payouts:USD: 5000 in transit, 1 in waiting batches."


@pytest.mark.parametrize(("old", "new"), [("made", "paid"), ("paid", "made"), ("cancelled", "paid")])
def test_a_batch_whose_state_has_no_transfers_is_found(story: Story, old: str, new: str) -> None:
    PayoutBatch.objects.filter(state=old).update(state=new)

    assert [line for line in verify_books() if "does not say so" in line] != []


def test_a_balance_below_zero_is_found(cast: Cast, story: Story) -> None:
    owed, cash = accounts.payable(cast.writer.pk, "USD"), accounts.cash("USD")
    transfer(owed, cash, Money(900, "USD"), key="mistake", memo="By hand")

    found = verify_books()

    assert f"Account payable:{cast.writer.pk}:USD: more was paid than was owed (-895 USD)." in found


def test_a_transfer_that_nothing_accounts_for_is_found(cast: Cast, story: Story) -> None:
    expense, cash = accounts.expense("USD"), accounts.cash("USD")
    keys = ["mistake", "accrual:x:2026-08", "paid:x:1", "payout:x:1"]
    for key in keys:
        transfer(expense, cash, Money(900, "USD"), key=key, memo="By hand")

    assert verify_books() == [f"Transfer {key}: nothing in pay accounts for 900 USD." for key in keys]


def test_a_missing_trigger_is_found(story: Story) -> None:
    connection.check_constraints()
    take_off(PAY[1])

    found = verify_books()

    assert len(found) == 3
    assert found[0] == "Trigger pay_accrual_no_update: the database no longer refuses changes."
