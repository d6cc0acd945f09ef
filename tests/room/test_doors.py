"""Who gets through which door of the room: the writer; nobody else, and without a hint; somebody unknown signs in."""

import pytest
from django.urls import reverse

from hearthpress.editing import actions as editing
from tests.factories import client_for, edited, make_draft, make_manuscript, make_submission

pytestmark = pytest.mark.django_db(databases=["default", "views"])

OF_EVERYBODY = ["room:home", "room:earnings", "room:payment"]
OF_A_DRAFT = ["room:draft", "room:thrown_away", "room:check"]
OF_A_SENT_PIECE = ["room:submission", "room:withdrawal"]
OF_A_SIGNED_PIECE = ["room:submission", "room:agreement", "room:approval", "room:preview"]
OF_A_SIGNED_PIECE += ["room:people", "room:withdrawal"]
TO_POST = ["room:draft", "room:draft_saved", "room:check", "room:sending", "room:withdrawal", "room:agreement"]
TO_POST += ["room:thrown_away", "room:refusal", "room:approval", "room:change", "room:people"]


@pytest.fixture
def asked(cast):
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call)
    editing.save(manuscript, cast.editor, edited(manuscript))
    editing.ask_for_approval(manuscript, cast.editor)
    return manuscript


@pytest.mark.parametrize("name", OF_EVERYBODY)
def test_own_pages_open_for_anybody_signed_in(cast, name):
    response = client_for(cast.other_writer).get(reverse(name))

    assert response.status_code == 200


@pytest.mark.parametrize("name", OF_EVERYBODY)
def test_own_pages_ask_somebody_unknown_to_sign_in(cast, name):
    response = client_for(None).get(reverse(name))

    assert response["Location"] == f"{reverse('account_login')}?next={reverse(name)}"


@pytest.mark.parametrize("name", OF_A_DRAFT)
def test_draft_opens_for_its_writer(cast, name):
    draft = make_draft(cast.writer, cast.call)

    assert client_for(cast.writer).get(reverse(name, args=[draft.key])).status_code == 200


@pytest.mark.parametrize("name", OF_A_SENT_PIECE)
def test_sent_piece_opens_for_its_writer(cast, name):
    submission = make_submission(cast.writer, cast.call)

    assert client_for(cast.writer).get(reverse(name, args=[submission.key])).status_code == 200


@pytest.mark.parametrize("name", OF_A_SIGNED_PIECE)
def test_signed_piece_opens_for_its_writer(cast, asked, name):
    assert client_for(cast.writer).get(reverse(name, args=[asked.submission.key])).status_code == 200


@pytest.mark.parametrize("name", sorted({*OF_A_DRAFT, *OF_A_SIGNED_PIECE, "room:refusal"}))
@pytest.mark.parametrize("who", ["other_writer", "editor", "owner", "bookkeeper"])
def test_piece_is_not_there_for_anybody_else(cast, asked, name, who):
    path = reverse(name, args=[asked.submission.key])
    nowhere = reverse(name, args=["0" * 12])
    client = client_for(getattr(cast, who))

    response, missing = client.get(path), client.get(nowhere)

    assert response.status_code == 404
    assert response.content == missing.content
    assert asked.submission.title not in response.content.decode()


@pytest.mark.parametrize("name", TO_POST)
def test_posting_to_somebody_elses_piece_finds_nothing(cast, asked, name):
    before = asked.state

    response = client_for(cast.other_writer).post(reverse(name, args=[asked.submission.key]), {"title": "Mine now"})

    asked.refresh_from_db()
    assert response.status_code == 404
    assert asked.state == before


@pytest.mark.parametrize("name", sorted({*OF_A_DRAFT, *OF_A_SIGNED_PIECE, *TO_POST} - {"room:draft"}))
def test_piece_asks_somebody_unknown_to_sign_in(cast, asked, name):
    path = reverse(name, args=[asked.submission.key])

    response = client_for(None).post(path)

    assert response["Location"] == f"{reverse('account_login')}?next={path}"


def test_pages_of_the_room_are_kept_by_no_cache(cast):
    response = client_for(cast.writer).get(reverse("room:home"))

    assert response["Cache-Control"] == "private, no-store"
