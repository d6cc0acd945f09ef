"""What the writer and the editors are shown before is what readers see after: byte for byte."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from hearthpress.common import clock
from hearthpress.documents.notation import from_notation
from hearthpress.editing import actions as editing
from hearthpress.editing.models import Manuscript
from hearthpress.editing.pictures import add_picture
from hearthpress.stories.actions import publish, set_tags
from hearthpress.stories.models import Story
from tests.factories import Cast, client_for, edited, make_manuscript, make_story, make_subject

pytestmark = pytest.mark.django_db(databases=["default", "views"])

TEXT = """The kettle was on when she rang, *and* I let it whistle.

# An hour

> “I keep that hour,” she wrote.

***

PICTURE: {digest} | A blue room | The kitchen | Photo: W.

GENTLE: a <loss>

- First
- Then

GENTLE END

RELATED: The Coat on the Hook"""


@pytest.fixture(autouse=True)
def _storage(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def picture(colour: str, person: Any) -> str:
    out = BytesIO()
    Image.new("RGB", (1200, 800), colour).save(out, "JPEG")
    return add_picture(out.getvalue(), person).sha256


@pytest.fixture
def asked(cast: Cast) -> Manuscript:
    """A text with everything in it, which the writer is asked about."""
    other = make_story(cast.other_writer, cast.editor, cast.call, title="The Coat on the Hook")
    subject = make_subject()
    found = make_manuscript(cast.writer, cast.editor, cast.call)
    document = from_notation(TEXT.format(digest=picture("teal", cast.editor)))
    for block in document["content"]:
        if block["type"] == "related":
            block["attrs"]["story"] = other.key
    own = {"sha256": picture("navy", cast.editor), "alt": "A “blue” room", "caption": "Ours", "credit": "Photo: W."}
    words = {"headline": "The Kettle & the Hour", "standfirst": "An hour on the telephone."}
    value = edited(found, document=document, subjects=[subject.slug], picture=own, slug="kettle", **words)
    editing.keep_version(found, cast.editor, value)
    editing.choose_focus(found, cast.editor, 20, 70)
    editing.ask_for_approval(found, cast.editor)
    return found


def article(client: Client, address: str) -> str:
    page = client.get(address).content.decode()
    assert page.count("<article>") == 1
    return page.partition("<article>")[2].partition("</article>")[0]


def apart_from(text: str) -> str:
    """Without what may differ: where pictures lie (the private ones as WebP alone), and the day that is not yet."""
    text = re.sub(r"/(desk/pictures|write/\w+/approval/pictures|pictures)/", "/PICTURES/", text)
    text = re.sub(r'\s*<source type="image/avif"[^>]*>', "", text)
    text = re.sub(r"<picture>\s*(<img[^>]*>)\s*</picture>", r"\1", text)
    return re.sub(r"<time [^>]*>[^<]*</time>", "<time>", text)


@pytest.mark.parametrize("who", ["writer", "editor"])
def test_preview_is_byte_for_byte_what_readers_see(cast: Cast, asked: Manuscript, who: str) -> None:
    place = {"writer": "room:preview", "editor": "desk:preview"}[who]
    client, address = client_for(getattr(cast, who)), reverse(place, args=[asked.submission.key])
    before = article(client, address)

    editing.approve(asked, cast.writer, asked.revision.sha256)
    story = publish(asked, cast.editor)

    public = article(Client(), story.get_absolute_url())
    # The name gets its address with its first story: until then it leads nowhere.
    unlinked = re.sub(r'<a rel="author" href="[^"]*">([^<]*)</a>', r"\1", public)
    assert apart_from(before) == apart_from(unlinked)
    assert apart_from(article(client, address)) == apart_from(public)
    assert all(words in before for words in ("Kettle &amp; the Hour", "a &lt;loss&gt;", "The Coat on the Hook"))


def test_preview_of_a_new_edition_has_the_tags_and_the_day_of_the_story(cast: Cast, asked: Manuscript) -> None:
    editing.approve(asked, cast.writer, asked.revision.sha256)
    story = publish(asked, cast.editor)
    set_tags(story, ["Telephones"], cast.editor, [])
    client, address = client_for(cast.editor), reverse("desk:preview", args=[asked.submission.key])

    before, public = article(client, address), article(Client(), story.get_absolute_url())

    assert "Telephones" in before
    times = re.compile(r"<time [^>]*>[^<]*</time>")
    assert times.findall(before) == times.findall(public)


def test_preview_leads_to_no_story_that_may_not_stand_beside_it(cast: Cast, asked: Manuscript) -> None:
    address = reverse("room:preview", args=[asked.submission.key])
    assert "The Coat on the Hook" in article(client_for(cast.writer), address)

    Story.objects.filter(headline="The Coat on the Hook").update(state="retracted", ended_at=clock.now())

    assert "The Coat on the Hook" not in article(client_for(cast.writer), address)


def test_preview_is_kept_and_counted_nowhere_and_framed_by_us_alone(cast: Cast, asked: Manuscript) -> None:
    client, address = client_for(cast.writer), reverse("room:preview", args=[asked.submission.key])

    answer, framed = client.get(address), client.get(f"{address}?framed")

    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex"
    assert not getattr(answer, "is_public_page", False)
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    page, within = answer.content.decode(), framed.content.decode()
    assert [name for name in ("v.gif", "view.js", "oembed", "ld+json", "og:title") if name in page + within] == []
    assert "This is a preview" in page
    assert "This is a preview" not in within


@pytest.mark.parametrize(
    ("who", "place", "status"),
    [
        ("other_writer", "room:preview", 404),
        ("editor", "room:preview", 404),
        (None, "room:preview", 302),
        ("writer", "desk:preview", 404),
        ("bookkeeper", "desk:preview", 404),
        (None, "desk:preview", 302),
    ],
)
def test_nobody_else_sees_a_preview(cast: Cast, asked: Manuscript, who: str | None, place: str, status: int) -> None:
    client = client_for(getattr(cast, who) if who else None)

    assert client.get(reverse(place, args=[asked.submission.key])).status_code == status


@pytest.mark.parametrize(("who", "place"), [("writer", "room:approval"), ("editor", "desk:approval_request")])
def test_page_of_approval_frames_the_preview_and_shows_the_card(
    cast: Cast, asked: Manuscript, who: str, place: str
) -> None:
    client = client_for(getattr(cast, who))

    answer = client.get(reverse(place, args=[asked.submission.key]))

    page, card = answer.content.decode(), answer.content.decode().partition('class="share-card"')[2]
    preview = reverse("room:preview" if who == "writer" else "desk:preview", args=[asked.submission.key])
    assert f'<iframe src="{preview}?framed"' in page
    assert "frame-src 'self'" in answer["Content-Security-Policy"]
    assert [
        said for said in ("The Kettle &amp; the Hour", "An hour on the telephone.", "› kettle") if said not in card
    ] == []
    source = re.findall(r'<img src="([^"]+)"', card)[0]
    assert client.get(source).status_code == 200
