"""What a signed-in person sees beyond a public page: fetched apart, told to nobody else, and asked for by no reader."""

import re

import pytest
from django.test import Client

from hearthpress.people.marker import MARKER
from hearthpress.stories.actions import retract
from hearthpress.stories.models import Story
from hearthpress.submissions.actions import withdraw
from tests.factories import Cast, client_for, make_story
from tests.people.test_signin import ADDRESS, ask, code_sent_to, enter

pytestmark = pytest.mark.django_db(databases=["default", "views"])

ADDRESS_OF_FRAGMENT = "/account/fragment/"
EVERYBODY = {"Writing room", "Your account", "Sign out"}


@pytest.fixture
def story(cast: Cast) -> Story:
    return make_story(cast.writer, cast.editor, cast.call, title="The Kettle")


def links(client: Client, page: str) -> dict[str, str]:
    """The links of the fragment: where each leads, by its name."""
    answer = client.get(ADDRESS_OF_FRAGMENT, {"page": page})
    assert answer.status_code == 200
    return {name: url for url, name in re.findall(r'<a href="([^"]*)">([^<]*)</a>', answer.content.decode())}


def marker(client: Client) -> str | None:
    cookie = client.cookies.get(MARKER)
    return None if cookie is None or not cookie.value else cookie.value


def test_nobody_gets_nothing_and_no_cookie(story: Story) -> None:
    client = Client()

    answer = client.get(ADDRESS_OF_FRAGMENT, {"page": story.get_absolute_url()})

    assert (answer.status_code, answer.content) == (204, b"")
    assert not answer.cookies


def test_it_is_kept_by_no_cache_and_read_by_no_other_site(cast: Cast, story: Story) -> None:
    client = client_for(cast.writer)

    answer = client.get(ADDRESS_OF_FRAGMENT)
    elsewhere = client.get(ADDRESS_OF_FRAGMENT, headers={"sec-fetch-site": "cross-site"})

    assert answer["Cache-Control"] == "private, no-store"
    assert "Cookie" in answer["Vary"]
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert (elsewhere.status_code, elsewhere.content) == (204, b"")


def test_the_writer_is_led_to_their_own_story_and_other_writers_learn_nothing(cast: Cast, story: Story) -> None:
    key = story.manuscript.submission.key

    own, other = (links(client_for(one), story.get_absolute_url()) for one in (cast.writer, cast.other_writer))

    assert own["Your story"] == f"/write/{key}/"
    assert set(own) == {*EVERYBODY, "Your story"}
    assert set(other) == EVERYBODY


def test_an_editor_is_led_to_the_story_at_the_desk(cast: Cast, story: Story) -> None:
    shown = links(client_for(cast.editor), story.get_absolute_url())

    assert shown["This story at the desk"] == f"/desk/{story.manuscript.submission.key}/manuscript/"
    assert set(shown) == {*EVERYBODY, "Desk", "This story at the desk"}
    assert next(iter(shown)) == "This story at the desk"


def test_an_editor_s_own_story_is_theirs_as_a_writer_only(cast: Cast) -> None:
    own = make_story(cast.other_editor, cast.editor, cast.call, title="The Kettle")

    shown = links(client_for(cast.other_editor), own.get_absolute_url())

    assert set(shown) == {*EVERYBODY, "Desk", "Your story"}


def test_an_editor_who_has_not_shown_the_second_factor_is_told_of_no_story(cast: Cast, story: Story) -> None:
    client = Client()
    client.force_login(cast.editor)

    assert "This story at the desk" not in links(client, story.get_absolute_url())


@pytest.mark.parametrize("end", ["withdrawn", "retracted"])
def test_the_desk_has_nothing_of_a_story_that_is_gone(cast: Cast, story: Story, end: str) -> None:
    if end == "withdrawn":
        withdraw(story.manuscript.submission, cast.writer)
    else:
        retract(story, cast.editor, "It was not ours.")

    assert "This story at the desk" not in links(client_for(cast.editor), story.get_absolute_url())


def test_the_bookkeeper_is_led_to_the_books(cast: Cast) -> None:
    assert set(links(client_for(cast.bookkeeper), "/")) == {*EVERYBODY, "Books"}


@pytest.mark.parametrize(
    "page", ["", "x", "//evil.test/", "/no/such/page/", "/stories/none/", "/" + "a" * 9000, "/%00"]
)
def test_an_address_that_is_none_of_ours_gets_the_links_of_every_page(cast: Cast, page: str) -> None:
    assert set(links(client_for(cast.writer), page)) == EVERYBODY


def test_signing_in_sets_the_marker_and_signing_out_clears_it(cast: Cast) -> None:
    client = Client()
    ask(client)
    before = marker(client)
    enter(client, code_sent_to(ADDRESS))
    signed_in, attributes = marker(client), client.cookies[MARKER]

    client.post("/sign-out/")

    assert (before, signed_in, marker(client)) == (None, "1", None)
    assert attributes["samesite"] == "Lax"


def test_the_marker_is_secure_where_the_magazine_is(cast: Cast, settings: object) -> None:
    settings.SESSION_COOKIE_SECURE = True
    client = client_for(cast.writer)

    client.get("/account/", secure=True)

    assert client.cookies[MARKER]["secure"]


def test_a_marker_whose_session_has_ended_is_cleared(cast: Cast) -> None:
    client = client_for(cast.writer)
    client.get("/account/")
    client.session.flush()

    answer = client.get(ADDRESS_OF_FRAGMENT)

    assert answer.status_code == 204
    assert marker(client) is None


def test_a_public_page_neither_sets_nor_clears_the_marker(cast: Cast, story: Story) -> None:
    client = client_for(cast.writer)

    answers = [client.get(path) for path in ("/", story.get_absolute_url(), "/search/?q=kettle")]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert not any(answer.cookies for answer in answers)
