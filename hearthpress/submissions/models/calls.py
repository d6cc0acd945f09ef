"""Calls, what they ask, and who wants to hear of them."""

from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hearthpress.common import clock
from hearthpress.common.announce import AnnouncingQuerySet
from hearthpress.common.fields import public_id
from hearthpress.common.states import Event, Stateful
from hearthpress.masthead.models import Masthead
from hearthpress.submissions.enums import CALL_MOVES, TAKING, CallKind, CallState, Needed, QuestionKind


class CallQuerySet(AnnouncingQuerySet["Call"]):
    def open(self) -> "CallQuerySet":
        """What takes new pieces from anybody now."""
        not_closed = models.Q(closes_at=None) | models.Q(closes_at__gt=clock.now())
        return self.filter(not_closed, state__in=TAKING, opens_at__lte=clock.now())

    def public(self) -> "CallQuerySet":
        """What has a page of its own for everybody."""
        return self.exclude(state=CallState.DRAFT).filter(circle_only=False)


class Call(Stateful):
    """An open invitation to submit. `opens_at` and `closes_at` are UTC; `time_zone` is the one they are told in."""

    MOVES = CALL_MOVES
    EVENT = "CallEvent"

    kind = models.CharField(max_length=8, choices=CallKind, default=CallKind.STORIES)
    state = models.CharField(max_length=9, choices=CallState, default=CallState.DRAFT)
    title = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80, unique=True)
    guidelines = models.TextField()
    rights = models.TextField()
    what_happens = models.TextField()
    rate_card = models.ForeignKey("agreements.RateCard", on_delete=models.PROTECT)
    opens_at = models.DateTimeField(default=clock.now)
    closes_at = models.DateTimeField(null=True, blank=True)
    time_zone = models.CharField(max_length=60, blank=True, help_text="An IANA name; the magazine's own when empty.")
    reply_days = models.PositiveSmallIntegerField(default=30)
    min_words = models.PositiveIntegerField(null=True, blank=True)
    max_words = models.PositiveIntegerField(null=True, blank=True)
    cap = models.PositiveIntegerField(null=True, blank=True, help_text="Closes the call when so many were sent.")
    cap_per_person = models.PositiveSmallIntegerField(null=True, blank=True)
    pieces = models.PositiveSmallIntegerField(default=1, help_text="The most that may be sent together.")
    anonymous = models.BooleanField(default=False, help_text="An editor sees whose it is after their own vote.")
    scored = models.BooleanField(default=False, help_text="Readings carry a score from 1 to 5.")
    circle_only = models.BooleanField(default=False, help_text="For the circle of regular writers alone.")
    takes_mail = models.BooleanField(default=False, help_text="Has an e-mail address of its own.")

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
        in_time = self.opens_at <= clock.now() and (self.closes_at is None or clock.now() < self.closes_at)
        return self.state in TAKING and in_time

    @property
    def stands(self) -> CallState:
        """The state as time has it: a call opens and closes at its moments, even while no worker notes them."""
        if self.is_open:
            return CallState.OPEN
        if self.state in TAKING:
            return CallState.ANNOUNCED if clock.now() < self.opens_at else CallState.CLOSED
        return CallState(self.state)

    @property
    def is_application(self) -> bool:
        return self.kind == CallKind.WRITERS

    @property
    def zone(self) -> ZoneInfo:
        """Where its opening and closing are told."""
        return ZoneInfo(self.time_zone) if self.time_zone else Masthead.current().zone

    def get_absolute_url(self) -> str:
        return reverse("magazine:call", args=[self.slug])


class CallEvent(Event):
    subject = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="events")


class Question(models.Model):
    """A call's own question. One that was answered is retired, never deleted. `choices` are the answers of a choice."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="questions")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=6, choices=QuestionKind, default=QuestionKind.TEXT)
    label = models.CharField(_("Question"), max_length=200)
    help = models.CharField(_("A word of help"), max_length=300, blank=True)
    needed = models.CharField(max_length=10, choices=Needed, default=Needed.NOW)
    choices: Any = models.JSONField(default=list, blank=True)
    names_writer = models.BooleanField(default=False, help_text="The answer says who the writer is.")
    retired_at = models.DateTimeField(null=True)

    objects = AnnouncingQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.label


class Waiting(models.Model):
    """An address that asked to be told when a call opens. It is told once, and then forgotten."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="waiting")
    address = models.EmailField()
    key = models.CharField(max_length=12, unique=True, default=public_id)
    asked_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint("call", Lower("address"), name="one_wait_an_address")]

    def __str__(self) -> str:
        return f"{self.call}: {self.address}"


class CircleMember(models.Model):
    """One of the magazine's regular writers, since an application of theirs was accepted or an editor took them in."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="circles")
    since = models.DateTimeField(default=clock.now)
    taken_in_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    application = models.ForeignKey("submissions.Submission", null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(ended_at=None), name="one_current_circle_member"
            )
        ]

    def __str__(self) -> str:
        return str(self.person)
