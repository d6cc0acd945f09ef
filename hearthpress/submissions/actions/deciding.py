"""Prepare quietly, release later, tell: the only way in which a writer hears a decision.

Releasing sets a moment, a minute away at least. Until then the release can be undone, nothing of the submission has
changed, and there is no letter. At that moment the worker tells: the decision, the submission's new state, the
agreement and the letter are one transaction, so that there is no letter without its decision and no decision without
its letter, whatever stops in between.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from hearthpress.agreements import actions as agreements
from hearthpress.common import clock
from hearthpress.common.errors import Sentence
from hearthpress.common.reactions import Verb
from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.mail.models import Letter
from hearthpress.people.models import Person
from hearthpress.submissions.actions.circle import join_circle
from hearthpress.submissions.actions.letters import letter
from hearthpress.submissions.actions.reading import hold_undecided
from hearthpress.submissions.actions.revising import reminded_for
from hearthpress.submissions.enums import PENDING, CallKind, DecisionKind, DecisionState, Needed, SubmissionState
from hearthpress.submissions.models import Call, Decision, DecisionEvent, Promise, Submission
from hearthpress.submissions.opening_times import told_to
from hearthpress.submissions.questions import unanswered

logger = logging.getLogger(__name__)

UNDO_WINDOW = timedelta(seconds=60)
TOLD_AT_ONCE = 50  # how many decisions one run of the worker tells
TRY_AGAIN = timedelta(minutes=1)

# Runs in the telling's transaction, with the decision.
decided = Verb("decision told")

OUTCOMES = {
    DecisionKind.ACCEPT: SubmissionState.ACCEPTED,
    DecisionKind.DECLINE: SubmissionState.DECLINED,
    DecisionKind.REVISE: SubmissionState.REVISING,
    DecisionKind.PASS: SubmissionState.RECEIVED,
}


class PersonalLineNeeded(Sentence):
    """The story touches a loss, and nothing in the letter is for its writer alone."""


class AfterPromise(Sentence):
    """The moment chosen is after the promised day: the writer is owed a new date first."""


@dataclass(frozen=True)
class Details:
    """What only some decisions have: a line for this writer alone, a day for the changes (UTC), another call."""

    personal: str = ""
    revise_by: datetime | None = None
    to_call: Call | None = None


NO_DETAILS = Details()


@transaction.atomic
def prepare_decision(
    submission: Submission, editor: Person, kind: str, words: str, details: Details = NO_DETAILS
) -> Decision:
    """Prepare a decision; the writer learns nothing until they are told. Replaces one prepared before.

    Raises SomebodyElseWon for a decision that is going out already: undo its release first. Raises PersonalLineNeeded,
    NotAllowed: a passing on that names no other call.
    """
    require_decider(editor, submission)
    _require_details(submission, kind, details)
    hold_undecided(submission)
    for earlier in submission.decisions.filter(state__in=PENDING):
        if earlier.state == DecisionState.RELEASING:
            raise SomebodyElseWon("going out")
        earlier.move(DecisionState.DROPPED, actor=editor)
    decision = Decision.objects.create(
        submission=submission,
        kind=kind,
        words=words,
        personal=details.personal,
        revise_by=details.revise_by if kind == DecisionKind.REVISE else None,
        to_call=details.to_call if kind == DecisionKind.PASS else None,
        prepared_by=editor,
    )
    DecisionEvent.objects.create(subject=decision, old="", new=DecisionState.PREPARED, actor=editor)
    return decision


@transaction.atomic
def drop_decision(decision: Decision, editor: Person) -> None:
    """Take a prepared decision back before anybody has heard of it.

    Raises SomebodyElseWon for one that is going out: undo its release first.
    """
    require_decider(editor, decision.submission)
    if decision.state == DecisionState.RELEASING:
        raise SomebodyElseWon("going out")
    decision.move(DecisionState.DROPPED, actor=editor)


@transaction.atomic
def release(decision: Decision, editor: Person, at: datetime | None = None) -> None:
    """Let the decision go out at the moment `at` (now when it is None), after the time for undoing at the earliest.

    Raises SomebodyElseWon, NotAllowed; PersonalLineNeeded: since it was prepared its subject became one of loss;
    AfterPromise for a moment chosen after the promised day.
    """
    require_decider(editor, decision.submission)
    _require_within_promise(decision.submission, at)
    # The submission before its decision, in the order in which taking it back locks them; and before its subjects are
    # looked at, so that none is named meanwhile.
    hold_undecided(decision.submission)
    _require_line(decision.submission, decision.personal)
    soonest = clock.now() + UNDO_WINDOW
    decision.move(DecisionState.RELEASING, actor=editor, tell_at=max(at or soonest, soonest))


@transaction.atomic
def undo_release(decision: Decision, editor: Person) -> None:
    """Back to prepared: nobody has heard of it.

    A decision whose moment has come, and which nobody told yet, comes back too. Raises SomebodyElseWon, NotAllowed when
    the writer was told.
    """
    require_decider(editor, decision.submission)
    decision.move(DecisionState.PREPARED, actor=editor, still={"tell_at": decision.tell_at}, tell_at=None)


@transaction.atomic
def tell(decision: Decision) -> Letter:
    """Tell the writer, once its moment has come: everything that the decision means is one transaction.

    Raises NotAllowed before that moment, SomebodyElseWon when it was undone or told, or the story was taken back.
    """
    if decision.tell_at is None or decision.tell_at > clock.now():
        raise NotAllowed("Its moment has not come.")
    submission = decision.submission
    hold_undecided(submission)
    by = _released_by(decision)
    decision.move(DecisionState.RELEASED, actor=by, still={"tell_at": decision.tell_at})
    if submission.state == SubmissionState.RECEIVED:
        submission.move(SubmissionState.READING, actor=by)
    submission.move(OUTCOMES[DecisionKind(decision.kind)], actor=by, **_changes(decision, by))
    told = letter(
        _letter_kind(decision),
        submission,
        not_before=decision.tell_at,
        words=decision.letter_words,
        decision=decision,
        by=told_to(submission.revise_by, submission.writer) if submission.revise_by else "",
        to_answer=unanswered(submission, Needed.ACCEPTANCE),
    )
    decided.happened(decision)
    return told


def tell_due() -> int:
    """Tell every decision whose moment has come, the longest due first; how many. One that fails holds up no other."""
    due = Decision.objects.filter(state=DecisionState.RELEASING, tell_at__lte=clock.now()).order_by("tell_at", "pk")
    rows = due.select_related("submission__call__rate_card", "submission__writer", "to_call__rate_card")
    return sum(_try_to_tell(decision) for decision in rows[:TOLD_AT_ONCE])


def require_decider(editor: Person, submission: Submission) -> None:
    """Raises PermissionDenied for who may not decide it: see rules.py."""
    if not editor.has_perm("submissions.decide", submission):
        raise PermissionDenied("An editor's own story is decided by others.")


def _try_to_tell(decision: Decision) -> bool:
    due = decision.tell_at
    try:
        tell(decision)
    except (SomebodyElseWon, NotAllowed):
        return False
    except Exception:
        logger.exception("decision %s could not be told", decision.pk)
        _tell_later(decision.pk, due)
        return False
    return True


def _tell_later(number: int, due: datetime | None) -> None:
    """Behind all the others that are due: those that fail again and again must not use up a whole run."""
    still = Decision.objects.filter(pk=number, state=DecisionState.RELEASING, tell_at=due)
    still.update(tell_at=clock.now() + TRY_AGAIN)


def _require_details(submission: Submission, kind: str, details: Details) -> None:
    _require_line(submission, details.personal)
    if kind == DecisionKind.PASS and (details.to_call is None or details.to_call.pk == submission.call_id):
        raise NotAllowed("Say to which other call.")


def _require_line(submission: Submission, personal: str) -> None:
    if not personal.strip() and submission.subjects.filter(of_loss=True).exists():
        raise PersonalLineNeeded("A line for this writer alone is needed.")


def _require_within_promise(submission: Submission, at: datetime | None) -> None:
    """A late answer goes out at once, or after an apology; it is not put off in silence."""
    if at is not None and submission.reply_due is not None and at > submission.reply_due:
        raise AfterPromise("It was promised earlier.")


def _released_by(decision: Decision) -> Person:
    """Who released it, and so answers for it."""
    event = decision.events.filter(new=DecisionState.RELEASING).select_related("actor").order_by("-pk").first()
    assert event is not None
    assert event.actor is not None  # a decision is going out because somebody released it
    return event.actor


def _changes(decision: Decision, by: Person) -> dict[str, Any]:
    """What else the decision sets on its submission."""
    submission = decision.submission
    if decision.kind == DecisionKind.ACCEPT:
        return _acceptance(submission, by)
    if decision.kind == DecisionKind.REVISE:
        return {"revise_by": decision.revise_by, "reminded_at": reminded_for(decision.revise_by)}
    if decision.kind == DecisionKind.PASS:
        return _passing_on(decision)
    return {}


def _acceptance(submission: Submission, by: Person) -> dict[str, Any]:
    if submission.call.kind == CallKind.WRITERS:
        join_circle(submission.writer, by, application=submission)
        return {}
    return {"agreement": agreements.offer(submission.writer, submission.title, submission.call.rate_card, by)}


def _passing_on(decision: Decision) -> dict[str, Any]:
    """Another call, another promise; whoever reads there finds it unassigned."""
    call = decision.to_call
    assert call is not None  # nothing is prepared without it
    due = clock.now() + timedelta(days=call.reply_days)
    Promise.objects.create(submission=decision.submission, due=due)
    return {"call": call, "reply_due": due, "assigned_to": None}


def _letter_kind(decision: Decision) -> str:
    has_own_words = decision.kind in (DecisionKind.ACCEPT, DecisionKind.DECLINE)
    about_writer = decision.submission.call.is_application and has_own_words
    return f"submissions/{decision.kind}_writer" if about_writer else f"submissions/{decision.kind}"
