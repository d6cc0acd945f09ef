"""The page: for everybody alike, whole without script, and silent about what was searched."""

import logging
import re
from threading import BoundedSemaphore

import pytest
from django.db import DataError, OperationalError, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hearthpress.search import views
from hearthpress.search.models import Entry
from hearthpress.submissions import actions as submissions
from tests.factories import Cast, client_for, make_story, make_subject

pytestmark = pytest.mark.django_db(databases=["default", "views"])

MOST_QUERIES = 11


def get(**said: object) -> str:
    response = Client().get("/search/", said)
    assert response.status_code == 200
    return response.content.decode()


def found(page: str) -> list[str]:
    return [re.sub("<[^>]+>", "", headline) for headline in re.findall(r"<h3><a [^>]+>(.*?)</a></h3>", page)]


def queries(**said: object) -> int:
    with CaptureQueriesContext(connections["default"]) as captured:
        get(**said)
    return len(captured)


def test_before_a_search_the_page_says_what_to_do(cast: Cast) -> None:
    page = get()

    assert "half remember" in page
    assert '<meta name="robots" content="noindex">' in page
    assert found(page) == []


def test_before_the_magazine_is_set_up_the_page_says_so(db: None) -> None:
    assert Client().get("/search/?q=kettle").status_code == 503


def test_found_stories_show_where_the_words_stand(cast: Cast) -> None:
    make_story(cast.writer, cast.editor, cast.call, changes={"standfirst": "Of <b>kettles</b>."})

    page = get(q="kettle rang")

    assert found(page) == ["The Kettle"]
    assert "The <mark>Kettle</mark>" in page
    assert "Of &lt;b&gt;<mark>kettles</mark>&lt;/b&gt;." in page
    assert "when she <mark>rang</mark>" in page
    assert "1 story" in page


def test_what_was_typed_stays_words(cast: Cast) -> None:
    make_story(cast.writer, cast.editor, cast.call)

    for typed in ("<script>alert(1)</script>", '"><script>alert(1)</script>', "ketle <script>"):
        assert "<script>" not in get(q=typed)


def test_the_content_note_stands_before_what_the_story_says(cast: Cast) -> None:
    make_subject()
    changes = {"subjects": ["pregnancy-loss"], "content_note": "It speaks of a loss.", "standfirst": "A small cup."}
    make_story(cast.writer, cast.editor, cast.call, changes=changes)

    page = get(q="kettle")

    assert page.index("It speaks of a loss.") < page.index("A small cup.") < page.index("<mark>kettle</mark> was on")


def test_page_takes_as_many_queries_for_one_story_as_for_three(cast: Cast) -> None:
    make_story(cast.writer, cast.editor, cast.call, title="Kettle one")
    for said in ({"q": "kettle"}, {"q": "ketle"}, {"q": "kettle", "section": "keeping"}):
        queries(**said)
    with_one = [queries(q="kettle"), queries(q="ketle whistle")]
    for title in ("Kettle two", "Kettle three"):
        make_story(cast.writer, cast.editor, cast.call, title=title)

    with_three = [queries(q="kettle"), queries(q="ketle whistle")]

    assert with_three == with_one
    assert with_one[0] <= MOST_QUERIES


def test_page_knows_nobody_and_is_kept_nowhere(cast: Cast) -> None:
    make_story(cast.writer, cast.editor, cast.call)
    editor = client_for(cast.editor)

    anonymous, signed_in = (client.get("/search/?q=kettle") for client in (Client(), editor))
    with CaptureQueriesContext(connections["default"]) as captured:
        editor.get("/search/?q=kettle")

    assert anonymous.content == signed_in.content
    assert len(captured) == queries(q="kettle")
    assert not anonymous.cookies
    assert not signed_in.cookies
    assert anonymous["Cache-Control"] == "private, no-store"
    assert anonymous["Referrer-Policy"] == "no-referrer"
    assert anonymous["X-Robots-Tag"] == "noindex"
    assert "Cookie" not in anonymous.get("Vary", "")


def test_a_mistyped_word_shows_the_likeliest_and_says_so(cast: Cast) -> None:
    make_story(cast.writer, cast.editor, cast.call)

    page, exactly = get(q="ketle"), get(q="ketle", exactly="yes")

    assert found(page) == ["The Kettle"]
    assert "No story has “ketle”." in page
    assert 'href="/search/?q=ketle&amp;exactly=yes"' in page
    assert found(exactly) == []
    assert 'Did you mean <a href="/search/?q=kettle">kettle</a>?' in exactly


def test_nothing_found_says_so_and_offers_the_sections(cast: Cast) -> None:
    page = get(q="xylophone")

    assert "Nothing here has “xylophone”" in page
    assert page.count('href="/section/keeping/"') == 2  # in the navigation and below what is said


def test_nothing_in_a_section_offers_the_whole_magazine(cast: Cast) -> None:
    make_story(cast.writer, cast.editor, cast.call)

    page = get(q="kettle", section="grieving")

    assert found(page) == []
    assert 'href="/search/?q=kettle"' in page


def test_words_that_never_stand_together_are_offered_one_by_one(cast: Cast) -> None:
    make_story(cast.writer, cast.editor, cast.call, title="One", text="A saucepan.")
    make_story(cast.writer, cast.editor, cast.call, title="Two", text="A lantern.")

    page = get(q="saucepan lantern")

    assert found(page) == []
    assert 'href="/search/?q=saucepan"' in page
    assert 'href="/search/?q=lantern"' in page


def test_pages_follow_one_another_without_losing_or_repeating_a_story(cast: Cast, monkeypatch: object) -> None:
    monkeypatch.setattr(views, "PAGE", 2)
    monkeypatch.setattr("hearthpress.search.finding.MOST_SHOWN", 5)
    for number in range(6):
        make_story(cast.writer, cast.editor, cast.call, title=f"Kettle {number}")

    seen, address = [], "/search/?q=kettle"
    while address:
        page = Client().get(address)
        seen += found(page.content.decode())
        address = page.context["next_url"]

    assert seen == [f"Kettle {number}" for number in (5, 4, 3, 2, 1)]
    assert "the 5 that fit best" in page.content.decode()
    assert page.context["previous_url"]


@pytest.mark.parametrize(
    "said", ["after=99", "after=-1", "after=x", "year=99999", "year=x", "section=nowhere", "q=%ff%00", "q=a&q=b"]
)
def test_an_address_with_nonsense_is_answered(cast: Cast, said: str) -> None:
    make_story(cast.writer, cast.editor, cast.call)

    assert Client().get(f"/search/?q=kettle&{said}").status_code == 200


def test_a_year_is_the_magazines(cast: Cast) -> None:
    from datetime import UTC, datetime

    make_story(cast.writer, cast.editor, cast.call, at=datetime(2026, 1, 1, 2, tzinfo=UTC))  # still 2025 in New York

    assert Entry.objects.get().year == 2025
    assert found(get(q="kettle", year=2025)) == ["The Kettle"]
    assert "Dec. 31, 2025" in get(q="kettle")


def test_a_story_taken_back_is_gone_from_the_page(cast: Cast) -> None:
    story = make_story(cast.writer, cast.editor, cast.call)
    before = found(get(q="kettle"))
    submissions.withdraw(story.manuscript.submission, cast.writer)

    assert before == ["The Kettle"]
    assert found(get(q="kettle")) == found(get(q="ketle")) == []


@pytest.mark.parametrize("path", ["/search/?q=xyzzy", "/search?q=xyzzy", "/search/?q=xyzzy&year=1"])
def test_no_log_line_holds_what_was_searched(cast: Cast, caplog: pytest.LogCaptureFixture, path: str) -> None:
    caplog.set_level(logging.INFO)

    Client().get(path)
    Client().post(path)

    assert "xyzzy" not in caplog.text


@pytest.mark.parametrize(("error", "status"), [(ValueError, 500), (DataError, 500), (OperationalError, 503)])
def test_a_failure_tells_the_log_where_and_not_what_was_searched(
    cast: Cast, caplog: pytest.LogCaptureFixture, monkeypatch: object, error: type[Exception], status: int
) -> None:
    def fails(words: object, *_narrowed: object) -> None:
        raise error(f"no such query: {words}")

    monkeypatch.setattr(views, "find", fails)

    response = Client(raise_request_exception=False).get("/search/?q=xyzzy")

    assert response.status_code == status
    assert response["Cache-Control"] == "private, no-store"
    assert "xyzzy" not in caplog.text
    assert f"{error.__name__} at" in caplog.text


def test_when_too_many_search_at_once_nobody_waits_and_no_word_is_lost(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "AT_ONCE", BoundedSemaphore(1))

    with views.AT_ONCE:
        busy, empty = Client().get("/search/?q=kettle"), Client().get("/search/")
    after = Client().get("/search/?q=kettle")

    assert (busy.status_code, busy["Retry-After"], empty.status_code, after.status_code) == (503, "5", 200, 200)
    assert 'value="kettle"' in busy.content.decode()
    assert "again in a few seconds" in busy.content.decode()
