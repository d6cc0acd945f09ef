"""Contracts in plain words. Terms and rate card are frozen when the agreement is offered."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from hearthpress.agreements.enums import MOVES, AgreementState, PayKind
from hearthpress.common import clock
from hearthpress.common.announce import AnnouncingQuerySet
from hearthpress.common.fields import public_id
from hearthpress.common.money import Money
from hearthpress.common.states import Event, Stateful

# Version 1 had no kill fee. What was signed under it stays as it was signed.
RATE_CARD_VERSION = 2


class RateCard(models.Model):
    """What a call pays. Changing one changes no agreement: each agreement carries its own frozen copy."""

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=PayKind, default=PayKind.PER_VIEW)
    currency = models.CharField(max_length=3, default="USD")
    per_thousand = models.PositiveBigIntegerField(default=0, help_text="Minor units for 1,000 reader-days.")
    cap = models.PositiveBigIntegerField(default=0, help_text="Minor units, the most that one story earns.")
    window_days = models.PositiveSmallIntegerField(default=30)
    flat = models.PositiveBigIntegerField(default=0, help_text="Minor units.")
    kill_fee = models.PositiveBigIntegerField(
        default=0, help_text="Minor units, for a story that was accepted and never published."
    )

    objects = AnnouncingQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def frozen(self, time_zone: str) -> dict[str, Any]:
        """The rate card as it is written into an agreement: minor units, whole days, an IANA time zone."""
        return {
            "version": RATE_CARD_VERSION,
            "kind": self.kind,
            "currency": self.currency,
            "per_thousand": self.per_thousand,
            "cap": self.cap,
            "window_days": self.window_days,
            "flat": self.flat,
            "kill_fee": self.kill_fee,
            "time_zone": time_zone,
            "without_script_paid": False,
        }

    @property
    def in_words(self) -> str:
        return pay_in_words(self.frozen("UTC"))


def kill_fee(card: dict[str, Any]) -> Money:
    """What a frozen rate card pays for a story that was accepted and never published."""
    return Money(card.get("kill_fee", 0), card["currency"])


def pay_in_words(card: dict[str, Any]) -> str:
    """All that a frozen rate card pays: for a story that is published, and for one that never is."""
    fee = kill_fee(card)
    if not fee.minor:
        return rate_in_words(card)
    unpublished = _("If we accept it and never publish it, you are paid %(fee)s.") % {"fee": fee}
    return f"{rate_in_words(card)} {unpublished}"


def rate_in_words(card: dict[str, Any]) -> str:
    """One sentence that says what a frozen rate card pays for a story that is published."""
    if card["kind"] == PayKind.FLAT:
        return _("%(fee)s for the story, owed when it is published.") % {"fee": Money(card["flat"], card["currency"])}
    values = {
        "rate": Money(card["per_thousand"], card["currency"]),
        "days": card["window_days"],
        "cap": Money(card["cap"], card["currency"]),
    }
    if not card["cap"]:
        return _("%(rate)s for every 1,000 reader-days in the first %(days)s days.") % values
    return _("%(rate)s for every 1,000 reader-days in the first %(days)s days, up to %(cap)s.") % values


class Agreement(Stateful):
    """One writer's contract for one story."""

    MOVES = MOVES
    EVENT = "AgreementEvent"

    key = models.CharField(max_length=12, unique=True, default=public_id)
    writer = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="agreements")
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=AgreementState, default=AgreementState.OFFERED)
    terms = models.TextField()
    rate_card = models.JSONField()
    terms_sha256 = models.CharField(max_length=64)
    offered_at = models.DateTimeField(default=clock.now)
    answer_by = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    signed_name = models.CharField(max_length=120, blank=True)
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="signed") | (models.Q(signed_at__isnull=False) & ~models.Q(signed_name="")),
                name="signed_has_name_and_time",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def pays(self) -> str:
        return pay_in_words(self.rate_card)

    @property
    def kill_fee(self) -> Money:
        """What is owed when the magazine gives the story back; nothing where no such fee was agreed."""
        return kill_fee(self.rate_card)


class AgreementEvent(Event):
    subject = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="events")
