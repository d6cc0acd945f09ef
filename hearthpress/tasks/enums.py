"""What tasks are about, and the life of one, as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hearthpress.common.states import Moves


class TaskKind(models.TextChoices):
    """OTHER is typed by an editor and has a title of its own; each of the rest is made because something happened."""

    OTHER = "other", _("Something else")
    ANSWER_WRITER = "answer_writer", _("Answer the writer")
    APOLOGISE = "apologise", _("Apologise, and promise a new date")
    NO_ANSWER = "no_answer", _("The writer has not answered")
    NO_YES = "no_yes", _("The writer has not answered about the edited text")
    UNSIGNED = "unsigned", _("The agreement is not signed")
    UNPUBLISHED = "unpublished", _("Accepted, and not published yet")
    PROMISE_NEAR = "promise_near", _("The promised date is near")
    NO_EDITOR = "no_editor", _("Nobody looks after this")


class TaskState(models.TextChoices):
    OPEN = "open", _("To be done")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("No longer needed")


MOVES: Moves = {
    TaskState.OPEN: frozenset({TaskState.DONE, TaskState.DROPPED}),
    TaskState.DONE: frozenset({TaskState.OPEN}),
    TaskState.DROPPED: frozenset({TaskState.OPEN}),
}
