"""The time to think, at the desk: the earliest moment is offered, an earlier one is refused with a sentence."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from hearthpress.editing import actions as editing
from hearthpress.editing.cooling import waive_cooling
from hearthpress.editing.models import Manuscript
from hearthpress.people.models import Person
from hearthpress.stories.enums import StoryState
from hearthpress.stories.models import Edition, Story
from tests.factories import Cast, client_for, edited, make_approved, make_subject

pytestmark = pytest.mark.django_db
NEW_YORK = ZoneInfo("America/New_York")
LIST_QUERIES = 9  # of the list with one story, and with three


@pytest.fixture
def editor(cast: Cast) -> Client:
    Person.objects.filter(pk=cast.editor.pk).update(time_zone="Europe/Berlin")
    return client_for(cast.editor)


@pytest.fixture
def approved(cast: Cast) -> Manuscript:
    make_subject("infant-death", cooling_hours=24)
    return make_approved(cast.writer, cast.editor, cast.call, {"subjects": ["infant-death"]})


def publish(client: Client, manuscript: Manuscript, **data: Any) -> Any:
    sent = {"approved": manuscript.revision.sha256, "when": "now", **data}
    return client.post(f"/desk/{manuscript.submission.key}/publication/", sent)


def page(client: Client, manuscript: Manuscript) -> Any:
    return client.get(f"/desk/{manuscript.submission.key}/publication/")


def test_page_offers_the_first_moment_and_it_is_taken(editor: Client, approved: Manuscript) -> None:
    until = approved.approval.cools_until
    offered = f"{until.astimezone(ZoneInfo('Europe/Berlin')):%Y-%m-%dT%H:%M}"

    answer = page(editor, approved)
    publish(editor, approved, when="later", at=offered)

    shown = answer.content.decode()
    assert f'value="{offered}"' in shown
    assert f'min="{offered}"' in shown
    assert "Approved: time to think" in shown
    assert 'type="radio"' not in shown
    assert Story.objects.values_list("state", "goes_live_at").get() == (StoryState.SCHEDULED, until)


@pytest.mark.parametrize("when", ["now", "later"])
def test_earlier_is_refused_with_the_moment_in_the_magazines_zone(
    editor: Client, approved: Manuscript, when: str
) -> None:
    until = approved.approval.cools_until
    early = until.astimezone(ZoneInfo("Europe/Berlin")) - timedelta(minutes=1)

    answer = publish(editor, approved, when=when, at=f"{early:%Y-%m-%dT%H:%M}")

    assert answer.status_code == 409
    (said,) = answer.context["form"].non_field_errors()
    assert f"{until.astimezone(NEW_YORK):%Y}" in said
    assert "(America/New York). It can go live from then on." in said
    assert not Story.objects.exists()


def test_writer_who_needs_no_time_lets_it_go_live(cast: Cast, editor: Client, approved: Manuscript) -> None:
    waive_cooling(approved, cast.writer, approved.revision.sha256)

    shown = page(editor, approved).content.decode()
    publish(editor, approved)

    assert "not needed: the writer said so on" in shown
    assert Story.objects.live().count() == 1


def test_new_version_of_a_live_story_waits_too_and_the_page_says_until_when(
    cast: Cast, editor: Client, approved: Manuscript
) -> None:
    waive_cooling(approved, cast.writer, approved.revision.sha256)
    publish(editor, approved)
    fresh = Manuscript.objects.select_related("revision", "submission__writer").get(pk=approved.pk)
    editing.save(fresh, cast.editor, edited(fresh, headline="Another headline"))
    editing.ask_for_approval(fresh, cast.editor)
    editing.approve(fresh, cast.writer, fresh.revision.sha256)

    shown = page(editor, fresh).content.decode()
    refused = publish(editor, fresh).status_code

    assert "on you can publish it here" in shown
    assert "Publish it now" not in shown
    assert (refused, Edition.objects.count()) == (409, 1)


@pytest.mark.parametrize("stories", [1, 3])
def test_list_of_stories_says_from_when_on_each_may_go_live(
    cast: Cast, editor: Client, django_assert_num_queries: Any, stories: int
) -> None:
    make_subject("infant-death", cooling_hours=24)
    changes = {"subjects": ["infant-death"]}
    made = [make_approved(cast.writer, cast.editor, cast.call, changes, title=f"No. {n}") for n in range(stories)]
    editor.get("/desk/stories/")

    with django_assert_num_queries(LIST_QUERIES):
        shown = editor.get("/desk/stories/").content.decode()

    until = made[0].cools_until
    assert until is not None
    assert shown.count("may go live from") == shown.count("Approved: time to think") == stories
    assert f'datetime="{until.astimezone(ZoneInfo("Europe/Berlin")):%Y-%m-%dT%H:%M}' in shown


def test_list_of_stories_says_ready_once_no_time_is_needed(cast: Cast, editor: Client, approved: Manuscript) -> None:
    waive_cooling(approved, cast.writer, approved.revision.sha256)

    shown = editor.get("/desk/stories/").content.decode()

    assert "Approved: ready to publish" in shown
    assert "may go live from" not in shown
