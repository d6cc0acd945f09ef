"""Small corrections by letter: one click by the writer, of exactly what they were shown, once."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from hearthpress.common import clock
from hearthpress.documents.notation import from_notation, to_notation
from hearthpress.documents.suggestions import accepted
from hearthpress.editing import actions as editing
from hearthpress.editing.models import Approval, Manuscript, Suggestion
from hearthpress.editing.suggesting import draft_of, suggest
from hearthpress.mail.models import Letter
from hearthpress.stories.actions import publish, retract
from hearthpress.stories.fixes import DAYS
from hearthpress.stories.models import FixAsked, Story
from hearthpress.stories.verify import verify_evidence
from tests.factories import Cast, client_for, edited, make_co_writer, make_person, make_story, make_subject
from tests.together import at_once

pytestmark = pytest.mark.django_db

OVER = "There is nothing to answer here"


@pytest.fixture
def story(cast: Cast) -> Story:
    return make_story(cast.writer, cast.editor, cast.call)


@pytest.fixture
def anybody() -> Client:
    return Client()


def text_of(story: Story) -> Manuscript:
    return Manuscript.objects.select_related("revision", "submission__writer", "request").get(story=story)


def suggest_words(cast: Cast, story: Story, old: str = "whistle", new: str = "whisle") -> None:
    draft = draft_of(text_of(story))
    words = to_notation(accepted(draft.document))
    assert old in words
    suggest(draft, cast.editor, from_notation(words.replace(old, new)))


def asked(cast: Cast, story: Story) -> str:
    """What the link in the letter leads to."""
    suggest_words(cast, story)
    client_for(cast.editor).post(f"/desk/{text_of(story).submission.key}/fix-request/")
    letter = Letter.objects.filter(kind="stories/fix_asked").latest("pk")
    assert "[- whistle" in letter.text
    return "/" + re.search(r"/(write/fixes/\S+)", letter.text)[1]


def public(story: Story) -> str:
    return Client().get(story.get_absolute_url()).content.decode()


def test_one_click_corrects_the_story(cast: Cast, story: Story, anybody: Client) -> None:
    address = asked(cast, story)
    page = anybody.get(address)
    assertContains(page, "Yes, correct it")
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]

    done = anybody.post(address, {"answer": "yes"})

    assertContains(done, "The story is corrected.")
    assert "whisle" in public(story)
    story.refresh_from_db()
    approval = Approval.objects.latest("pk")
    assert (story.edition.number, story.edition.sha256) == (2, approval.sha256)
    assert approval.person == cast.writer
    assert approval.sha256 == FixAsked.objects.get().sha256
    assert Letter.objects.filter(kind="editing/approved").count() == 2
    assert Letter.objects.filter(kind="editing/approval_asked").count() == 1
    assert verify_evidence() == []


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_opening_the_link_changes_nothing(cast: Cast, story: Story, anybody: Client, method: str) -> None:
    address = asked(cast, story)

    getattr(anybody, method)(address)

    assert "whisle" not in public(story)
    assert Approval.objects.count() == 1


def test_no_leaves_it_as_it_is_and_the_editor_hears(cast: Cast, story: Story, anybody: Client) -> None:
    address = asked(cast, story)

    assertContains(anybody.post(address, {"answer": "no"}), "stays as it is")

    assert "whisle" not in public(story)
    assert Letter.objects.get(kind="stories/fix_declined").person == cast.editor
    assert set(Suggestion.objects.values_list("answer", flat=True)) == {"declined"}
    assertContains(anybody.post(address, {"answer": "yes"}), OVER, status_code=410)


def test_a_second_press_does_nothing(cast: Cast, story: Story, anybody: Client) -> None:
    address = asked(cast, story)
    anybody.post(address, {"answer": "yes"})

    for again in (anybody.post(address, {"answer": "yes"}), anybody.post(address), anybody.get(address)):
        assertContains(again, OVER, status_code=410)
    assert Approval.objects.count() == 2


def more_suggested(cast: Cast, story: Story) -> None:
    suggest_words(cast, story, "kettle", "ketle")


def saved(cast: Cast, story: Story) -> None:
    editing.save(text_of(story), cast.other_editor, edited(text_of(story), headline="Another"))


def taken_down(cast: Cast, story: Story) -> None:
    retract(Story.objects.get(pk=story.pk), cast.editor, "Somebody asked.")


def written_with_somebody(cast: Cast, story: Story) -> None:
    make_co_writer(text_of(story), cast.editor, make_person("with@example.org"))


def seal_broken(cast: Cast, story: Story) -> None:
    """As by somebody who can write to the database."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE stories_fixasked SET asked_by_id = %s", [cast.owner.pk])


@pytest.mark.parametrize("meanwhile", [more_suggested, saved, taken_down, written_with_somebody, seal_broken])
def test_what_is_another_text_now_is_not_approved(cast: Cast, story: Story, anybody: Client, meanwhile: Any) -> None:
    address = asked(cast, story)
    meanwhile(cast, story)

    assertContains(anybody.get(address), OVER, status_code=410)
    assertContains(anybody.post(address, {"answer": "yes"}), OVER, status_code=410)

    assert Approval.objects.count() == 1


def test_an_old_link_is_over(cast: Cast, story: Story, anybody: Client) -> None:
    address = asked(cast, story)

    with clock.at(clock.now() + timedelta(days=DAYS, minutes=1)):
        assertContains(anybody.post(address, {"answer": "yes"}), OVER, status_code=410)


def test_a_link_that_was_tampered_with_or_signed_elsewhere_is_none(cast: Cast, story: Story, anybody: Client) -> None:
    address = asked(cast, story)
    fix = FixAsked.objects.get()
    told = {"fix": fix.key, "sha256": fix.sha256, "writer": fix.story.writer_id}
    forged = [
        address[:-3] + "x/",
        f"/write/fixes/{signing.dumps(told)}/",
        f"/write/fixes/{signing.dumps(told, key='another key', salt='hearthpress.stories.fixes')}/",
        f"/write/fixes/{signing.dumps({**told, 'writer': cast.other_writer.pk}, salt='hearthpress.stories.fixes')}/",
        f"/write/fixes/{signing.dumps({**told, 'sha256': '0' * 64}, salt='hearthpress.stories.fixes')}/",
    ]

    for one in forged:
        assertContains(anybody.post(one, {"answer": "yes"}), OVER, status_code=410)
    assert Approval.objects.count() == 1


def test_larger_changes_are_not_asked_in_this_way(cast: Cast, story: Story) -> None:
    suggest_words(cast, story, "whistle", "stand")
    editor, key = client_for(cast.editor), text_of(story).submission.key

    assertNotContains(editor.get(f"/desk/{key}/publication/"), "Ask by letter")
    answer = editor.post(f"/desk/{key}/fix-request/", follow=True)

    assertContains(answer, "Only small corrections of a live story")
    assert not FixAsked.objects.exists()


def test_it_is_offered_and_then_said(cast: Cast, story: Story) -> None:
    suggest_words(cast, story)
    editor, key = client_for(cast.editor), text_of(story).submission.key
    assertContains(editor.get(f"/desk/{key}/publication/"), "Ask by letter")

    editor.post(f"/desk/{key}/fix-request/")
    again = editor.post(f"/desk/{key}/fix-request/", follow=True)

    assertContains(again, "The writer has been asked already.")
    assertContains(again, "about the small corrections that are suggested")
    assert Letter.objects.filter(kind="stories/fix_asked").count() == 1


@pytest.mark.parametrize(("who", "status"), [("writer", 404), ("bookkeeper", 404), (None, 302)])
def test_only_editors_ask(cast: Cast, story: Story, who: str | None, status: int) -> None:
    suggest_words(cast, story)

    answer = client_for(getattr(cast, who) if who else None).post(f"/desk/{text_of(story).submission.key}/fix-request/")

    assert answer.status_code == status
    assert not FixAsked.objects.exists()


def test_a_subject_with_time_to_think_keeps_the_yes_and_waits(cast: Cast, story: Story, anybody: Client) -> None:
    subject = make_subject("infant-death", cooling_hours=24)
    text = text_of(story)
    editing.save(text, cast.editor, edited(text, subjects=[subject.slug]))
    editing.ask_for_approval(text, cast.editor)
    editing.approve(text, cast.writer, text.revision.sha256)

    with clock.at(clock.now() + timedelta(hours=25)):
        publish(text_of(story), cast.editor)
        address = asked(cast, story)

        assertContains(anybody.post(address, {"answer": "yes"}), "your yes is kept")

    assert "whisle" not in public(story)
    assert text_of(story).state == "approved"


def test_a_changed_question_is_found(cast: Cast, story: Story) -> None:
    asked(cast, story)
    seal_broken(cast, story)

    assert any("asked about by letter" in problem for problem in verify_evidence())


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_make_one_edition(cast: Cast, story: Story) -> None:
    address = asked(cast, story)

    answers = at_once(*[lambda: Client().post(address, {"answer": "yes"}).status_code] * 2)

    first, second = sorted(answers)
    assert first == 200
    assert second in (409, 410)
    assert Story.objects.get(pk=story.pk).edition.number == 2
    assert Approval.objects.count() == 2
