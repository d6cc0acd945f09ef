"""Pictures on public pages: AVIF for whoever takes it, WebP for the rest, late unless seen first, never a shift."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from hearthpress.documents.notation import from_notation
from hearthpress.edge.keys import keys_of_page
from hearthpress.editing import actions as editing
from hearthpress.editing.models import Picture
from hearthpress.editing.pictures import add_picture
from hearthpress.stories.actions import publish
from hearthpress.stories.gate import CannotPublish
from hearthpress.stories.models import Figure, Story
from hearthpress.submissions.actions import withdraw
from tests.factories import Cast, edited, make_approved, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_media(settings: object, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path


def pictured(cast: Cast, title: str, colour: tuple[int, int, int]) -> Story:
    out = BytesIO()
    Image.new("RGB", (1200, 800), colour).save(out, "JPEG")
    picture = {"sha256": add_picture(out.getvalue(), None).sha256, "alt": "A field.", "caption": "", "credit": ""}
    return make_story(cast.writer, cast.editor, cast.call, title=title, changes={"picture": picture})


def stored(colour: tuple[int, int, int] = (120, 90, 60)) -> str:
    out = BytesIO()
    Image.new("RGB", (1200, 800), colour).save(out, "JPEG")
    return add_picture(out.getvalue(), None).sha256


def with_text(cast: Cast, text: str, title: str = "The Kettle") -> Story:
    return make_story(cast.writer, cast.editor, cast.call, title=title, changes={"document": from_notation(text)})


def new_edition(story: Story, cast: Cast, text: str) -> None:
    manuscript = story.manuscript
    editing.keep_version(manuscript, cast.editor, edited(manuscript, document=from_notation(text)))
    editing.ask_for_approval(manuscript, cast.editor)
    editing.approve(manuscript, cast.writer, manuscript.revision.sha256)
    publish(manuscript, cast.editor)


def status(digest: str, kind: str = "webp") -> int:
    return Client().get(f"/pictures/{digest}-480.{kind}").status_code


def tags(page: str, name: str) -> list[str]:
    return re.findall(rf"<{name}\b[^>]*>", page)


@pytest.mark.parametrize("kind", ["avif", "webp"])
def test_both_kinds_of_a_live_story_s_picture_are_served_and_gone_with_it(cast: Cast, kind: str) -> None:
    story = pictured(cast, "The Kettle", (120, 90, 60))
    address = f"/pictures/{story.picture_sha256}-480.{kind}"

    live = Client().get(address)
    withdraw(story.manuscript.submission, cast.writer)
    gone = Client().get(address)

    assert (live.status_code, live["Content-Type"]) == (200, f"image/{kind}")
    assert Image.open(BytesIO(live.content)).size == (480, 320)
    assert gone.status_code == 404


def test_a_width_that_is_not_kept_is_not_made(cast: Cast) -> None:
    story = pictured(cast, "The Kettle", (120, 90, 60))

    assert Client().get(f"/pictures/{story.picture_sha256}-481.avif").status_code == 404


@pytest.mark.parametrize(("path", "at_once"), [("/", 1), ("", 1), ("/section/keeping/", 2)])
def test_every_picture_has_both_kinds_and_a_size_and_the_first_are_fetched_at_once(
    cast: Cast, path: str, at_once: int
) -> None:
    stories = [pictured(cast, f"Kettle {number}", (120, 90, 60 + number)) for number in range(3)]
    page = Client().get(path or stories[-1].get_absolute_url()).content.decode()

    images = [tag for tag in tags(page, "img") if "/pictures/" in tag]

    assert len(images) == len(tags(page, "source")) == 3
    assert all("-480.avif 480w" in tag and "sizes=" in tag for tag in tags(page, "source"))
    assert all('width="1200"' in tag and 'height="800"' in tag and "-480.webp 480w" in tag for tag in images)
    assert ['loading="lazy"' in tag for tag in images] == [number >= at_once for number in range(3)]
    assert ['fetchpriority="high"' in tag for tag in images] == [number < at_once for number in range(3)]


@pytest.mark.parametrize("kind", ["avif", "webp"])
@pytest.mark.parametrize("around", ["{}", "GENTLE: a loss\n\n{}\n\nGENTLE END"])
def test_a_picture_within_the_text_is_served_and_gone_with_its_story(cast: Cast, kind: str, around: str) -> None:
    digest = stored()
    approved = make_approved(
        cast.writer,
        cast.editor,
        cast.call,
        changes={"document": from_notation("Words.\n\n" + around.format(f"PICTURE: {digest} | A field."))},
    )

    before = status(digest, kind)
    publish(approved, cast.editor)
    live = Client().get(f"/pictures/{digest}-480.{kind}")
    withdraw(approved.submission, cast.writer)

    assert before == 404
    assert (live.status_code, live["Content-Type"]) == (200, f"image/{kind}")
    assert keys_of_page(live) == {f"story-{Story.objects.get().key}"}
    assert status(digest, kind) == 404


def test_a_picture_that_a_new_edition_left_out_is_served_no_more(cast: Cast) -> None:
    first, second = stored(), stored((1, 2, 3))
    story = with_text(cast, f"Words.\n\nPICTURE: {first} | A field.")

    new_edition(story, cast, f"Words.\n\nPICTURE: {second} | A lake.\n\nPICTURE: {second} | A lake.")

    assert (status(first), status(second)) == (404, 200)
    assert list(Figure.objects.values_list("sha256", flat=True)) == [second]


def test_a_picture_that_two_stories_show_stays_for_the_one_that_is_live(cast: Cast) -> None:
    digest = stored()
    own = pictured(cast, "Own", (120, 90, 60))
    within = with_text(cast, f"Words.\n\nPICTURE: {digest} | A field.", title="Within")

    withdraw(own.manuscript.submission, cast.writer)
    one_left = status(digest)
    withdraw(within.manuscript.submission, cast.writer)

    assert own.picture_sha256 == digest
    assert (one_left, status(digest)) == (200, 404)


def test_a_picture_within_the_text_has_both_kinds_and_comes_late(cast: Cast) -> None:
    digest = stored()
    story = with_text(cast, f"Words.\n\nPICTURE: {digest} | A field. | After rain.")

    page = Client().get(story.get_absolute_url()).content.decode()

    (image,) = [tag for tag in tags(page, "img") if digest in tag]
    (source,) = tags(page, "source")
    assert 'alt="A field."' in image
    assert 'loading="lazy"' in image
    assert 'width="1200"' in image
    assert f"/pictures/{digest}-480.avif 480w" in source
    assert "<figcaption>After rain.</figcaption>" in page


def test_no_picture_of_a_hard_passage_is_shown_apart_from_it(cast: Cast) -> None:
    seen, hard = stored(), stored((1, 2, 3))
    text = f"Words.\n\nPICTURE: {seen} | A field.\n\nGENTLE:\n\nPICTURE: {hard} | A bed.\n\nGENTLE END"
    page = Client().get(with_text(cast, text).get_absolute_url()).content.decode()

    data = page.split('<script type="application/ld+json">')[1].split("</script>")[0]

    assert f"/pictures/{seen}-960.webp" in data
    assert hard not in data


def test_pictures_within_the_text_cost_one_query_however_many(
    cast: Cast, django_assert_num_queries: Callable[[int], AbstractContextManager[CaptureQueriesContext]]
) -> None:
    lines = [f"PICTURE: {stored((number, 2, 3))} | A field." for number in range(3)]
    none = with_text(cast, "Words.", title="None")
    addresses = [with_text(cast, "\n\n".join(lines[:n]), title=f"Of {n}").get_absolute_url() for n in (1, 3)]
    Client().get(none.get_absolute_url())
    with CaptureQueriesContext(connection) as without:
        Client().get(none.get_absolute_url())

    for address in addresses:
        with django_assert_num_queries(len(without) + 1):
            Client().get(address)


def test_a_text_whose_picture_is_not_here_is_not_published(cast: Cast) -> None:
    text = f"Words.\n\nPICTURE: {stored()} | A field."
    approved = make_approved(cast.writer, cast.editor, cast.call, changes={"document": from_notation(text)})
    Picture.objects.all().delete()

    with pytest.raises(CannotPublish, match="Picture 1 within the text is not here"):
        publish(approved, cast.editor)
