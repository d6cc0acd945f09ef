"""Feeds as their readers read them, the sitemap, what robots may fetch, and oEmbed."""

import json
import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import feedparser
import pytest
from django.test import Client

from hearthpress.common import clock
from hearthpress.stories.actions import set_tags
from hearthpress.stories.models import Story
from hearthpress.submissions import actions as submissions
from tests.factories import Cast, make_story

pytestmark = pytest.mark.django_db(databases=["default", "views"])

NOTE = "It speaks of a loss."
PLACES = ["", "/section/keeping", "/tag/kitchens", "/writers/wilma-writer"]
SITEMAPS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "n": "http://www.google.com/schemas/sitemap-news/0.9"}
HUB = "https://hub.example.org/"


def make_tale(cast: Cast, number: int = 0, **fields: object) -> Story:
    story = make_story(cast.writer, cast.editor, cast.call, title=f"Tale {number}", **fields)
    set_tags(story, ["Kitchens"], cast.editor, [])
    return story


def read(path: str) -> feedparser.FeedParserDict:
    return feedparser.parse(Client().get(path).content)


def read_json(path: str) -> dict[str, object]:
    return json.loads(Client().get(path).content)


def locations(path: str) -> list[str]:
    return [element.text for element in ET.fromstring(Client().get(path).content).iterfind(".//s:loc", SITEMAPS)]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("form", ["atom", "rss"])
def test_a_feed_is_read_by_feed_readers(cast: Cast, place: str, form: str) -> None:
    for number in range(2):
        make_tale(cast, number, changes={"content_note": NOTE, "standfirst": "A cup."})

    feed = read(f"{place}/feed.{form}")

    assert not feed.bozo
    assert feed.version == {"atom": "atom10", "rss": "rss20"}[form]
    assert [entry.title for entry in feed.entries] == ["Tale 1", "Tale 0"]
    assert feed.entries[0].summary == f"{NOTE} A cup."
    assert feed.entries[0].author == "Wilma Writer"
    assert [tag.term for tag in feed.entries[0].tags] == ["Keeping", "Kitchens"]
    own = [link.href for link in feed.feed.links if link.rel == "self"]
    assert own == [f"http://testserver{place}/feed.{form}"]


@pytest.mark.parametrize("place", PLACES)
def test_a_json_feed_has_what_its_standard_asks_for(cast: Cast, place: str) -> None:
    for number in range(2):
        make_tale(cast, number, changes={"content_note": NOTE, "standfirst": "A cup."})

    response = Client().get(f"{place}/feed.json")

    feed = json.loads(response.content)
    assert response["Content-Type"] == "application/feed+json"
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"http://testserver{place}/feed.json"
    assert [item["title"] for item in feed["items"]] == ["Tale 1", "Tale 0"]
    assert feed["items"][0]["content_text"] == f"{NOTE} A cup."
    assert feed["items"][0]["authors"] == [{"name": "Wilma Writer", "url": "http://testserver/writers/wilma-writer/"}]


@pytest.mark.parametrize("path", ["/feed.atom", "/feed.rss", "/feed.json", "/section/keeping/feed.rss"])
def test_an_empty_feed_is_sound_and_the_same_each_time(cast: Cast, path: str) -> None:
    first, second = Client().get(path).content, Client().get(path).content

    assert first == second
    assert path.endswith("json") or not feedparser.parse(first).bozo


@pytest.mark.parametrize("page", ["/section/keeping/", "/tag/kitchens/", "/writers/wilma-writer/", "/"])
def test_a_page_names_its_feeds(cast: Cast, page: str) -> None:
    make_tale(cast)

    said = Client().get(page).content.decode()

    for kind, form in (("atom", "atom"), ("rss", "rss"), ("feed", "json")):
        suffix = "xml" if kind != "feed" else "json"
        found = re.findall(rf'type="application/{kind}\+{suffix}"\s+title="[^"]+"\s+href="([^"]+)"', said)
        assert f"{page}feed.{form}" in found


def test_feeds_name_the_hub_when_there_is_one(cast: Cast, settings: object) -> None:
    settings.WEBSUB_HUB = HUB
    make_tale(cast)

    for form in ("atom", "rss"):
        assert [link.href for link in read(f"/feed.{form}").feed.links if link.rel == "hub"] == [HUB]
    assert read_json("/feed.json")["hubs"] == [{"type": "WebSub", "url": HUB}]


def test_feeds_name_no_hub_when_there_is_none(cast: Cast) -> None:
    make_tale(cast)

    assert b"hub" not in b"".join(Client().get(f"/feed.{form}").content for form in ("atom", "rss", "json"))


def test_the_sitemap_leads_to_every_page(cast: Cast) -> None:
    story = make_tale(cast)

    parts = locations("/sitemap.xml")
    pages = [page for part in parts for page in locations(part.removeprefix("http://testserver"))]

    wanted = ["/", "/write-for-us/", "/archive/", "/section/keeping/", "/tag/kitchens/", "/writers/wilma-writer/"]
    wanted += [story.get_absolute_url(), f"/archive/{story.first_live_at:%Y}/"]
    for path in wanted:
        assert any(page.startswith(f"http://testserver{path}") for page in pages)
    assert all(Client().get(page.removeprefix("http://testserver")).status_code == 200 for page in pages)


def test_a_new_story_changes_its_own_part_of_the_sitemap_alone(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("keys", "sitemaps"):
        monkeypatch.setattr(f"hearthpress.magazine.{module}.SITEMAP_STORIES", 2)
    first = make_tale(cast, 0)
    own = f"/sitemap-stories-{first.pk // 2}.xml"
    before = Client().get(own)
    for number in (1, 2):
        last = make_tale(cast, number)

    after = Client().get(f"/sitemap-stories-{last.pk // 2}.xml")

    assert last.pk // 2 != first.pk // 2
    assert Client().get(own).page_keys == before.page_keys != after.page_keys
    assert f"http://testserver{last.get_absolute_url()}" in after.content.decode()
    assert f"http://testserver/sitemap-stories-{last.pk // 2}.xml" in locations("/sitemap.xml")


def test_a_part_of_the_sitemap_that_nobody_made_is_not_there(cast: Cast) -> None:
    make_tale(cast)

    assert Client().get("/sitemap-stories-7000.xml").status_code == 404


def test_the_news_sitemap_has_two_days_and_says_until_when_it_is_true(cast: Cast) -> None:
    now = clock.now()
    old = make_tale(cast, 0, at=now - timedelta(hours=49))
    ageing = make_tale(cast, 1, at=now - timedelta(hours=47))
    make_tale(cast, 2, at=now)

    response = Client().get("/sitemap-news.xml")
    with clock.at(response.good_until):
        later = locations("/sitemap-news.xml")

    tree = ET.fromstring(response.content)
    assert [title.text for title in tree.iterfind(".//n:title", SITEMAPS)] == ["Tale 2", "Tale 1"]
    assert {name.text for name in tree.iterfind(".//n:publication/n:name", SITEMAPS)} == {"The Hall Light"}
    assert old.get_absolute_url() not in response.content.decode()
    assert response.good_until == ageing.first_live_at + timedelta(hours=48)
    assert [page.rpartition("/stories/")[2] for page in later] == ["tale-2/"]


def test_robots_are_shown_the_sitemap(cast: Cast) -> None:
    lines = Client().get("/robots.txt").content.decode().splitlines()

    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert "Disallow: /desk/" in lines
    assert "Disallow: /search/" in lines


def test_a_page_that_depends_on_a_call_is_true_until_the_call_turns(cast: Cast) -> None:
    closes = clock.now() + timedelta(days=3)
    type(cast.call).objects.update(closes_at=closes)

    assert [Client().get(path).good_until for path in ("/", "/write-for-us/")] == [closes, closes]


def test_oembed_leads_from_a_storys_address_to_its_card(cast: Cast) -> None:
    story = make_tale(cast, changes={"content_note": NOTE, "standfirst": "A cup & a <b>saucer</b>."})
    address = f"http://testserver{story.get_absolute_url()}"

    response = Client().get(
        "/oembed", {"url": f"{address}?utm=1#end", "format": "json", "maxwidth": "100"}, follow=True
    )

    card = response.json()
    assert response.redirect_chain == [(f"/oembed/stories/{story.slug}.json", 302)]
    assert (card["version"], card["type"], card["title"]) == ("1.0", "rich", "Tale 0")
    assert card["author_url"] == "http://testserver/writers/wilma-writer/"
    assert (
        card["html"].index(NOTE)
        < card["html"].index(f'<a href="{address}">')
        < card["html"].index("A cup &amp; a &lt;b&gt;")
    )
    assert "<script" not in card["html"]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://testserver/",
        "http://testserver/desk/",
        "http://elsewhere.example/stories/tale-0/",
        "ftp://testserver/stories/tale-0/",
        "http://testserver@elsewhere.example/stories/tale-0/",
        "//testserver/stories/tale-0/",
        "http://[testserver/stories/tale-0/",
        "javascript:alert(1)",
    ],
)
def test_oembed_knows_no_other_address(cast: Cast, url: str) -> None:
    make_tale(cast)

    assert Client().get("/oembed", {"url": url}).status_code == 404


def test_oembed_answers_in_json_alone(cast: Cast) -> None:
    story = make_tale(cast)

    answer = Client().get("/oembed", {"url": f"http://testserver{story.get_absolute_url()}", "format": "xml"})

    assert answer.status_code == 501


def test_oembed_forgets_a_story_that_was_taken_back(cast: Cast) -> None:
    story = make_tale(cast)
    submissions.withdraw(story.manuscript.submission, cast.writer)

    assert Client().get(f"/oembed/stories/{story.slug}.json").status_code == 404


def test_a_story_names_its_card(cast: Cast) -> None:
    story = make_tale(cast)

    page = Client().get(story.get_absolute_url()).content.decode()

    assert (
        f'type="application/json+oembed" title="Tale 0" href="http://testserver/oembed/stories/{story.slug}.json"'
        in page
    )
