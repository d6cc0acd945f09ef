"""The life of a payout batch, and where pay can be sent, as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hearthpress.common.states import Moves


class BatchState(models.TextChoices):
    MADE = "made", _("Ready to upload")
    PAID = "paid", _("Paid")
    CANCELLED = "cancelled", _("Cancelled")


MOVES: Moves = {
    BatchState.MADE: frozenset({BatchState.PAID, BatchState.CANCELLED}),
    BatchState.PAID: frozenset(),
    BatchState.CANCELLED: frozenset(),
}


class DestinationKind(models.TextChoices):
    PAYPAL = "paypal", _("PayPal")
