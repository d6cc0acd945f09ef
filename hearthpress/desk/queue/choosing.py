"""Which stories the queue shows. What chooses among them stands in one index, so that no text is read for it."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from hearthpress.common import clock
from hearthpress.desk.queue.filters import COLUMNS, ME, NOBODY, STATES, WORDS, Due, Filter, Mine, Where
from hearthpress.people.models import Byline, Person
from hearthpress.submissions.doors import desk_submissions
from hearthpress.submissions.enums import UNDECIDED
from hearthpress.submissions.models import Call, Reading, Submission, SubmissionQuerySet
from hearthpress.submissions.veil import veiled_to
from hearthpress.tasks.digests import NEAR

MOST = 1_000  # what a list counts; any number beyond it is "more than" that


def chosen_by(editor: Person, chosen: Filter) -> SubmissionQuerySet:
    """All that is chosen, in no order. What is held apart, taken back or the editor's own is never among it."""
    rows = desk_submissions(editor).filter(held=False, state__in=STATES[chosen.where]).order_by()
    return rows.filter(*_conditions(editor, chosen))


def some_with_writers(editor: Person) -> bool:
    """Whether any story is with its writer for changes."""
    return chosen_by(editor, Filter(where=Where.WRITER)).exists()


def first_numbers(editor: Person, chosen: Filter, after: str, most: int) -> list[int]:
    """The numbers of so many rows at the most, in the order asked for, from behind the story with the key `after`.

    Each state is asked for by itself and its first rows are merged: the index has them in this order.
    """
    column = COLUMNS[chosen.sort]
    rows = chosen_by(editor, chosen).filter(_behind(editor, column, after)).order_by(column, "pk")
    found: list[tuple[Any, int]] = []
    for state in STATES[chosen.where]:
        found += rows.filter(state=state).values_list(column, "pk")[:most]
    return [number for _place, number in sorted(found)[:most]]


def numbers(editor: Person, chosen: Filter) -> tuple[int, int]:
    """How many are chosen, and how many of them are late; MOST + 1 stands for any number beyond MOST.

    Counted in no order: where few are chosen, the database may begin with what chooses them.
    """
    rows = chosen_by(editor, chosen)
    return _at_most(rows), _at_most(rows.filter(_late(clock.now())))


def _at_most(rows: SubmissionQuerySet) -> int:
    return rows[: MOST + 1].count()


def _behind(editor: Person, column: str, after: str) -> Q:
    """No OFFSET: rows are found by the last row's place, which stays even when that row has left the list."""
    last = desk_submissions(editor).filter(key=after).values_list(column, "pk").first() if after.isalnum() else None
    if last is None or last[0] is None:
        return Q()
    place, number = last
    return Q(**{f"{column}__gte": place}) & (Q(**{f"{column}__gt": place}) | Q(pk__gt=number))


def _conditions(editor: Person, chosen: Filter) -> list[Q]:
    now = clock.now()
    read = Exists(Reading.objects.filter(submission=OuterRef("pk"), editor=editor))
    touched = Submission.subjects.through.objects.filter(submission=OuterRef("pk"), subject=chosen.subject)
    least, most = WORDS.get(chosen.length, (0, None))
    conditions = {
        "find": _said(editor, chosen.find),
        "call": Q(call=chosen.call),
        "kind": Q(call__in=Call.objects.filter(kind=chosen.kind)),
        "subject": Q(Exists(touched)),
        "who": _looked_after(editor, chosen.who),
        "mine": Q(read) if chosen.mine == Mine.IN else ~Q(read),
        "due": _late(now) if chosen.due == Due.LATE else _near(now),
        "length": Q(words__gte=least) if most is None else Q(words__range=(least, most)),
        "urgent": Q(urgency__isnull=False),
    }
    return [condition for name, condition in conditions.items() if getattr(chosen, name)]


def _late(now: datetime) -> Q:
    return Q(reply_due__lt=now, state__in=UNDECIDED)


def _near(now: datetime) -> Q:
    return Q(reply_due__range=(now, now + NEAR), state__in=UNDECIDED)


def _looked_after(editor: Person, who: str) -> Q:
    if who == NOBODY:
        return Q(assigned_to=None)
    return Q(assigned_to=editor.pk if who == ME or not who else int(who))


def _said(editor: Person, words: str) -> Q:
    """In the title, the name that it is signed with, or as the key. Behind the veil nothing is looked for but the
    title without names: what a list finds tells as much as what it shows."""
    veiled = veiled_to(editor)
    signed = Byline.objects.filter(name__icontains=words)
    key = Q(key=words)
    seen = Q(title__icontains=words) | Q(byline__in=signed)
    # Whether it is veiled is asked first: it is the cheaper question.
    return key | (veiled & Q(blind_title__icontains=words)) | (~veiled & seen)
