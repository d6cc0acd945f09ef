"""Make, assign, move, finish, drop, reopen: the only ways in which a task changes."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from hearthpress.common import clock
from hearthpress.common.errors import Sentence
from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.masthead.models import Masthead
from hearthpress.people.models import Membership, Person
from hearthpress.submissions.actions.assigning import unassign_all
from hearthpress.submissions.enums import SubmissionState
from hearthpress.submissions.models import Submission
from hearthpress.tasks.enums import TaskKind, TaskState
from hearthpress.tasks.models import Planned, Task, TaskEvent
from hearthpress.tasks.people import at_desk, hold_place


class CannotTake(Sentence):
    """This person does not work at the desk now, or may not read the story that the task is about."""


@transaction.atomic
def make_task(
    editor: Person, title: str, due_on: date, *, submission: Submission | None = None, assignee: Person | None = None
) -> Task:
    """A task that an editor typed. Raises CannotTake; SomebodyElseWon when the story was taken back meanwhile."""
    task = Task(title=title.strip(), due_on=due_on, submission=submission, assignee=assignee, made_by=editor)
    _require_worker(editor, task)
    _require_able(assignee, task)
    if submission is not None:
        _hold_at_desk(submission)
    task.save()
    return _made(task)


@transaction.atomic
def need_task(kind: TaskKind, submission: Submission, due_on: date, assignee: Person | None = None) -> Task:
    """The open task of this kind about the submission: the one there is, or a new one, made by the machine.

    Whoever cannot take it is passed over: then it is anybody's. Raises SomebodyElseWon when the story was taken back.
    """
    task = Task(kind=kind, submission=submission, due_on=due_on)
    # Their place before the story, in the order in which leaving the desk locks them: no deadlock.
    able = assignee is not None and hold_place(assignee) and assignee.has_perm("tasks.work", task)
    _hold_at_desk(submission)
    found, is_new = Task.objects.get_or_create(
        kind=kind,
        submission=submission,
        state=TaskState.OPEN,
        defaults={"due_on": due_on, "assignee": assignee if able else None},
    )
    return _made(found) if is_new else found


@transaction.atomic
def plan_task(task: Task, editor: Person, to: Person | None, due_on: date) -> None:
    """Who does the task (None: anybody), and by when. Raises CannotTake, SomebodyElseWon."""
    _require_worker(editor, task)
    if to != task.assignee:
        _require_able(to, task)
    _plan(task, editor, assignee=to, due_on=due_on)


def assign_task(task: Task, editor: Person, to: Person | None) -> None:
    """Give the task to somebody, or back to everybody. Raises CannotTake, SomebodyElseWon."""
    plan_task(task, editor, to, task.due_on)


def move_task(task: Task, editor: Person, due_on: date) -> None:
    """Another day for the task. Raises SomebodyElseWon."""
    plan_task(task, editor, task.assignee, due_on)


@transaction.atomic
def finish_task(task: Task, editor: Person) -> None:
    """It is done, whoever had it. Raises NotAllowed, SomebodyElseWon."""
    _require_worker(editor, task)
    task.move(TaskState.DONE, actor=editor, ended_by=editor, ended_at=clock.now())


@transaction.atomic
def drop_task(task: Task, editor: Person) -> None:
    """It need not be done any more. Raises NotAllowed, SomebodyElseWon."""
    _require_worker(editor, task)
    task.move(TaskState.DROPPED, actor=editor, ended_by=editor, ended_at=clock.now())


@transaction.atomic
def reopen_task(task: Task, editor: Person) -> None:
    """It is to be done after all. Of somebody who has left the desk meanwhile it becomes anybody's.

    Raises NotAllowed, also when a new task of its kind about the story is open; SomebodyElseWon.
    """
    _require_worker(editor, task)
    stays = task.assignee is None or hold_place(task.assignee)
    try:
        with transaction.atomic():
            task.move(TaskState.OPEN, actor=editor, ended_by=None, ended_at=None)
    except IntegrityError as error:
        raise NotAllowed("There is a new task of this kind already.") from error
    if not stays:
        _plan(task, editor, assignee=None)


@transaction.atomic
def settle_tasks(submission: Submission, *kinds: TaskKind, why: str = "") -> None:
    """What the machine's open tasks of these kinds asked for has happened, or can happen no more: nobody need do it."""
    _drop_all(submission.tasks.open().filter(kind__in=kinds), why)


def drop_with_submission(submission: Submission, actor: Person | None = None) -> None:
    """Reaction: of a story that was taken back nothing is left to do. The writer is not named in what remains."""
    _drop_all(submission.tasks.open(), why="the story was taken back")


def share_out(membership: Membership, actor: Person) -> None:
    """Reaction: an editor's stories and tasks are anybody's once they have left, and a task tells the team.

    Somebody who still works at the desk in another role keeps what is theirs. The stories come first, in the order in
    which taking one back locks it and its tasks.
    """
    person = membership.person
    if at_desk().filter(pk=person.pk).exists():
        return
    stories = unassign_all(person, actor)
    theirs = list(Task.objects.open().filter(assignee=person).select_for_update().order_by("pk"))
    for task in theirs:
        _plan(task, actor, assignee=None)
    if stories or theirs:
        _tell_team(person)


def _tell_team(person: Person) -> None:
    title = _("%(name)s has left the desk. Please share out what was theirs.") % {"name": person}
    today = clock.today(Masthead.current().time_zone)
    _made(Task.objects.create(kind=TaskKind.NO_EDITOR, title=title, due_on=today))


def _made(task: Task) -> Task:
    """Write down that the task is there now, and how it was planned."""
    TaskEvent.objects.create(subject=task, old="", new=TaskState.OPEN, actor=task.made_by)
    _write_plan(task, task.made_by)
    return task


def _plan(task: Task, actor: Person, **changes: Any) -> None:
    """Change who has the task or by when, if it is still open and planned as this copy of it says."""
    seen = Task.objects.open().filter(pk=task.pk, assignee=task.assignee_id, due_on=task.due_on)
    if not seen.update(**changes):
        raise SomebodyElseWon(f"task {task.key} is no longer as it was")
    for name, value in changes.items():
        setattr(task, name, value)
    _write_plan(task, actor)


def _write_plan(task: Task, actor: Person | None) -> None:
    Planned.objects.create(subject=task, assignee=task.assignee, due_on=task.due_on, actor=actor)


def _drop_all(tasks: Any, why: str) -> None:
    """Locked first: somebody who finishes one at the same moment neither waits in a circle nor undoes the verb."""
    for task in tasks.select_for_update().order_by("pk"):
        task.move(TaskState.DROPPED, why=why, ended_at=clock.now())


def _hold_at_desk(submission: Submission) -> None:
    """Nobody can take the story back before this transaction has ended. Raises SomebodyElseWon when somebody has."""
    held = Submission.objects.select_for_update(no_key=True).exclude(state=SubmissionState.WITHDRAWN)
    if not list(held.filter(pk=submission.pk).values_list("pk")):
        raise SomebodyElseWon("taken back")


def _require_worker(editor: Person, task: Task) -> None:
    if not editor.has_perm("tasks.work", task):
        raise PermissionDenied("Tasks are worked on by editors, and not by who wrote the story.")


def _require_able(person: Person | None, task: Task) -> None:
    if person is not None and not (hold_place(person) and person.has_perm("tasks.work", task)):
        raise CannotTake(f"{person} cannot take this task.")
