"""A thread for each submission: what was said, and who has seen how much of it."""

from typing import Any

from django.db import models
from django.db.models import Q

from hearthpress.common import clock
from hearthpress.common.fields import public_id
from hearthpress.common.immutable import Evidence
from hearthpress.correspondence.enums import MessageKind

LONGEST = 20_000  # characters in one message


class Message(Evidence):
    """One thing said. Nobody changes it: whoever wants to correct it says something more.

    `author` is None where we do not know who wrote it. `letter` brought it to the writer; `incoming` is the mail that
    it came by, `files` are the names of what came with it, and `notes` are sentences about what of it was not read.
    """

    key = models.CharField(max_length=12, unique=True, default=public_id)
    submission = models.ForeignKey("submissions.Submission", on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=11, choices=MessageKind)
    author = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    files: Any = models.JSONField(default=list)
    notes: Any = models.JSONField(default=list)
    at = models.DateTimeField(default=clock.now)
    letter = models.OneToOneField("mail.Letter", null=True, on_delete=models.PROTECT, related_name="+")
    incoming = models.OneToOneField("mail.IncomingMail", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(letter=None) | Q(kind=MessageKind.TO_WRITER),
                name="only_what_is_for_the_writer_has_a_letter",
            )
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.submission}"


class Seen(models.Model):
    """How far somebody has read a thread: up to this message, and not beyond."""

    submission = models.ForeignKey("submissions.Submission", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    upto = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "person"], name="one_place_a_reader")]

    def __str__(self) -> str:
        return f"{self.person}: {self.upto}"
