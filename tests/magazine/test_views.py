import json
from io import BytesIO

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from hearthpress.editing.pictures import add_picture
from hearthpress.submissions import actions as submissions
from tests.factories import Cast, client_for, make_story, make_subject

pytestmark = pytest.mark.django_db(databases=["default", "views"])

MOST_QUERIES = 8
PUBLIC = ["/", "/section/keeping/", "/write-for-us/", "/feed.atom", "/feed.json", "/sitemap.xml", "/robots.txt"]


def make_stories(cast: Cast, count: int) -> None:
    for number in range(count):
        make_story(cast.writer, cast.editor, cast.call, title=f"Kettle {number}")


def queries(path: str) -> int:
    with CaptureQueriesContext(connections["default"]) as captured:
        assert Client().get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("path", PUBLIC)
def test_public_page_answers_when_the_magazine_is_empty(cast: Cast, path: str) -> None:
    assert Client().get(path).status_code == 200


@pytest.mark.parametrize("path", [*PUBLIC, "/stories/kettle-0/"])
def test_public_page_takes_as_many_queries_for_one_story_as_for_three(cast: Cast, path: str) -> None:
    make_stories(cast, 1)
    with_one = queries(path)
    make_stories(cast, 0)
    for number in (1, 2):
        make_story(cast.writer, cast.editor, cast.call, title=f"Kettle {number}")

    with_three = queries(path)

    assert with_three == with_one <= MOST_QUERIES


def test_a_story_with_everything_takes_few_queries(cast: Cast) -> None:
    loss = make_subject("pregnancy-loss")
    loss.never_beside.add(make_subject("new-babies"))
    other = make_story(cast.other_writer, cast.editor, cast.call, title="Other")
    line = {"type": "related", "attrs": {"title": "Other", "story": other.key}}
    document = {
        "type": "doc",
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Words."}]}, line],
    }
    changes = {"subjects": ["pregnancy-loss"], "document": document}
    make_story(cast.writer, cast.editor, cast.call, changes=changes)

    assert queries("/stories/the-kettle/") <= MOST_QUERIES


@pytest.mark.parametrize("path", [*PUBLIC, "/stories/kettle-0/"])
def test_public_page_is_the_same_for_everybody_and_sets_no_cookie(cast: Cast, path: str) -> None:
    make_stories(cast, 1)

    signed_in = client_for(cast.editor)
    anonymous, editor = Client().get(path), signed_in.get(path)
    with CaptureQueriesContext(connections["default"]) as captured:
        signed_in.get(path)

    assert anonymous.content == editor.content
    assert anonymous.headers == editor.headers
    assert len(captured) == queries(path)
    assert not anonymous.cookies
    assert not editor.cookies
    assert "Cookie" not in anonymous.headers.get("Vary", "")
    assert anonymous["Cache-Control"].startswith("no-cache")


def test_story_page_shows_the_approved_words_and_what_machines_read(cast: Cast) -> None:
    make_stories(cast, 1)

    page = Client().get("/stories/kettle-0/").content.decode()

    assert "I let it whistle" in page
    assert '<meta property="og:title" content="Kettle 0">' in page
    data = json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert (data["@type"], data["headline"], data["author"]["name"]) == ("Article", "Kettle 0", "Wilma Writer")


def test_a_headline_that_is_a_script_stays_words(cast: Cast) -> None:
    make_story(cast.writer, cast.editor, cast.call, title="</script><script>alert(1)</script> Kettle")

    front, page = Client().get("/").content.decode(), Client().get("/stories/scriptscriptalert1script-kettle/")

    assert "<script>alert" not in front
    assert "<script>alert" not in page.content.decode()


def test_front_page_shows_the_newest_story_first(cast: Cast) -> None:
    make_stories(cast, 3)

    page = Client().get("/").content.decode()

    assert page.index("Kettle 2") < page.index("Kettle 1") < page.index("Kettle 0")


@pytest.mark.parametrize("path", ["/", "/section/keeping/", "/feed.atom", "/feed.json", "/sitemap-stories-0.xml"])
def test_a_story_taken_back_is_gone_from_every_list(cast: Cast, path: str) -> None:
    story = make_story(cast.writer, cast.editor, cast.call)
    before = Client().get(path).content.decode()
    submissions.withdraw(story.manuscript.submission, cast.writer)

    after = Client().get(path).content.decode()

    assert story.slug in before
    assert story.slug not in after


def test_a_story_taken_back_answers_410_with_a_kind_page_that_names_nobody(cast: Cast) -> None:
    story = make_story(cast.writer, cast.editor, cast.call)
    submissions.withdraw(story.manuscript.submission, cast.writer)

    response = Client().get(f"/stories/{story.slug}/")

    assert response.status_code == 410
    assert "Wilma" not in response.content.decode()
    assert "Kettle" not in response.content.decode()


def test_a_story_that_was_never_live_and_one_that_never_was_are_404(cast: Cast) -> None:
    assert Client().get("/stories/the-kettle/").status_code == 404


def test_a_hard_story_has_its_note_and_help_lines_and_no_promotion(cast: Cast) -> None:
    make_subject("pregnancy-loss")
    make_story(
        cast.writer,
        cast.editor,
        cast.call,
        changes={"subjects": ["pregnancy-loss"], "content_note": "It speaks of a loss."},
    )

    response = Client().get("/stories/the-kettle/")

    page = response.content.decode()
    assert "It speaks of a loss." in page
    assert "555-0101" in page
    assert response.context["promotions"] is False


@pytest.mark.parametrize("path", ["/", "/section/keeping/", "/feed.atom", "/feed.json"])
def test_lists_and_feeds_carry_the_content_note(cast: Cast, path: str) -> None:
    make_story(cast.writer, cast.editor, cast.call, changes={"content_note": "It speaks of a loss."})

    assert "It speaks of a loss." in Client().get(path).content.decode()


def test_beside_a_hard_story_stands_nothing_that_its_care_rule_forbids(cast: Cast) -> None:
    loss, joy = make_subject("pregnancy-loss"), make_subject("new-babies")
    loss.never_beside.add(joy)
    make_story(cast.other_writer, cast.editor, cast.call, title="Glad News", changes={"subjects": ["new-babies"]})
    make_story(cast.other_writer, cast.editor, cast.call, title="Quiet News")
    make_story(cast.writer, cast.editor, cast.call, changes={"subjects": ["pregnancy-loss"]})

    page = Client().get("/stories/the-kettle/").content.decode()

    assert "Quiet News" in page
    assert "Glad News" not in page


def test_a_pen_name_hides_the_person_on_every_public_page(cast: Cast) -> None:
    story = make_story(cast.writer, cast.editor, cast.call, byline_kind="pen", byline_name="Alma Grady")

    for path in [*PUBLIC, story.get_absolute_url()]:
        response = Client().get(path)
        said = response.content.decode() + str(response.headers)
        assert "Wilma" not in said
        assert "writer@example.org" not in said
    assert "Alma Grady" in Client().get(story.get_absolute_url()).content.decode()


@pytest.mark.parametrize("path", ["/?utm=1", "/section/keeping/?page=x"])
def test_an_unknown_query_string_gets_the_same_page(cast: Cast, path: str) -> None:
    make_stories(cast, 1)

    assert Client().get(path).content == Client().get(path.split("?", maxsplit=1)[0]).content


def test_nothing_comes_from_elsewhere_and_nothing_is_inline(cast: Cast) -> None:
    make_stories(cast, 1)

    response = Client().get("/stories/kettle-0/")

    policy = response["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy
    assert " style=" not in response.content.decode()


def test_the_front_page_keeps_apart_what_a_care_rule_keeps_apart(cast: Cast) -> None:
    loss, joy = make_subject("pregnancy-loss"), make_subject("new-babies")
    loss.never_beside.add(joy)
    make_story(cast.other_writer, cast.editor, cast.call, title="Glad News", changes={"subjects": ["new-babies"]})
    make_story(cast.other_writer, cast.editor, cast.call, title="Quiet News")
    make_story(cast.writer, cast.editor, cast.call, changes={"subjects": ["pregnancy-loss"]})

    page = Client().get("/").content.decode()

    assert "The Kettle" in page
    assert "Quiet News" in page
    assert "Glad News" not in page


def test_a_picture_is_checked_each_time_and_gone_with_its_story(cast: Cast, settings: object, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path
    out = BytesIO()
    Image.new("RGB", (600, 400), (120, 90, 60)).save(out, "JPEG")
    picture = {"sha256": add_picture(out.getvalue(), None).sha256, "alt": "A field.", "caption": "", "credit": ""}
    story = make_story(cast.writer, cast.editor, cast.call, changes={"picture": picture})
    path = f"/pictures/{picture['sha256']}-480.webp"

    live = Client().get(path)
    submissions.withdraw(story.manuscript.submission, cast.writer)

    assert (live.status_code, live["Cache-Control"]) == (200, "no-cache")
    assert Client().get(path).status_code == 404
