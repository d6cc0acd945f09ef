"""Calls, what is sent in answer to them, what editors think of it and decide."""

from hearthpress.submissions.models.calls import Call, CallEvent, CallQuerySet, CircleMember, Question, Waiting
from hearthpress.submissions.models.decisions import Decision, DecisionEvent, LetterTemplate
from hearthpress.submissions.models.duty import Assigned, Duty, SavedView
from hearthpress.submissions.models.readings import Conflict, Presence, Reading
from hearthpress.submissions.models.submissions import (
    Attachment,
    Hold,
    Promise,
    QuestionAnswer,
    Submission,
    SubmissionEvent,
    SubmissionQuerySet,
    Urgency,
)

__all__ = [
    "Assigned",
    "Attachment",
    "Call",
    "CallEvent",
    "CallQuerySet",
    "CircleMember",
    "Conflict",
    "Decision",
    "DecisionEvent",
    "Duty",
    "Hold",
    "LetterTemplate",
    "Presence",
    "Promise",
    "Question",
    "QuestionAnswer",
    "Reading",
    "SavedView",
    "Submission",
    "SubmissionEvent",
    "SubmissionQuerySet",
    "Urgency",
    "Waiting",
]
