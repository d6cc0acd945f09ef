"""Editors who took part hear of it when a writer takes a story back, and learn no name but the byline."""

import pytest

from hearthpress.mail.models import Letter
from hearthpress.people.actions import end_role
from hearthpress.submissions.actions import leave_reading, prepare_decision, withdraw
from hearthpress.submissions.enums import DecisionKind
from tests.factories import make_submission

pytestmark = pytest.mark.django_db
KIND = "submissions/withdrawn_editor"


def test_withdrawal_tells_those_who_read_it_or_prepared_a_decision(cast):
    submission = make_submission(cast.writer, cast.call, byline_kind="pen", byline_name="Ada Quill")
    leave_reading(submission, cast.editor, "yes", "Good.")
    prepare_decision(submission, cast.other_editor, DecisionKind.DECLINE, "Not now.")

    withdraw(submission, cast.writer)

    assert set(Letter.objects.filter(kind=KIND).values_list("to", flat=True)) == {
        cast.editor.email,
        cast.other_editor.email,
    }


def test_withdrawal_letter_names_the_byline_alone(cast):
    submission = make_submission(cast.writer, cast.call, byline_kind="pen", byline_name="Ada Quill")
    leave_reading(submission, cast.editor, "yes", "Good.")

    withdraw(submission, cast.writer)

    letter = Letter.objects.get(kind=KIND)
    assert "Ada Quill" in letter.text
    assert cast.writer.name not in letter.subject + letter.text
    assert cast.writer.email not in letter.subject + letter.text


def test_withdrawal_tells_nobody_who_is_no_longer_an_editor(cast):
    submission = make_submission(cast.writer, cast.call)
    leave_reading(submission, cast.editor, "yes", "Good.")
    end_role(cast.editor.memberships.get(), cast.owner)

    withdraw(submission, cast.writer)

    assert not Letter.objects.filter(kind=KIND).exists()
