"""What a first visit to a story weighs without its pictures: page, style sheet, scripts, icon, fonts, compressed."""

import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from hearthpress.stories.models import Story
from tests.factories import Cast, make_story

pytestmark = pytest.mark.django_db

MOST_BYTES = 35 * 1024
# A page is compressed while somebody waits for it; static files once, as well as can be.
PAGE_QUALITY, FILE_QUALITY = 5, 11
SOURCES = Path(__file__).resolve().parents[2] / "hearthpress/sample/content/stories"


@pytest.fixture
def story(cast: Cast) -> Story:
    """Twice as long as the longest of the sample, with strong words and sloped ones, and three to read after it."""
    for number in range(3):
        make_story(cast.writer, cast.editor, cast.call, title=f"Before It {number}")
    return make_story(cast.writer, cast.editor, cast.call, title="The Long One", text=long_text())


def long_text() -> str:
    """A thousand words of the sample's own."""
    longest = sorted(SOURCES.glob("*.md"), key=lambda path: path.stat().st_size)[-2:]
    texts = [path.read_text("utf-8").split("+++")[2] for path in longest]
    lines = [line for text in texts for line in text.splitlines() if not line.startswith("RELATED")]
    return "She said **nothing**, *nothing* at all.\n\n" + "\n".join(lines)


def linked(page: str) -> list[str]:
    """The static files that the page names and a browser fetches."""
    named = re.findall(r'<(?:link rel="(?:stylesheet|icon|preload)"|script)[^>]*(?:href|src)="/static/([^"]+)"', page)
    return sorted(set(named))


def first_fonts(page: str) -> list[str]:
    """A file for each face that the text is set in; a page in English needs no other."""
    faces = ["roman", *(["italic"] if "<em>" in page or "kicker" in page else []), *(["strong"] * ("<strong>" in page))]
    return [f"masthead/fonts/literata-{face}.woff2" for face in faces]


def weight(name: str) -> int:
    found = finders.find(name)
    assert found, name
    data = Path(found).read_bytes()
    return len(data if name.endswith(".woff2") else brotli.compress(data, quality=FILE_QUALITY))


def test_a_long_story_with_every_face_weighs_at_most_35_kilobytes(story: Story) -> None:
    page = Client().get(story.get_absolute_url()).content

    files = {name: weight(name) for name in {*linked(page.decode()), *first_fonts(page.decode())}}
    whole = len(brotli.compress(page, quality=PAGE_QUALITY)) + sum(files.values())

    assert "masthead/fonts/literata-strong.woff2" in files
    assert whole <= MOST_BYTES, files


def test_one_request_stands_before_the_first_paint(story: Story) -> None:
    page = Client().get(story.get_absolute_url()).content.decode()
    head = page.partition("</head>")[0]

    assert len(re.findall(r'<link[^>]*rel="stylesheet"', page)) == 1
    assert "@import" not in Path(finders.find("masthead/magazine.css")).read_text()
    assert all(" defer" in tag for tag in re.findall(r'<script(?! type="application/ld\+json")[^>]*>', page))
    assert not re.findall(r"<style|<script src", head)
