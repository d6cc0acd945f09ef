"""Closed months, what each story earned in them, what writers were told, and what was paid."""

import json
from typing import Any, ClassVar

from django.core.validators import EmailValidator
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from hearthpress.common import clock
from hearthpress.common.fields import public_id
from hearthpress.common.immutable import Evidence, EvidenceQuerySet
from hearthpress.common.money import Money
from hearthpress.common.states import Event, Stateful
from hearthpress.pay.enums import MOVES, BatchState, DestinationKind
from hearthpress.pay.paypal import check_no_formula


class MonthClose(Evidence):
    """A month that was closed in one currency. Its statements take in the ledger up to the transfer with id `upto`."""

    year_month = models.CharField(max_length=7)
    currency = models.CharField(max_length=3)
    upto = models.BigIntegerField()
    closed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year_month", "currency"], name="a_month_closes_once")]
        ordering = ["year_month", "currency"]

    def __str__(self) -> str:
        return f"{self.year_month} {self.currency}"


class Accrual(Evidence):
    """What one story earned in one month, and the counts that say so. There is a row for zero too: it is evidence.

    `reader_days` are those of the month, `reader_days_to_date` those since the story appeared, up to the day
    `counted_to`. `evidence` is the canonical bytes of the counts by day (see `closing.evidence`).
    """

    agreement = models.ForeignKey("agreements.Agreement", on_delete=models.PROTECT, related_name="accruals")
    story_key = models.CharField(max_length=12)
    month = models.CharField(max_length=7)
    currency = models.CharField(max_length=3)
    counted_to = models.DateField()
    reader_days = models.PositiveBigIntegerField()
    reader_days_to_date = models.PositiveBigIntegerField()
    earned_to_date = models.PositiveBigIntegerField()
    amount = models.PositiveBigIntegerField()
    transfer = models.OneToOneField("ledger.Transfer", null=True, on_delete=models.PROTECT, related_name="accrual")
    evidence = models.BinaryField()
    evidence_sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "month"], name="one_accrual_a_month"),
            models.CheckConstraint(
                condition=Q(amount=0, transfer__isnull=True) | Q(amount__gt=0, transfer__isnull=False),
                name="accrual_has_its_transfer",
            ),
        ]
        indexes = [models.Index(fields=["month", "currency"], name="accruals_of_a_month")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.month}"

    @property
    def content(self) -> dict[str, Any]:
        """What the evidence says: version, story, first and last (days), days {"YYYY-MM-DD": reader-days}."""
        value: dict[str, Any] = json.loads(bytes(self.evidence))
        return value


class KillFeeQuerySet(EvidenceQuerySet):
    def with_month(self) -> "KillFeeQuerySet":
        """Each fee with the `month` ("YYYY-MM") whose statement tells it; None while that month is open.

        It is the first month that was closed in the fee's currency after the fee was owed.
        """
        closes = MonthClose.objects.filter(currency=OuterRef("currency"), upto__gte=OuterRef("transfer_id"))
        found: KillFeeQuerySet = self.annotate(month=Subquery(closes.order_by("year_month").values("year_month")[:1]))
        return found


class KillFee(Evidence):
    """What is owed for one story that was accepted and given back without ever being live (see `kill_fees`)."""

    agreement = models.OneToOneField("agreements.Agreement", on_delete=models.PROTECT, related_name="owed_kill_fee")
    currency = models.CharField(max_length=3)
    amount = models.PositiveBigIntegerField()
    transfer = models.OneToOneField("ledger.Transfer", on_delete=models.PROTECT, related_name="kill_fee")
    at = models.DateTimeField()

    objects: ClassVar[Any] = models.Manager.from_queryset(KillFeeQuerySet)()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="kill_fee_above_zero")]
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.agreement_id)

    @property
    def money(self) -> Money:
        return Money(self.amount, self.currency)


class Statement(Evidence):
    """A writer's month as it was sent: canonical bytes (see `statements`) and their SHA-256."""

    writer = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="statements")
    month = models.CharField(max_length=7)
    currency = models.CharField(max_length=3)
    body = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    key = models.CharField(max_length=12, unique=True, default=public_id)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["writer", "month", "currency"], name="one_statement_a_month")]
        ordering = ["-month", "currency"]

    def __str__(self) -> str:
        return f"{self.writer_id} {self.month} {self.currency}"

    @property
    def content(self) -> dict[str, Any]:
        """What the bytes say: see `hearthpress.pay.statements`."""
        value: dict[str, Any] = json.loads(bytes(self.body))
        return value

    @property
    def earned(self) -> Money:
        return Money(self.content["earned"], self.currency)

    @property
    def owed(self) -> Money:
        return Money(self.content["closing"], self.currency)


class PayDestination(models.Model):
    """Where somebody is paid. A change ends this row and adds another, so that it stays known where money went."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="pay_destinations")
    kind = models.CharField(max_length=8, choices=DestinationKind, default=DestinationKind.PAYPAL)
    address = models.CharField(_("PayPal address"), max_length=254, validators=[EmailValidator(), check_no_formula])
    since = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ended_at=None), name="one_current_destination")
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.address}"


class PayoutBatch(Stateful):
    """One file for one rail in one currency. The file is written when the batch is made, and never again."""

    MOVES = MOVES
    EVENT = "PayoutBatchEvent"

    key = models.CharField(max_length=12, unique=True, default=public_id)
    state = models.CharField(max_length=9, choices=BatchState, default=BatchState.MADE)
    currency = models.CharField(max_length=3)
    file = models.BinaryField()
    file_sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{self.key} {self.currency}"

    @property
    def total(self) -> Money:
        return Money(self.payouts.aggregate(total=models.Sum("amount", default=0))["total"], self.currency)

    @property
    def file_name(self) -> str:
        return f"paypal-{self.made_at:%Y-%m-%d}-{self.key}.csv"


class PayoutBatchEvent(Event):
    subject = models.ForeignKey(PayoutBatch, on_delete=models.PROTECT, related_name="events")


class Payout(Evidence):
    """One row of a batch. `transfer` set the money aside when the batch was made."""

    batch = models.ForeignKey(PayoutBatch, on_delete=models.PROTECT, related_name="payouts")
    writer = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="payouts")
    destination = models.CharField(max_length=254)
    amount = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    reference = models.CharField(max_length=30, unique=True)
    transfer = models.OneToOneField("ledger.Transfer", on_delete=models.PROTECT, related_name="payout")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "writer"], name="one_payout_a_batch"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payout_above_zero"),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.reference

    @property
    def money(self) -> Money:
        return Money(self.amount, self.currency)
