"""The outbox: every letter is a row before it is sent. And what came in: a row for every mail that was taken."""

from django.db import models

from hearthpress.common import clock
from hearthpress.common.fields import public_id
from hearthpress.mail.enums import IncomingState, LetterState


class Letter(models.Model):
    """An e-mail. Its Message-ID is fixed when it is written, so that a second try is known as the same letter."""

    kind = models.CharField(max_length=40)
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="letters")
    to = models.EmailField()
    reply_to = models.EmailField(blank=True)
    in_reply_to = models.CharField(max_length=255, blank=True, help_text="The Message-ID of the mail that it answers.")
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


class IncomingMail(models.Model):
    """A mail that came in to one of our addresses. Its columns say what its sender wrote: nothing there is proved.

    What became of it is written once, in the transaction of what it became.
    """

    sha256 = models.CharField(max_length=64, unique=True, help_text="Of the mail and the address: it is taken once.")
    message_id = models.CharField(max_length=255, blank=True)
    taken_at = models.DateTimeField(default=clock.now)
    sender = models.EmailField(blank=True)
    recipient = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=9, choices=IncomingState, default=IncomingState.TAKEN)
    why = models.TextField(blank=True)
    became = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "taken_at"], name="incoming_by_state"),
            models.Index(fields=["purpose", "key"], name="incoming_by_place"),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.subject or 'a mail'} from {self.sender or 'nobody'}"

    def set_aside(self, why: str) -> None:
        """Keep the mail as it came, for an editor to look at: in the transaction in which it was being taken."""
        self.state, self.why = IncomingState.SET_ASIDE, why
        self.save(update_fields=["state", "why"])
