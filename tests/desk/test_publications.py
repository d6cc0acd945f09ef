"""Publishing: refused unless the writer approved exactly this; the time is the editor's own, and never the past."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from hearthpress.common import clock
from hearthpress.editing import actions as editing
from hearthpress.editing.models import Manuscript
from hearthpress.mail.models import Letter
from hearthpress.stories.actions import appear_due_stories
from hearthpress.stories.enums import StoryState
from hearthpress.stories.models import Story
from hearthpress.submissions.actions import withdraw
from tests.factories import Cast, client_for, edited, make_approved, make_manuscript, make_story

pytestmark = pytest.mark.django_db
NEW_YORK = ZoneInfo("America/New_York")


@pytest.fixture
def editor(cast: Cast) -> Client:
    return client_for(cast.editor)


@pytest.fixture
def approved(cast: Cast) -> Manuscript:
    return make_approved(cast.writer, cast.editor, cast.call)


def publish(client: Client, manuscript: Manuscript, **data: Any) -> Any:
    sent = {"approved": manuscript.revision.sha256, "when": "now", **data}
    return client.post(f"/desk/{manuscript.submission.key}/publication/", sent)


def reopened(cast: Cast, manuscript: Manuscript) -> Manuscript:
    fresh = Manuscript.objects.select_related("revision", "submission__writer").get(pk=manuscript.pk)
    editing.save(fresh, cast.editor, edited(fresh, headline="Another headline"))
    return fresh


def test_approved_text_goes_live(editor: Client, approved: Manuscript) -> None:
    answer = publish(editor, approved)

    assert answer.status_code == 302
    assert Story.objects.live().get().manuscript == approved


def test_text_that_was_never_approved_is_refused(cast: Cast, editor: Client) -> None:
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call)

    answer = publish(editor, manuscript)

    assert answer.status_code == 409
    assert not Story.objects.exists()


def test_text_that_changed_after_the_page_was_drawn_is_refused(
    cast: Cast, editor: Client, approved: Manuscript
) -> None:
    reopened(cast, approved)

    answer = publish(editor, approved)

    assert answer.status_code == 409
    assert "changed meanwhile" in answer.content.decode()
    assert not Story.objects.exists()


def test_second_editor_is_told_that_the_story_is_live(cast: Cast, editor: Client, approved: Manuscript) -> None:
    publish(editor, approved)

    page = client_for(cast.other_editor).get(f"/desk/{approved.submission.key}/publication/").content.decode()
    publish(client_for(cast.other_editor), approved)

    assert "There is nothing newer to publish." in page
    assert Letter.objects.filter(kind="stories/published").count() == 1


def test_story_taken_back_is_refused(cast: Cast, editor: Client, approved: Manuscript) -> None:
    withdraw(approved.submission, cast.writer)

    answer = publish(editor, approved)

    assert answer.status_code == 404
    assert not Story.objects.exists()


def test_web_address_of_another_story_is_told(cast: Cast, editor: Client, approved: Manuscript) -> None:
    publish(editor, approved)
    second = make_approved(cast.other_writer, cast.editor, cast.call)

    answer = publish(editor, second)

    assert "Another story has this web address already." in answer.content.decode()


def test_time_is_read_in_the_editors_zone(cast: Cast, editor: Client, approved: Manuscript) -> None:
    local = (clock.now() + timedelta(days=2)).astimezone(NEW_YORK).replace(hour=9, minute=30, second=0, microsecond=0)

    page = editor.get(f"/desk/{approved.submission.key}/publication/").content.decode()
    publish(editor, approved, when="later", at=f"{local:%Y-%m-%dT%H:%M}")

    assert "America/New York" in page
    assert Story.objects.values_list("state", "goes_live_at").get() == (StoryState.SCHEDULED, local)


@pytest.mark.parametrize("at", ["2020-01-01T09:00", "", "tomorrow", "2026-13-45T99:99"])
def test_time_that_cannot_be_is_told_beside_the_field(editor: Client, approved: Manuscript, at: str) -> None:
    answer = publish(editor, approved, when="later", at=at)

    assert answer.context["form"].errors["at"]
    assert not Story.objects.exists()


def test_scheduled_story_gets_another_time(editor: Client, approved: Manuscript) -> None:
    first, second = (
        (clock.now() + timedelta(days=days)).astimezone(NEW_YORK).replace(second=0, microsecond=0) for days in (2, 3)
    )
    publish(editor, approved, when="later", at=f"{first:%Y-%m-%dT%H:%M}")

    publish(editor, approved, when="later", at=f"{second:%Y-%m-%dT%H:%M}")

    assert Story.objects.get().goes_live_at == second


def test_live_story_gets_a_new_edition_once_it_is_approved(cast: Cast, editor: Client, approved: Manuscript) -> None:
    publish(editor, approved)
    fresh = reopened(cast, approved)
    editing.ask_for_approval(fresh, cast.editor)
    editing.approve(fresh, cast.writer, fresh.revision.sha256)

    publish(editor, fresh)

    assert Story.objects.live().get().headline == "Another headline"


def test_web_address_of_a_published_story_cannot_be_typed_over(cast: Cast, editor: Client) -> None:
    story = make_story(cast.writer, cast.editor, cast.call)
    path = f"/desk/{story.manuscript.submission.key}/manuscript/"
    form = editor.get(path).context["bench"].text
    data = {field.html_name: field.value() for field in form if field.value() not in (None, False)}

    editor.post(path, {**data, "slug": "elsewhere", "headline": "Another headline"})

    newest = Manuscript.objects.select_related("revision").get(pk=story.manuscript_id).revision.content
    assert (newest["slug"], newest["headline"]) == (story.slug, "Another headline")


def test_retraction_asks_for_a_reason_and_tells_the_writer(cast: Cast, editor: Client) -> None:
    story = make_story(cast.writer, cast.editor, cast.call)
    path = f"/desk/{story.manuscript.submission.key}/retraction/"

    without = editor.post(path, {"why": " "})
    still = Story.objects.get().state
    editor.post(path, {"why": "A name has to come out first."})

    assert without.context["form"].errors["why"]
    assert still == StoryState.LIVE
    assert Story.objects.get().state == StoryState.RETRACTED
    assert "A name has to come out first." in Letter.objects.get(kind="stories/retracted").text


def test_retraction_by_two_tells_the_second(cast: Cast, editor: Client) -> None:
    story = make_story(cast.writer, cast.editor, cast.call)
    path = f"/desk/{story.manuscript.submission.key}/retraction/"
    editor.post(path, {"why": "First."})

    answer = client_for(cast.other_editor).post(path, {"why": "Second."}, follow=True)

    assert "This story is not live." in answer.content.decode()
    assert Letter.objects.filter(kind="stories/retracted").count() == 1


def test_story_that_the_gate_held_back_says_so_and_publishing_it_says_why(
    cast: Cast, editor: Client, approved: Manuscript
) -> None:
    other = make_story(cast.other_writer, cast.editor, cast.call, title="The Coat")
    words = {"type": "paragraph", "content": [{"type": "text", "text": "Words."}]}
    line = {"type": "related", "attrs": {"title": "The Coat", "story": other.key}}
    document = {"type": "doc", "content": [words, line]}
    fresh = Manuscript.objects.select_related("revision", "submission__writer").get(pk=approved.pk)
    editing.keep_version(fresh, cast.editor, edited(fresh, document=document))
    editing.ask_for_approval(fresh, cast.editor)
    editing.approve(fresh, cast.writer, fresh.revision.sha256)
    at = (clock.now() + timedelta(days=1)).astimezone(NEW_YORK)
    publish(editor, fresh, when="later", at=f"{at:%Y-%m-%dT%H:%M}")
    withdraw(other.manuscript.submission, cast.other_writer)

    with clock.at(at + timedelta(hours=1)):
        appeared = appear_due_stories()
        page = editor.get(f"/desk/{fresh.submission.key}/publication/").content.decode()
        answer = publish(editor, fresh).content.decode()

    assert appeared == 0
    assert "something stood in the way" in page
    assert "These related lines cannot stand here: “The Coat”." in answer
