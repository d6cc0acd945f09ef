"""Calls, what is sent in answer to them, what editors think of it and decide."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from hearthpress.common import clock
from hearthpress.common.announce import AnnouncingQuerySet
from hearthpress.common.fields import public_id
from hearthpress.common.states import Event, Stateful
from hearthpress.submissions import enums
from hearthpress.submissions.enums import DecisionKind, DecisionState, SubmissionState, Vote


class CallQuerySet(AnnouncingQuerySet["Call"]):
    def open(self) -> "CallQuerySet":
        not_closed = models.Q(closes_at=None) | models.Q(closes_at__gt=clock.now())
        return self.filter(not_closed, opens_at__lte=clock.now())


class Call(models.Model):
    """An open invitation to submit."""

    title = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80, unique=True)
    guidelines = models.TextField()
    rights = models.TextField()
    what_happens = models.TextField()
    rate_card = models.ForeignKey("agreements.RateCard", on_delete=models.PROTECT)
    opens_at = models.DateTimeField(default=clock.now)
    closes_at = models.DateTimeField(null=True, blank=True)
    reply_days = models.PositiveSmallIntegerField(default=30)

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["opens_at", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def pays(self) -> str:
        return self.rate_card.in_words

    @property
    def is_open(self) -> bool:
        return self.opens_at <= clock.now() and (self.closes_at is None or clock.now() < self.closes_at)


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def queue(self) -> "SubmissionQuerySet":
        """What waits for the editors, the oldest promise first."""
        waiting = self.filter(state__in=enums.UNDECIDED)
        return waiting.select_related("call", "byline").prefetch_related("subjects").order_by("reply_due", "id")


class Submission(Stateful):
    """A piece sent in answer to a call. `source` is the text just as it was pasted; `document` what was read in it."""

    MOVES = enums.MOVES
    EVENT = "SubmissionEvent"

    key = models.CharField(max_length=12, unique=True, default=public_id)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="submissions")
    writer = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="submissions")
    state = models.CharField(max_length=9, choices=SubmissionState, default=SubmissionState.DRAFT)
    title = models.CharField(_("Title"), max_length=200, blank=True)
    source = models.TextField(_("Your story"), blank=True)
    answers = models.JSONField(default=dict, blank=True)
    document = models.JSONField(null=True)
    byline = models.ForeignKey("people.Byline", null=True, on_delete=models.PROTECT, related_name="+")
    byline_kind = models.CharField(max_length=12, blank=True)
    byline_name = models.CharField(max_length=120, blank=True)
    simultaneous = models.BooleanField(_("I have sent it elsewhere too"), default=False)
    previously_published = models.CharField(_("Where it has appeared before"), max_length=200, blank=True)
    note = models.TextField(_("A note to the editors"), blank=True)
    subjects = models.ManyToManyField("care.Subject", blank=True, related_name="+")
    begun_at = models.DateTimeField(default=clock.now)
    saved_at = models.DateTimeField(default=clock.now)
    submitted_at = models.DateTimeField(null=True)
    reply_due = models.DateTimeField(null=True)
    agreement = models.OneToOneField(
        "agreements.Agreement", null=True, on_delete=models.PROTECT, related_name="submission"
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "reply_due"], name="submissions_queue")]

    def __str__(self) -> str:
        return self.title or str(_("Untitled"))

    @property
    def age(self) -> timedelta:
        return clock.now() - (self.submitted_at or self.begun_at)

    @property
    def late(self) -> bool:
        return self.reply_due is not None and self.state in enums.UNDECIDED and clock.now() > self.reply_due


class SubmissionEvent(Event):
    subject = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="events")


class Reading(models.Model):
    """One editor's private notes and vote. It changes no state."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="readings")
    editor = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="readings")
    vote = models.CharField(max_length=5, choices=Vote)
    notes = models.TextField(blank=True)
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "editor"], name="one_reading_an_editor")]
        ordering = ["written_at", "id"]

    def __str__(self) -> str:
        return f"{self.editor}: {self.vote}"


class Decision(Stateful):
    """Prepared quietly, released later; its letter is written by releasing it."""

    MOVES = enums.DECISION_MOVES
    EVENT = "DecisionEvent"

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=7, choices=DecisionKind)
    state = models.CharField(max_length=8, choices=DecisionState, default=DecisionState.PREPARED)
    words = models.TextField(_("Your words to the writer"))
    prepared_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission"], condition=models.Q(state="prepared"), name="one_prepared_decision"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.submission}"


class DecisionEvent(Event):
    subject = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="events")


def status_events(submission: Submission) -> list[dict[str, Any]]:
    """What really happened to the submission, oldest first: for the writer, so without names of editors."""
    labels = dict(SubmissionState.choices)
    return [{"state": event.new, "label": labels[event.new], "at": event.at} for event in submission.events.all()]
