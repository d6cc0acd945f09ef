"""Are the books what the evidence says? Every problem is one line that names its row; no line means that all agrees."""

import logging
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db import connection
from django.db.models import Q

from hearthpress.agreements.enums import AgreementState
from hearthpress.agreements.models import Agreement, kill_fee
from hearthpress.common.canonical import sha256
from hearthpress.common.money import Money
from hearthpress.ledger.models import Transfer
from hearthpress.ledger.triggers import missing
from hearthpress.ledger.verify import verify
from hearthpress.pay import accounts
from hearthpress.pay.closing import ReaderDays
from hearthpress.pay.earnings import accrual, earned_to_date
from hearthpress.pay.enums import BatchState
from hearthpress.pay.kill_fees import ever_live
from hearthpress.pay.models import Accrual, KillFee, MonthClose, Payout, PayoutBatch, Statement
from hearthpress.pay.paypal import rows_of
from hearthpress.pay.statements import bodies
from hearthpress.pay.triggers import PAY
from hearthpress.readership import counts

logger = logging.getLogger(__name__)


def verify_books(reader_days: ReaderDays = counts.reader_days) -> list[str]:
    """Everything that is wrong with ledger, accruals, statements and payouts. `reader_days` is what readership kept."""
    return [
        *verify(),
        *(f"Trigger {name}: the database no longer refuses changes." for name in missing(connection, *PAY)),
        *_accruals(reader_days),
        *_kill_fees(),
        *_missing_kill_fees(),
        *_statements(),
        *_batches(),
        *_balances(),
        *_orphans(),
    ]


def report_books() -> int:
    """Check the books and write every problem into the log, where it alarms. How many there are."""
    problems = verify_books()
    for problem in problems:
        logger.error("The books do not balance. %s", problem)
    return len(problems)


def _accruals(reader_days: ReaderDays) -> Iterator[str]:
    """Each agreement's accruals in the order of their months: counts, formula, transfer, and the counts kept now."""
    before: dict[int, int] = defaultdict(int)
    newest: dict[int, Accrual] = {}
    rows = Accrual.objects.select_related("agreement", "transfer__debit", "transfer__credit")
    for row in rows.defer("agreement__terms").order_by("agreement_id", "month"):
        yield from (f"Accrual {_name(row)}: {problem}." for problem in _in_accrual(row, before[row.agreement_id]))
        before[row.agreement_id] += row.amount
        newest[row.agreement_id] = row
    for row in newest.values():
        yield from _in_counts(row, reader_days)


def _in_accrual(row: Accrual, accrued_before: int) -> Iterator[str]:
    if sha256(bytes(row.evidence)) != row.evidence_sha256:
        yield "its evidence is not what was hashed"
        return
    days = row.content["days"]
    of_month = sum(number for day, number in days.items() if day.startswith(row.month))
    if (row.reader_days, row.reader_days_to_date) != (of_month, sum(days.values())):
        yield f"{row.reader_days} and {row.reader_days_to_date} reader-days, not what its evidence adds up to"
    card = row.agreement.rate_card
    if row.earned_to_date != earned_to_date(card, row.reader_days_to_date):
        yield f"earned to date {row.earned_to_date} is not what its rate card gives"
    if row.amount != accrual(card, row.reader_days_to_date, accrued_before):
        yield f"amount {row.amount} is not the earnings to date less {accrued_before} accrued before"
    yield from _in_transfer_of(row)


def _in_transfer_of(row: Accrual) -> Iterator[str]:
    if row.transfer is None:
        if row.amount:
            yield f"amount {row.amount} without a transfer"
        return
    owed = accounts.payable_code(row.agreement.writer_id, row.currency)
    key = f"{accounts.ACCRUAL}:{row.agreement.key}:{row.month}"
    wanted = (row.amount, row.currency, accounts.expense_code(row.currency), owed, key)
    if _facts(row.transfer) != wanted:
        yield f"amount {row.amount} {row.currency} to {owed} is not what transfer {row.transfer.key} moved"


def _in_counts(row: Accrual, reader_days: ReaderDays) -> Iterator[str]:
    """The newest accrual holds every count of its story since it appeared: it is the one compared with what is kept."""
    first = date.fromisoformat(row.content["first"])
    kept = {day.isoformat(): number for day, number in reader_days(row.story_key, first, row.counted_to).items()}
    days = row.content["days"]
    for day in sorted(days.keys() | kept.keys()):
        if days.get(day, 0) != kept.get(day, 0):
            yield (
                f"Accrual {_name(row)}: {days.get(day, 0)} reader-days of story {row.story_key} on {day} in its "
                f"evidence, {kept.get(day, 0)} kept by readership."
            )


def _kill_fees() -> Iterator[str]:
    """Each kill fee: its agreement says so, its transfer moved it, and readers never saw the story."""
    rows = KillFee.objects.select_related("agreement", "transfer__debit", "transfer__credit")
    for row in rows.defer("agreement__terms"):
        yield from (f"Kill fee {row.agreement.key}: {problem}." for problem in _in_kill_fee(row))


def _in_kill_fee(row: KillFee) -> Iterator[str]:
    agreement, owed = row.agreement, accounts.payable_code(row.agreement.writer_id, row.currency)
    if row.money != agreement.kill_fee:
        yield f"amount {row.amount} {row.currency} is not what its rate card gives"
    if agreement.state != AgreementState.GIVEN_BACK:
        yield f"its agreement is {agreement.state}, not given back"
    if ever_live(agreement):
        yield "its story was live"
    key = accounts.kill_fee_key(agreement.key)
    if _facts(row.transfer) != (row.amount, row.currency, accounts.expense_code(row.currency), owed, key):
        yield f"amount {row.amount} {row.currency} to {owed} is not what transfer {row.transfer.key} moved"


def _missing_kill_fees() -> Iterator[str]:
    unpaid = Agreement.objects.filter(state=AgreementState.GIVEN_BACK, owed_kill_fee=None).order_by("pk")
    for key, card in unpaid.values_list("key", "rate_card"):
        if kill_fee(card).minor:
            yield f"Agreement {key}: it was given back, and its kill fee is not in the books."


def _statements() -> Iterator[str]:
    for close in MonthClose.objects.all():
        made = bodies(close)
        for sent in Statement.objects.filter(month=close.year_month, currency=close.currency).order_by("writer_id"):
            if sha256(bytes(sent.body)) != sent.sha256:
                yield f"Statement {sent.key} ({sent}): its text is not what was hashed."
            if made.pop(sent.writer_id, None) != bytes(sent.body):
                yield f"Statement {sent.key} ({sent}): it is not what the evidence gives."
        for writer in made:
            yield f"Month {close}: no statement for writer {writer}."


def _batches() -> Iterator[str]:
    for batch in PayoutBatch.objects.order_by("pk"):
        payouts = list(batch.payouts.select_related("transfer__debit", "transfer__credit"))
        if sha256(bytes(batch.file)) != batch.file_sha256:
            yield f"Batch {batch.key}: its file is not what was hashed."
        if [_cells(payout) for payout in payouts] != [row[:4] for row in rows_of(bytes(batch.file))]:
            yield f"Batch {batch.key}: its file does not have the rows of its payouts."
        settled = _settled(batch)
        for payout in payouts:
            yield from _in_payout(batch, payout, settled)


def _settled(batch: PayoutBatch) -> dict[str, Transfer]:
    """The transfers by which the batch was paid or given back, by key."""
    theirs = Q(key__startswith=f"{accounts.PAID}:{batch.key}:") | Q(
        key__startswith=f"{accounts.CANCELLED}:{batch.key}:"
    )
    return {row.key: row for row in Transfer.objects.filter(theirs).select_related("debit", "credit")}


def _in_payout(batch: PayoutBatch, payout: Payout, settled: dict[str, Transfer]) -> Iterator[str]:
    owed = accounts.payable_code(payout.writer_id, payout.currency)
    transit, cash = accounts.transit_code(payout.currency), accounts.cash_code(payout.currency)
    tail = f"{batch.key}:{payout.writer_id}"
    if _facts(payout.transfer) != (payout.amount, payout.currency, owed, transit, f"{accounts.PAYOUT}:{tail}"):
        yield f"Payout {payout.reference}: {payout.amount} is not what transfer {payout.transfer.key} set aside."
    for state, kind, to in (
        (BatchState.PAID, accounts.PAID, cash),
        (BatchState.CANCELLED, accounts.CANCELLED, owed),
    ):
        found = settled.get(f"{kind}:{tail}")
        wanted = (payout.amount, payout.currency, transit, to, f"{kind}:{tail}") if batch.state == state else None
        if (_facts(found) if found else None) != wanted:
            yield f"Payout {payout.reference}: its batch is {batch.state}, and transfer {kind}:{tail} does not say so."


def _balances() -> Iterator[str]:
    """Nobody is owed less than nothing, and what is in transit is what stands in batches that wait."""
    for account in accounts.all_payables().with_totals():
        owed = account.signed(account.debited, account.credited)
        if owed.minor < 0:
            yield f"Account {account.code}: more was paid than was owed ({owed.minor} {owed.currency})."
    waiting: dict[str, int] = defaultdict(int)
    for currency, amount in Payout.objects.filter(batch__state=BatchState.MADE).values_list("currency", "amount"):
        waiting[currency] += amount
    for account in accounts.all_transits().with_totals():
        held = account.signed(account.debited, account.credited)
        if held != Money(waiting[account.currency], account.currency):
            yield f"Account {account.code}: {held.minor} in transit, {waiting[account.currency]} in waiting batches."


def _orphans() -> Iterator[str]:
    """Transfers that no row of pay caused. A payout's later transfers are found by its own transfer's key."""
    for row in _uncaused():
        yield f"Transfer {row.key}: nothing in pay accounts for {row.amount} {row.currency}."


def _uncaused() -> Iterator[Transfer]:
    payouts = {f"{batch}:{writer}" for batch, writer in Payout.objects.values_list("batch__key", "writer_id")}
    for row in Transfer.objects.filter(accrual=None, kill_fee=None, payout=None).order_by("pk"):
        kind, _, tail = row.key.partition(":")
        if kind not in (accounts.PAID, accounts.CANCELLED) or tail not in payouts:
            yield row


def _facts(row: Transfer) -> tuple[int, str, str, str, str]:
    return row.amount, row.currency, row.debit.code, row.credit.code, row.key


def _cells(payout: Payout) -> list[str]:
    return [payout.destination, format(payout.money.major, "f"), payout.currency, payout.reference]


def _name(row: Accrual) -> str:
    return f"{row.agreement.key} {row.month}"
