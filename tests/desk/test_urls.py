"""Who may come to which page of the desk: for everybody else there is nothing there."""

import pytest

from hearthpress.editing.models import Manuscript
from hearthpress.people.models import Person
from tests.factories import Cast, client_for, make_approved, make_draft, make_story, make_subject, make_submission

pytestmark = [pytest.mark.django_db]

PLACES = ["", "letters/", "releases/", "stories/", "views/", "duty/"]
STORY_PLACES = [
    "",
    "summary/",
    "reading/",
    "decision/",
    "release/",
    "manuscript/",
    "manuscript/1/",
    "approval-request/",
    "preview/",
    "publication/",
    "retraction/",
]
OWNER_PLACES = ["team/", "magazine/", "calls/new/stories/", "subjects/", "subjects/new/", "subjects/pregnancy-loss/"]


@pytest.fixture
def manuscript(cast: Cast) -> Manuscript:
    make_subject()
    return make_approved(cast.writer, cast.editor, cast.call)


def status(person: Person | None, path: str) -> int:
    return client_for(person).get(f"/desk/{path}").status_code


@pytest.mark.parametrize("place", PLACES + OWNER_PLACES)
def test_place_sends_strangers_to_sign_in(cast: Cast, manuscript: Manuscript, place: str) -> None:
    answer = client_for(None).get(f"/desk/{place}")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("place", PLACES + OWNER_PLACES)
def test_place_is_not_there_for_writers_and_bookkeepers(cast: Cast, manuscript: Manuscript, place: str) -> None:
    statuses = [status(cast.writer, place), status(cast.bookkeeper, place)]

    assert statuses == [404, 404]


@pytest.mark.parametrize("place", OWNER_PLACES)
def test_owner_place_is_for_the_owner_alone(cast: Cast, manuscript: Manuscript, place: str) -> None:
    statuses = [status(cast.owner, place), status(cast.editor, place)]

    assert statuses == [200, 404]


@pytest.mark.parametrize("place", STORY_PLACES)
def test_story_place_opens_for_editors_alone(cast: Cast, manuscript: Manuscript, place: str) -> None:
    path = f"{manuscript.submission.key}/{place}"

    answers = [status(person, path) for person in (cast.owner, cast.editor, cast.writer, cast.bookkeeper, None)]

    assert answers[0] in (200, 302)
    assert answers[0] == answers[1]
    assert answers[2:] == [404, 404, 302]


@pytest.mark.parametrize("place", [*STORY_PLACES, "decision/dropped/"])
def test_story_place_is_not_there_for_its_own_writer(cast: Cast, place: str) -> None:
    own = make_story(cast.other_editor, cast.editor, cast.call)
    client = client_for(cast.other_editor)
    path = f"/desk/{own.manuscript.submission.key}/{place}"

    statuses = [client.get(path).status_code, client.post(path).status_code]

    assert statuses in ([404, 404], [405, 404], [404, 405])


def test_story_place_is_not_there_for_a_draft(cast: Cast) -> None:
    draft = make_draft(cast.writer, cast.call)

    assert status(cast.editor, f"{draft.key}/") == 404


def test_story_page_never_shows_the_name_behind_a_pen_name(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call, byline_kind="pen", byline_name="Ada Quill")
    client = client_for(cast.editor)

    pages = [client.get(path).content.decode() for path in ("/desk/", f"/desk/{submission.key}/")]

    assert all("Ada Quill" in page for page in pages)
    assert not any(cast.writer.name in page or cast.writer.email in page for page in pages)
