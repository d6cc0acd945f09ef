"""A writer's month, put together from evidence alone: accrual rows, their counts by day, and transfers.

No setting, rate, headline or byline of today is read, so that the same statement can be made again at any time, to the
byte. A body is an RFC 8785 object; amounts are minor units of `currency`, days are dates of the agreement's time zone:

    version, writer (pk), month "YYYY-MM", currency, closed_at (UTC)
    opening   owed after the statement before this one
    stories   one object a story: agreement and story (keys), title, rate_card (frozen), first and counted_to (days),
              days {date: reader-days} of the month, reader_days (of the month), reader_days_to_date, earned_to_date,
              accrued_before, amount
    kill_fees one object a story that was given back and never published; there is no such name where there is none, and
              the version is 1: agreement (key), title, at (UTC), amount
    earned    the sum of the stories' amounts and of the kill fees
    payments  one object a transfer since the statement before: kind ("payout": set aside to be sent; "cancelled": given
              back), key, at (UTC), amount (below zero when it was taken from what is owed)
    closing   owed at the end: opening + earned + payments
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q, Sum

from hearthpress.common.canonical import canonical_bytes
from hearthpress.ledger.models import Transfer
from hearthpress.pay.accounts import ACCRUAL, payables, writer_of
from hearthpress.pay.models import Accrual, KillFee, MonthClose, Statement
from hearthpress.people.models import Person

# The body of a statement without kill fees is what it was before there were any.
STATEMENT_VERSION, STATEMENT_VERSION_WITH_KILL_FEES = 1, 2


@dataclass
class _Facts:
    """What the evidence says of one writer's month."""

    opening: int = 0
    lines: list[dict[str, Any]] = field(default_factory=list)
    movements: list[tuple[Transfer, int]] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether there is anything to tell: a story that was counted, money that moved, or money that is owed."""
        return bool(self.lines or self.movements or self.opening)


def statement(writer: Person, year_month: str, currency: str = "") -> Statement:
    """The statement that the writer was sent for "YYYY-MM". Raises Statement.DoesNotExist."""
    kept = Statement.objects.filter(writer=writer, month=year_month)
    found: Statement | None = (kept.filter(currency=currency) if currency else kept).first()
    if found is None:
        raise Statement.DoesNotExist(f"no statement for {year_month}")
    return found


def statement_body(writer: Person, year_month: str, currency: str) -> bytes:
    """The writer's statement for a closed month, put together anew. Raises MonthClose.DoesNotExist."""
    close = MonthClose.objects.get(year_month=year_month, currency=currency)
    return _body(close, writer.pk, _gather(close, writer.pk)[writer.pk])


def recompute(sent: Statement) -> bytes:
    """What the statement would say if it were made now. It equals `sent.body`, or the books were tampered with."""
    return statement_body(sent.writer, sent.month, sent.currency)


def bodies(close: MonthClose) -> dict[int, bytes]:
    """The statements of a closed month by the writer's pk: everybody about whom there is anything to tell.

    The number of queries does not depend on the number of writers.
    """
    return {writer: _body(close, writer, facts) for writer, facts in sorted(_gather(close).items()) if facts}


def _gather(close: MonthClose, writer_id: int | None = None) -> dict[int, _Facts]:
    before = MonthClose.objects.filter(currency=close.currency, year_month__lt=close.year_month)
    earlier = before.order_by("-year_month").first()
    since = earlier.upto if earlier else 0
    facts: dict[int, _Facts] = defaultdict(_Facts)
    for writer, line in _lines(close, writer_id):
        facts[writer].lines.append(line)
    writers = {account.pk: writer_of(account.code) for account in payables(close.currency, writer_id)}
    for account, amount in _opening(close.currency, since, writer_id):
        facts[writers[account]].opening += amount
    for transfer in _moved(close, since, writer_id):
        if transfer.credit_id in writers:
            facts[writers[transfer.credit_id]].movements.append((transfer, transfer.amount))
        if transfer.debit_id in writers:
            facts[writers[transfer.debit_id]].movements.append((transfer, -transfer.amount))
    return facts


def _lines(close: MonthClose, writer_id: int | None) -> Iterator[tuple[int, dict[str, Any]]]:
    rows = Accrual.objects.filter(month=close.year_month, currency=close.currency)
    if writer_id is not None:
        rows = rows.filter(agreement__writer_id=writer_id)
    before = Accrual.objects.filter(month__lt=close.year_month, agreement__in=rows.order_by().values("agreement"))
    sums = before.order_by().values("agreement_id").annotate(total=Sum("amount")).values_list("agreement_id", "total")
    accrued = dict(sums)
    for row in rows.select_related("agreement").defer("agreement__terms").order_by("pk"):
        yield row.agreement.writer_id, _line(row, accrued.get(row.agreement_id, 0))


def _line(row: Accrual, accrued_before: int) -> dict[str, Any]:
    evidence = row.content
    return {
        "agreement": row.agreement.key,
        "story": row.story_key,
        "title": row.agreement.title,
        "rate_card": row.agreement.rate_card,
        "first": evidence["first"],
        "counted_to": row.counted_to.isoformat(),
        "days": {day: number for day, number in evidence["days"].items() if day.startswith(row.month)},
        "reader_days": row.reader_days,
        "reader_days_to_date": row.reader_days_to_date,
        "earned_to_date": row.earned_to_date,
        "accrued_before": accrued_before,
        "amount": row.amount,
    }


def _opening(currency: str, since: int, writer_id: int | None) -> Iterator[tuple[int, int]]:
    """What each account of what is owed gained and lost up to the transfer with id `since`."""
    accounts = payables(currency, writer_id).order_by().values("pk")
    for side, sign in (("credit", 1), ("debit", -1)):
        rows = Transfer.objects.filter(**{f"{side}__in": accounts}, pk__lte=since).order_by()
        for account, total in rows.values(side).annotate(total=Sum("amount")).values_list(side, "total"):
            yield account, sign * total


def _moved(close: MonthClose, since: int, writer_id: int | None) -> Iterator[Transfer]:
    accounts = payables(close.currency, writer_id).order_by().values("pk")
    touching = Transfer.objects.filter(Q(debit__in=accounts) | Q(credit__in=accounts))
    told = touching.select_related("kill_fee__agreement").defer("kill_fee__agreement__terms")
    yield from told.filter(pk__gt=since, pk__lte=close.upto).order_by("pk")


def _body(close: MonthClose, writer_id: int, facts: _Facts) -> bytes:
    moved = sum(amount for _transfer, amount in facts.movements)
    fees = [_kill_fee(row.kill_fee) for row, _amount in facts.movements if hasattr(row, "kill_fee")]
    return canonical_bytes(
        {
            "version": STATEMENT_VERSION_WITH_KILL_FEES if fees else STATEMENT_VERSION,
            "writer": writer_id,
            "month": close.year_month,
            "currency": close.currency,
            "closed_at": _moment(close.closed_at),
            "opening": facts.opening,
            "stories": facts.lines,
            **({"kill_fees": fees} if fees else {}),
            "earned": sum(line["amount"] for line in (*facts.lines, *fees)),
            "payments": [_payment(*movement) for movement in facts.movements if _is_payment(movement[0])],
            "closing": facts.opening + moved,
        }
    )


def _is_payment(transfer: Transfer) -> bool:
    return not transfer.key.startswith(f"{ACCRUAL}:") and not hasattr(transfer, "kill_fee")


def _kill_fee(fee: KillFee) -> dict[str, Any]:
    return {"agreement": fee.agreement.key, "title": fee.agreement.title, "at": _moment(fee.at), "amount": fee.amount}


def _payment(transfer: Transfer, amount: int) -> dict[str, Any]:
    kind = transfer.key.split(":")[0]
    return {"kind": kind, "key": transfer.key, "at": _moment(transfer.at), "amount": amount}


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
