"""Nothing stops without somebody being told, and nobody is told of what goes on."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from hearthpress.common import clock
from hearthpress.correspondence.actions import write_to_editors, write_to_writer
from hearthpress.editing import actions as editing
from hearthpress.editing.models import Manuscript
from hearthpress.mail.models import Letter
from hearthpress.masthead.models import Masthead
from hearthpress.people.models import Person
from hearthpress.stories.actions import retract
from hearthpress.submissions import actions as submissions
from hearthpress.submissions.actions import Details
from hearthpress.submissions.marks import Mark
from hearthpress.submissions.models import Submission
from hearthpress.tasks.actions import finish_task
from hearthpress.tasks.dead_ends import find_dead_ends
from hearthpress.tasks.digests import write_digests
from hearthpress.tasks.models import Task
from tests.factories import (
    Cast,
    edited,
    make_accepted,
    make_approved,
    make_manuscript,
    make_story,
    make_submission,
    release_and_tell,
)

pytestmark = pytest.mark.django_db
QUERIES = 18  # two for each dead end, and the masthead four times


@contextmanager
def after(days: float) -> Iterator[None]:
    with clock.at(clock.now() + timedelta(days=days)):
        yield


def open_tasks() -> list[tuple[str, str]]:
    return sorted((task.kind, str(task.submission)) for task in Task.objects.open())


def revising(cast: Cast, days: int = 10) -> Submission:
    submission = make_submission(cast.writer, cast.call)
    details = Details(revise_by=clock.now() + timedelta(days=days))
    release_and_tell(submissions.prepare_decision(submission, cast.editor, "revise", "Again.", details), cast.editor)
    submission.refresh_from_db()
    return submission


def test_what_goes_on_is_nobodys_task(cast: Cast) -> None:
    make_submission(cast.writer, cast.call)
    make_accepted(cast.writer, cast.editor, cast.call)
    make_story(cast.writer, cast.editor, cast.call)
    revising(cast)

    assert find_dead_ends() == 0


def test_a_promise_near_becomes_a_late_one_and_then_none(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)
    promised = submission.reply_due.astimezone(Masthead.current().zone).date()

    with after(28):
        find_dead_ends()
        near = open_tasks()
        due = Task.objects.open().get().due_on
    with after(31):
        find_dead_ends()
        late = open_tasks()
        submissions.apologise(submission, cast.editor, clock.now() + timedelta(days=9), "We are sorry.")
        find_dead_ends()

    assert (near, late) == ([("promise_near", "The Kettle")], [("apologise", "The Kettle")])
    assert due == promised
    assert open_tasks() == []


def test_a_late_one_whose_answer_is_going_out_is_no_task(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)
    with after(31):
        submissions.release(submissions.prepare_decision(submission, cast.editor, "decline", "No."), cast.editor)

        assert find_dead_ends() == 0


def test_changes_that_do_not_come_are_left_open(cast: Cast) -> None:
    submission = revising(cast)

    with after(11):
        find_dead_ends()
        found = open_tasks()
        submissions.leave_open(submission, cast.editor)
        find_dead_ends()

    assert found == [("no_answer", "The Kettle")]
    assert (submission.state, open_tasks()) == ("lapsed", [])


def test_words_of_the_writer_wait_three_days_for_an_answer(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)
    write_to_editors(submission, cast.writer, "May I change the end?")

    with after(2):
        assert find_dead_ends() == 0
    with after(4):
        find_dead_ends()
        found = open_tasks()
        write_to_writer(submission, cast.editor, "Please do.")
        find_dead_ends()

    assert found == [("answer_writer", "The Kettle")]
    assert open_tasks() == []


def asked(cast: Cast, days: int = 5) -> Manuscript:
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call)
    editing.save(manuscript, cast.editor, edited(manuscript))
    due = clock.today(Masthead.current().time_zone) + timedelta(days=days)
    editing.ask_for_approval(manuscript, cast.editor, due)
    return manuscript


def test_no_yes_by_its_day_is_the_editors_task_until_there_is_an_answer(cast: Cast) -> None:
    manuscript = asked(cast)

    with after(5):
        assert find_dead_ends() == 0
    with after(6):
        find_dead_ends()
        found, task = open_tasks(), Task.objects.open().get()
        editing.approve(manuscript, cast.writer, manuscript.revision.sha256)
        find_dead_ends()

    assert found == [("no_yes", "The Kettle")]
    assert task.assignee == cast.editor
    assert open_tasks() == []


def test_no_yes_by_its_day_is_told_in_the_morning(cast: Cast) -> None:
    asked(cast)

    with clock.at((clock.now() + timedelta(days=6)).astimezone(Masthead.current().zone).replace(hour=9)):
        find_dead_ends()
        write_digests()

    letter = Letter.objects.get(kind="tasks/digest", person=cast.editor)
    assert "The writer has not answered about the edited text (“The Kettle”)" in letter.text


def test_no_yes_to_a_story_that_was_taken_down_is_no_task(cast: Cast) -> None:
    story = make_story(cast.writer, cast.editor, cast.call)
    manuscript = story.manuscript
    editing.save(manuscript, cast.editor, edited(manuscript, headline="Another"))
    due = clock.today(Masthead.current().time_zone) + timedelta(days=5)
    editing.ask_for_approval(manuscript, cast.editor, due)
    retract(story, cast.editor, "A complaint.")

    with after(6):
        assert find_dead_ends() == 0


def test_an_agreement_that_is_about_to_lapse_is_told_before(cast: Cast) -> None:
    make_accepted(cast.writer, cast.editor, cast.call)

    with after(13):
        find_dead_ends()

    assert open_tasks() == [("unsigned", "The Kettle")]


@pytest.mark.parametrize("make", [make_manuscript, make_approved])
def test_what_is_accepted_and_not_published_is_told_and_can_be_given_back(cast: Cast, make) -> None:
    manuscript = make(cast.writer, cast.editor, cast.call)
    submission = Submission.objects.select_related("agreement", "writer").get(pk=manuscript.submission_id)

    with after(181):
        find_dead_ends()
        found = open_tasks()
        submissions.could_not_publish(submission, cast.editor, "We have no room for it.")
        find_dead_ends()

    submission.refresh_from_db()
    assert found == [("unpublished", "The Kettle")]
    assert (submission.state, submission.agreement.state, open_tasks()) == ("withdrawn", "given_back", [])


def test_it_is_the_task_of_who_looks_after_it(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)
    submissions.assign(submission, cast.other_editor, cast.editor)

    with after(31):
        find_dead_ends()

    assert [task.assignee for task in Task.objects.open()] == [cast.other_editor]


def test_a_task_that_somebody_ended_comes_back_after_a_week_only(cast: Cast) -> None:
    make_submission(cast.writer, cast.call)
    with after(31):
        find_dead_ends()
        finish_task(Task.objects.get(), cast.editor)

    with after(33):
        find_dead_ends()
        soon = open_tasks()
    with after(39):
        find_dead_ends()

    assert (soon, open_tasks()) == ([], [("apologise", "The Kettle")])


@pytest.mark.parametrize("number", [1, 3])
def test_finding_asks_the_same_when_nothing_is_new(cast: Cast, number: int, django_assert_num_queries) -> None:
    for title in range(number):
        make_submission(cast.writer, cast.call, title=str(title))
    with after(31):
        find_dead_ends()

        with django_assert_num_queries(QUERIES):
            assert find_dead_ends() == 0


def test_nobody_who_has_left_is_given_it(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)
    submissions.assign(submission, cast.other_editor, cast.editor)
    Person.objects.filter(pk=cast.other_editor.pk).update(is_active=False)

    with after(31):
        find_dead_ends()

    assert [task.assignee for task in Task.objects.open()] == [None]


def test_what_is_held_apart_has_its_promise_too(cast: Cast) -> None:
    submissions.hold(make_submission(cast.writer, cast.call), [Mark.LINKS])

    with after(31):
        find_dead_ends()

    assert open_tasks() == [("apologise", "The Kettle")]
