"""What was decided is not decided again from an old page."""

import pytest

from hearthpress.common.states import SomebodyElseWon
from hearthpress.submissions import actions as submissions
from hearthpress.submissions.models import Reading, Submission
from tests.factories import Cast, make_submission, release_and_tell

pytestmark = pytest.mark.django_db


def copy_of(submission: Submission) -> Submission:
    return Submission.objects.select_related("call", "writer").get(pk=submission.pk)


def test_no_decision_is_prepared_from_a_page_older_than_the_last_one(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)
    stale = copy_of(submission)
    release_and_tell(submissions.prepare_decision(submission, cast.editor, "revise", "Once more."), cast.editor)

    with pytest.raises(SomebodyElseWon):
        submissions.prepare_decision(stale, cast.other_editor, "decline", "No.")

    assert not submission.decisions.filter(state="prepared").exists()


def test_no_reading_is_left_from_a_page_older_than_the_withdrawal(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)
    submissions.leave_reading(submission, cast.editor, "yes", "")
    stale = copy_of(submission)
    submissions.withdraw(submission, cast.writer)

    with pytest.raises(SomebodyElseWon):
        submissions.leave_reading(stale, cast.other_editor, "no", "")

    assert Reading.objects.count() == 1


def test_two_readings_of_one_submission_stand_side_by_side(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)
    stale = copy_of(submission)
    submissions.leave_reading(submission, cast.editor, "yes", "")

    with pytest.raises(SomebodyElseWon):
        submissions.leave_reading(stale, cast.other_editor, "no", "")
    submissions.leave_reading(copy_of(submission), cast.other_editor, "no", "")

    assert Reading.objects.count() == 2


def test_what_is_being_read_is_not_sent_a_second_time(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)
    submissions.leave_reading(submission, cast.editor, "yes", "")

    with pytest.raises(SomebodyElseWon):
        submissions.send(copy_of(submission))

    assert submission.events.filter(new="received").count() == 1
