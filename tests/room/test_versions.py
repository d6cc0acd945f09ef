"""A writer compares any two versions of their own text, and nobody else's."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from hearthpress.editing import actions as editing
from hearthpress.editing.models import Manuscript
from hearthpress.submissions.actions import withdraw
from tests.factories import Cast, client_for, edited, make_manuscript

pytestmark = pytest.mark.django_db


@pytest.fixture
def manuscript(cast: Cast) -> Manuscript:
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call)
    for number, editor in ((2, cast.editor), (3, cast.other_editor)):
        editing.save(manuscript, editor, edited(manuscript, standfirst=f"Telling {number}"), f"Reason {number}")
    return manuscript


@pytest.fixture
def client(cast: Cast) -> Client:
    return client_for(cast.writer)


def path(manuscript: Manuscript, name: str = "room:comparison") -> str:
    return reverse(name, args=[manuscript.submission.key])


def test_any_two_versions_are_compared(client: Client, manuscript: Manuscript) -> None:
    answer = client.get(f"{path(manuscript)}?old=2&new=3")

    assertContains(answer, "<ins>3</ins>")
    assertContains(answer, "Reason 3")
    assertNotContains(answer, "Reason 2")


@pytest.mark.parametrize("look", ["", "&look=beside"])
def test_no_editor_is_named_to_the_writer(cast: Cast, client: Client, manuscript: Manuscript, look: str) -> None:
    answer = client.get(f"{path(manuscript)}?old=1&new=3{look}")

    assertContains(answer, "the editors")
    for editor in (cast.editor, cast.other_editor):
        assertNotContains(answer, str(editor))


def test_the_versions_are_there_for_their_writer_alone(cast: Cast, client: Client, manuscript: Manuscript) -> None:
    others = (cast.other_writer, cast.editor, cast.owner, cast.bookkeeper)

    assert client.get(path(manuscript)).status_code == 200
    assert [client_for(person).get(path(manuscript)).status_code for person in others] == [404] * 4
    assert client_for(None).get(path(manuscript)).status_code == 302


def test_a_version_of_another_story_is_not_reached_from_ones_own(
    cast: Cast, client: Client, manuscript: Manuscript
) -> None:
    other = make_manuscript(cast.other_writer, cast.editor, cast.call, title="Another")
    for number in range(2, 6):
        editing.save(other, cast.editor, edited(other, standfirst=f"Secret {number}"))

    assert client.get(f"{path(manuscript)}?old=1&new=5").status_code == 404


def test_the_page_of_approval_leads_there(cast: Cast, client: Client, manuscript: Manuscript) -> None:
    editing.ask_for_approval(manuscript, cast.editor)

    assertContains(client.get(path(manuscript, "room:approval")), path(manuscript))


def test_a_story_that_was_taken_back_leads_to_its_own_page(cast: Cast, client: Client, manuscript: Manuscript) -> None:
    withdraw(manuscript.submission, cast.writer)

    assertRedirects(client.get(path(manuscript)), path(manuscript, "room:submission"))
