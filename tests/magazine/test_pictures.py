"""Pictures on public pages: AVIF for whoever takes it, WebP for the rest, late unless seen first, never a shift."""

import re
from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from hearthpress.editing.pictures import add_picture
from hearthpress.stories.models import Story
from hearthpress.submissions.actions import withdraw
from tests.factories import Cast, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_media(settings: object, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path


def pictured(cast: Cast, title: str, colour: tuple[int, int, int]) -> Story:
    out = BytesIO()
    Image.new("RGB", (1200, 800), colour).save(out, "JPEG")
    picture = {"sha256": add_picture(out.getvalue(), None).sha256, "alt": "A field.", "caption": "", "credit": ""}
    return make_story(cast.writer, cast.editor, cast.call, title=title, changes={"picture": picture})


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
