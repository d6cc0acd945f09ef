"""What the letters of a submission say. Those of an agreement are in test_agreement."""

import pytest

from hearthpress.mail.models import Letter
from hearthpress.submissions.enums import DecisionKind
from tests.factories import make_submission
from tests.room.test_status import decided

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "subject", "says"),
    [
        (DecisionKind.DECLINE, "About your story “The Kettle”", "The story is wholly yours"),
        (DecisionKind.REVISE, "“The Kettle”: we would like to read it again", "There is no date by which you must."),
    ],
)
def test_decision_letter_carries_the_editors_words_and_no_name(cast, kind, subject, says):
    submission = decided(cast, kind)

    letter = Letter.objects.get(kind=f"submissions/{kind}")
    assert letter.subject == subject
    assert "Words for you." in letter.text
    assert says in letter.text
    assert f"/write/{submission.key}/" in letter.text
    assert "Edith" not in letter.text
    assert "A secret note" not in letter.text


def test_title_with_marks_of_html_reads_as_it_was_typed(cast):
    make_submission(cast.writer, cast.call, title="Tea & <Sympathy> “again”")

    assert "“Tea & <Sympathy> “again””" in Letter.objects.get(kind="submissions/receipt").subject
