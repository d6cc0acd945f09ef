"""Sections, tags, writers, the archive: in order, whole, walked both ways, at the same cost however many there are."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve

from hearthpress.common import clock
from hearthpress.magazine.models import Month
from hearthpress.magazine.months import recount_months
from hearthpress.masthead.models import Masthead
from hearthpress.people.models import Byline
from hearthpress.stories.actions import publish, set_tags
from hearthpress.stories.models import Story
from hearthpress.submissions import actions as submissions
from tests.factories import Cast, make_approved, make_story, make_subject
from tests.magazine.world import everything

pytestmark = pytest.mark.django_db(databases=["default", "views"])

NOON = datetime(2026, 10, 10, 16, tzinfo=UTC)
MOST_QUERIES = 7
SHELVES = ["/section/keeping/", "/tag/kitchens/", "/writers/wilma-writer/", "/archive/2026/10/"]


@pytest.fixture
def two_on_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hearthpress.magazine.shelves.PAGE_STORIES", 2)


def make_tale(cast: Cast, number: int, at: datetime = NOON, **fields: str) -> Story:
    """A story with a tag; two of them go live in the same moment, so that ids must decide."""
    story = make_story(
        cast.writer, cast.editor, cast.call, title=f"Tale {number}", at=at + timedelta(hours=number // 2), **fields
    )
    set_tags(story, ["Kitchens"], cast.editor, [])
    return story


def walk(path: str, way: str) -> list[list[str]]:
    pages = []
    while path:
        context = Client().get(path).context
        pages.append([story.headline for story in context["stories"]])
        path = context[way]
    return pages


def last_page(path: str) -> str:
    while (older := Client().get(path).context["older_url"]) != "":
        path = older
    return path


def queries(path: str) -> int:
    with CaptureQueriesContext(connections["default"]) as captured:
        assert Client().get(path).status_code == 200
        return len(captured)


@pytest.mark.parametrize("path", SHELVES)
def test_a_shelf_is_walked_to_its_end_and_back(cast: Cast, two_on_a_page: None, path: str) -> None:
    for number in range(5):
        make_tale(cast, number)

    older = walk(path, "older_url")
    newer = walk(last_page(path), "newer_url")

    assert older == [["Tale 4", "Tale 3"], ["Tale 2", "Tale 1"], ["Tale 0"]]
    assert newer == older[::-1]


@pytest.mark.parametrize("path", SHELVES)
def test_a_shelf_costs_the_same_for_one_story_and_for_three(cast: Cast, path: str) -> None:
    make_tale(cast, 0)
    with_one = queries(path)
    for number in (1, 2):
        make_tale(cast, number)

    with_three = queries(path)

    assert with_three == with_one <= MOST_QUERIES


@pytest.mark.parametrize("path", SHELVES)
def test_an_older_page_costs_the_same_for_one_story_and_for_three(cast: Cast, path: str) -> None:
    first = make_tale(cast, 0)
    second = make_tale(cast, 1)
    with_one = queries(f"{path}before/{second.pk}/")
    for number in (2, 3):
        last = make_tale(cast, number)

    with_three = queries(f"{path}before/{last.pk}/")

    assert first.pk < second.pk
    assert with_three == with_one <= MOST_QUERIES


@pytest.mark.parametrize(
    "path", ["/archive/", "/sitemap.xml", "/sitemap-pages.xml", "/sitemap-stories-0.xml", "/sitemap-news.xml"]
)
def test_what_lists_the_whole_costs_the_same_for_one_story_and_for_three(cast: Cast, path: str) -> None:
    make_tale(cast, 0)
    with_one = queries(path)
    for number in (1, 2):
        make_tale(cast, number)

    with_three = queries(path)

    assert with_three == with_one <= MOST_QUERIES


@pytest.mark.parametrize("path", [*SHELVES, "/"])
def test_no_list_sorts_stories_or_reads_them_all(cast: Cast, path: str) -> None:
    for number in range(3):
        make_tale(cast, number)
    with CaptureQueriesContext(connections["default"]) as captured:
        Client().get(path)
        lists = [query["sql"] for query in captured if "LIMIT 2" in query["sql"] or "LIMIT 1" in query["sql"]]

    plans = [plan(query) for query in lists if "first_live_at" in query and "ORDER BY" in query]

    assert plans
    assert [
        line for lines in plans for line in lines if "SCAN" in line or "TEMP B-TREE" in line or "Sort" in line
    ] == []


def plan(query: str) -> list[str]:
    """How the database would do it. With three rows PostgreSQL reads whatever is there, unless it is told not to."""
    connection = connections["default"]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off"
            )
            cursor.execute(f"EXPLAIN {query}")
            return [row[0] for row in cursor.fetchall()]
        cursor.execute(f"EXPLAIN QUERY PLAN {query}")
        return [row[3] for row in cursor.fetchall()]


@pytest.mark.parametrize(
    "path", ["/tag/kitchens/", "/writers/wilma-writer/", "/archive/2026/10/", "/tag/kitchens/feed.atom"]
)
def test_a_shelf_is_there_as_long_as_it_has_a_story(cast: Cast, path: str) -> None:
    story = make_tale(cast, 0)
    there = Client().get(path).status_code
    submissions.withdraw(story.manuscript.submission, cast.writer)

    gone = Client().get(path).status_code

    assert (there, gone) == (200, 404)


def test_a_tag_whose_only_story_waits_for_its_day_is_not_there(cast: Cast) -> None:
    later = publish(make_approved(cast.writer, cast.editor, cast.call), cast.editor, at=clock.now() + timedelta(days=1))
    set_tags(later, ["Kitchens"], cast.editor, [])

    assert Client().get("/tag/kitchens/").status_code == 404
    assert "kitchens" not in Client().get("/sitemap-pages.xml").content.decode()
    assert Client().get("/writers/wilma-writer/").status_code == 404


@pytest.mark.parametrize("path", SHELVES)
def test_a_scheduled_story_is_not_told_by_older_pages(cast: Cast, path: str) -> None:
    make_tale(cast, 0)
    later = publish(
        make_approved(cast.writer, cast.editor, cast.call, title="Later"),
        cast.editor,
        at=clock.now() + timedelta(days=1),
    )

    answers = {Client().get(f"{path}before/{pk}/").status_code for pk in (later.pk, later.pk + 1, 10**30)}

    assert answers == {404}


@pytest.mark.parametrize("path", [*SHELVES, "/tag/kitchens/feed.atom", "/writers/wilma-writer/feed.rss"])
def test_a_shelf_shows_the_content_note_with_each_story(cast: Cast, path: str) -> None:
    make_subject("pregnancy-loss")
    changes = {"subjects": ["pregnancy-loss"], "content_note": "It speaks of a loss."}
    story = make_story(cast.writer, cast.editor, cast.call, at=NOON, changes=changes)
    set_tags(story, ["Kitchens"], cast.editor, [])

    assert "It speaks of a loss." in Client().get(path).content.decode()


def test_the_archive_counts_in_the_magazines_own_time_zone(cast: Cast) -> None:
    make_tale(cast, 0, at=datetime(2026, 11, 1, 3, 30, tzinfo=UTC))  # in New York it is still October
    make_tale(cast, 1, at=datetime(2026, 11, 1, 5, 30, tzinfo=UTC))

    page = Client().get("/archive/").content.decode()

    assert {str(month) for month in Month.objects.all()} == {"2026-10: 1", "2026-11: 1"}
    assert page.index("November") < page.index("October")
    assert Client().get("/archive/2026/10/").context["stories"][0].headline == "Tale 0"


def test_a_month_is_counted_anew_when_a_story_goes(cast: Cast) -> None:
    stories = [make_tale(cast, number) for number in range(2)]

    submissions.withdraw(stories[0].manuscript.submission, cast.writer)

    assert [month.stories for month in Month.objects.all()] == [1]


def test_months_are_counted_anew_in_another_time_zone(cast: Cast) -> None:
    make_tale(cast, 0, at=datetime(2026, 11, 1, 3, 30, tzinfo=UTC))
    Masthead.objects.update(time_zone="Europe/Vienna")

    recount_months()

    assert {str(month) for month in Month.objects.filter(stories__gt=0)} == {"2026-11: 1"}


@pytest.mark.parametrize("path", ["/archive/2026/13/", "/archive/2026/1/", "/archive/0000/01/", "/archive/2026/10/"])
def test_a_month_without_stories_is_not_there(cast: Cast, path: str) -> None:
    assert Client().get(path).status_code == 404


def test_a_story_names_its_tags_and_its_writer_with_their_pages(cast: Cast) -> None:
    story = make_tale(cast, 0)

    page = Client().get(story.get_absolute_url()).content.decode()

    assert '<a rel="tag" href="/tag/kitchens/">Kitchens</a>' in page
    assert '<a rel="author" href="/writers/wilma-writer/">Wilma Writer</a>' in page


@pytest.mark.parametrize("kind", ["first", "anonymous"])
def test_a_first_name_and_anonymous_have_no_page(cast: Cast, kind: str) -> None:
    story = make_tale(cast, 0, byline_kind=kind)

    pages = [Client().get(path).content.decode() for path in ("/", "/sitemap-pages.xml", story.get_absolute_url())]

    assert not any("/writers/" in page for page in pages)
    assert Byline.objects.get().slug is None


def test_two_people_of_one_name_have_two_pages(cast: Cast) -> None:
    make_story(cast.writer, cast.editor, cast.call, title="One", byline_kind="pen", byline_name="Anna Brown")
    make_story(cast.other_writer, cast.editor, cast.call, title="Two", byline_kind="pen", byline_name="Anna Brown")

    shown = {
        path: [s.headline for s in Client().get(path).context["stories"]]
        for path in ("/writers/anna-brown/", "/writers/anna-brown-2/")
    }

    assert shown == {"/writers/anna-brown/": ["One"], "/writers/anna-brown-2/": ["Two"]}


def test_a_name_gets_its_address_when_it_is_first_read_not_when_it_is_first_sent(cast: Cast) -> None:
    """A number in an address would tell that somebody else had sent something under the name before."""
    make_approved(
        cast.other_writer, cast.editor, cast.call, title="Unread", byline_kind="pen", byline_name="Anna Brown"
    )

    make_story(cast.writer, cast.editor, cast.call, title="Read", byline_kind="pen", byline_name="Anna Brown")

    assert Client().get("/writers/anna-brown/").status_code == 200


def test_a_name_in_other_letters_has_a_page_too(cast: Cast) -> None:
    story = make_story(cast.writer, cast.editor, cast.call, byline_kind="pen", byline_name="山田花子")

    page = Client().get("/writers/writer/")

    assert [shown.pk for shown in page.context["stories"]] == [story.pk]


def test_nothing_public_tells_that_two_names_are_one_person(cast: Cast) -> None:
    """Neither names the other, and a row's number, from which one could be guessed from the other, stands nowhere."""
    legal = make_tale(cast, 0)
    pen = make_tale(cast, 1, byline_kind="pen", byline_name="Alma Grady")
    numbers = set(Byline.objects.values_list("pk", flat=True))

    for own, other, story in [("wilma-writer", "Alma Grady", legal), ("alma-grady", "Wilma Writer", pen)]:
        paths = [f"/writers/{own}/", *(f"/writers/{own}/feed.{form}" for form in ("atom", "rss", "json"))]
        for path in [*paths, f"/oembed/stories/{story.slug}.json"]:
            response = Client().get(path)
            said = response.content.decode() + str(response.headers) + str(response.page_keys)
            assert response.status_code == 200
            assert other not in said
            assert other.lower().replace(" ", "-") not in said
            assert not any(re.search(rf"(writer|name)-{number}\b", said) for number in numbers)
            assert cast.writer.email not in said


def test_writers_are_listed_by_their_addresses(cast: Cast) -> None:
    make_tale(cast, 0, byline_kind="pen", byline_name="Zoe Last")
    make_tale(cast, 1, byline_kind="pen", byline_name="Abe First")

    listed = Client().get("/sitemap-pages.xml").content.decode()

    assert listed.index("/writers/abe-first/") < listed.index("/writers/zoe-last/")


@pytest.mark.parametrize("kind", ["first", "anonymous"])
def test_nothing_public_tells_that_two_stories_without_a_name_are_one_persons(cast: Cast, kind: str) -> None:
    for person in (cast.writer, cast.other_writer):
        person.name = "Anna Brown"
        person.save()
    one, two = (make_tale(cast, number, byline_kind=kind) for number in range(2))
    others = make_story(cast.other_writer, cast.editor, cast.call, title="Another", at=NOON, byline_kind=kind)
    set_tags(others, ["Kitchens"], cast.editor, [])
    secrets = set(Byline.objects.values_list("key", flat=True))

    pages = everything()
    of_one, of_two, of_others = (
        {key for key in pages[story.get_absolute_url()].keys if not key.startswith("story-")}
        for story in (one, two, others)
    )

    assert of_one == of_two == of_others
    assert not [
        path
        for path, page in pages.items()
        for secret in secrets
        if secret in f"{page.content.decode()} {page.keys} {page.headers}"
    ]


# A picture's address is the digest of it and a width.
ADDRESSES = [*(f"{path}before/%s/" for path in SHELVES), f"/pictures/{'a' * 64}-%s.webp", "/sitemap-stories-%s.xml"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("number", ["007", "00", "٧", "9" * 5_000, "+1", "1_0"])
def test_a_number_is_written_in_one_way(address: str, number: str) -> None:
    with pytest.raises(Resolver404):
        resolve(address % number)
