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


MOVES: Moves = {
    AgreementState.OFFERED: frozenset({AgreementState.SIGNED, AgreementState.DECLINED, AgreementState.LAPSED}),
    AgreementState.SIGNED: frozenset({AgreementState.ENDED}),
    AgreementState.DECLINED: frozenset(),
    AgreementState.LAPSED: frozenset(),
    AgreementState.ENDED: frozenset(),
}


class PayKind(models.TextChoices):
    PER_VIEW = "per_view", _("By reader-days")
    FLAT = "flat", _("A flat fee")
