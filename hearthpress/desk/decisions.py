"""What a release would send, and why one did not happen."""

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from hearthpress.common import clock
from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.desk.row_numbers import row_number
from hearthpress.mail.models import Letter
from hearthpress.people.models import Person
from hearthpress.submissions.actions import release, tell
from hearthpress.submissions.enums import DecisionKind, DecisionState, SubmissionState
from hearthpress.submissions.models import Decision, Submission


def prepared_decision(submission: Submission) -> Decision | None:
    """The decision that waits to be released, with the submission as it was fetched."""
    found = submission.decisions.filter(state=DecisionState.PREPARED).select_related("prepared_by").first()
    if found is not None:
        found.submission = submission
    return found


def decision_shown(submission: Submission, number: str) -> Decision:
    """The decision that the page was showing when its form was sent. Raises Http404."""
    found = submission.decisions.filter(pk=row_number(number) or 0).first()
    if found is None:
        raise Http404
    found.submission = submission
    return found


def letter_that_would_go(decision: Decision, editor: Person) -> Letter:
    """Exactly the letter that releasing writes: the release is carried out and undone. Raises what `release` raises."""
    rows = Decision.objects.select_related("submission__call__rate_card", "submission__writer", "to_call__rate_card")
    copy = rows.get(pk=decision.pk)
    with transaction.atomic():
        release(copy, editor)
        assert copy.tell_at is not None  # releasing sets it
        with clock.at(copy.tell_at):
            letter = tell(copy)
        transaction.set_rollback(True)
    return letter


def try_release(decision: Decision, editor: Person) -> str:
    """Release the decision. What stood in the way, as a sentence; "" when the writer has been told."""
    try:
        release(decision, editor)
    except (SomebodyElseWon, NotAllowed):
        return why_not(decision, editor)
    return ""


def why_not(decision: Decision, editor: Person) -> str:
    """Why a decision can no longer be released, as it is in the database now: told to this editor."""
    now = Decision.objects.select_related("submission").get(pk=decision.pk)
    if now.state == DecisionState.RELEASED:
        if now.events.filter(new=DecisionState.RELEASED, actor=editor).exists():
            return _("You have released it already. The writer has been told.")
        return _("Somebody released this decision before you. The writer has been told.")
    if now.submission.state == SubmissionState.WITHDRAWN:
        return _("The writer has taken this story back.")
    return _("This decision was taken back or replaced before you released it. The writer has heard nothing of it.")


def kind_in_words(kind: str) -> str:
    """What a decision of this kind is to its writer, as it stands in a sentence."""
    words = {
        DecisionKind.ACCEPT: _("a yes"),
        DecisionKind.DECLINE: _("a no"),
        DecisionKind.REVISE: _("a request for changes"),
        DecisionKind.PASS: _("a passing on"),
    }
    return words[DecisionKind(kind)]
