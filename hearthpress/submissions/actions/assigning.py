"""Who looks after a story: given by hand, or balanced by load, rest and days away."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from hearthpress.common.states import SomebodyElseWon
from hearthpress.masthead.models import Masthead
from hearthpress.people.models import Person
from hearthpress.submissions.duty import OnDuty, editors_on_duty, rests_from
from hearthpress.submissions.enums import OVER, UNDECIDED
from hearthpress.submissions.models import Assigned, Submission

AT_ONCE = 200  # how many stories one run gives out


@transaction.atomic
def assign(submission: Submission, editor: Person | None, by: Person | None, why: str = "") -> None:
    """Give the story to an editor, or to nobody (None). It changes no state.

    Raises PermissionDenied for an editor who may not judge it, or who rests from one of its subjects and does not take
    it themselves; SomebodyElseWon when it was given to somebody else since `submission` was fetched.
    """
    if editor is not None and not editor.has_perm("submissions.judge", submission):
        raise PermissionDenied("An editor's own story is looked after by others.")
    if editor is not None and editor != by and rests_from(editor, submission):
        raise PermissionDenied("They do not take it on now.")
    same = Submission.objects.filter(pk=submission.pk, assigned_to=submission.assigned_to_id)
    if not same.update(assigned_to=editor):
        raise SomebodyElseWon("given to somebody else")
    if editor != submission.assigned_to:
        Assigned.objects.create(submission=submission, editor=editor, by=by, why=why)
    submission.assigned_to = editor


@transaction.atomic
def unassign_all(editor: Person, by: Person | None = None) -> int:
    """Their stories are nobody's again, when they leave: all but those that are over. How many."""
    theirs = Submission.objects.select_for_update().filter(assigned_to=editor).exclude(state__in=OVER).order_by("pk")
    rows = list(theirs)
    for submission in rows:
        assign(submission, None, by, why="left")
    return len(rows)


def balance() -> int:
    """Give what nobody has to who has least, if the magazine wants it so. How many were given.

    Nobody gets a story of their own, one that they should not judge, or one with a subject that they rest from. What
    would be an absent editor's goes to their cover. A story that nobody may have waits for a hand.
    """
    if not Masthead.current().balances:
        return 0
    waiting = Submission.objects.filter(state__in=UNDECIDED, held=False, assigned_to=None)
    rows = waiting.select_related("call", "writer").prefetch_related("subjects", "conflicts")
    on_duty = editors_on_duty()
    return sum(_give(submission, on_duty) for submission in rows.order_by("reply_due", "pk")[:AT_ONCE])


def _give(submission: Submission, on_duty: dict[int, OnDuty]) -> bool:
    chosen = _least_loaded(submission, on_duty)
    if chosen is None:
        return False
    try:
        assign(submission, chosen.editor, None)
    except (SomebodyElseWon, PermissionDenied):
        return False
    chosen.load += 1
    return True


def _least_loaded(submission: Submission, on_duty: dict[int, OnDuty]) -> OnDuty | None:
    """The editor with the fewest undecided stories who may have this one, or the cover of one who is away."""
    subjects = [subject.pk for subject in submission.subjects.all()]
    conflicts = [conflict.editor_id for conflict in submission.conflicts.all()]
    present = (_in_place_of(editor, on_duty) for editor in on_duty.values())
    may = [editor for editor in present if editor and editor.may_have(submission, subjects, conflicts)]
    return min(may, key=lambda editor: (editor.load, editor.editor.pk), default=None)


def _in_place_of(editor: OnDuty, on_duty: dict[int, OnDuty]) -> OnDuty | None:
    """The editor, or who covers while they are away; None when nobody does, or the cover is away too."""
    if not editor.away:
        return editor
    cover = on_duty.get(editor.cover or 0)
    return cover if cover is not None and not cover.away else None
