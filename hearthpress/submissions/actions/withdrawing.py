"""Taking a piece back, at any time before it is published and after, and what stops with it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from hearthpress.agreements import actions as agreements
from hearthpress.agreements.enums import AgreementState
from hearthpress.agreements.models import Agreement
from hearthpress.common.reactions import Verb
from hearthpress.common.states import NotAllowed
from hearthpress.mail.actions import write_letter
from hearthpress.mail.models import Letter
from hearthpress.people.enums import Role
from hearthpress.people.models import Person
from hearthpress.submissions.actions.letters import letter
from hearthpress.submissions.enums import PENDING, DecisionState, SubmissionState, WithdrawalReason
from hearthpress.submissions.models import Submission
from hearthpress.submissions.veil import VEILED

withdrawn = Verb("submission withdrawn")


@transaction.atomic
def withdraw(submission: Submission, actor: Person | None, why: str = "") -> None:
    """The writer, or who wrote it with them, takes the piece back, never with a reproach. All work on it stops at once.

    A decision that is going out goes out no more. `why` is a WithdrawalReason, or free words. Raises NotAllowed,
    SomebodyElseWon: it was sent, read or decided since `submission` was fetched.
    """
    before = submission.state
    elsewhere = why == WithdrawalReason.ELSEWHERE
    _hold_agreement(submission)
    submission.move(SubmissionState.WITHDRAWN, actor=actor, why=why)
    _drop_decisions(submission, actor)
    _give_back_rights(submission, why)
    if actor is not None and actor.pk == submission.writer_id:
        letter("submissions/withdrawn", submission, elsewhere=elsewhere)
    _tell_editors(submission, elsewhere=elsewhere, is_hidden=submission.call.anonymous and before in VEILED)
    withdrawn.happened(submission, actor=actor)


@transaction.atomic
def could_not_publish(submission: Submission, editor: Person, words: str) -> Letter:
    """The magazine gives an accepted story back that was never live; its writer gets `words` by letter.

    Work in progress stops; a kill fee that the agreement names is owed. Raises PermissionDenied, SomebodyElseWon;
    NotAllowed when the agreement is not signed, or the story was live once.
    """
    if not editor.has_perm("submissions.decide", submission):
        raise PermissionDenied("An editor's own story is settled by others.")
    _hold_agreement(submission)
    if submission.agreement is None:
        raise NotAllowed("It has no agreement.")
    # First, for it is this that asks whether a reader has ever seen the story.
    told = agreements.give_back(submission.agreement, editor, words)
    submission.move(SubmissionState.WITHDRAWN, actor=editor, why=WithdrawalReason.NOT_PUBLISHED)
    withdrawn.happened(submission, actor=editor)
    return told


def stop_with_agreement(agreement: Agreement, actor: Person | None = None) -> None:
    """Reaction: an agreement declined or lapsed takes its submission back too."""
    submission = Submission.objects.filter(agreement=agreement).first()
    if submission is not None and submission.may_become(SubmissionState.WITHDRAWN):
        withdraw(submission, actor, why=WithdrawalReason.NO_AGREEMENT)


def _drop_decisions(submission: Submission, actor: Person | None) -> None:
    """Locked first: who calls a release back at the same moment does not undo the withdrawal."""
    for decision in submission.decisions.select_for_update().filter(state__in=PENDING):
        decision.move(DecisionState.DROPPED, actor=actor, why="withdrawn")


def _tell_editors(submission: Submission, *, elsewhere: bool, is_hidden: bool) -> None:
    """Editors who have it, read it or prepared a decision hear that it is gone. The byline names the writer to them.

    Where the first reading is anonymous (`is_hidden`), those who have not read it learn no name now either.
    """
    took_part = (
        Q(readings__submission=submission)
        | Q(pk__in=submission.decisions.values("prepared_by"))
        | Q(pk=submission.assigned_to_id)
    )
    still_here = Person.objects.filter(memberships__ended_at=None, memberships__role__in=(Role.EDITOR, Role.OWNER))
    readers = set(submission.readings.values_list("editor", flat=True))
    for editor in still_here.filter(took_part, is_active=True).distinct():
        is_named = not is_hidden or editor.pk in readers
        title = submission.title if is_named else submission.blind_title or _("A story")
        about = {"submission": submission, "title": title, "named": is_named, "elsewhere": elsewhere}
        write_letter("submissions/withdrawn_editor", editor.email, about, person=editor)


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
