"""What the magazine is called, where its day begins, what money it pays in, and its sections."""

from zoneinfo import ZoneInfo

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hearthpress.common.announce import AnnouncingQuerySet
from hearthpress.common.errors import Sentence
from hearthpress.common.money import Money
from hearthpress.documents.style import RULES


class NotSetUp(Sentence):
    """`hearthpress init` has not been run."""


def rules_from_the_start() -> list[str]:
    """The rules that are on from the start: all but the one for headlines, of which each magazine has its own case."""
    return [rule for rule in RULES if rule != "headline"]


class Masthead(models.Model):
    """The one row that says which magazine this is."""

    name = models.CharField(max_length=120)
    tagline = models.CharField(max_length=200, blank=True)
    letters_from = models.EmailField(help_text=_("The address that letters come from."))
    time_zone = models.CharField(max_length=60, default="UTC")
    currency = models.CharField(max_length=3, default="USD")
    language = models.CharField(max_length=12, default="en")
    payout_threshold = models.PositiveBigIntegerField(
        default=1000, help_text=_("Pay below this many minor units is carried over to the next month.")
    )
    days_to_sign = models.PositiveSmallIntegerField(default=14)
    days_to_publish = models.PositiveSmallIntegerField(
        default=180,
        help_text=_("An accepted story that is not published by then comes up as a task."),
    )
    balances = models.BooleanField(
        default=False, help_text=_("New stories are given to the editor with the fewest, heeding rest and days away.")
    )

    style_rules = models.JSONField(
        default=rules_from_the_start, blank=True, help_text=_("The rules of the house’s style that are on.")
    )

    objects = AnnouncingQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_masthead")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> "Masthead":
        """The magazine. Raises NotSetUp before the first run."""
        masthead = cls.objects.filter(pk=1).first()
        if masthead is None:
            raise NotSetUp("Run `hearthpress init` to set the magazine up.")
        return masthead

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def money(self, minor: int) -> Money:
        return Money(minor, self.currency)


class Section(models.Model):
    """A part of the magazine that stories stand in."""

    name = models.CharField(max_length=80)
    slug = models.SlugField(max_length=80, unique=True)
    description = models.CharField(max_length=240, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = AnnouncingQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("magazine:section", args=[self.slug])
