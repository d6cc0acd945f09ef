"""What becomes of a task, and that it is always written down."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.people.actions import end_role, give_role
from hearthpress.people.enums import Role
from hearthpress.people.models import Person
from hearthpress.submissions.actions import withdraw
from hearthpress.submissions.actions.assigning import assign
from hearthpress.tasks import actions
from hearthpress.tasks.enums import TaskKind, TaskState
from hearthpress.tasks.models import Task
from tests.factories import Cast, make_submission

pytestmark = pytest.mark.django_db
DAY = date(2031, 3, 4)


def make(cast: Cast, title: str = "Ring the printer", **fields: object) -> Task:
    return actions.make_task(cast.editor, title, DAY, **fields)


def copy(task: Task) -> Task:
    return Task.objects.get(pk=task.pk)


def moves(task: Task) -> list[tuple[str, str, Person | None]]:
    return [(event.old, event.new, event.actor) for event in task.events.all()]


def plans(task: Task) -> list[tuple[Person | None, date, Person | None]]:
    return [(plan.assignee, plan.due_on, plan.actor) for plan in task.plans.all()]


def test_a_task_begins_with_who_made_it_and_how_it_was_planned(cast: Cast) -> None:
    task = make(cast, "  Ring the printer ", assignee=cast.other_editor)

    assert task.title == "Ring the printer"
    assert moves(task) == [("", "open", cast.editor)]
    assert plans(task) == [(cast.other_editor, DAY, cast.editor)]


def test_each_plan_is_written_down(cast: Cast) -> None:
    task = make(cast)

    actions.assign_task(task, cast.editor, cast.other_editor)
    actions.move_task(task, cast.other_editor, DAY + timedelta(days=2))
    actions.assign_task(task, cast.owner, None)

    assert plans(task) == [
        (None, DAY, cast.editor),
        (cast.other_editor, DAY, cast.editor),
        (cast.other_editor, DAY + timedelta(days=2), cast.other_editor),
        (None, DAY + timedelta(days=2), cast.owner),
    ]
    assert moves(task) == [("", "open", cast.editor)]


def test_what_is_done_may_be_undone(cast: Cast) -> None:
    task = make(cast, assignee=cast.editor)

    actions.finish_task(task, cast.other_editor)
    assert (copy(task).state, copy(task).ended_by, copy(task).assignee) == ("done", cast.other_editor, cast.editor)
    actions.reopen_task(task, cast.editor)

    assert (copy(task).state, copy(task).ended_by, copy(task).ended_at) == ("open", None, None)
    assert [new for _, new, _ in moves(task)] == ["open", "done", "open"]


def test_a_dropped_task_says_so(cast: Cast) -> None:
    task = make(cast)

    actions.drop_task(task, cast.editor)

    assert copy(task).state == TaskState.DROPPED
    assert copy(task).ended_at is not None


@pytest.mark.parametrize(
    "act",
    [
        lambda task, cast: actions.assign_task(task, cast.editor, cast.owner),
        lambda task, cast: actions.move_task(task, cast.editor, DAY + timedelta(days=9)),
        lambda task, cast: actions.finish_task(task, cast.editor),
        lambda task, cast: actions.drop_task(task, cast.editor),
    ],
    ids=["assign", "move", "finish", "drop"],
)
def test_who_comes_second_is_told(cast: Cast, act: object) -> None:
    task = make(cast)
    older = copy(task)
    actions.finish_task(task, cast.other_editor)
    before = moves(task), plans(task)

    with pytest.raises(SomebodyElseWon):
        act(older, cast)

    assert (moves(task), plans(task)) == before


@pytest.mark.parametrize("change", ["assign", "move"])
def test_a_plan_made_over_another_is_told(cast: Cast, change: str) -> None:
    task = make(cast)
    older = copy(task)
    if change == "assign":
        actions.assign_task(task, cast.editor, cast.owner)
    else:
        actions.move_task(task, cast.editor, DAY + timedelta(days=1))

    with pytest.raises(SomebodyElseWon):
        actions.assign_task(older, cast.editor, cast.other_editor)


def test_done_twice_is_not_allowed(cast: Cast) -> None:
    task = make(cast)
    actions.finish_task(task, cast.editor)

    with pytest.raises(NotAllowed):
        actions.finish_task(task, cast.editor)


@pytest.mark.parametrize("who", ["writer", "bookkeeper"])
def test_only_editors_work_on_tasks(cast: Cast, who: str) -> None:
    task, person = make(cast), getattr(cast, who)
    acts = [
        lambda: actions.make_task(person, "Mine", DAY),
        lambda: actions.assign_task(task, person, None),
        lambda: actions.move_task(task, person, DAY),
        lambda: actions.finish_task(task, person),
        lambda: actions.drop_task(task, person),
        lambda: actions.reopen_task(task, person),
    ]

    for act in acts:
        with pytest.raises(PermissionDenied):
            act()


def test_nobody_works_on_a_task_about_their_own_story(cast: Cast) -> None:
    own = make_submission(cast.other_editor, cast.call)
    task = make(cast, submission=own)

    with pytest.raises(PermissionDenied):
        actions.finish_task(task, cast.other_editor)
    with pytest.raises(PermissionDenied):
        actions.make_task(cast.other_editor, "Mine", DAY, submission=own)
    with pytest.raises(actions.CannotTake):
        actions.assign_task(task, cast.editor, cast.other_editor)


@pytest.mark.parametrize("who", ["writer", "bookkeeper"])
def test_only_editors_are_given_tasks(cast: Cast, who: str) -> None:
    with pytest.raises(actions.CannotTake):
        make(cast, assignee=getattr(cast, who))


def test_a_needed_task_is_there_once(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)

    first = actions.need_task(TaskKind.APOLOGISE, submission, DAY, cast.editor)
    again = actions.need_task(TaskKind.APOLOGISE, submission, DAY + timedelta(days=1))

    assert first == again
    assert (first.made_by, first.assignee, first.due_on) == (None, cast.editor, DAY)
    assert moves(first) == [("", "open", None)]
    assert str(first) == "Apologise, and promise a new date"


def test_a_task_is_needed_again_after_it_was_done(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)
    first = actions.need_task(TaskKind.APOLOGISE, submission, DAY)
    actions.finish_task(first, cast.editor)

    again = actions.need_task(TaskKind.APOLOGISE, submission, DAY)

    assert first != again
    with pytest.raises(NotAllowed):
        actions.reopen_task(first, cast.editor)
    assert copy(first).state == TaskState.DONE


def test_a_needed_task_passes_over_who_cannot_take_it(cast: Cast) -> None:
    own = make_submission(cast.editor, cast.call)

    tasks = [
        actions.need_task(TaskKind.APOLOGISE, own, DAY, cast.editor),
        actions.need_task(TaskKind.UNSIGNED, own, DAY, cast.bookkeeper),
    ]

    assert [task.assignee for task in tasks] == [None, None]


def test_settled_tasks_are_the_machines_alone(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)
    needed = actions.need_task(TaskKind.PROMISE_NEAR, submission, DAY)
    other = actions.need_task(TaskKind.UNSIGNED, submission, DAY)
    typed = make(cast, submission=submission)

    actions.settle_tasks(submission, TaskKind.PROMISE_NEAR, why="decided")

    assert [copy(task).state for task in (needed, other, typed)] == ["dropped", "open", "open"]


def test_a_story_taken_back_leaves_nothing_to_do(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)
    needed = actions.need_task(TaskKind.APOLOGISE, submission, DAY)
    typed = make(cast, submission=submission)

    withdraw(submission, cast.writer)

    for task in (needed, typed):
        assert copy(task).state == TaskState.DROPPED
        assert [event.actor for event in task.events.all()][1:] == [None]
        assert copy(task).ended_by is None


def test_no_task_is_made_about_a_story_that_was_taken_back(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)
    withdraw(submission, cast.writer)

    with pytest.raises(SomebodyElseWon):
        make(cast, submission=submission)
    with pytest.raises(SomebodyElseWon):
        actions.need_task(TaskKind.APOLOGISE, submission, DAY)


def test_tasks_of_an_editor_who_leaves_become_anybodys(cast: Cast) -> None:
    theirs, done, others = make(cast, assignee=cast.editor), make(cast, assignee=cast.editor), make(cast)
    actions.assign_task(others, cast.editor, cast.other_editor)
    actions.finish_task(done, cast.editor)

    end_role(cast.editor.memberships.get(), cast.owner)

    assert [copy(task).assignee for task in (theirs, done, others)] == [None, cast.editor, cast.other_editor]
    assert plans(theirs)[-1] == (None, DAY, cast.owner)
    told = Task.objects.get(kind=TaskKind.NO_EDITOR)
    assert "Edith Editor has left the desk" in str(told)
    assert (told.assignee, told.submission) == (None, None)


def test_stories_of_an_editor_who_leaves_are_nobodys_and_a_task_says_so(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)
    assign(submission, cast.editor, cast.owner)

    end_role(cast.editor.memberships.get(), cast.owner)

    submission.refresh_from_db()
    assert submission.assigned_to is None
    assert Task.objects.get().kind == TaskKind.NO_EDITOR


def test_an_editor_who_leaves_with_nothing_to_do_makes_no_work(cast: Cast) -> None:
    end_role(cast.editor.memberships.get(), cast.owner)

    assert not Task.objects.exists()


def test_who_stays_at_the_desk_in_another_role_keeps_the_tasks(cast: Cast) -> None:
    task = make(cast, assignee=cast.editor)
    role = give_role(cast.editor, Role.OWNER, by=cast.owner)

    end_role(role, cast.owner)

    assert copy(task).assignee == cast.editor


def test_a_role_that_had_ended_already_ends_nothing_twice(cast: Cast) -> None:
    membership = cast.editor.memberships.get()
    make(cast, assignee=cast.editor)

    end_role(membership, cast.owner)
    end_role(membership, cast.owner)

    assert Task.objects.filter(kind=TaskKind.NO_EDITOR).count() == 1


def test_a_reopened_task_of_somebody_who_left_is_anybodys(cast: Cast) -> None:
    task = make(cast, assignee=cast.editor)
    actions.finish_task(task, cast.editor)
    end_role(cast.editor.memberships.get(), cast.owner)

    actions.reopen_task(copy(task), cast.owner)

    assert (copy(task).state, copy(task).assignee) == (TaskState.OPEN, None)


def test_a_verb_that_fails_leaves_nothing(cast: Cast) -> None:
    with pytest.raises(actions.CannotTake), transaction.atomic():
        make(cast, assignee=cast.writer)

    assert not Task.objects.exists()
