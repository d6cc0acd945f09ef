"""How we read the text: guesses are asked about, and nothing is applied that the writer did not say yes to."""

import pytest
from django.urls import reverse

from hearthpress.documents.manuscript import parse_manuscript
from hearthpress.documents.plain import plain_text
from hearthpress.documents.text import squeezed
from hearthpress.submissions.actions import read_document
from tests.factories import client_for, make_draft

pytestmark = pytest.mark.django_db

TEXT = """Maya Okafor told us last night, in a post on Instagram, that she had lost her father.

“I have lost the first person who ever believed that I could do any of this at all,” she wrote.

RELATED: The Coat on the Hook

I read it twice on the stairs.

The Hall Light

A community magazine of true stories. Become a writer and join our community of writers."""


@pytest.fixture
def draft(cast):
    return make_draft(cast.writer, cast.call, text=TEXT)


@pytest.fixture
def client(cast):
    return client_for(cast.writer)


@pytest.fixture
def guesses():
    found = {guess.kind: guess for guess in parse_manuscript(TEXT).guesses}
    assert set(found) == {"quote", "signature"}
    return found


def path(draft):
    return reverse("room:check", args=[draft.key])


def answer(guess, yes, speaker, source):
    return {f"{guess.key}-yes": yes, f"{guess.key}-speaker": speaker, f"{guess.key}-source": source}


def kinds(draft):
    return [block["type"] for block in read_document(draft)["content"]]


def test_check_shows_each_guess_with_its_words(client, draft, guesses):
    page = client.get(path(draft)).content.decode()

    for guess in guesses.values():
        assert f'name="{guess.key}-yes"' in page
    assert guesses["quote"].excerpt in page
    assert f'value="{guesses["quote"].source}"' in page
    assert "No word of yours is changed." in page


def test_check_shows_a_related_line_that_leads_nowhere_yet(client, draft):
    page = client.get(path(draft)).content.decode()

    assert "The Coat on the Hook" in page


def test_guess_without_an_answer_changes_nothing(client, draft):
    client.post(path(draft), {})

    draft.refresh_from_db()
    assert draft.answers == {}
    assert "signature" not in kinds(draft)


def test_yes_is_kept_with_the_writers_own_words(client, draft, guesses):
    quote = guesses["quote"]

    client.post(path(draft), answer(quote, "yes", "Maya O.", "Instagram"))

    draft.refresh_from_db()
    said = next(block for block in read_document(draft)["content"] if block["type"] == "quote")
    assert (said["attrs"]["speaker"], said["attrs"]["source"]) == ("Maya O.", "Instagram")


def test_no_is_remembered(client, draft, guesses):
    key = guesses["signature"].key

    client.post(path(draft), {f"{key}-yes": "no"})

    form = next(form for form in client.get(path(draft)).context["forms"] if form.guess.key == key)
    draft.refresh_from_db()
    assert draft.answers[key]["yes"] is False
    assert "signature" not in kinds(draft)
    assert form["yes"].value() == "no"


def test_no_word_is_lost_whatever_is_answered(client, draft, guesses):
    quote, note = guesses["quote"], guesses["signature"]
    client.post(path(draft), {**answer(quote, "yes", quote.speaker, quote.source), f"{note.key}-yes": "yes"})

    draft.refresh_from_db()
    words = squeezed(TEXT.replace("RELATED:", ""))
    assert squeezed(plain_text(read_document(draft))) == words


def test_speaker_taken_out_does_not_come_back(client, draft, guesses):
    quote = guesses["quote"]

    response = client.post(path(draft), answer(quote, "yes", "", ""))

    draft.refresh_from_db()
    assert response.status_code == 200
    assert "answer No" in response.content.decode()
    assert draft.answers == {}


def test_check_of_an_unfinished_draft_leads_back_with_a_reason(cast, client):
    unfinished = make_draft(cast.writer, cast.call, text="")

    response = client.get(path(unfinished), follow=True)

    assert response.redirect_chain == [(reverse("room:draft", args=[unfinished.key]), 302)]
    assert "There is no text yet." in response.content.decode()


def test_check_answers_for_the_text_that_was_shown_only(client, draft, guesses):
    key = guesses["signature"].key

    response = client.post(path(draft), {"seen": "2020-01-01T00:00:00+00:00", f"{key}-yes": "yes"}, follow=True)

    draft.refresh_from_db()
    assert draft.answers == {}
    assert "changed in another window" in response.content.decode()


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[tap](javascript:alert(1))",
        "RELATED: Somewhere\n\n" * 500,
        "שלום עולם 👩‍👩‍👧",
        "“Oh,” she wrote on Twitter.\n\n" * 700,
    ],
)
def test_check_of_odd_text_is_a_clean_page(cast, client, text):
    odd = make_draft(cast.writer, cast.call, text=text)

    page = client.get(path(odd)).content.decode()

    assert "<script>alert" not in page
    assert 'href="javascript' not in page
