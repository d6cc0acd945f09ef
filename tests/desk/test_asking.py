"""Asking for a yes from the desk, and what the pages say when an approved text was changed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from hearthpress.common import clock
from hearthpress.documents.notation import from_notation
from hearthpress.editing import actions
from hearthpress.editing.models import ApprovalRequest, Manuscript
from hearthpress.mail.models import Letter
from hearthpress.masthead.models import Masthead
from hearthpress.stories.actions import publish
from tests.factories import TEXT, Cast, client_for, edited, make_approved, make_manuscript
from tests.together import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def manuscript(cast: Cast) -> Manuscript:
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call)
    actions.save(manuscript, cast.editor, edited(manuscript))
    return manuscript


@pytest.fixture
def editor(cast: Cast) -> Client:
    return client_for(cast.editor)


def path(manuscript: Manuscript, place: str = "approval-request") -> str:
    return f"/desk/{manuscript.submission.key}/{place}/"


def form_of(client: Client, manuscript: Manuscript) -> dict[str, Any]:
    """What a browser would send if nobody typed anything."""
    form = client.get(path(manuscript)).context["form"]
    return {field.html_name: str(field.value() or "") for field in form}


def fresh(manuscript: Manuscript) -> Manuscript:
    return Manuscript.objects.select_related("revision", "submission__writer").get(pk=manuscript.pk)


def today() -> date:
    return clock.today(Masthead.current().time_zone)


def test_two_weeks_are_offered(editor: Client, manuscript: Manuscript) -> None:
    offered = form_of(editor, manuscript)

    assert offered["due"] == str(today() + timedelta(days=14))
    assertContains(editor.get(path(manuscript)), f'value="{offered["due"]}"')


def test_day_and_words_are_kept(cast: Cast, editor: Client, manuscript: Manuscript) -> None:
    due = today() + timedelta(days=5)
    data = form_of(editor, manuscript) | {"due": str(due), "words": "  The end is all yours. "}

    answer = editor.post(path(manuscript), data, follow=True)

    asked = ApprovalRequest.objects.get()
    assert (asked.revision, asked.asked_by) == (manuscript.revision, cast.editor)
    assert (asked.due, asked.words) == (due, "The end is all yours.")
    assertContains(answer, "The writer is asked.")


def test_without_a_day_it_is_asked_all_the_same(editor: Client, manuscript: Manuscript) -> None:
    editor.post(path(manuscript), form_of(editor, manuscript) | {"due": ""})

    assert ApprovalRequest.objects.get().due is None


@pytest.mark.parametrize("due", ["today", "yesterday", "2026-13-45", "soon", "0001-01-01"])
def test_day_that_cannot_be_is_told_and_what_was_typed_stays(editor: Client, manuscript: Manuscript, due: str) -> None:
    days = {"today": str(today()), "yesterday": str(today() - timedelta(days=1))}

    answer = editor.post(
        path(manuscript), form_of(editor, manuscript) | {"due": days.get(due, due), "words": "All yours."}
    )

    assert answer.context["form"].errors["due"]
    assertContains(answer, "All yours.")
    assert fresh(manuscript).state == "editing"


def test_words_that_are_too_long_stay_on_the_page(editor: Client, manuscript: Manuscript) -> None:
    answer = editor.post(path(manuscript), form_of(editor, manuscript) | {"words": "w" * 501})

    assertContains(answer, "w" * 501)
    assert not ApprovalRequest.objects.exists()


def test_text_that_was_changed_meanwhile_is_shown_anew_with_what_was_typed(
    cast: Cast, editor: Client, manuscript: Manuscript
) -> None:
    data = form_of(editor, manuscript) | {"words": "All yours."}
    changed = fresh(manuscript)
    actions.save(changed, cast.other_editor, edited(changed, headline="Another"))

    answer = editor.post(path(manuscript), data)

    assert not ApprovalRequest.objects.exists()
    assertContains(answer, "The text was changed meanwhile.")
    assertContains(answer, "All yours.")
    assertContains(answer, f'value="{changed.revision.sha256}"')


def test_second_press_asks_no_second_time(editor: Client, manuscript: Manuscript) -> None:
    data = form_of(editor, manuscript)
    editor.post(path(manuscript), data)

    answer = editor.post(path(manuscript), data)

    assertContains(answer, "The writer has been asked already.")
    assert Letter.objects.filter(kind="editing/approval_asked").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_editors_at_once_ask_once(cast: Cast, editor: Client, manuscript: Manuscript) -> None:
    other, data = client_for(cast.other_editor), form_of(editor, manuscript)

    answers = at_once(lambda: editor.post(path(manuscript), data), lambda: other.post(path(manuscript), data))

    assert sorted(answer.status_code for answer in answers) == [200, 302]
    assert ApprovalRequest.objects.count() == Letter.objects.filter(kind="editing/approval_asked").count() == 1


@pytest.mark.parametrize(("who", "status"), [("writer", 404), ("bookkeeper", 404), (None, 302), ("owner", 302)])
def test_editors_ask_and_nobody_else(
    cast: Cast, editor: Client, manuscript: Manuscript, who: str | None, status: int
) -> None:
    data = form_of(editor, manuscript)

    answer = client_for(getattr(cast, who) if who else None).post(path(manuscript), data)

    assert answer.status_code == status
    assert ApprovalRequest.objects.exists() == (who == "owner")


def test_an_editors_own_story_is_asked_about_by_others(cast: Cast) -> None:
    own = make_manuscript(cast.editor, cast.other_editor, cast.call)
    actions.save(own, cast.other_editor, edited(own))
    data = form_of(client_for(cast.other_editor), own)

    assert client_for(cast.editor).post(path(own), data).status_code == 404
    assert not ApprovalRequest.objects.exists()


def test_page_says_what_was_asked_and_that_its_day_has_passed(
    cast: Cast, editor: Client, manuscript: Manuscript
) -> None:
    due = today() + timedelta(days=2)
    actions.ask_for_approval(manuscript, cast.editor, due, "All yours.")

    before = editor.get(path(manuscript))
    with clock.at(clock.now() + timedelta(days=4)):
        after = editor.get(path(manuscript))

    for answer in (before, after):
        assertContains(answer, "All yours.")
        assertContains(answer, "by Edith Editor on")
    assertNotContains(before, "which has passed")
    assertContains(after, "(which has passed)")


PLACES = ["manuscript", "publication", "approval-request"]


@pytest.mark.parametrize("place", PLACES)
def test_pages_say_which_character_differs_from_what_was_approved(cast: Cast, editor: Client, place: str) -> None:
    manuscript = make_approved(cast.writer, cast.editor, cast.call)
    publish(manuscript, cast.editor)
    changes = {"document": from_notation(TEXT.replace("whistle.", "whistle!")), "headline": "The Kettle & I"}
    actions.keep_version(manuscript, cast.editor, edited(manuscript, **changes))

    answer = editor.get(path(manuscript, place))

    assertContains(answer, "The writer approved version 2.")
    assertContains(answer, "Since then: “whistle.” became “whistle!” in paragraph 1, and the headline changed.")
    assertContains(answer, "Ask for a new yes before it can be published.")


@pytest.mark.parametrize("place", ["manuscript", "publication"])
def test_sentence_leads_to_the_comparison(cast: Cast, editor: Client, place: str) -> None:
    manuscript = make_approved(cast.writer, cast.editor, cast.call)
    actions.save(manuscript, cast.editor, edited(manuscript, headline="The Kettle & I"))

    assertContains(editor.get(path(manuscript, place)), f"{path(manuscript)}#since-title")

    comparison = editor.get(path(manuscript))
    assertContains(comparison, 'id="since-title"')
    changed = [part.after for part in comparison.context["since_comparison"].around if part.label == "Headline"]
    assert ["".join(words for _op, words in after) for after in changed] == ["The Kettle & I"]


@pytest.mark.parametrize("place", PLACES)
def test_pages_say_that_a_new_yes_was_asked_for(cast: Cast, editor: Client, place: str) -> None:
    manuscript = make_approved(cast.writer, cast.editor, cast.call)
    actions.save(manuscript, cast.editor, edited(manuscript, headline="The Kettle & I"))
    actions.ask_for_approval(manuscript, cast.editor)

    answer = editor.get(path(manuscript, place))

    assertContains(answer, "The writer has been asked for a new yes.")
    assertNotContains(answer, "Ask for a new yes before")


@pytest.mark.parametrize("place", PLACES)
def test_pages_of_an_approved_text_say_nothing_of_the_kind(cast: Cast, editor: Client, place: str) -> None:
    manuscript = make_approved(cast.writer, cast.editor, cast.call)

    assertNotContains(editor.get(path(manuscript, place)), "Since then")


def test_text_that_reads_so_again_still_needs_a_new_yes(cast: Cast, editor: Client) -> None:
    manuscript = make_approved(cast.writer, cast.editor, cast.call)
    approved = manuscript.revision.content
    actions.save(manuscript, cast.editor, edited(manuscript, headline="Another"))
    actions.save(manuscript, cast.editor, approved)

    answer = editor.get(path(manuscript, "publication"))

    assertContains(answer, "It was changed since then, and reads exactly so again.")
    assertContains(answer, "Ask for a new yes before it can be published.")
