"""Accounts and transfers: double entry, written once. The database refuses to change either (see `triggers`)."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from hearthpress.common import clock
from hearthpress.common.immutable import Evidence, EvidenceQuerySet
from hearthpress.common.money import Money
from hearthpress.ledger.enums import GROWS_BY_DEBIT, AccountKind


class AccountQuerySet(EvidenceQuerySet):
    def with_totals(self, upto: datetime | None = None) -> "AccountQuerySet":
        """Each account with the sums of its transfers before the moment `upto` (all when None): one query.

        `debited` and `credited` are minor units of the account's currency.
        """
        found: AccountQuerySet = self.annotate(debited=_total("debit", upto), credited=_total("credit", upto))
        return found


class Account(Evidence):
    """One account in one currency. It is never renamed: its code is what evidence refers to."""

    code = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=9, choices=AccountKind)
    currency = models.CharField(max_length=3)

    objects: ClassVar[Any] = models.Manager.from_queryset(AccountQuerySet)()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code

    def signed(self, debited: int, credited: int) -> Money:
        """The balance that these sums of debits and credits make, positive on the side on which the account grows."""
        minor = debited - credited if self.kind in GROWS_BY_DEBIT else credited - debited
        return Money(minor, self.currency)


class Transfer(Evidence):
    """`amount` minor units from the credited account to the debited one. A correction is a new transfer."""

    debit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="debits")
    credit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="credits")
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    key = models.CharField(max_length=120, unique=True)
    memo = models.CharField(max_length=200)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="transfer_amount_above_zero"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="transfer_between_two_accounts"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def money(self) -> Money:
        return Money(self.amount, self.currency)


def _total(side: str, upto: datetime | None) -> Coalesce:
    rows = Transfer.objects.filter(**{side: OuterRef("pk")}).order_by()
    if upto is not None:
        rows = rows.filter(at__lt=upto)
    total = rows.values(side).annotate(total=Sum("amount")).values("total")
    return Coalesce(Subquery(total), Value(0), output_field=models.BigIntegerField())
