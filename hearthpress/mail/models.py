"""The outbox: every letter is a row before it is sent."""

from django.db import models

from hearthpress.common import clock
from hearthpress.common.fields import public_id
from hearthpress.mail.enums import LetterState


class Letter(models.Model):
    """An e-mail. Its Message-ID is fixed when it is written, so that a second try is known as the same letter."""

    kind = models.CharField(max_length=40)
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="letters")
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    state = models.CharField(max_length=8, choices=LetterState, default=LetterState.WAITING)
    key = models.CharField(max_length=12, unique=True, default=public_id)
    written_at = models.DateTimeField(default=clock.now)
    not_before = models.DateTimeField(default=clock.now)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.TextField(blank=True)
    secret = models.BooleanField(default=False, help_text="Carries a sign-in code: the text is blanked once sent.")

    class Meta:
        indexes = [models.Index(fields=["state", "not_before"], name="letters_due")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} to {self.to}"
