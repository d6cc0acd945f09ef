"""The letter in the morning: what is late, what is due today, and which promises are near."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from hearthpress.common import clock
from hearthpress.mail.actions import write_letter
from hearthpress.masthead.models import Masthead
from hearthpress.people.models import Person
from hearthpress.people.zone import zone_of
from hearthpress.submissions.doors import desk_submissions
from hearthpress.submissions.models import Duty, Submission
from hearthpress.submissions.veil import veiled_to
from hearthpress.tasks.doors import desk_tasks
from hearthpress.tasks.models import Digest
from hearthpress.tasks.people import at_desk
from hearthpress.tasks.words import Shown, blind_title, shown

MORNING = time(8)  # where the person is
NEAR = timedelta(days=3)
MOST = 30  # of each list: a letter is read on a phone


@dataclass(frozen=True)
class Promised:
    """A story that waits for a decision, its title as this editor may see it, and the moment promised."""

    submission: Submission
    title: str
    late: bool


@dataclass(frozen=True)
class Due:
    """What somebody's letter says. `anybodys` are due too, and belong to nobody yet."""

    late: list[Shown]
    today: list[Shown]
    anybodys: list[Shown]
    promised: list[Promised]

    def __bool__(self) -> bool:
        return bool(self.late or self.today or self.anybodys or self.promised)


def write_digests() -> int:
    """Write to everybody at the desk whose morning it is or was, and who has not been written to today. How many.

    One row a person and day makes it once: a clock that is set back, a person who moves, a second worker or one that
    was killed neither skip a day nor write twice. Who was not written to at eight is written to when a worker is back.
    """
    masthead = Masthead.current()
    waiting = [(person, day) for person in at_desk().order_by("pk") if (day := _morning_of(person, masthead))]
    seen = Digest.objects.filter(person__in=[person for person, _ in waiting], day__in={day for _, day in waiting})
    done = set(seen.values_list("person_id", "day"))
    return sum(_write(person, day, masthead) for person, day in waiting if (person.pk, day) not in done)


def choose_digest(person: Person, wanted: bool) -> None:
    """Whether this person gets the letter from tomorrow on."""
    Duty.objects.update_or_create(editor=person, defaults={"digest": wanted})


def has_digest(person: Person) -> bool:
    """Whether they get it; whoever has not said so does."""
    return not Duty.objects.filter(editor=person, digest=False).exists()


def due_for(person: Person, today: date) -> Due:
    """What the letter of `today` says to this person, each thing once."""
    tasks = desk_tasks(person).open().with_people().order_by("due_on", "pk").filter(due_on__lte=today)
    own = [shown(task) for task in tasks.filter(assignee=person)[:MOST]]
    anybodys = [shown(task) for task in tasks.filter(assignee=None)[:MOST]]
    named = {one.task.submission_id for one in own + anybodys}
    return Due(
        late=[one for one in own if one.task.is_late(today)],
        today=[one for one in own if not one.task.is_late(today)],
        anybodys=anybodys,
        promised=[one for one in _promised(person) if one.submission.pk not in named],
    )


def _morning_of(person: Person, masthead: Masthead) -> date | None:
    """The date where the person is, from eight in the morning on."""
    there: datetime = clock.now().astimezone(zone_of(person, masthead))
    return there.date() if there.time() >= MORNING else None


def _write(person: Person, day: date, masthead: Masthead) -> int:
    """The letter, if there is something to say, and the row that says that this morning was seen to."""
    try:
        with transaction.atomic(), timezone.override(zone_of(person, masthead)):
            due = due_for(person, day) if _wants(person, day) else None
            context = {"due": due, "day": day, "most": MOST}
            letter = write_letter("tasks/digest", person.email, context, person=person) if due else None
            Digest.objects.create(person=person, day=day, letter=letter)
    except IntegrityError:  # another worker saw to it in the same moment
        return 0
    return int(letter is not None)


def _wants(person: Person, day: date) -> bool:
    """Not who has turned the letter off, nor who is away."""
    away = Q(duty__away_from__lte=day) & (Q(duty__away_until__gte=day) | Q(duty__away_until=None))
    return not Person.objects.filter(Q(duty__digest=False) | away, pk=person.pk).exists()


def _promised(person: Person) -> Iterable[Promised]:
    mine = desk_submissions(person).queue().filter(assigned_to=person, reply_due__lt=clock.now() + NEAR)
    behind_veil = set(mine.filter(veiled_to(person)).values_list("pk", flat=True))
    for row in mine[:MOST]:
        title = blind_title(row) if row.pk in behind_veil else str(row)
        yield Promised(row, title, row.late)
