"""What editors think of a submission, and who is reading it now."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from hearthpress.common import clock
from hearthpress.submissions.enums import Vote
from hearthpress.submissions.models.submissions import Submission


class Reading(models.Model):
    """One editor's private notes and vote. It changes no state. `score` is 1 to 5 where the call is scored."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="readings")
    editor = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="readings")
    vote = models.CharField(max_length=5, choices=Vote)
    score = models.PositiveSmallIntegerField(null=True, validators=[MinValueValidator(1), MaxValueValidator(5)])
    notes = models.TextField(blank=True)
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "editor"], name="one_reading_an_editor")]
        ordering = ["written_at", "id"]

    def __str__(self) -> str:
        return f"{self.editor}: {self.vote}"


class Conflict(models.Model):
    """An editor who knows the writer, or has another reason not to judge: others read it and decide."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="conflicts")
    editor = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    why = models.CharField(_("Why others should decide"), max_length=200, blank=True)
    declared_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "editor"], name="one_conflict_an_editor")]

    def __str__(self) -> str:
        return f"{self.editor}: {self.submission}"


class Presence(models.Model):
    """The last time that an editor had this submission before them (UTC)."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="presences")
    editor = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "editor"], name="one_presence_an_editor")]

    def __str__(self) -> str:
        return f"{self.editor}: {self.submission}"
