"""What the public pages keep for themselves: how many stories each month has, and hubs that must still be told."""

from django.db import models
from django.urls import reverse

from hearthpress.common import clock
from hearthpress.common.announce import AnnouncingQuerySet


class Month(models.Model):
    """How many stories of a month readers find, in the magazine's time zone: counted anew when one comes or goes."""

    first_day = models.DateField(unique=True)
    stories = models.PositiveIntegerField(default=0)

    objects = AnnouncingQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.first_day:%Y-%m}: {self.stories}"

    def get_absolute_url(self) -> str:
        return reverse("magazine:month", args=[f"{self.first_day:%Y}", f"{self.first_day:%m}"])


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
