"""Held apart from the queue, and let in again. Nothing is ever dropped."""

from collections.abc import Iterable

from django.db import transaction

from hearthpress.common import clock
from hearthpress.common.states import SomebodyElseWon
from hearthpress.people.models import Person
from hearthpress.submissions.marks import Mark
from hearthpress.submissions.models import Hold, Submission


@transaction.atomic
def hold(submission: Submission, marks: Iterable[Mark]) -> None:
    """Hold a piece that was sent apart from the queue. One that is held already gets the new marks too."""
    current = Hold.objects.select_for_update().filter(submission=submission, released_at=None).first()
    before = current.marks if current else []
    together = [*before, *(mark.value for mark in marks if mark.value not in before)]
    Hold.objects.update_or_create(submission=submission, released_at=None, defaults={"marks": together})
    Submission.objects.filter(pk=submission.pk).update(held=True)
    submission.held = True


@transaction.atomic
def let_in(submission: Submission, editor: Person) -> None:
    """Let it into the queue, with the promise that it was given. Raises SomebodyElseWon: it is there already."""
    if not Submission.objects.filter(pk=submission.pk, held=True).update(held=False):
        raise SomebodyElseWon("let in already")
    current = Hold.objects.filter(submission=submission, released_at=None)
    current.update(released_by=editor, released_at=clock.now())
    submission.held = False
