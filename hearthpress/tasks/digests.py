"""The letter in the morning: what is late, what is due today, which promises are near, and which stories are new to
who gets it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from hearthpress.common import clock
from hearthpress.mail.actions import write_letter
from hearthpress.masthead.models import Masthead
from hearthpress.people.models import Person
from hearthpress.people.zone import zone_of
from hearthpress.submissions.doors import desk_submissions
from hearthpress.submissions.duty import covered_by
from hearthpress.submissions.models import Assigned, Duty, Submission, SubmissionQuerySet
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
    """A story that waits for a decision, and its title as this editor may see it; `away` is whose it is, where it is
    this editor's only while that one is away."""

    submission: Submission
    title: str
    away: Person | None = None


@dataclass(frozen=True)
class Due:
    """What somebody's letter says. `anybodys` are due too, and belong to nobody yet; `given` came to them since their
    last letter."""

    late: list[Shown]
    today: list[Shown]
    anybodys: list[Shown]
    promised: list[Promised]
    given: list[Promised]

    def __bool__(self) -> bool:
        return bool(self.late or self.today or self.anybodys or self.promised or self.given)


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
    promised = [one for one in _promised(person) if one.submission.pk not in named]
    named |= {one.submission.pk for one in promised}
    return Due(
        late=[one for one in own if one.task.is_late(today)],
        today=[one for one in own if not one.task.is_late(today)],
        anybodys=anybodys,
        promised=promised,
        given=[one for one in _given(person) if one.submission.pk not in named],
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


def _promised(person: Person) -> list[Promised]:
    """Promises that are near or past: their own, and those of who is away."""
    near = _waiting(person).filter(reply_due__lt=clock.now() + NEAR)
    away = {editor.pk: editor for editor in covered_by(person)}
    spared = Duty.objects.filter(editor=person).values("rest")
    covered = near.filter(assigned_to__in=away).exclude(subjects__in=spared.exclude(rest=None))
    rows = [*near.filter(assigned_to=person)[:MOST], *covered[:MOST]]
    return _titled(person, sorted(rows, key=lambda row: (row.reply_due or row.begun_at, row.pk)), away)


def _given(person: Person) -> list[Promised]:
    """What somebody else, or the balance, has given to them since the last letter, and they still have."""
    last = Digest.objects.filter(person=person).exclude(letter=None).order_by("-at", "-pk").first()
    rows = Assigned.objects.filter(submission=OuterRef("pk"), editor=person)
    rows = rows.exclude(by=person) if last is None else rows.exclude(by=person).filter(at__gt=last.at)
    mine = _waiting(person).filter(Exists(rows), assigned_to=person)
    return _titled(person, list(mine[:MOST]), {})


def _waiting(person: Person) -> SubmissionQuerySet:
    """What is undecided and theirs to read, but for what they leave to others."""
    return desk_submissions(person).queue().exclude(conflicts__editor=person)


def _titled(person: Person, rows: list[Submission], away: dict[int, Person]) -> list[Promised]:
    veiled = Submission.objects.filter(veiled_to(person), pk__in=[row.pk for row in rows])
    behind = set(veiled.values_list("pk", flat=True))
    return [
        Promised(row, blind_title(row) if row.pk in behind else str(row), away.get(row.assigned_to_id or 0))
        for row in rows
    ]
