"""Who may be given a story now: what each editor takes on, when they are away, and who covers for them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count

from hearthpress.common import clock
from hearthpress.masthead.models import Masthead
from hearthpress.people.enums import Role
from hearthpress.people.models import Person
from hearthpress.submissions.enums import UNDECIDED
from hearthpress.submissions.models import Duty, Submission


@dataclass
class OnDuty:
    """An editor who works here, what they take on now, and how many undecided stories they have."""

    editor: Person
    takes_new: bool = True
    away: bool = False
    cover: int | None = None
    rest: frozenset[int] = field(default_factory=frozenset)
    load: int = 0

    def may_have(self, submission: Submission, subjects: Iterable[int], conflicts: Iterable[int]) -> bool:
        """Whether this story may be given to them without asking: `subjects` are its subjects' numbers, `conflicts`
        those of the editors who said that others should judge it."""
        own = submission.writer_id == self.editor.pk
        return self.takes_new and not (own or self.rest & set(subjects) or self.editor.pk in conflicts)


def editors_on_duty() -> dict[int, OnDuty]:
    """Everybody who may read stories here, by number. Three queries."""
    roles = (Role.EDITOR, Role.OWNER)
    editors = Person.objects.filter(is_active=True, memberships__ended_at=None, memberships__role__in=roles)
    duties = {duty.editor_id: duty for duty in Duty.objects.prefetch_related("rest")}
    mine = Submission.objects.filter(state__in=UNDECIDED, held=False).exclude(assigned_to=None).order_by()
    loads = dict(mine.values_list("assigned_to").annotate(Count("pk")))
    return {editor.pk: _on_duty(editor, duties.get(editor.pk), loads) for editor in editors.distinct().order_by("pk")}


def responsible_for(submission: Submission) -> Person | None:
    """Who answers for the story today: who has it, or their cover while they are away; None when nobody has it.

    A cover who rests from one of its subjects is spared.
    """
    if submission.assigned_to is None:
        return None
    duty = Duty.objects.filter(editor=submission.assigned_to).select_related("cover", "editor").first()
    if duty is None or duty.cover is None or not is_away(duty) or rests_from(duty.cover, submission):
        return submission.assigned_to
    return duty.cover


def covered_by(editor: Person) -> list[Person]:
    """Those who are away, and for whom this editor answers meanwhile."""
    duties = Duty.objects.filter(cover=editor).exclude(away_from=None).select_related("editor").order_by("pk")
    return [duty.editor for duty in duties if is_away(duty)]


def rests_from(editor: Person, submission: Submission) -> bool:
    """Whether the story has a subject that is not to be given to them now. Why, nobody asks."""
    subjects = [subject.pk for subject in submission.subjects.all()]
    return bool(subjects) and Duty.objects.filter(editor=editor, rest__in=subjects).exists()


def own_duty(editor: Person) -> Duty:
    """What they take on; as it begins for who has not said anything yet."""
    return Duty.objects.filter(editor=editor).first() or Duty(editor=editor)


def is_away(duty: Duty, today: date | None = None) -> bool:
    """Whether today, in the editor's own zone, is one of the days away. Both ends are included."""
    day = today or clock.today(duty.editor.time_zone or Masthead.current().time_zone)
    if duty.away_from is None or day < duty.away_from:
        return False
    return duty.away_until is None or day <= duty.away_until


def _on_duty(editor: Person, duty: Duty | None, loads: dict[int | None, int]) -> OnDuty:
    load = loads.get(editor.pk, 0)
    if duty is None:
        return OnDuty(editor, load=load)
    duty.editor = editor
    rest = frozenset(subject.pk for subject in duty.rest.all())
    return OnDuty(editor, duty.takes_new, is_away(duty), duty.cover_id, rest, load)
