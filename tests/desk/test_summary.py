"""A story in short: its beginning, what is known of it, and what can be done from there."""

import pytest
from django.test import Client

from hearthpress.submissions import actions
from tests.factories import Cast, client_for, make_call, make_draft, make_submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(cast: Cast) -> Client:
    return client_for(cast.editor)


def test_summary_shows_the_beginning_the_note_and_the_readings(cast: Cast, editor: Client) -> None:
    text = "First of all.\n\n" + "word " * 130 + "\n\nAt last."
    story = make_submission(cast.writer, cast.call, text=text, note="I waited long.")
    actions.leave_reading(story, cast.other_editor, "yes", "Kind and plain.")

    page = editor.get(f"/desk/{story.key}/summary/").content.decode()

    assert "First of all." in page
    assert "word…" in page
    assert "At last." not in page
    assert "I waited long." in page
    assert "Otto Editor: Yes. Kind and plain." in page


def test_summary_leads_back_to_the_place_in_the_queue_and_offers_to_take_it(cast: Cast, editor: Client) -> None:
    story = make_submission(cast.writer, cast.call)

    page = editor.get(f"/desk/{story.key}/summary/?who=nobody&after=abc").content.decode()

    assert f'href="/desk/?who=nobody&amp;after=abc#story-{story.key}"' in page
    assert 'name="back" value="who=nobody&amp;after=abc"' in page
    assert "Take it" in page


def test_what_is_mine_or_left_to_others_is_not_offered(cast: Cast, editor: Client) -> None:
    mine, left = make_submission(cast.writer, cast.call), make_submission(cast.writer, cast.call)
    actions.assign(mine, cast.editor, cast.editor)
    actions.declare_conflict(left, cast.editor, "")

    pages = [editor.get(f"/desk/{story.key}/summary/").content.decode() for story in (mine, left)]

    assert ["Take it" in page for page in pages] == [False, False]
    assert ["Decide" in page for page in pages] == [True, False]


def test_summary_before_the_own_vote_tells_nothing_of_the_writer(cast: Cast, editor: Client) -> None:
    unseen = make_call(title="Unseen", slug="unseen", anonymous=True, rate_card=cast.call.rate_card)
    text = "Wilma rang me. I am Wilma Writer."
    story = make_submission(cast.writer, unseen, title="Wilma’s Kettle", text=text, note="Yours, Wilma")
    actions.leave_reading(story, cast.other_editor, "no", "Not again, Wilma.")

    page = editor.get(f"/desk/{story.key}/summary/").content.decode()

    assert "Wilma" not in page
    assert "rang me" in page
    assert "once your own reading is in" in page


def test_summary_is_there_for_editors_alone_and_not_for_its_own_writer(cast: Cast) -> None:
    story, own = make_submission(cast.writer, cast.call), make_submission(cast.editor, cast.call)
    draft = make_draft(cast.writer, cast.call)

    def status(person: object, key: str) -> int:
        return client_for(person).get(f"/desk/{key}/summary/").status_code

    people = (cast.editor, cast.owner, cast.writer, cast.bookkeeper, None)
    assert [status(person, story.key) for person in people] == [200, 200, 404, 404, 302]
    assert [status(cast.editor, key) for key in (own.key, draft.key)] == [404, 404]
