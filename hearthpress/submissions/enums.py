"""The lives of calls, submissions and decisions, as data. A state is a fact that really happened."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hearthpress.common.states import Moves


class CallState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    ANNOUNCED = "announced", _("Announced")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


# What readers may see. A call is open from its opening time on, even while no worker is there to note it.
TAKING = frozenset({CallState.ANNOUNCED, CallState.OPEN})

# A call that gets other dates stays what it is: that is a move too, with its event.
CALL_MOVES: Moves = {
    CallState.DRAFT: frozenset({CallState.ANNOUNCED, CallState.OPEN}),
    CallState.ANNOUNCED: frozenset({CallState.ANNOUNCED, CallState.DRAFT, CallState.OPEN, CallState.CLOSED}),
    CallState.OPEN: frozenset({CallState.OPEN, CallState.CLOSED}),
    CallState.CLOSED: frozenset({CallState.ANNOUNCED, CallState.OPEN}),
}


class CallKind(models.TextChoices):
    """What a call asks for. Who is accepted as a regular writer joins the circle; no agreement is made."""

    STORIES = "stories", _("Stories")
    WRITERS = "writers", _("Applications to write for us regularly")


class QuestionKind(models.TextChoices):
    TEXT = "text", _("A text")
    CHOICE = "choice", _("One of several answers")
    FILE = "file", _("A file")


class Needed(models.TextChoices):
    """When a question has to be answered."""

    NOW = "now", _("Before it is sent")
    ACCEPTANCE = "acceptance", _("Once it is accepted")
    NEVER = "never", _("Only if the writer likes")


class SubmissionState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    RECEIVED = "received", _("Received")
    READING = "reading", _("Being read")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    REVISING = "revising", _("With you for changes")
    LAPSED = "lapsed", _("Left open")
    WITHDRAWN = "withdrawn", _("Withdrawn")


S = SubmissionState
UNDECIDED = frozenset({S.RECEIVED, S.READING})
OVER = frozenset({S.DECLINED, S.WITHDRAWN})
# The text is in the writer's hands: it may be changed, and sent.
WITH_WRITER = frozenset({S.DRAFT, S.REVISING, S.LAPSED})

MOVES: Moves = {
    S.DRAFT: frozenset({S.RECEIVED}),
    S.RECEIVED: frozenset({S.READING, S.WITHDRAWN}),
    # Back to received: it was passed to another call.
    S.READING: frozenset({S.RECEIVED, S.ACCEPTED, S.DECLINED, S.REVISING, S.WITHDRAWN}),
    # From revising to revising: the writer asked for more time.
    S.REVISING: frozenset({S.REVISING, S.RECEIVED, S.LAPSED, S.WITHDRAWN}),
    # The changes did not come by their day. Nothing is lost: the writer may still send them.
    S.LAPSED: frozenset({S.RECEIVED, S.WITHDRAWN}),
    S.ACCEPTED: frozenset({S.WITHDRAWN}),
    S.DECLINED: frozenset(),
    S.WITHDRAWN: frozenset(),
}


class ArrivedBy(models.TextChoices):
    PAGE = "page", _("On our pages")
    MAIL = "mail", _("By e-mail")


class AttachmentKind(models.TextChoices):
    MANUSCRIPT = "manuscript", _("The file that the text came in")
    PHOTO = "photo", _("A photo")
    ANSWER = "answer", _("An answer to a question")


class WithdrawalReason(models.TextChoices):
    """Why a submission is withdrawn: the `why` of the event. The first two are the writer's own."""

    CHANGED_MIND = "", _("Taken back")
    ELSEWHERE = "elsewhere", _("Accepted elsewhere")
    NO_AGREEMENT = "the agreement was not made", _("The agreement was not made")
    NOT_PUBLISHED = "we could not publish it", _("We could not publish it")


class DecisionKind(models.TextChoices):
    ACCEPT = "accept", _("Accept")
    DECLINE = "decline", _("Decline")
    REVISE = "revise", _("Ask for changes")
    PASS = "pass", _("Pass to another call")


class DecisionState(models.TextChoices):
    """RELEASING may still be undone and nobody has heard of it; RELEASED is the moment when the writer is told."""

    PREPARED = "prepared", _("Prepared")
    RELEASING = "releasing", _("Going out")
    RELEASED = "released", _("Released")
    DROPPED = "dropped", _("Dropped")


D = DecisionState
# What may still become a letter: at most one for each submission.
PENDING = frozenset({D.PREPARED, D.RELEASING})

DECISION_MOVES: Moves = {
    D.PREPARED: frozenset({D.RELEASING, D.DROPPED}),
    D.RELEASING: frozenset({D.PREPARED, D.RELEASED, D.DROPPED}),
    D.RELEASED: frozenset(),
    D.DROPPED: frozenset(),
}


class Vote(models.TextChoices):
    YES = "yes", _("Yes")
    MAYBE = "maybe", _("Maybe")
    NO = "no", _("No")
