"""The magazine's words for letters: kept, offered, previewed, and nobody's change undone unseen."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hearthpress.mail.models import Letter
from hearthpress.submissions.enums import DecisionKind
from hearthpress.submissions.models import LetterTemplate
from tests.factories import Cast, client_for, make_call

pytestmark = pytest.mark.django_db
TYPED = {"name": "Kind no", "kind": "decline", "words": "Thank you for “{title}”.", "call": "", "subject": ""}


@pytest.fixture
def editor(cast: Cast) -> Client:
    return client_for(cast.editor)


@pytest.fixture
def kept(cast: Cast) -> LetterTemplate:
    return LetterTemplate.objects.create(name="Kind no", kind="decline", words="Thank you.")


def text(answer: Any) -> str:
    return answer.content.decode()


def test_words_are_kept_by_an_editor_and_by_the_owner(cast: Cast, editor: Client) -> None:
    editor.post("/desk/words/new/", TYPED)
    client_for(cast.owner).post("/desk/words/new/", {**TYPED, "name": "Another"})

    assert list(LetterTemplate.objects.values_list("name", flat=True)) == ["Another", "Kind no"]


@pytest.mark.parametrize("place", ["words/", "words/new/", "outbox/", "decisions/new/"])
def test_place_is_for_editors_alone(cast: Cast, place: str) -> None:
    answers = [client_for(person).get(f"/desk/{place}").status_code for person in (cast.writer, cast.bookkeeper, None)]

    assert answers == [404, 404, 302]


def test_words_without_words_are_refused_and_not_lost(editor: Client) -> None:
    answer = editor.post("/desk/words/new/", {**TYPED, "words": " "})

    assert answer.context["form"].errors["words"]
    assert "Kind no" in text(answer)


@pytest.mark.parametrize("kind", DecisionKind.values)
def test_preview_shows_a_letter_and_keeps_nothing(cast: Cast, editor: Client, kind: str) -> None:
    make_call(title="Elsewhere", slug="elsewhere", rate_card=cast.call.rate_card)

    answer = editor.post("/desk/words/new/", {**TYPED, "kind": kind, "preview": "1"})

    assert "Thank you for “The Kettle”." in answer.context["letter"].text
    assert answer.context["letter"].subject
    assert answer.context["form"]["words"].value() == TYPED["words"]
    assert not LetterTemplate.objects.exists()
    assert not Letter.objects.exists()


def test_change_by_another_meanwhile_is_shown_before_it_is_replaced(kept: LetterTemplate, editor: Client) -> None:
    path = f"/desk/words/{kept.pk}/"
    seen = editor.get(path).context["form"]["seen"].value()
    LetterTemplate.objects.filter(pk=kept.pk).update(words="Theirs.")

    answer = editor.post(path, {**TYPED, "words": "Mine.", "seen": seen})
    again = editor.post(path, {**TYPED, "words": "Mine.", "seen": answer.context["form"]["seen"].value()})

    kept.refresh_from_db()
    assert answer.status_code == 409
    assert all(words in text(answer) for words in ("Theirs.", "Mine."))
    assert again.status_code == 302
    assert kept.words == "Mine."


def test_retired_words_are_offered_no_more(kept: LetterTemplate, editor: Client) -> None:
    editor.post(f"/desk/words/{kept.pk}/retirement/")

    assert "Kind no" not in text(editor.get("/desk/words/"))
    assert editor.get(f"/desk/words/{kept.pk}/").status_code == 404
    assert LetterTemplate.objects.exists()


def test_list_asks_the_database_as_often_for_three_as_for_one(kept: LetterTemplate, editor: Client) -> None:
    counts = []
    for more in (0, 2):
        for number in range(more):
            LetterTemplate.objects.create(
                name=f"{number}", kind="accept", words="Yes.", call=make_call(slug=f"c{number}")
            )
        with CaptureQueriesContext(connection) as asked:
            editor.get("/desk/words/")
        counts.append(len(asked))

    assert counts[0] == counts[1]
