"""What a hard story touches, and what the magazine does about it."""

from collections.abc import Iterable

from django.core.validators import MaxValueValidator
from django.db import models

from hearthpress.common.announce import AnnouncingQuerySet

LONGEST_COOLING = 30 * 24  # hours


class Subject(models.Model):
    """A subject and its care rules: a short note before the story, the help lines after it."""

    name = models.CharField(max_length=80)
    slug = models.SlugField(max_length=80, unique=True)
    content_note = models.CharField(max_length=200, help_text="Short, specific, undramatic.")
    never_beside = models.ManyToManyField(
        "self", blank=True, help_text="Subjects of stories that are never shown beside a story with this one."
    )
    of_loss = models.BooleanField(
        default=False, help_text="A decision about such a story carries a line written for its writer alone."
    )
    cooling_hours = models.PositiveSmallIntegerField(
        default=0,
        validators=[MaxValueValidator(LONGEST_COOLING)],
        help_text="Hours between the writer's yes and going live, in which they may think it over; 0: none.",
    )
    position = models.PositiveSmallIntegerField(default=0)

    objects = AnnouncingQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


def longest_cooling(subjects: Iterable[str]) -> int:
    """The hours that a story with these subjects (slugs) waits after its writer's yes."""
    longest = Subject.objects.filter(slug__in=subjects).aggregate(hours=models.Max("cooling_hours"))
    return longest["hours"] or 0


class HelpLine(models.Model):
    """A source of help, checked by a person on the day `verified_on`."""

    subjects = models.ManyToManyField(Subject, related_name="help_lines")
    name = models.CharField(max_length=120)
    contact = models.CharField(max_length=120)
    url = models.URLField(blank=True)
    verified_on = models.DateField()

    objects = AnnouncingQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
