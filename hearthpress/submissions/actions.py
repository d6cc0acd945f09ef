"""Begin, save, send, read, prepare, release, withdraw: the only ways in which a submission changes."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from hearthpress.agreements import actions as agreements
from hearthpress.agreements.enums import AgreementState
from hearthpress.agreements.models import Agreement
from hearthpress.care.models import Subject
from hearthpress.common import clock
from hearthpress.common.reactions import Verb
from hearthpress.common.states import SomebodyElseWon
from hearthpress.documents.manuscript import Answer, Parsed, apply_guesses, parse_manuscript
from hearthpress.mail.actions import write_letter
from hearthpress.mail.models import Letter
from hearthpress.people.actions import add_byline
from hearthpress.people.enums import Role
from hearthpress.people.models import Person
from hearthpress.submissions.enums import UNDECIDED, WITH_WRITER, DecisionKind, DecisionState, SubmissionState
from hearthpress.submissions.models import Call, Decision, DecisionEvent, Reading, Submission

withdrawn = Verb("submission withdrawn")

OUTCOMES = {
    DecisionKind.ACCEPT: SubmissionState.ACCEPTED,
    DecisionKind.DECLINE: SubmissionState.DECLINED,
    DecisionKind.REVISE: SubmissionState.REVISING,
}


class CallClosed(Exception):
    """The call that this draft answers takes nothing new now."""


class DraftChanged(SomebodyElseWon):
    """The draft was saved somewhere else since this copy of it was fetched."""


def begin(call: Call, writer: Person) -> Submission:
    """The writer's draft for this call: the one begun before, or a new one."""
    draft = Submission.objects.filter(call=call, writer=writer, state=SubmissionState.DRAFT).order_by("-id").first()
    return draft or Submission.objects.create(call=call, writer=writer)


@transaction.atomic
def save_draft(submission: Submission, fields: dict[str, Any], subjects: Iterable[Subject] | None = None) -> None:
    """Keep what the writer has typed so far: columns, and the subjects it touches when they are given.

    Raises DraftChanged when it was saved since `submission` was fetched, SomebodyElseWon when it has been sent.
    """
    changes = {**fields, "saved_at": clock.now()}
    own = Submission.objects.filter(pk=submission.pk, state__in=WITH_WRITER)
    if not own.filter(saved_at=submission.saved_at).update(**changes):
        raise DraftChanged(submission.key) if own.exists() else SomebodyElseWon("already sent")
    for name, value in changes.items():
        setattr(submission, name, value)
    if subjects is not None:
        submission.subjects.set(subjects)


@transaction.atomic
def throw_away(submission: Submission) -> None:
    """Delete a draft. It was never sent, so nothing refers to it.

    Raises SomebodyElseWon: it was sent, or saved again, since `submission` was fetched.
    """
    own = Submission.objects.filter(pk=submission.pk, state=SubmissionState.DRAFT, saved_at=submission.saved_at)
    # The update holds the row, so that nobody sends the draft between the two statements.
    if not own.update(state=SubmissionState.DRAFT):
        raise SomebodyElseWon("sent, or saved again")
    own.delete()


def send(submission: Submission, answers: dict[str, Any] | None = None) -> None:
    """Send the draft, or the changed text, to the editors. The receipt states when the writer hears from them.

    `answers` are the last word on the guesses (see `Submission.answers`); those saved with the draft otherwise.
    Raises CallClosed, SomebodyElseWon: it was sent, or saved again, since `submission` was fetched.
    """
    if submission.state == SubmissionState.DRAFT and not submission.call.is_open:
        raise CallClosed(submission.call.slug)
    if answers is not None:
        submission.answers = answers
    # A long text takes a while to read: before the transaction, so that nobody waits for it.
    document = read_document(submission)
    due = clock.now() + timedelta(days=submission.call.reply_days)
    with transaction.atomic():
        submission.move(
            SubmissionState.RECEIVED,
            actor=submission.writer,
            still={"saved_at": submission.saved_at},
            submitted_at=clock.now(),
            reply_due=due,
            answers=submission.answers,
            document=document,
            byline=add_byline(submission.writer, submission.byline_kind, submission.byline_name),
        )
        _letter("submissions/receipt", submission)


def read_document(submission: Submission, parsed: Parsed | None = None) -> dict[str, Any]:
    """The structured document: what is certain, and the guesses that the writer said yes to.

    `parsed` saves reading the source a second time.
    """
    answers = {key: Answer(**answer) for key, answer in submission.answers.items()}
    return apply_guesses(parsed or parse_manuscript(submission.source), answers)


@transaction.atomic
def leave_reading(submission: Submission, editor: Person, vote: str, notes: str) -> Reading:
    """One editor's notes and vote; the first one makes "being read" a fact."""
    _require_decider(editor, submission)
    _hold_undecided(submission)
    if submission.state == SubmissionState.RECEIVED:
        submission.move(SubmissionState.READING, actor=editor)
    reading, _ = Reading.objects.update_or_create(
        submission=submission,
        editor=editor,
        defaults={"vote": vote, "notes": notes, "written_at": clock.now()},
    )
    return reading


@transaction.atomic
def prepare_decision(submission: Submission, editor: Person, kind: str, words: str) -> Decision:
    """Prepare a decision; the writer learns nothing until it is released. Replaces one prepared before."""
    _require_decider(editor, submission)
    _hold_undecided(submission)
    for earlier in submission.decisions.filter(state=DecisionState.PREPARED):
        earlier.move(DecisionState.DROPPED, actor=editor)
    decision = Decision.objects.create(submission=submission, kind=kind, words=words, prepared_by=editor)
    DecisionEvent.objects.create(subject=decision, old="", new=DecisionState.PREPARED, actor=editor)
    return decision


@transaction.atomic
def drop_decision(decision: Decision, editor: Person) -> None:
    """Take a prepared decision back before anybody has heard of it."""
    _require_decider(editor, decision.submission)
    decision.move(DecisionState.DROPPED, actor=editor)


@transaction.atomic
def release(decision: Decision, editor: Person) -> Letter:
    """Tell the writer: the decision, the submission's new state, the agreement and the letter are one transaction."""
    submission = decision.submission
    _require_decider(editor, submission)
    # The submission before its decision, in the order in which taking it back locks them.
    _hold_undecided(submission)
    decision.move(DecisionState.RELEASED, actor=editor)
    if submission.state == SubmissionState.RECEIVED:
        submission.move(SubmissionState.READING, actor=editor)
    changes: dict[str, Any] = {}
    if decision.kind == DecisionKind.ACCEPT:
        card = submission.call.rate_card
        changes["agreement"] = agreements.offer(submission.writer, submission.title, card, editor)
    submission.move(OUTCOMES[DecisionKind(decision.kind)], actor=editor, **changes)
    return _letter(f"submissions/{decision.kind}", submission, words=decision.words)


@transaction.atomic
def withdraw(submission: Submission, actor: Person | None, why: str = "") -> None:
    """The writer takes the piece back, never with a reproach. Work in progress stops in the same transaction."""
    _hold_agreement(submission)
    submission.move(SubmissionState.WITHDRAWN, actor=actor, why=why)
    for decision in submission.decisions.filter(state=DecisionState.PREPARED):
        decision.move(DecisionState.DROPPED, actor=actor, why="withdrawn")
    _give_back_rights(submission, why)
    if actor is not None:
        _letter("submissions/withdrawn", submission)
    _tell_editors(submission)
    withdrawn.happened(submission, actor=actor)


def _tell_editors(submission: Submission) -> None:
    """Editors who read the piece or prepared a decision hear that it is gone. The byline names the writer to them."""
    took_part = Q(readings__submission=submission) | Q(pk__in=submission.decisions.values("prepared_by"))
    still_here = Person.objects.filter(memberships__ended_at=None, memberships__role__in=(Role.EDITOR, Role.OWNER))
    for editor in still_here.filter(took_part, is_active=True).distinct():
        write_letter("submissions/withdrawn_editor", editor.email, {"submission": submission}, person=editor)


def _hold_agreement(submission: Submission) -> None:
    """Lock the agreement before the submission, in the order in which declining and lapsing lock them: no deadlock."""
    if submission.agreement_id is not None:
        Agreement.objects.select_for_update(no_key=True).get(pk=submission.agreement_id)


def _give_back_rights(submission: Submission, why: str) -> None:
    agreement = submission.agreement
    if agreement is None:
        return
    if agreement.may_become(AgreementState.ENDED):
        agreements.end(agreement, submission.writer, why)
    elif agreement.may_become(AgreementState.DECLINED):
        agreements.decline(agreement, why)


def stop_with_agreement(agreement: Agreement, actor: Person | None = None) -> None:
    """Reaction: an agreement declined or lapsed takes its submission back too."""
    submission = Submission.objects.filter(agreement=agreement).first()
    if submission is not None and submission.may_become(SubmissionState.WITHDRAWN):
        withdraw(submission, actor, why="the agreement was not made")


def _hold_undecided(submission: Submission) -> None:
    """Nobody can decide the submission while this transaction runs. Raises SomebodyElseWon when somebody has."""
    still = Submission.objects.filter(pk=submission.pk, state=submission.state)
    if submission.state not in UNDECIDED or not still.update(state=submission.state):
        raise SomebodyElseWon("already decided")


def _require_decider(editor: Person, submission: Submission) -> None:
    if not editor.has_perm("submissions.decide", submission):
        raise PermissionDenied("An editor's own story is decided by others.")


def _letter(kind: str, submission: Submission, **context: Any) -> Letter:
    writer = submission.writer
    return write_letter(kind, writer.email, {"submission": submission, **context}, person=writer)
