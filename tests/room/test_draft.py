"""The draft's form: whatever is typed is kept or given back, and what is wrong is said beside its field."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hearthpress.common import clock
from hearthpress.common.states import SomebodyElseWon
from hearthpress.room.forms.plain import NOTE_LENGTH
from hearthpress.submissions.actions import throw_away
from hearthpress.submissions.doors import own_submission
from hearthpress.submissions.models import Submission
from tests.factories import client_for, make_draft, make_subject, make_submission
from tests.room.test_status import left_open, revising

pytestmark = pytest.mark.django_db

TYPED = {
    "title": "The Porch",
    "source": "I sat there all night.",
    "name": "Wilma Writer",
    "byline_kind": "pen",
    "byline_name": "Ada Quill",
    "previously_published": "My blog",
    "note": "Be gentle.",
    "simultaneous": "on",
}
LONGEST = 1_000_000


@pytest.fixture
def draft(cast):
    return make_draft(cast.writer, cast.call, title="", text="")


@pytest.fixture
def client(cast):
    return client_for(cast.writer)


def post(client, draft, **typed):
    return client.post(reverse("room:draft", args=[draft.key]), {**TYPED, **typed})


def text_file(data: bytes, name: str = "story.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "text/plain")


def errors(response) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def test_draft_keeps_all_that_was_typed(cast, client, draft):
    subject = make_subject()

    response = post(client, draft, subjects=[subject.pk])

    draft.refresh_from_db()
    cast.writer.refresh_from_db()
    assert response.status_code == 302
    assert (draft.title, draft.source, draft.byline_kind) == ("The Porch", "I sat there all night.", "pen")
    assert (draft.byline_name, draft.note, draft.simultaneous) == ("Ada Quill", "Be gentle.", True)
    assert list(draft.subjects.all()) == [subject]
    assert cast.writer.name == "Wilma Writer"


def test_draft_is_found_again(client, draft):
    post(client, draft)

    page = client.get(reverse("room:draft", args=[draft.key])).content.decode()

    assert "I sat there all night." in page
    assert "Ada Quill" in page


def test_draft_may_be_empty(client, draft):
    response = client.post(reverse("room:draft", args=[draft.key]), {"title": "", "source": ""})

    assert response.status_code == 302


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\x00two", "onetwo"),
        ("\ufeffa\r\nb\rc", "a\nb\nc"),
        ("שלום 👩‍👩‍👧 مرحبا", "שלום 👩‍👩‍👧 مرحبا"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("[tap](javascript:alert(1))", "[tap](javascript:alert(1))"),
        ("  two spaces kept  ", "  two spaces kept  "),
        ("RELATED: Another\n\n" * 500, "RELATED: Another\n\n" * 500),
    ],
)
def test_odd_text_is_kept_as_words(client, draft, typed, kept):
    response = post(client, draft, source=typed)

    draft.refresh_from_db()
    page = client.get(reverse("room:draft", args=[draft.key])).content.decode()
    assert response.status_code == 302
    assert draft.source == kept
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("field", "value", "beside"),
    [
        ("source", "a" * (LONGEST + 1), "longer than we can take"),
        ("source", "é" * (LONGEST // 2 + 1), "longer than we can take"),
        ("source", "word " * 2_000_000, "longer than we can take"),
        ("title", "t" * 201, "at most 200"),
        ("byline_name", "p" * 121, "at most 120"),
        ("name", "n" * 121, "at most 120"),
        ("previously_published", "b" * 201, "at most 200"),
        ("note", "n" * (NOTE_LENGTH + 1), f"at most {NOTE_LENGTH}"),
    ],
)
def test_too_long_is_said_beside_the_field_and_given_back(client, draft, field, value, beside):
    response = post(client, draft, **{field: value})

    draft.refresh_from_db()
    others = {name: typed for name, typed in TYPED.items() if name not in (field, "simultaneous", "name")}
    assert response.status_code == 200
    assert beside in errors(response)[field][0] or str(beside.split()[-1]) in errors(response)[field][0]
    assert value in response.content.decode()
    assert {name: getattr(draft, name) for name in others} == others


@pytest.mark.parametrize(
    ("data", "beside"),
    [
        (b"", "nothing in this file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not plain text"),
        (b"PK\x03\x04rest of a word processor's file", "damaged"),
        (b"%PDF-1.7", "PDF"),
        (b" \n ", "no words"),
        (b"plain\x00text", "not plain text"),
        (b"a" * (LONGEST + 1), "too large"),
        (b"\xff\xfe\x00\xd8", "not plain text"),
    ],
)
def test_file_that_is_no_manuscript_is_said_beside_the_field(client, draft, data, beside):
    response = post(client, draft, upload=text_file(data))

    draft.refresh_from_db()
    assert response.status_code == 200
    assert list(errors(response)) == ["upload"]
    assert beside in errors(response)["upload"][0]
    assert draft.source == TYPED["source"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("Žena čeká.".encode(), "Žena čeká."),
        ("\ufeffOne.".encode(), "One."),
        ("Two.".encode("utf-16"), "Two."),
        ("It’s café".encode("cp1252"), "It’s café"),
    ],
)
def test_file_fills_the_empty_box(client, draft, data, words):
    response = post(client, draft, source="", upload=text_file(data, "story.md"))

    draft.refresh_from_db()
    assert response.status_code == 302
    assert draft.source == words


def test_file_sent_twice_is_put_there_once(client, draft):
    post(client, draft, source="", upload=text_file(b"From the file."))

    post(client, draft, source="From the file.", upload=text_file(b"From the file."))

    draft.refresh_from_db()
    assert draft.source == "From the file."


def test_words_of_a_file_stay_when_another_field_is_wrong(client, draft):
    response = post(client, draft, title="t" * 201, source="", upload=text_file(b"From the file."))

    assert response.context["form"]["source"].value() == "From the file."


@pytest.mark.parametrize(
    ("typed", "beside"),
    [
        ({"title": ""}, "title"),
        ({"source": "  "}, "source"),
        ({"byline_kind": ""}, "byline_kind"),
        ({"byline_name": " "}, "byline_name"),
    ],
)
def test_going_on_asks_for_what_is_missing(client, draft, typed, beside):
    response = post(client, draft, **typed, next="1")

    assert response.status_code == 200
    assert list(errors(response)) == [beside]


def test_going_on_asks_for_a_name_to_sign_with(cast, client, draft):
    cast.writer.name = ""
    cast.writer.save()

    response = post(client, draft, name="", byline_kind="first", next="1")

    assert list(errors(response)) == ["name"]


def test_going_on_leads_to_the_check(client, draft):
    response = post(client, draft, next="1")

    assert response["Location"] == reverse("room:check", args=[draft.key])


def test_unknown_choices_are_refused_beside_their_fields(client, draft):
    response = post(client, draft, byline_kind="emperor", subjects=["999999"])

    assert sorted(errors(response)) == ["byline_kind", "subjects"]


def test_draft_that_was_sent_is_told_so(cast, client):
    sent = make_submission(cast.writer, cast.call)

    response = client.post(reverse("room:draft", args=[sent.key]), TYPED, follow=True)

    sent.refresh_from_db()
    assert response.redirect_chain == [(reverse("room:submission", args=[sent.key]), 302)]
    assert "has been sent" in response.content.decode()
    assert sent.title == "The Kettle"


def test_other_window_loses_nothing(client, draft):
    opened = draft.saved_at.isoformat()
    post(client, draft, source="From the laptop.")

    response = post(client, draft, source="From the phone.", seen=opened)

    draft.refresh_from_db()
    page = response.content.decode()
    assert draft.source == "From the laptop."
    assert "From the laptop." in page
    assert "From the phone." in page
    assert "changed in another window" in page


def test_other_window_may_decide_to_save(client, draft):
    opened = draft.saved_at.isoformat()
    post(client, draft, source="From the laptop.")
    told = post(client, draft, source="From the phone.", seen=opened)

    post(client, draft, source="From the phone.", seen=told.context["form"]["seen"].value())

    draft.refresh_from_db()
    assert draft.source == "From the phone."


def test_second_press_of_save_is_no_other_window(client, draft):
    opened = draft.saved_at.isoformat()
    post(client, draft, seen=opened)

    response = post(client, draft, seen=opened)

    assert response.status_code == 302


def test_words_of_somebody_who_was_signed_out_are_given_back(draft):
    response = post(Client(), draft, source="I sat there <all> night.", note="Be gentle.")

    page = response.content.decode()
    draft.refresh_from_db()
    assert response.status_code == 403
    assert "I sat there &lt;all&gt; night.</textarea>" in page
    assert "Be gentle.</textarea>" in page
    assert "You are signed out" in page
    assert draft.source == ""


def test_somebody_who_is_signed_out_is_asked_to_sign_in_first(draft):
    response = Client().get(reverse("room:draft", args=[draft.key]))

    assert response["Location"].startswith(reverse("account_login"))


class TestThrowingAway:
    def path(self, draft):
        return reverse("room:thrown_away", args=[draft.key])

    def test_draft_page_leads_to_the_question(self, client, draft):
        page = client.get(reverse("room:draft", args=[draft.key])).content.decode()

        assert self.path(draft) in page

    def test_draft_is_gone_after_the_question(self, client, draft):
        draft.subjects.add(make_subject())
        question = client.get(self.path(draft))
        there_still = Submission.objects.filter(pk=draft.pk).exists()

        response = client.post(self.path(draft), follow=True)

        assert question.status_code == 200
        assert there_still
        assert "The draft is gone." in response.content.decode()
        assert not Submission.objects.filter(pk=draft.pk).exists()

    def test_sent_story_cannot_be_thrown_away(self, cast, client):
        sent = make_submission(cast.writer, cast.call)

        response = client.post(self.path(sent))

        assert response["Location"] == reverse("room:submission", args=[sent.key])
        assert Submission.objects.filter(pk=sent.pk).exists()

    def test_draft_of_another_writer_is_not_found(self, cast, draft):
        response = client_for(cast.other_writer).post(self.path(draft))

        assert response.status_code == 404

    def test_draft_that_was_saved_again_stays(self, cast, client, draft):
        stale = own_submission(cast.writer, draft.key)
        post(client, draft)

        with pytest.raises(SomebodyElseWon):
            throw_away(stale)

        assert Submission.objects.filter(pk=draft.pk).exists()


class TestSavedWhileTyping:
    def save(self, client, draft, **typed):
        return client.post(reverse("room:draft_saved", args=[draft.key]), {**TYPED, **typed})

    def test_autosave_keeps_the_words_and_says_when(self, client, draft):
        answer = self.save(client, draft, source="Half a sent")

        draft.refresh_from_db()
        assert draft.source == "Half a sent"
        assert answer.json()["seen"] == draft.saved_at.isoformat()
        assert answer.json()["problems"] == {}

    def test_autosave_says_the_time_in_the_writers_zone(self, cast, client, draft):
        cast.writer.time_zone = "Asia/Tokyo"
        cast.writer.save()

        with clock.at(datetime(2026, 11, 25, 10, 42, tzinfo=UTC)):
            answer = self.save(client, draft)

        assert answer.json()["saved_at"] == "7:42 p.m."

    def test_autosave_keeps_the_rest_when_one_field_is_wrong(self, client, draft):
        answer = self.save(client, draft, title="t" * 201, note="Kept.")

        draft.refresh_from_db()
        assert list(answer.json()["problems"]) == ["title"]
        assert draft.note == "Kept."

    def test_autosave_takes_no_file(self, client, draft):
        self.save(client, draft, upload=text_file(b"From the file."))

        draft.refresh_from_db()
        assert draft.source == TYPED["source"]

    def test_autosave_after_sending_is_told_so(self, cast, client):
        sent = make_submission(cast.writer, cast.call)

        answer = self.save(client, sent)

        assert answer.status_code == 409
        assert "has been sent" in answer.json()["problem"]

    def test_autosave_from_an_older_window_is_told_so(self, client, draft):
        opened = draft.saved_at.isoformat()
        self.save(client, draft, source="From the laptop.")

        answer = self.save(client, draft, source="From the phone.", seen=opened)

        draft.refresh_from_db()
        assert answer.status_code == 409
        assert draft.source == "From the laptop."


@pytest.mark.parametrize("make", [revising, left_open])
def test_words_of_the_editors_stand_beside_the_text_while_it_may_be_changed(cast, client, make):
    page = client.get(reverse("room:draft", args=[make(cast).key])).content.decode()

    assert "What the editors wrote" in page
    assert "Words for you." in page
