"""Roles and kinds of bylines."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    EDITOR = "editor", _("Editor")
    BOOKKEEPER = "bookkeeper", _("Bookkeeper")


class BylineKind(models.TextChoices):
    LEGAL = "legal", _("My full name")
    FIRST = "first", _("My first name only")
    PEN = "pen", _("A pen name")
    ANONYMOUS = "anonymous", _("No name: Anonymous")


# Names that say which person is meant, or which invented one: the kinds that have a page of their own.
NAMES = frozenset({BylineKind.LEGAL, BylineKind.PEN})
