"""What is held apart, as a list."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from hearthpress.desk.row_numbers import row_number
from hearthpress.people.models import Person
from hearthpress.submissions.doors import desk_submissions
from hearthpress.submissions.enums import UNDECIDED
from hearthpress.submissions.marks import Mark
from hearthpress.submissions.models import Hold, Submission

PAGE = 50


@dataclass(frozen=True)
class Held:
    """A piece that is held, and why, as it stands in a sentence."""

    submission: Submission
    marks: list[str]


@dataclass(frozen=True)
class HeldPage:
    """`after` is the number that the next page begins behind, None on the last one."""

    rows: list[Held]
    after: int | None


def held_submissions(editor: Person) -> QuerySet[Submission]:
    """What this editor may let in, the oldest promise first. Whose it is says no list: see `Held`."""
    return desk_submissions(editor).filter(held=True, state__in=UNDECIDED)


def number_held(editor: Person) -> int:
    """How many there are, found through the few current holds."""
    current = Hold.objects.filter(released_at=None, submission__state__in=UNDECIDED)
    return current.exclude(submission__writer=editor).count()


def held_page(editor: Person, after: str = "") -> HeldPage:
    """The pieces that are held, those that came first first."""
    rows = held_submissions(editor).select_related("call").order_by("pk")
    last = row_number(after)
    if last is not None:
        rows = rows.filter(pk__gt=last)
    current = Hold.objects.filter(released_at=None)
    found = list(rows.prefetch_related(Prefetch("holds", queryset=current, to_attr="current"))[: PAGE + 1])
    shown = [Held(row, _in_words(row.current)) for row in found[:PAGE]]
    return HeldPage(shown, found[PAGE - 1].pk if len(found) > PAGE else None)


def why_held(submission: Submission) -> list[str]:
    """The marks that hold it apart now."""
    return _in_words(list(submission.holds.filter(released_at=None)))


def _in_words(holds: list[Hold]) -> list[str]:
    """The marks of the current hold; a mark of a time before this list counts by its name."""
    words = {mark.value: str(mark.label) for mark in Mark}
    return [words.get(mark, mark) for held in holds for mark in held.marks]
