"""Decisions, and the words that letters begin with."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hearthpress.common import clock
from hearthpress.common.states import Event, Stateful
from hearthpress.submissions import enums
from hearthpress.submissions.enums import PENDING, DecisionKind, DecisionState
from hearthpress.submissions.models.calls import Call
from hearthpress.submissions.models.submissions import Submission


class Decision(Stateful):
    """Prepared quietly, released later; its letter is written when the writer is told, at `tell_at` or soon after.

    `personal` is the line that only this writer gets; `revise_by` and `to_call` belong to the kinds that need them.
    """

    MOVES = enums.DECISION_MOVES
    EVENT = "DecisionEvent"

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=7, choices=DecisionKind)
    state = models.CharField(max_length=9, choices=DecisionState, default=DecisionState.PREPARED)
    words = models.TextField(_("Your words to the writer"))
    personal = models.TextField(_("A line for this writer alone"), blank=True)
    revise_by = models.DateTimeField(null=True, blank=True)
    to_call = models.ForeignKey(Call, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    tell_at = models.DateTimeField(null=True)
    prepared_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission"], condition=models.Q(state__in=sorted(PENDING)), name="one_pending_decision"
            )
        ]
        indexes = [models.Index(fields=["state", "tell_at"], name="decisions_to_tell")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.submission}"

    @property
    def letter_words(self) -> str:
        """What the letter carries: the personal line first."""
        return "\n\n".join(part for part in (self.personal.strip(), self.words.strip()) if part)


class DecisionEvent(Event):
    subject = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="events")


class LetterTemplate(models.Model):
    """Words that a decision's letter may begin with; for one call or one subject where these are named."""

    name = models.CharField(_("Name"), max_length=80)
    kind = models.CharField(max_length=7, choices=DecisionKind)
    call = models.ForeignKey(Call, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey("care.Subject", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(_("Words"))
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["kind", "name", "id"]

    def __str__(self) -> str:
        return self.name
