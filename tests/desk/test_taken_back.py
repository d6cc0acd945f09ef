"""The promise to the writer: a story that was taken back leaves the editors' pages."""

import pytest
from django.test import Client

from hearthpress.desk.turns import turn_of
from hearthpress.editing.models import Manuscript
from hearthpress.stories.actions import publish, retract
from hearthpress.submissions.actions import withdraw
from hearthpress.submissions.models import Submission
from tests.factories import Cast, client_for, make_approved, make_manuscript, make_submission

pytestmark = pytest.mark.django_db
NOT_THERE = [
    "manuscript",
    "manuscript/1",
    "preview",
    "approval-request",
    "decision",
    "retraction",
    "reading",
    "release",
]


@pytest.fixture
def editor(cast: Cast) -> Client:
    return client_for(cast.editor)


@pytest.fixture
def manuscript(cast: Cast) -> Manuscript:
    return make_manuscript(
        cast.writer, cast.editor, cast.call, byline_kind="pen", byline_name="Ada Quill", note="A note about my mother."
    )


def test_story_taken_back_tells_what_happened_and_nothing_of_itself(
    cast: Cast, editor: Client, manuscript: Manuscript
) -> None:
    withdraw(manuscript.submission, cast.writer)

    answer = editor.get(f"/desk/{manuscript.submission.key}/")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "This story was taken back" in page
    assert "Submission: Withdrawn" in page
    assert not [said for said in ("The Kettle", "kettle", "Ada Quill", "my mother") if said in page]


@pytest.mark.parametrize("name", NOT_THERE)
def test_other_pages_of_a_story_taken_back_are_not_there(
    cast: Cast, editor: Client, manuscript: Manuscript, name: str
) -> None:
    withdraw(manuscript.submission, cast.writer)

    answer = editor.get(f"/desk/{manuscript.submission.key}/{name}/")

    assert answer.status_code == 404
    assert "The Kettle" not in answer.content.decode()


def test_publication_page_of_a_story_that_was_live_says_when_it_ended(cast: Cast, editor: Client) -> None:
    approved = make_approved(cast.writer, cast.editor, cast.call)
    publish(approved, cast.editor)
    withdraw(approved.submission, cast.writer)

    page = editor.get(f"/desk/{approved.submission.key}/publication/").content.decode()

    assert "Taken down on" in page
    assert f"/desk/{approved.submission.key}/manuscript/" not in page


def test_publication_page_of_a_story_that_never_was_live_is_not_there(
    cast: Cast, editor: Client, manuscript: Manuscript
) -> None:
    withdraw(manuscript.submission, cast.writer)

    assert editor.get(f"/desk/{manuscript.submission.key}/publication/").status_code == 404


def test_states_are_said_as_they_are(cast: Cast) -> None:
    live = make_approved(cast.writer, cast.editor, cast.call)
    story = publish(live, cast.editor)
    taken_back = make_submission(cast.writer, cast.call, title="The Shed")
    withdraw(taken_back, cast.writer)

    words = [turn_of(Submission.objects.get(pk=row.pk)).words for row in (live.submission, taken_back)]
    retract(story, cast.editor, "A mistake.")

    assert words == ["Live", "Taken back by the writer"]
    assert turn_of(Submission.objects.get(pk=live.submission_id)).words == "Retracted by the magazine"
