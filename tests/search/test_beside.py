"""What a related line may lead to: live, allowed beside the story, and nothing to whoever does not work on the text."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hearthpress.editing import actions as editing
from hearthpress.editing.models import Manuscript
from tests.factories import Cast, client_for, edited, make_approved, make_manuscript, make_story, make_subject

pytestmark = pytest.mark.django_db


@pytest.fixture
def manuscript(cast: Cast) -> Manuscript:
    return make_manuscript(cast.writer, cast.editor, cast.call, title="The Unfinished")


def found(cast: Cast, manuscript: Manuscript, words: str = "", who: str = "editor", place: str = "desk") -> list[str]:
    path = f"/{place}/{manuscript.submission.key}/suggestions/related/"
    answer = client_for(getattr(cast, who)).get(path, {"q": words})
    return [story["headline"] for story in answer.json()["stories"]]


def test_live_stories_are_found_by_words_and_the_newest_without(cast: Cast, manuscript: Manuscript) -> None:
    make_story(cast.other_writer, cast.editor, cast.call, title="The Last Good Coat")
    make_story(cast.other_writer, cast.editor, cast.call, title="The Shed")
    make_approved(cast.other_writer, cast.editor, cast.call, title="The Unread Coat")

    assert found(cast, manuscript, "coat") == ["The Last Good Coat"]
    assert found(cast, manuscript) == ["The Shed", "The Last Good Coat"]
    assert found(cast, manuscript, "coat", "writer", "write") == ["The Last Good Coat"]
    assert found(cast, manuscript, "no such words") == []


def test_what_may_not_stand_beside_it_is_not_offered(cast: Cast, manuscript: Manuscript) -> None:
    birth, loss = make_subject("birth"), make_subject("pregnancy-loss")
    loss.never_beside.add(birth)
    birth.never_beside.add(loss)
    make_story(cast.other_writer, cast.editor, cast.call, changes={"subjects": ["birth"]}, title="The Coat of Joy")
    editing.save(manuscript, cast.editor, edited(manuscript, subjects=["pregnancy-loss"]))

    assert found(cast, manuscript, "coat") == []
    assert found(cast, manuscript) == []


def test_a_story_does_not_lead_to_itself(cast: Cast) -> None:
    story = make_story(cast.writer, cast.editor, cast.call, title="The Coat")

    assert found(cast, story.manuscript, "coat") == []


@pytest.mark.parametrize(
    ("place", "who", "status"),
    [
        ("desk", "editor", 200),
        ("desk", "writer", 404),
        ("desk", "bookkeeper", 404),
        ("desk", None, 302),
        ("write", "writer", 200),
        ("write", "other_writer", 404),
        ("write", "editor", 404),
        ("write", None, 302),
    ],
)
def test_only_who_works_on_the_text_may_ask(
    cast: Cast, manuscript: Manuscript, place: str, who: str | None, status: int
) -> None:
    client = client_for(getattr(cast, who) if who else None)

    assert client.get(f"/{place}/{manuscript.submission.key}/suggestions/related/").status_code == status


def test_three_take_as_many_queries_as_one(cast: Cast, manuscript: Manuscript) -> None:
    found(cast, manuscript)  # what is asked once and remembered
    counts = []
    for number in range(3):
        make_story(cast.other_writer, cast.editor, cast.call, title=f"The Coat {number}")
        with CaptureQueriesContext(connection) as counted:
            assert len(found(cast, manuscript, "coat")) == number + 1
        counts.append(len(counted))

    assert counts[0] == counts[2]
