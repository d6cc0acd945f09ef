"""Close a month, make payout batches, mark them paid or cancel them, say where to pay: the verbs of pay."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from hearthpress.common import clock
from hearthpress.common.canonical import sha256
from hearthpress.common.money import Money
from hearthpress.common.states import SomebodyElseWon
from hearthpress.ledger.actions import transfer
from hearthpress.ledger.models import Account, Transfer
from hearthpress.mail.actions import write_letter
from hearthpress.masthead.models import Masthead
from hearthpress.pay import accounts
from hearthpress.pay.closing import Line, Plan, ReaderDays, evidence, in_words, plan
from hearthpress.pay.due import owed
from hearthpress.pay.earnings import accrual, earned_to_date
from hearthpress.pay.enums import BatchState
from hearthpress.pay.models import (
    Accrual,
    MonthClose,
    PayDestination,
    Payout,
    PayoutBatch,
    PayoutBatchEvent,
    Statement,
)
from hearthpress.pay.months import Month
from hearthpress.pay.paypal import Row, in_files, payout_file
from hearthpress.pay.statements import bodies
from hearthpress.people.models import Person
from hearthpress.readership import counts
from hearthpress.readership.settling import settle_arrivals


def close_month(year_month: str, actor: Person, *, reader_days: ReaderDays | None = None) -> list[MonthClose]:
    """Close "YYYY-MM": accruals, transfers, a statement and a letter for each writer, all in one transaction.

    The views are read before it, from their own database; no transaction spans the two. `reader_days` counts one story
    in place of what readership kept. Gives one row for each currency
    that was closed. Raises NotAMonth, CannotClose (with a sentence), SomebodyElseWon, PermissionDenied.
    """
    _require_bookkeeper(actor)
    seen = plan(Month.parse(year_month))
    counted = _counted(seen.lines, reader_days)
    with transaction.atomic():
        accounts.lock_books(seen.currencies)
        if plan(seen.month) != seen:
            raise SomebodyElseWon(_("Stories changed while the month was being closed. Please try again."))
        for line in seen.lines:
            _accrue(seen.month, line, counted[line.story_key])
        return [_close(seen, currency, actor) for currency in seen.currencies]


@transaction.atomic
def set_destination(person: Person, address: str) -> PayDestination:
    """Where the person is paid from now on; the place before stays in the history, and a change is told by letter.

    Raises ValidationError for an address that is none, SomebodyElseWon.
    """
    wanted = PayDestination(person=person, address=address.strip())
    wanted.clean_fields(exclude=["ended_at"])
    current = PayDestination.objects.filter(person=person, ended_at=None).first()
    if current is not None and current.address == wanted.address:
        return current
    if current is not None:
        _end(current)
        write_letter("pay/destination", person.email, {"destination": wanted}, person=person)
    try:
        with transaction.atomic():
            wanted.save()
    except IntegrityError as error:
        raise SomebodyElseWon(_("This was changed somewhere else just now.")) from error
    return wanted


@transaction.atomic
def make_batches(actor: Person, currency: str) -> list[PayoutBatch]:
    """Set aside what is owed to every writer over the threshold who said where to be paid, and write the files.

    The acting person's own pay is left for others to make. An empty list means that nobody is due.
    """
    _require_bookkeeper(actor)
    accounts.lock_books([currency])
    return [_make_batch(actor, currency, due) for due in in_files(_due(actor, currency))]


@transaction.atomic
def mark_paid(batch: PayoutBatch, actor: Person) -> None:
    """The file was paid: settle the ledger, and tell each writer. Raises SomebodyElseWon, PermissionDenied."""
    if not actor.has_perm("pay.mark_paid", batch):
        raise PermissionDenied(_("A bookkeeper's own pay is settled by others."))
    accounts.lock_books([batch.currency])
    batch.move(BatchState.PAID, actor=actor)
    transit, cash = accounts.transit(batch.currency), accounts.cash(batch.currency)
    for payout in batch.payouts.select_related("writer"):
        key = f"{accounts.PAID}:{batch.key}:{payout.writer_id}"
        transfer(transit, cash, payout.money, key=key, memo=f"Paid {payout.reference}")
        write_letter("pay/paid", payout.writer.email, {"payout": payout}, person=payout.writer)


@transaction.atomic
def cancel_batch(batch: PayoutBatch, actor: Person, why: str) -> None:
    """The file was not used: what was set aside is owed to its writers again. Raises SomebodyElseWon."""
    _require_bookkeeper(actor)
    accounts.lock_books([batch.currency])
    batch.move(BatchState.CANCELLED, actor=actor, why=why)
    transit = accounts.transit(batch.currency)
    for payout in batch.payouts.all():
        owed = accounts.payable(payout.writer_id, batch.currency)
        key = f"{accounts.CANCELLED}:{batch.key}:{payout.writer_id}"
        transfer(transit, owed, payout.money, key=key, memo=f"Given back {payout.reference}")


def _counted(lines: Sequence[Line], reader_days: ReaderDays | None) -> dict[str, Mapping[date, int]]:
    """The days that each line takes in, by story: of all lines in one query, unless somebody else counts.

    What was acknowledged a moment ago and is not settled yet is settled first: a month is closed once.
    """
    if reader_days is not None:
        return {line.story_key: reader_days(line.story_key, line.first, line.until) for line in lines}
    if not lines:
        return {}
    first, until = min(line.first for line in lines), max(line.until for line in lines)
    settle_arrivals()
    found = counts.reader_days_many([line.story_key for line in lines], first, until)
    return {line.story_key: _within(line, found.get(line.story_key, {})) for line in lines}


def _within(line: Line, days: Mapping[date, int]) -> dict[date, int]:
    return {day: number for day, number in days.items() if line.first <= day <= line.until}


def _accrue(month: Month, line: Line, days: Mapping[date, int]) -> None:
    body = evidence(line, days)
    to_date = sum(days.values())
    amount = accrual(line.card, to_date, line.accrued_before)
    Accrual.objects.create(
        agreement_id=line.agreement_id,
        story_key=line.story_key,
        month=str(month),
        currency=line.currency,
        counted_to=line.until,
        reader_days=sum(number for day, number in days.items() if Month.of(day) == month),
        reader_days_to_date=to_date,
        earned_to_date=earned_to_date(line.card, to_date),
        amount=amount,
        transfer=_owe(month, line, amount) if amount else None,
        evidence=body,
        evidence_sha256=sha256(body),
    )


def _owe(month: Month, line: Line, amount: int) -> Transfer:
    owed = accounts.payable(line.writer_id, line.currency)
    key = f"{accounts.ACCRUAL}:{line.agreement_key}:{month}"
    memo = f"Story {line.story_key}, {month}"
    return transfer(accounts.expense(line.currency), owed, Money(amount, line.currency), key=key, memo=memo)


def _close(seen: Plan, currency: str, actor: Person) -> MonthClose:
    """Draw the line under the month in one currency, and write the statements that follow from what is above it."""
    newest = Transfer.objects.filter(currency=currency).aggregate(newest=Max("pk"))["newest"]
    close = MonthClose.objects.create(year_month=str(seen.month), currency=currency, upto=newest or 0, closed_by=actor)
    found = bodies(close)
    writers = Person.objects.in_bulk(found)
    for writer_id, body in found.items():
        _state(close, seen.month, writers[writer_id], body)
    return close


def _state(close: MonthClose, month: Month, writer: Person, body: bytes) -> None:
    statement = Statement.objects.create(
        writer=writer, month=close.year_month, currency=close.currency, body=body, sha256=sha256(body)
    )
    context = {"statement": statement, "month": in_words(month)}
    write_letter("pay/statement", writer.email, context, person=writer)


def _end(destination: PayDestination) -> None:
    ended = PayDestination.objects.filter(pk=destination.pk, ended_at=None).update(ended_at=clock.now())
    if not ended:
        raise SomebodyElseWon(_("This was changed somewhere else just now."))


def _due(actor: Person, currency: str) -> list[tuple[Account, Money, PayDestination]]:
    """Whom to pay what, and where, in the order of their accounts."""
    found = owed(actor, accounts.payables(currency))
    return [(one.account, one.money, one.place) for one in found if one.waits is None and one.place is not None]


def _make_batch(actor: Person, currency: str, due: Iterable[tuple[Account, Money, PayDestination]]) -> PayoutBatch:
    batch = PayoutBatch(currency=currency, made_by=actor)
    note = _("Pay for your stories from %(magazine)s") % {"magazine": Masthead.current().name}
    rows = [
        (account, place, Row(place.address, money, f"{batch.key}-{number}", note))
        for number, (account, money, place) in enumerate(due, start=1)
    ]
    batch.file = payout_file(row for _account, _place, row in rows)
    batch.file_sha256 = sha256(batch.file)
    batch.save()
    PayoutBatchEvent.objects.create(subject=batch, old="", new=batch.state, actor=actor)
    for account, place, row in rows:
        _set_aside(batch, account, place, row)
    return batch


def _set_aside(batch: PayoutBatch, owed: Account, place: PayDestination, row: Row) -> None:
    key = f"{accounts.PAYOUT}:{batch.key}:{place.person_id}"
    memo = f"Set aside {row.reference}"
    reserved = transfer(owed, accounts.transit(batch.currency), row.money, key=key, memo=memo)
    Payout.objects.create(
        batch=batch,
        writer_id=place.person_id,
        destination=row.address,
        amount=row.money.minor,
        currency=batch.currency,
        reference=row.reference,
        transfer=reserved,
    )


def _require_bookkeeper(actor: Person) -> None:
    if not actor.has_perm("pay.keep_books"):
        raise PermissionDenied(_("Only a bookkeeper does this."))
