"""Several people and workers at the same moment, on connections of their own."""

from datetime import date, datetime

import pytest

from hearthpress.common import clock
from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.mail.models import Letter
from hearthpress.people.actions import end_role
from hearthpress.submissions.actions import withdraw
from hearthpress.tasks import actions
from hearthpress.tasks.digests import write_digests
from hearthpress.tasks.enums import TaskKind, TaskState
from hearthpress.tasks.models import Digest, Task
from tests.factories import Cast, make_cast, make_submission
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2031, 3, 4)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def test_two_workers_write_one_letter(cast: Cast) -> None:
    actions.make_task(cast.editor, "Ring the printer", DAY, assignee=cast.editor)

    with clock.at(datetime.fromisoformat("2031-03-04T15:00+00:00")):
        outcomes = at_once(write_digests, write_digests, write_digests)

    assert sum(outcomes) == 1, outcomes
    assert Letter.objects.filter(kind="tasks/digest").count() == 1
    assert Digest.objects.filter(person=cast.editor).count() == 1


def test_two_workers_make_one_task(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)

    outcomes = at_once(*[lambda: actions.need_task(TaskKind.APOLOGISE, submission, DAY)] * 3)

    assert outcomes == [Task.objects.get()] * 3
    assert Task.objects.get().events.count() == 1


def test_of_two_who_finish_a_task_one_is_told(cast: Cast) -> None:
    task = actions.make_task(cast.editor, "Ring the printer", DAY)
    copies = [Task.objects.get(pk=task.pk) for _ in range(2)]

    outcomes = at_once(
        lambda: actions.finish_task(copies[0], cast.editor), lambda: actions.finish_task(copies[1], cast.other_editor)
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "SomebodyElseWon"], outcomes
    assert task.events.filter(new=TaskState.DONE).count() == 1


def test_nobody_is_left_with_a_task_who_has_left(cast: Cast) -> None:
    """Given away at the moment when the role ends: the task is refused, or becomes anybody's."""
    task = actions.make_task(cast.owner, "Ring the printer", DAY)
    membership = cast.editor.memberships.get()

    outcomes = at_once(
        lambda: actions.assign_task(Task.objects.get(pk=task.pk), cast.owner, cast.editor),
        lambda: end_role(membership, cast.owner),
    )

    assert outcomes[1] is None
    assert isinstance(outcomes[0], actions.CannotTake | SomebodyElseWon | None), outcomes
    assert Task.objects.get(pk=task.pk).assignee is None


def test_a_story_taken_back_leaves_no_open_task(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)
    open_one = actions.make_task(cast.editor, "Ask about the cup", DAY, submission=submission)

    outcomes = at_once(
        lambda: withdraw(submission, cast.writer),
        lambda: actions.need_task(TaskKind.APOLOGISE, submission, DAY),
        lambda: actions.finish_task(open_one, cast.editor),
    )

    assert outcomes[0] is None, outcomes
    assert all(isinstance(one, Task | SomebodyElseWon | NotAllowed | None) for one in outcomes), outcomes
    assert not Task.objects.open().exists()
