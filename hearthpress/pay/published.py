"""What published stories came to, once nothing more can be added to it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Sum

from hearthpress.pay.earnings import counted_days
from hearthpress.stories.models import Story


@dataclass(frozen=True)
class Settled:
    """All that one story earned, in minor units."""

    writer: int
    amount: int


def settled_between(begins: datetime, ends: datetime, currency: str) -> list[Settled]:
    """The stories that first appeared in the period and are paid in this currency: those whose last paid day lies in a
    month that was closed.
    """
    appeared = Story.objects.filter(first_live_at__gte=begins, first_live_at__lt=ends).order_by("pk")
    counted = appeared.annotate(to=Max("agreement__accruals__counted_to"), amount=Sum("agreement__accruals__amount"))
    rows = counted.filter(to__isnull=False, agreement__rate_card__currency=currency)
    columns = ("writer", "agreement__rate_card", "first_live_at", "ended_at", "to", "amount")
    return [
        Settled(writer, amount)
        for writer, card, first_live_at, ended_at, to, amount in rows.values_list(*columns)
        if to >= counted_days(card, first_live_at, ended_at)[1]
    ]
