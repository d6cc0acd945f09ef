"""Letting decisions go out and calling them back: what a release would send, and why one did not happen."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from hearthpress.common import clock
from hearthpress.common.errors import Sentence
from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.desk.decisions import obstacle
from hearthpress.mail.models import Letter
from hearthpress.people.models import Person
from hearthpress.submissions.actions import AfterPromise, release, tell, undo_release
from hearthpress.submissions.enums import DecisionState, SubmissionState
from hearthpress.submissions.models import Decision

WITH_ALL = ("submission__call__rate_card", "submission__writer", "submission__byline", "to_call__rate_card")


def letter_that_would_go(decision: Decision, editor: Person) -> Letter:
    """Exactly the letter that the writer gets: the telling is carried out and undone. Raises what `release` raises."""
    copy = Decision.objects.select_related(*WITH_ALL).get(pk=decision.pk)
    with transaction.atomic():
        if copy.state != DecisionState.RELEASING:
            release(copy, editor)
        assert copy.tell_at is not None  # what is going out has its moment
        with clock.at(copy.tell_at):
            letter = tell(copy)
        transaction.set_rollback(True)
    return letter


def try_release(decision: Decision, editor: Person, at: datetime | None = None) -> str:
    """Release the decision. What stood in the way, as a sentence; "" when it goes out."""
    try:
        release(decision, editor, at)
    except AfterPromise:
        day = date_format(timezone.localtime(decision.submission.reply_due), "DATE_FORMAT")
        said = _("Its answer was promised by %(day)s. Choose an earlier moment, or give the writer a new date first.")
        return said % {"day": day}
    except (Sentence, PermissionDenied):
        return why_not(decision, editor)
    return ""


def try_undo(decision: Decision, editor: Person) -> str:
    """Call the decision back before anybody hears of it. What stood in the way, as a sentence; "" when it is back."""
    try:
        undo_release(decision, editor)
    except (NotAllowed, SomebodyElseWon):
        return _why_not_back(decision)
    except PermissionDenied:
        return obstacle(decision.submission, editor)
    return ""


def why_not(decision: Decision, editor: Person) -> str:
    """Why a decision cannot be released, as it is in the database now: told to this editor."""
    now = Decision.objects.select_related("submission__call").get(pk=decision.pk)
    if now.state in (DecisionState.RELEASING, DecisionState.RELEASED):
        return _released_already(now, editor)
    if now.submission.state == SubmissionState.WITHDRAWN:
        return _("The writer has taken this story back.")
    if now.state == DecisionState.PREPARED:
        return obstacle(now.submission, editor) or _("Its letter still needs a line for its writer alone.")
    return _("This decision was taken back or replaced before you released it. The writer has heard nothing of it.")


def time_here(moment: datetime) -> str:
    """The time of day where the person who looks at this page is, to the second."""
    return time_format(timezone.localtime(moment), "H:i:s")


def _released_already(decision: Decision, editor: Person) -> str:
    released = decision.events.filter(new=DecisionState.RELEASING).order_by("-pk").first()
    own = released is not None and released.actor_id == editor.pk
    who = _("You have released it already.") if own else _("Somebody released this decision before you.")
    if decision.state == DecisionState.RELEASED or decision.tell_at is None:
        return f"{who} {_('The writer has been told.')}"
    return f"{who} {_('The writer is told at %(time)s.') % {'time': time_here(decision.tell_at)}}"


def _why_not_back(decision: Decision) -> str:
    now = Decision.objects.select_related("submission").get(pk=decision.pk)
    if now.state == DecisionState.RELEASED:
        return _("It was too late to undo this: the writer has been told.")
    if now.submission.state == SubmissionState.WITHDRAWN:
        return _("The writer has taken this story back. They have heard nothing of the decision.")
    return _("This was undone already. The writer has heard nothing of it.")
