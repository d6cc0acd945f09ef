"""The life of a story, as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hearthpress.common.states import Moves


class StoryState(models.TextChoices):
    SCHEDULED = "scheduled", _("Scheduled")
    LIVE = "live", _("Live")
    WITHDRAWN = "withdrawn", _("Taken back by the writer")
    RETRACTED = "retracted", _("Retracted by the magazine")


S = StoryState
GONE = frozenset({S.WITHDRAWN, S.RETRACTED})

# A scheduled story whose text is opened again stays scheduled and waits for the writer's new yes: see actions.
MOVES: Moves = {
    S.SCHEDULED: frozenset({S.LIVE, S.WITHDRAWN, S.RETRACTED}),
    S.LIVE: frozenset({S.WITHDRAWN, S.RETRACTED}),
    S.WITHDRAWN: frozenset(),
    S.RETRACTED: frozenset(),
}
