"""People in the story at the desk: names with their answers, another name shown before it is made."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from hearthpress.documents.notation import from_notation
from hearthpress.editing import actions as editing
from hearthpress.editing.models import Manuscript
from hearthpress.editing.people import answer_about
from hearthpress.editing.suggesting import draft_of, suggest
from hearthpress.submissions.actions import withdraw
from tests.factories import Cast, client_for, edited, make_manuscript

pytestmark = pytest.mark.django_db


@pytest.fixture
def make(cast: Cast) -> Callable[[str], Manuscript]:
    def made(text: str) -> Manuscript:
        manuscript = make_manuscript(cast.writer, cast.editor, cast.call)
        editing.keep_version(manuscript, cast.editor, edited(manuscript, document=from_notation(text)))
        return manuscript

    return made


def path(manuscript: Manuscript, name: str = "people") -> str:
    end = {"people": "people/", "renaming": "people/renaming/", "request": "approval-request/"}[name]
    return f"/desk/{manuscript.submission.key}/{end}"


def answers(page: Any, **said: str) -> dict[str, str]:
    """What a browser would send where the same is said of everybody."""
    return {f"{form.prefix}-{field}": value for form in page.context["forms"] for field, value in said.items()}


def newest(manuscript: Manuscript) -> Manuscript:
    return Manuscript.objects.select_related("revision").get(pk=manuscript.pk)


@pytest.mark.parametrize(
    ("who", "status"), [("editor", 200), ("owner", 200), ("writer", 404), ("bookkeeper", 404), (None, 302)]
)
@pytest.mark.parametrize("page", ["people", "renaming"])
def test_editors_alone_see_who_is_named(cast: Cast, make: Any, who: str | None, status: int, page: str) -> None:
    manuscript = make("My sister Anna rang.")
    client = client_for(getattr(cast, who) if who else None)

    assert client.get(f"{path(manuscript, page)}?name=Anna").status_code == status


def test_an_editor_who_wrote_it_does_not_see_it_at_the_desk(cast: Cast) -> None:
    own = make_manuscript(cast.other_editor, cast.editor, cast.call)

    assert client_for(cast.other_editor).get(path(own)).status_code == 404


def test_an_editor_keeps_what_the_writer_told_them(cast: Cast, make: Any) -> None:
    manuscript = make("My sister Anna rang.")
    client = client_for(cast.editor)

    page = client.get(path(manuscript))
    client.post(path(manuscript), answers(page, answer="knows", shown_as="as_is", other_name=""))

    (row,) = manuscript.named.all()
    assert (row.name, row.answer, row.answered_by) == ("Anna", "knows", cast.editor)
    assertContains(client.get(path(manuscript)), "Answered by Edith Editor")


def test_what_is_left_unanswered_stays_a_question(cast: Cast, make: Any) -> None:
    manuscript = make("My sister Anna rang.")
    client = client_for(cast.editor)

    client.post(path(manuscript), answers(client.get(path(manuscript)), shown_as="as_is", other_name=""))

    assert not manuscript.named.exists()


@pytest.mark.parametrize(
    ("field", "value"), [("answer", "perhaps"), ("shown_as", ""), ("other_name", "1986"), ("other_name", "x" * 61)]
)
def test_bad_answers_are_told_and_nothing_is_kept(cast: Cast, make: Any, field: str, value: str) -> None:
    manuscript = make("My sister Anna rang.")
    client = client_for(cast.editor)
    said = {"answer": "knows", "shown_as": "other", "other_name": "Bella", field: value}

    page = client.post(path(manuscript), answers(client.get(path(manuscript)), **said))

    assertContains(page, "Not saved yet")
    assert not manuscript.named.exists()


def test_a_form_of_an_older_text_answers_for_nobody_else(cast: Cast, make: Any) -> None:
    manuscript = make("My sister Anna rang.")
    client = client_for(cast.editor)
    data = answers(client.get(path(manuscript)), answer="knows", shown_as="as_is")
    editing.keep_version(
        manuscript, cast.other_editor, edited(manuscript, document=from_notation("My brother Theo rang."))
    )

    client.post(path(manuscript), data)

    assert not manuscript.named.exists()


def test_the_request_for_a_yes_says_who_is_not_answered_for(cast: Cast, make: Any) -> None:
    manuscript = make("My sister Anna rang, and my son Jack Weaver, 4.")
    client = client_for(cast.editor)
    answer_about(manuscript, cast.editor, "Anna", "knows")

    page = client.get(path(manuscript, "request"))

    assert [one.name for one in page.context["unanswered"]] == ["Jack Weaver"]
    assertContains(page, "perhaps a child")
    answer_about(manuscript, cast.editor, "Jack Weaver", "nobody")
    assertNotContains(client.get(path(manuscript, "request")), "Nobody has said yet")


def test_each_replacement_is_shown_and_then_made(cast: Cast, make: Any) -> None:
    manuscript = make("My sister Anna rang. I love Anna’s laugh.")
    client = client_for(cast.editor)

    page = client.get(f"{path(manuscript, 'renaming')}?name=Anna&shown=A.")
    assert len(page.context["places"]) == 2
    assertContains(page, "<del>Anna’s</del> <ins>A.’s</ins>", html=False)
    assert newest(manuscript).revisions.count() == 2
    data = dict(re.findall(r'name="(name|shown|revision)" value="([^"]+)"', page.content.decode()))
    client.post(path(manuscript, "renaming"), data)

    assert b"Anna" not in bytes(newest(manuscript).revision.body)


def test_of_very_many_people_those_come_first_who_were_not_asked_about(cast: Cast, make: Any) -> None:
    letters = "abcdefghij"
    names = [f"A{one}{two}ra Mill{one}{two}" for one in letters for two in letters] + ["Anna Miller", "Doris Miller"]
    manuscript = make(" ".join(f"My sister {name} rang." for name in names))
    client = client_for(cast.editor)

    first = client.get(path(manuscript))
    answered = client.post(path(manuscript), answers(first, answer="knows", shown_as="as_is", other_name=""))
    then = client.get(path(manuscript))

    assertContains(first, "2 more people are named")
    assert (len(first.context["forms"]), answered.status_code, manuscript.named.count()) == (100, 302, 100)
    assert [form.about.name for form in then.context["forms"]][:2] == ["Anna Miller", "Doris Miller"]


def test_a_name_that_there_is_no_room_for_is_said_to_be_too_long(cast: Cast, make: Any) -> None:
    manuscript = make("My sister Anna rang.")
    editing.save(manuscript, cast.editor, edited(manuscript, headline="Anna " * 39 + "rings"))
    wanted = {"name": "Anna", "shown": "Bernadette", "revision": manuscript.revision.sha256}

    for ask in (client_for(cast.editor).get, client_for(cast.editor).post):
        page = ask(path(manuscript, "renaming"), wanted)
        assertContains(page, "There is no room for so long a name here: Headline.")
        assertNotContains(page, "Make this version")
    assert newest(manuscript).revision.content["headline"].startswith("Anna")


def test_a_stale_renaming_is_refused_and_the_page_drawn_anew(cast: Cast, make: Any) -> None:
    manuscript = make("My sister Anna rang.")
    stale = manuscript.revision.sha256
    editing.save(manuscript, cast.other_editor, edited(manuscript, headline="Another"))

    page = client_for(cast.editor).post(
        path(manuscript, "renaming"), {"name": "Anna", "shown": "A.", "revision": stale}
    )

    assert page.status_code == 409
    assertContains(page, newest(manuscript).revision.sha256, status_code=409)
    assert newest(manuscript).revision.content["headline"] == "Another"


@pytest.mark.parametrize("data", [{"shown": ""}, {"shown": "12"}, {"shown": "x" * 61}, {}])
def test_a_name_without_letters_names_nobody(cast: Cast, make: Any, data: dict[str, str]) -> None:
    manuscript = make("My sister Anna rang.")

    page = client_for(cast.editor).post(
        path(manuscript, "renaming"), {"name": "Anna", "revision": manuscript.revision.sha256, **data}
    )

    assert page.status_code == 200
    assert newest(manuscript).revisions.count() == 2


def test_a_name_that_is_not_there_is_not_there(cast: Cast, make: Any) -> None:
    manuscript = make("My sister Anna rang.")

    assert client_for(cast.editor).get(f"{path(manuscript, 'renaming')}?name=Zoe&shown=Z.").status_code == 404


def test_a_story_taken_back_names_nobody_any_more(cast: Cast, make: Any) -> None:
    manuscript = make("My sister Anna rang.")
    withdraw(manuscript.submission, cast.writer)

    page = client_for(cast.editor).get(path(manuscript))

    assert page.status_code == 404
    assertNotContains(page, "Anna", status_code=404)


def test_three_names_take_as_many_questions_to_the_database_as_one(cast: Cast, make: Any) -> None:
    counts = []
    for text in ("My sister Anna rang.", "My sister Anna, my brother Theo and my uncle Carl rang."):
        manuscript = make(text)
        client = client_for(cast.editor)
        for name in ("Anna", "Theo", "Carl"):
            answer_about(manuscript, cast.editor, name, "knows")
        client.get(path(manuscript))
        with CaptureQueriesContext(
            connection,
        ) as counted:
            client.get(path(manuscript))
        counts.append(len(counted))

    assert counts[0] == counts[1]


def test_no_name_is_replaced_while_suggestions_are_open(cast: Cast, make: Any) -> None:
    manuscript = make("My sister Anna rang.")
    suggest(draft_of(manuscript), cast.editor, from_notation("My sister Anna rang twice."))
    data = {"name": "Anna", "shown": "A.", "revision": manuscript.revision.sha256}

    page = client_for(cast.editor).post(path(manuscript, "renaming"), data)

    assertContains(page, "suggestion", status_code=200)
    assert newest(manuscript).revisions.count() == 2
