"""What is sent in answer to a call, and what came with it."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from hearthpress.common import clock
from hearthpress.common.fields import public_id
from hearthpress.common.immutable import Evidence
from hearthpress.common.states import Event, Stateful
from hearthpress.submissions import enums
from hearthpress.submissions.enums import ArrivedBy, AttachmentKind, SubmissionState
from hearthpress.submissions.models.calls import Call, Question

QUEUED = ("held", "writer", "call", "assigned_to", "submitted_at", "words", "byline", "title", "blind_title", "key")


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def queue(self) -> "SubmissionQuerySet":
        """What waits for the editors, the oldest promise first. What is held apart is no part of it."""
        waiting = self.filter(state__in=enums.UNDECIDED, held=False)
        return waiting.select_related("call", "byline").prefetch_related("subjects").order_by("reply_due", "id")


class Submission(Stateful):
    """A piece sent in answer to a call. `source` is the text just as it was pasted; `document` what was read in it.

    Pieces that were sent together are submissions of their own, with one answer each: all but the first name it in
    `sent_with`. `words` counts the document; `blind_title` is the title without its writer's names, for calls whose
    first reading is anonymous. The day of the newest promise is `reply_due`; every promise is a row of its own.
    """

    MOVES = enums.MOVES
    EVENT = "SubmissionEvent"

    # This copy was fetched for an editor who may not know yet whose it is: see submissions.concealing.
    concealed = False

    key = models.CharField(max_length=12, unique=True, default=public_id)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="submissions")
    writer = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="submissions")
    state = models.CharField(max_length=9, choices=SubmissionState, default=SubmissionState.DRAFT)
    title = models.CharField(_("Title"), max_length=200, blank=True)
    blind_title = models.CharField(max_length=200, blank=True)
    source = models.TextField(_("Your story"), blank=True)
    answers = models.JSONField(default=dict, blank=True)
    document = models.JSONField(null=True)
    words = models.PositiveIntegerField(default=0)
    byline = models.ForeignKey("people.Byline", null=True, on_delete=models.PROTECT, related_name="+")
    byline_kind = models.CharField(max_length=12, blank=True)
    byline_name = models.CharField(max_length=120, blank=True)
    simultaneous = models.BooleanField(_("I have sent it elsewhere too"), default=False)
    previously_published = models.CharField(_("Where it has appeared before"), max_length=200, blank=True)
    note = models.TextField(_("A note to the editors"), blank=True)
    subjects = models.ManyToManyField("care.Subject", blank=True, related_name="+")
    sent_with = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="sent_together")
    arrived_by = models.CharField(max_length=4, choices=ArrivedBy, default=ArrivedBy.PAGE)
    begun_at = models.DateTimeField(default=clock.now)
    saved_at = models.DateTimeField(default=clock.now)
    submitted_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True, help_text="When an editor first opened it.")
    reply_due = models.DateTimeField(null=True)
    revise_by = models.DateTimeField(null=True, help_text="When the changes are hoped for.")
    reminded_at = models.DateTimeField(null=True, help_text="When the writer was reminded of the changes.")
    assigned_to = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="assigned")
    held = models.BooleanField(default=False, help_text="Apart from the queue: see Hold.")
    agreement = models.OneToOneField(
        "agreements.Agreement", null=True, on_delete=models.PROTECT, related_name="submission"
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        # All that the queue chooses and sorts by, so that it reads no row for what it does not show: a row is as long
        # as its text.
        indexes = [models.Index(fields=["state", "reply_due", "id", *QUEUED], name="submissions_queue")]

    def __str__(self) -> str:
        return self.title or str(_("Untitled"))

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.concealed:
            raise TypeError("A concealed copy is no submission to keep.")
        super().save(*args, **kwargs)

    @property
    def age(self) -> timedelta:
        return clock.now() - (self.submitted_at or self.begun_at)

    @property
    def late(self) -> bool:
        return self.reply_due is not None and self.state in enums.UNDECIDED and clock.now() > self.reply_due


class SubmissionEvent(Event):
    subject = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="events")


class Promise(Evidence):
    """By when the writer was told to hear. The first is the receipt's; a later one was made by an apology (`by`)."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="promises")
    due = models.DateTimeField()
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.submission}: {self.due}"


class Urgency(models.Model):
    """An editor's mark that this cannot wait, and why."""

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="urgency")
    why = models.CharField(_("Why it cannot wait"), max_length=200)
    marked_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.why


class Attachment(models.Model):
    """A file that came with a submission, in the storage under `stored_as`; `name` is what its sender called it.

    A photo is kept as pixels alone, in the same way as a story's pictures; `size` is in bytes. What the file says of
    its maker (`name`, metadata) is never shown before an anonymous reading.
    """

    key = models.CharField(max_length=12, unique=True, default=public_id)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="attachments")
    kind = models.CharField(max_length=10, choices=AttachmentKind)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=200)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    credit = models.CharField(_("Who took it"), max_length=200, blank=True)
    consent = models.BooleanField(_("Everybody who can be recognised agrees"), default=False)
    alt = models.CharField(_("What it shows"), max_length=500, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class QuestionAnswer(models.Model):
    """What the writer answered to one of the call's questions; `asked` is how it was put to them."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="question_answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="question_answers")
    asked = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    file = models.ForeignKey(Attachment, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "question"], name="one_answer_a_question")]
        ordering = ["question__position", "id"]

    def __str__(self) -> str:
        return self.asked


class Hold(models.Model):
    """Held apart from the queue, never dropped: which marks were found, and who let it in."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="holds")
    marks: Any = models.JSONField(default=list)
    held_at = models.DateTimeField(default=clock.now)
    released_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission"], condition=models.Q(released_at=None), name="one_current_hold"
            )
        ]

    def __str__(self) -> str:
        return f"{self.submission}: {', '.join(self.marks)}"
