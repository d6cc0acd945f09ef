"""What a hard story touches, and what the magazine does about it."""

from django.db import models

from hearthpress.common.announce import AnnouncingQuerySet


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
    position = models.PositiveSmallIntegerField(default=0)

    objects = AnnouncingQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


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
