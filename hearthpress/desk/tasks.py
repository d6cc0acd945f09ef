"""The lists of tasks: whose, of which kind, from where on; and what happened to one."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db import models
from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearthpress.desk.history import Happening
from hearthpress.desk.row_numbers import row_number
from hearthpress.people.models import Person
from hearthpress.submissions.models import Submission
from hearthpress.tasks.doors import desk_tasks
from hearthpress.tasks.enums import TaskKind, TaskState
from hearthpress.tasks.models import Task, TaskQuerySet
from hearthpress.tasks.words import Shown, shown

PAGE = 50
LATELY = 5  # done tasks beside a story


class Whose(models.TextChoices):
    MINE = "mine", gettext_lazy("Mine")
    ANYBODYS = "anybodys", gettext_lazy("Anybody’s")
    ALL = "all", gettext_lazy("Everybody’s")
    DONE = "done", gettext_lazy("Done")


@dataclass(frozen=True)
class Filter:
    """What a list shows, as its URL says it. `who` is a person's number: who has it, or who has done it."""

    whose: Whose = Whose.MINE
    kind: str = ""
    who: int | None = None

    @classmethod
    def of(cls, query: QueryDict) -> "Filter":
        """What the query says; what it says badly it does not say."""
        whose, kind = query.get("whose", ""), query.get("kind", "")
        return cls(
            Whose(whose) if whose in Whose.values else Whose.MINE,
            kind if kind in TaskKind.values else "",
            row_number(query.get("who", "")),
        )

    def query(self, **more: str) -> str:
        """The part of the URL after "?"."""
        said = {"whose": self.whose.value, "kind": self.kind, "who": str(self.who or ""), **more}
        return urlencode({name: value for name, value in said.items() if value})


@dataclass(frozen=True)
class Group:
    """Tasks under one headline. `late` ones are past their day."""

    title: str
    rows: list[Shown]
    late: bool = False


@dataclass(frozen=True)
class TaskPage:
    """One page of a list. `after` is the key of the task that the next page begins behind, "" on the last one."""

    groups: list[Group]
    after: str


def task_page(editor: Person, chosen: Filter, today: date, after: str = "") -> TaskPage:
    """What this editor may see of what is chosen, the oldest day first; of what is done the newest first."""
    rows = list(_behind(_chosen(editor, chosen), editor, after)[: PAGE + 1])
    grouped = _as_done if chosen.whose == Whose.DONE else _by_day
    groups = grouped([shown(task) for task in rows[:PAGE]], today)
    return TaskPage(groups, rows[PAGE - 1].key if len(rows) > PAGE else "")


def numbers_of_tasks(editor: Person) -> dict[str, int]:
    """How many open tasks each list has."""
    mine, anybodys = Q(assignee=editor), Q(assignee=None)
    counts = {Whose.MINE: Count("pk", filter=mine), Whose.ANYBODYS: Count("pk", filter=anybodys)}
    return desk_tasks(editor).open().aggregate(**counts, **{Whose.ALL: Count("pk")})


def tasks_of_story(editor: Person, submission: Submission) -> dict[str, list[Shown]]:
    """For the story's page: what is still to be done, and what was done lately."""
    theirs = desk_tasks(editor).with_people().filter(submission=submission)
    done = theirs.filter(state=TaskState.DONE).order_by("-ended_at", "-pk")[:LATELY]
    return {
        "open_tasks": [shown(task) for task in theirs.open().order_by("due_on", "pk")],
        "done_tasks": [shown(task) for task in done],
    }


def task_history(task: Task, viewer: Person) -> list[Happening]:
    """Who did what with the task, oldest first."""
    told = [
        Happening(event.at, _what_happened(event.old, event.new), _by(event.actor, viewer), event.why)
        for event in task.events.select_related("actor")
    ]
    # The first plan is the one that it was made with, and stands beside "Made".
    for plan in task.plans.select_related("assignee", "actor"):
        words = _("%(name)s, by %(day)s") % {
            "name": plan.assignee or _("Anybody"),
            "day": date_format(plan.due_on, "DATE_FORMAT"),
        }
        told.append(Happening(plan.at, words, _by(plan.actor, viewer), ""))
    return sorted(told, key=lambda happening: happening.at)


def _chosen(editor: Person, chosen: Filter) -> TaskQuerySet:
    rows = desk_tasks(editor).with_people()
    if chosen.kind:
        rows = rows.filter(kind=chosen.kind)
    if chosen.whose == Whose.DONE:
        rows = rows.filter(state=TaskState.DONE).order_by("-ended_at", "-pk")
        return rows.filter(ended_by=chosen.who) if chosen.who else rows
    rows = rows.open().order_by("due_on", "pk")
    if chosen.whose == Whose.ALL:
        return rows.filter(assignee=chosen.who) if chosen.who else rows
    return rows.filter(assignee=editor if chosen.whose == Whose.MINE else None)


def _behind(rows: TaskQuerySet, editor: Person, after: str) -> TaskQuerySet:
    """No OFFSET: rows are found by the last row's place, which stays even when that row has left the list."""
    last = desk_tasks(editor).filter(key=after).first() if after.isalnum() else None
    if last is None:
        return rows
    if rows.query.order_by[0] == "due_on":
        return rows.filter(Q(due_on__gt=last.due_on) | Q(due_on=last.due_on, pk__gt=last.pk))
    return rows.filter(Q(ended_at__lt=last.ended_at) | Q(ended_at=last.ended_at, pk__lt=last.pk))


def _by_day(rows: list[Shown], today: date) -> list[Group]:
    groups = [
        Group(_("Past their day"), [row for row in rows if row.task.due_on < today], late=True),
        Group(_("Today"), [row for row in rows if row.task.due_on == today]),
        Group(_("Later"), [row for row in rows if row.task.due_on > today]),
    ]
    return [group for group in groups if group.rows]


def _as_done(rows: list[Shown], today: date) -> list[Group]:
    return [Group(_("Done"), rows)] if rows else []


def _what_happened(old: str, new: str) -> str:
    if new == TaskState.OPEN:
        return _("Taken up again") if old else _("Made")
    return str(TaskState(new).label)


def _by(actor: Person | None, viewer: Person) -> str:
    if actor is None:
        return ""
    return _("you") if actor.pk == viewer.pk else str(actor)
