"""What the public pages keep for themselves: counts of months, what writers may expect, hubs to be told."""

from django.db import models
from django.urls import reverse

from hearthpress.common import clock
from hearthpress.common.announce import AnnouncingQuerySet
from hearthpress.common.money import Money


class Month(models.Model):
    """How many stories of a month readers find, in the magazine's time zone: counted anew when one comes or goes."""

    first_day = models.DateField(unique=True)
    stories = models.PositiveIntegerField(default=0)

    objects = AnnouncingQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.first_day:%Y-%m}: {self.stories}"

    def get_absolute_url(self) -> str:
        return reverse("magazine:month", args=[f"{self.first_day:%Y}", f"{self.first_day:%m}"])


class PromiseFigures(models.Model):
    """The one row of what a writer may expect, over whole months of the magazine's time zone (see `pay.promises`).

    Null is a figure that too few people stand behind. `half_within` and `most_within` (nine in ten) are whole days.
    """

    first_day = models.DateField()
    last_day = models.DateField()
    answers = models.PositiveIntegerField(null=True)
    half_within = models.PositiveIntegerField(null=True)
    most_within = models.PositiveIntegerField(null=True)
    waiting = models.PositiveIntegerField(null=True)
    on_time = models.PositiveIntegerField(null=True)
    promises = models.PositiveIntegerField(null=True, help_text="Those that were kept or have come due.")
    accepted = models.PositiveIntegerField(null=True)
    decided = models.PositiveIntegerField(null=True)
    median_pay = models.PositiveBigIntegerField(null=True, help_text="Minor units.")
    paid_stories = models.PositiveIntegerField(null=True)
    currency = models.CharField(max_length=3)

    objects = AnnouncingQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_row_of_promises")]

    def __str__(self) -> str:
        return f"{self.first_day} to {self.last_day}"

    @property
    def on_time_percent(self) -> int | None:
        """Rounded down: it never says more than was kept."""
        return self.on_time * 100 // self.promises if self.promises and self.on_time is not None else None

    @property
    def accepted_percent(self) -> int | None:
        return round(self.accepted * 100 / self.decided) if self.decided and self.accepted is not None else None

    @property
    def pay(self) -> Money | None:
        return None if self.median_pay is None else Money(self.median_pay, self.currency)


class Ping(models.Model):
    """A feed that changed, until the WebSub hub has heard of it. Several of one topic become one request."""

    topic = models.CharField(max_length=300)
    written_at = models.DateTimeField(default=clock.now)
    not_before = models.DateTimeField(default=clock.now)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["not_before", "id"], name="pings_due")]

    def __str__(self) -> str:
        return self.topic
