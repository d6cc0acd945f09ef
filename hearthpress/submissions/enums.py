"""The life of a submission, as data. A state is a fact that really happened."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hearthpress.common.states import Moves


class SubmissionState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    RECEIVED = "received", _("Received")
    READING = "reading", _("Being read")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    REVISING = "revising", _("With you for changes")
    WITHDRAWN = "withdrawn", _("Withdrawn")


S = SubmissionState
UNDECIDED = frozenset({S.RECEIVED, S.READING})
# The text is in the writer's hands: it may be changed, and sent.
WITH_WRITER = frozenset({S.DRAFT, S.REVISING})

MOVES: Moves = {
    S.DRAFT: frozenset({S.RECEIVED}),
    S.RECEIVED: frozenset({S.READING, S.WITHDRAWN}),
    S.READING: frozenset({S.ACCEPTED, S.DECLINED, S.REVISING, S.WITHDRAWN}),
    S.REVISING: frozenset({S.RECEIVED, S.WITHDRAWN}),
    S.ACCEPTED: frozenset({S.WITHDRAWN}),
    S.DECLINED: frozenset(),
    S.WITHDRAWN: frozenset(),
}


class DecisionKind(models.TextChoices):
    ACCEPT = "accept", _("Accept")
    DECLINE = "decline", _("Decline")
    REVISE = "revise", _("Ask for changes")


class DecisionState(models.TextChoices):
    PREPARED = "prepared", _("Prepared")
    RELEASED = "released", _("Released")
    DROPPED = "dropped", _("Dropped")


DECISION_MOVES: Moves = {
    DecisionState.PREPARED: frozenset({DecisionState.RELEASED, DecisionState.DROPPED}),
    DecisionState.RELEASED: frozenset(),
    DecisionState.DROPPED: frozenset(),
}


class Vote(models.TextChoices):
    YES = "yes", _("Yes")
    MAYBE = "maybe", _("Maybe")
    NO = "no", _("No")
