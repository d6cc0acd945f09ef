"""The life of a manuscript, as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hearthpress.common.states import Moves


class ManuscriptState(models.TextChoices):
    EDITING = "editing", _("Being edited")
    ASKED = "asked", _("With the writer for approval")
    APPROVED = "approved", _("Approved by the writer")
    STOPPED = "stopped", _("Stopped")


class Reminding(models.TextChoices):
    """What a letter about a request says: its day is near, or it has passed."""

    NEAR = "near", _("The day is near")
    PAST = "past", _("The day has passed")


M = ManuscriptState

# A change to an approved text leads back to EDITING: an approval is of one hash and of nothing else. A further writer
# who joins an approved one leads back to ASKED: theirs is still needed.
MOVES: Moves = {
    M.EDITING: frozenset({M.ASKED, M.STOPPED}),
    M.ASKED: frozenset({M.APPROVED, M.EDITING, M.STOPPED}),
    M.APPROVED: frozenset({M.EDITING, M.ASKED, M.STOPPED}),
    M.STOPPED: frozenset(),
}


class Answer(models.TextChoices):
    """What became of a suggestion."""

    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    REWRITTEN = "rewritten", _("Put in other words")
    TAKEN_BACK = "taken back", _("Taken back")


class Knows(models.TextChoices):
    """What is said of somebody whom a story names."""

    KNOWS = "knows", _("They know, and agree to how they are named")
    UNAWARE = "unaware", _("They do not know")
    CANNOT = "cannot", _("They cannot be asked: a baby, somebody who has died, somebody well known")
    CHANGED = "changed", _("It is not their own name: it was changed")
    NOBODY = "nobody", _("This is not a person")


class ShownAs(models.TextChoices):
    """How somebody should be named."""

    AS_IS = "as_is", _("As it stands")
    INITIALS = "initials", _("By initials")
    OTHER = "other", _("By another name")
