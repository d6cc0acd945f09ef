"""Choosing what stays in view where a picture is cropped: a click, two numbers, and nobody's approval undone."""

from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from hearthpress.edge.models import Purge
from hearthpress.editing.actions import choose_focus
from hearthpress.editing.pictures import add_picture
from hearthpress.stories.models import Story
from tests.factories import Cast, client_for, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_media(settings: object, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def story(cast: Cast) -> Story:
    out = BytesIO()
    Image.new("RGB", (600, 1200), (120, 90, 60)).save(out, "JPEG")
    picture = {"sha256": add_picture(out.getvalue(), None).sha256, "alt": "A field.", "caption": "", "credit": ""}
    return make_story(cast.writer, cast.editor, cast.call, title="The Kettle", changes={"picture": picture})


def place(story: Story) -> str:
    return f"/desk/{story.manuscript.submission.key}/picture/"


def test_two_numbers_choose_what_stays_in_view(cast: Cast, story: Story) -> None:
    answer = client_for(cast.editor).post(place(story), {"x": "18", "y": "100"})

    story.refresh_from_db()
    assert answer.status_code == 302
    assert story.picture["focus"] == "across-2 down-10"
    assert 'class="across-2 down-10"' in Client().get("/section/keeping/").content.decode()


@pytest.mark.parametrize(
    ("across", "down", "chosen"),
    [("0", "0", (0, 0)), ("150", "300", (50, 50)), ("75", "60", (25, 10)), ("9999", "-3", (100, 0))],
)
def test_a_click_is_told_in_pixels_of_the_picture_as_it_stands(
    cast: Cast, story: Story, across: str, down: str, chosen: tuple[int, int]
) -> None:
    client_for(cast.editor).post(place(story), {"at.x": across, "at.y": down})

    story.refresh_from_db()
    assert (story.picture_facts["focus_x"], story.picture_facts["focus_y"]) == chosen


@pytest.mark.parametrize("sent", [{"x": "101", "y": "5"}, {"x": "", "y": "5"}, {"at.x": "left", "at.y": "5"}])
def test_what_is_no_point_of_the_picture_is_told_and_changes_nothing(
    cast: Cast, story: Story, sent: dict[str, str]
) -> None:
    answer = client_for(cast.editor).post(place(story), sent)

    story.refresh_from_db()
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert story.picture["focus"] == ""


def test_the_approval_stands_and_the_pages_that_show_the_story_are_purged(cast: Cast, story: Story) -> None:
    approved = story.manuscript.approval.sha256
    Purge.objects.all().delete()

    choose_focus(story.manuscript, cast.editor, 20, 80)

    assert Story.objects.live().get() == story
    assert story.manuscript.revision.sha256 == approved
    assert any(f"story-{story.key}" in purge.keys.split() for purge in Purge.objects.all())


def test_the_page_is_for_editors_of_others_and_only_where_there_is_a_picture(cast: Cast, story: Story) -> None:
    bare = make_story(cast.other_writer, cast.editor, cast.call, title="No Picture")

    statuses = [client_for(person).get(place(story)).status_code for person in (cast.editor, cast.writer)]

    assert statuses == [200, 404]
    assert client_for(cast.editor).get(place(bare)).status_code == 404


def test_the_text_page_leads_to_it(cast: Cast, story: Story) -> None:
    page = client_for(cast.editor).get(f"/desk/{story.manuscript.submission.key}/manuscript/")

    assert place(story) in page.content.decode()
