"""People in your story: the writer answers, wishes go to the editor, and a child's full name waits for an answer."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from hearthpress.documents.notation import from_notation
from hearthpress.editing import actions as editing
from hearthpress.editing.models import Manuscript
from hearthpress.mail.models import Letter
from tests.factories import TEXT, client_for, edited, make_manuscript

pytestmark = pytest.mark.django_db


def make(cast, text, sent=TEXT):
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call, text=sent)
    editing.keep_version(manuscript, cast.editor, edited(manuscript, document=from_notation(text)))
    return manuscript


def asked(cast, text):
    manuscript = make(cast, text)
    editing.ask_for_approval(manuscript, cast.editor)
    return manuscript


def path(manuscript, name="room:people"):
    return reverse(name, args=[manuscript.submission.key])


def answer(client, manuscript, **said):
    page = client.get(path(manuscript))
    said = {"shown_as": "as_is", "other_name": "", **said}
    data = {f"{form.prefix}-{field}": value for form in page.context["forms"] for field, value in said.items()}
    return client.post(path(manuscript), data)


def state(manuscript):
    return Manuscript.objects.get(pk=manuscript.pk).state


def test_the_page_of_approval_asks_about_the_people_and_then_no_more(cast):
    manuscript = asked(cast, "My sister Anna rang.")
    client = client_for(cast.writer)
    assertContains(client.get(path(manuscript, "room:approval")), "Answer for them")

    response = answer(client, manuscript, answer="knows")

    assert response["Location"] == path(manuscript, "room:approval")
    assertContains(client.get(path(manuscript, "room:approval")), "You have answered for everybody")
    assert [(row.name, row.answer, row.answered_by) for row in manuscript.named.all()] == [
        ("Anna", "knows", cast.writer)
    ]


def test_a_wish_goes_to_the_editor_as_a_change(cast):
    manuscript = asked(cast, "My sister Anna Miller rang.")

    answer(client_for(cast.writer), manuscript, answer="unaware", shown_as="initials")

    letter = Letter.objects.get(kind="editing/change_asked")
    assert letter.to == cast.editor.email
    assert "Anna Miller: please as A. M." in letter.text
    assert state(manuscript) == "editing"
    desk = client_for(cast.editor).get(f"/desk/{manuscript.submission.key}/people/")
    assertContains(desk, "Name Anna Miller as A. M.")


def test_a_wish_for_another_name_needs_one(cast):
    manuscript = asked(cast, "My sister Anna rang.")
    client = client_for(cast.writer)

    assertContains(answer(client, manuscript, answer="unaware", shown_as="other"), "Please say which name.")
    answer(client, manuscript, answer="unaware", shown_as="other", other_name=" Bella\x00 ")

    assert [row.other_name for row in manuscript.named.all()] == ["Bella"]


def test_a_child_is_offered_initials(cast):
    manuscript = asked(cast, "My son Jack, 4, slept. My sister Anna rang.")

    page = client_for(cast.writer).get(path(manuscript))

    assert [form["shown_as"].value() for form in page.context["forms"]] == ["initials", "as_is"]
    assertContains(page, "Perhaps a child")


def test_a_yes_to_a_childs_full_name_leads_to_the_question(cast):
    manuscript = asked(cast, "My son Jack Weaver, 4, slept.")
    client = client_for(cast.writer)
    yes = {"shown_sha256": manuscript.revision.sha256, "asked": manuscript.request_id}

    response = client.post(path(manuscript, "room:approval"), yes)
    assert response["Location"] == path(manuscript)
    assert state(manuscript) == "asked"

    answer(client, manuscript, answer="knows")
    client.post(path(manuscript, "room:approval"), yes)
    assert state(manuscript) == "approved"


def test_after_the_yes_answers_are_kept_and_the_yes_stands(cast):
    manuscript = asked(cast, "My sister Anna rang.")
    client = client_for(cast.writer)
    client.post(
        path(manuscript, "room:approval"), {"shown_sha256": manuscript.revision.sha256, "asked": manuscript.request_id}
    )

    response = answer(client, manuscript, answer="unaware", shown_as="initials")

    assert response["Location"] == path(manuscript, "room:messages")
    assert (state(manuscript), manuscript.named.count()) == ("approved", 1)


def test_a_text_under_edit_is_not_shown_before_it_is_asked_for(cast):
    manuscript = make(cast, "My brother Theo rang.", sent="My sister Anna rang.\n\nShe laughed.")

    page = client_for(cast.writer).get(path(manuscript))

    assertContains(page, "Anna")
    assertNotContains(page, "Theo")


def test_three_names_take_as_many_questions_to_the_database_as_one(cast):
    counts = []
    for text in ("My sister Anna rang.", "My sister Anna, my brother Theo and my uncle Carl rang."):
        manuscript = asked(cast, text)
        client = client_for(cast.writer)
        answer(client, manuscript, answer="knows")
        with CaptureQueriesContext(connection) as counted:
            client.get(path(manuscript))
        counts.append(len(counted))

    assert counts[0] == counts[1]
