"""What a piece touches, named by its editors, and what follows from it."""

import pytest
from django.core.exceptions import PermissionDenied

from hearthpress.common.states import SomebodyElseWon
from hearthpress.submissions import actions as submissions
from hearthpress.submissions.duty import rests_from
from hearthpress.submissions.models import Conflict, Duty, Submission
from tests.factories import Cast, make_accepted, make_subject, make_submission, release_and_tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(cast: Cast) -> Submission:
    return make_submission(cast.writer, cast.call)


def test_a_loss_named_by_an_editor_asks_for_a_personal_line(cast: Cast, sent: Submission) -> None:
    before = submissions.prepare_decision(sent, cast.editor, "decline", "No.")
    submissions.name_subjects(sent, cast.other_editor, [make_subject(of_loss=True)])

    with pytest.raises(submissions.PersonalLineNeeded):
        submissions.release(before, cast.editor)
    with pytest.raises(submissions.PersonalLineNeeded):
        submissions.prepare_decision(sent, cast.editor, "decline", "No.")


def test_who_rests_from_a_subject_rests_once_an_editor_names_it(cast: Cast, sent: Submission) -> None:
    loss = make_subject()
    Duty.objects.create(editor=cast.other_editor).rest.add(loss)

    submissions.name_subjects(sent, cast.editor, [loss])

    assert rests_from(cast.other_editor, sent)
    with pytest.raises(PermissionDenied):
        submissions.assign(sent, cast.other_editor, cast.editor)


@pytest.mark.parametrize("who", ["writer", "bookkeeper", "other_editor"])
def test_nobody_names_subjects_who_may_not_judge_it(cast: Cast, sent: Submission, who: str) -> None:
    Conflict.objects.create(submission=sent, editor=cast.other_editor)

    with pytest.raises(PermissionDenied):
        submissions.name_subjects(sent, getattr(cast, who), [make_subject()])


def test_what_is_decided_or_about_to_be_told_keeps_its_subjects(cast: Cast, sent: Submission) -> None:
    accepted = make_accepted(cast.other_writer, cast.editor, cast.call)
    decision = submissions.prepare_decision(sent, cast.editor, "decline", "No.")
    submissions.release(decision, cast.editor)
    loss = make_subject(of_loss=True)

    for submission in (accepted, sent):
        with pytest.raises(SomebodyElseWon):
            submissions.name_subjects(submission, cast.editor, [loss])

    submissions.undo_release(decision, cast.editor)
    submissions.name_subjects(sent, cast.editor, [loss])
    assert list(sent.subjects.all()) == [loss]


def test_naming_subjects_changes_no_state(cast: Cast, sent: Submission) -> None:
    events = sent.events.count()

    submissions.name_subjects(sent, cast.editor, [make_subject()])

    sent.refresh_from_db()
    assert (sent.state, sent.events.count()) == ("received", events)
    decision = submissions.prepare_decision(sent, cast.editor, "decline", "No.")
    release_and_tell(decision, cast.editor)
