"""The life of an agreement, as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hearthpress.common.states import Moves


class AgreementState(models.TextChoices):
    OFFERED = "offered", _("Waiting for the writer")
    SIGNED = "signed", _("Signed")
    DECLINED = "declined", _("Declined by the writer")
    LAPSED = "lapsed", _("Lapsed")
    ENDED = "ended", _("Ended: the story was taken back")
    GIVEN_BACK = "given_back", _("Given back: the story was not published")


A = AgreementState
# An agreement that waits and is given more time goes on waiting: that is a move too, with its event.
MOVES: Moves = {
    A.OFFERED: frozenset({A.OFFERED, A.SIGNED, A.DECLINED, A.LAPSED}),
    A.SIGNED: frozenset({A.ENDED, A.GIVEN_BACK}),
    A.DECLINED: frozenset(),
    A.LAPSED: frozenset(),
    A.ENDED: frozenset(),
    A.GIVEN_BACK: frozenset(),
}


class PayKind(models.TextChoices):
    PER_VIEW = "per_view", _("By reader-days")
    FLAT = "flat", _("A flat fee")
