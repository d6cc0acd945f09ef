"""Who looks after which submission, and what an editor takes on now."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hearthpress.common import clock
from hearthpress.common.immutable import Evidence
from hearthpress.submissions.models.submissions import Submission


class Assigned(Evidence):
    """Somebody was given a submission (`editor`), or nobody has it any more. `by` is None when it was balanced."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="assignments")
    editor = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.submission}: {self.editor}"


class Duty(models.Model):
    """What an editor takes on now. `rest` are subjects not to be given to them, for reasons that nobody asks.

    The days away are dates in the editor's own zone, both included; `cover` gets meanwhile what would be theirs.
    """

    editor = models.OneToOneField("people.Person", on_delete=models.PROTECT, related_name="duty")
    takes_new = models.BooleanField(_("Give me new stories"), default=True)
    away_from = models.DateField(_("Away from"), null=True, blank=True)
    away_until = models.DateField(_("Away until"), null=True, blank=True)
    cover = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    rest = models.ManyToManyField("care.Subject", blank=True, related_name="+")
    digest = models.BooleanField(_("A letter in the morning with what is due"), default=True)

    def __str__(self) -> str:
        return str(self.editor)


class SavedView(models.Model):
    """A filter of the queue that an editor keeps under a name. `query` is the part of the URL after "?"."""

    editor = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="saved_views")
    name = models.CharField(_("Name"), max_length=60)
    query = models.CharField(max_length=1000)
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["editor", "name"], name="one_view_of_a_name")]
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name
