"""What comes into a draft from elsewhere: no word is lost, what was left out is told until it was seen."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from hearthpress.documents.arriving.arrived import PICTURES, TABLES
from hearthpress.documents.files import MAX_BYTES
from hearthpress.room.forms.draft import MAX_PASTED
from hearthpress.submissions.actions import attach, save_draft
from hearthpress.submissions.actions.attaching import MAX_FILES, attached_bytes
from hearthpress.submissions.enums import AttachmentKind
from hearthpress.submissions.models import Submission
from tests.documents.arriving.packages import docx, packed, words
from tests.factories import Cast, client_for, make_draft, make_submission

pytestmark = pytest.mark.django_db

DATA = Path(__file__).parents[1] / "documents/arriving/data"
STORY = (DATA / "story.docx").read_bytes()


@pytest.fixture
def draft(cast: Cast) -> Submission:
    return make_draft(cast.writer, cast.call, title="The Kiln", text="")


@pytest.fixture
def client(cast: Cast) -> Client:
    return client_for(cast.writer)


def at(draft: Submission, name: str = "draft") -> str:
    return reverse(f"room:{name}", args=[draft.key])


def upload(
    client: Client, draft: Submission, data: bytes = STORY, name: str = "kiln.docx", **typed: str
) -> HttpResponse:
    typed = {"title": "The Kiln", "source": "", "byline_kind": "legal", "name": "Wilma Writer"} | typed
    return client.post(at(draft), {**typed, "upload": SimpleUploadedFile(name, data)}, follow=True)


def page_of(client: Client, draft: Submission, name: str = "draft") -> str:
    return client.get(at(draft, name)).content.decode()


def place(client: Client, draft: Submission, where: str, **more: str) -> HttpResponse:
    draft.refresh_from_db()
    said = {"place": where, "seen": draft.saved_at.isoformat()} | more
    return client.post(at(draft, "file"), said, follow=True)


class TestAFileInAnEmptyBox:
    @pytest.mark.parametrize("name", ["story.docx", "story.odt", "story.txt"])
    def test_its_words_fill_the_box_and_it_is_kept_as_it_came(
        self, client: Client, draft: Submission, name: str
    ) -> None:
        data = (DATA / name).read_bytes()

        answer = upload(client, draft, data, name)

        draft.refresh_from_db()
        kept = draft.attachments.get()
        assert "My mother fired pots in *the old bakery*" in draft.source
        assert (kept.kind, kept.name, attached_bytes(kept)) == ("manuscript", name, data)
        assert f"The words of “{name}” are in the box" in answer.content.decode()

    def test_what_was_left_out_stays_on_the_page_until_it_was_seen(self, client: Client, draft: Submission) -> None:
        upload(client, draft)
        again = page_of(client, draft)
        draft.refresh_from_db()

        client.post(at(draft), {"title": "The Kiln", "source": draft.source, "arrival_seen": "on"})

        assert all(sentence in again for sentence in (TABLES, PICTURES))
        assert TABLES not in page_of(client, draft)

    def test_the_page_that_saves_by_itself_hears_too_that_it_was_seen(self, client: Client, draft: Submission) -> None:
        upload(client, draft)
        draft.refresh_from_db()

        client.post(at(draft, "draft_saved"), {"title": "The Kiln", "source": draft.source, "arrival_seen": "on"})

        assert TABLES not in page_of(client, draft)

    def test_pressed_twice_it_is_there_once(self, client: Client, draft: Submission) -> None:
        upload(client, draft, b"The door opened.", "kiln.txt")

        upload(client, draft, b"The door opened.", "kiln.txt")

        draft.refresh_from_db()
        assert draft.source == "The door opened."
        assert draft.attachments.count() == 1

    def test_its_words_are_not_taken_where_the_box_is_too_long_to_be_kept(
        self, client: Client, draft: Submission
    ) -> None:
        answer = upload(client, draft, source="a" * (MAX_BYTES + 1))

        draft.refresh_from_db()
        assert draft.source == ""
        assert "longer than we can take" in answer.content.decode()
        assert draft.attachments.get().name == "kiln.docx"


class TestAFileBesideWords:
    TYPED = "I wrote this on the train."

    @pytest.fixture
    def draft(self, cast: Cast, client: Client) -> Submission:
        draft = make_draft(cast.writer, cast.call, title="The Kiln", text="")
        upload(client, draft, source=self.TYPED)
        draft.refresh_from_db()
        return draft

    def test_nothing_is_put_anywhere_before_its_writer_says_where(self, client: Client, draft: Submission) -> None:
        page = page_of(client, draft, "file")

        assert draft.source == self.TYPED
        assert "where those of the file should go" in page
        assert TABLES in page

    def test_pressing_save_leads_to_the_question(self, client: Client, draft: Submission) -> None:
        answer = upload(client, draft, b"Other words.", "other.txt", source=self.TYPED, next="1")

        assert answer.redirect_chain == [(at(draft, "file"), 302)]

    def test_after_what_is_there(self, client: Client, draft: Submission) -> None:
        place(client, draft, "after")

        draft.refresh_from_db()
        assert draft.source.startswith(f"{self.TYPED}\n\n## The Kiln\n")
        assert TABLES in page_of(client, draft)

    def test_in_its_place_and_what_stood_there_is_shown_until_it_was_seen(
        self, client: Client, draft: Submission
    ) -> None:
        place(client, draft, "instead")

        draft.refresh_from_db()
        page = page_of(client, draft)
        assert self.TYPED not in draft.source
        assert "The words that stood in the box before" in page
        assert self.TYPED in page

    def test_or_nowhere(self, client: Client, draft: Submission) -> None:
        place(client, draft, "off")

        draft.refresh_from_db()
        assert draft.source == self.TYPED
        assert not draft.attachments.exists()

    def test_a_second_press_finds_nothing_left_to_do(self, client: Client, draft: Submission) -> None:
        seen = draft.saved_at.isoformat()
        place(client, draft, "after")
        draft.refresh_from_db()
        once = draft.source

        answer = place(client, draft, "after", seen=seen)

        draft.refresh_from_db()
        assert answer.redirect_chain[-1] == (at(draft), 302)
        assert draft.source == once

    @pytest.mark.parametrize("where", ["after", "instead", "", "elsewhere"])
    def test_words_that_the_page_did_not_show_are_never_covered(
        self, client: Client, draft: Submission, where: str
    ) -> None:
        seen = draft.saved_at.isoformat()
        save_draft(draft, {"source": "From the phone."})

        answer = place(client, draft, where, seen=seen)

        draft.refresh_from_db()
        assert draft.source == "From the phone."
        assert "changed in another window" in answer.content.decode()

    def test_too_long_together_is_said_and_changes_nothing(self, client: Client, draft: Submission) -> None:
        typed = "word " * (MAX_BYTES // 5)
        save_draft(draft, {"source": typed})

        answer = place(client, draft, "after")

        draft.refresh_from_db()
        assert draft.source == typed
        assert "longer than we can take" in answer.content.decode()

    def test_the_draft_leads_back_to_the_question(self, client: Client, draft: Submission) -> None:
        answer = client.post(at(draft), {"title": "The Kiln", "source": self.TYPED, "file": "1"})

        assert answer["Location"] == at(draft, "file")

    def test_a_file_that_is_gone_from_the_storage_is_told_and_can_be_taken_off(
        self, client: Client, draft: Submission
    ) -> None:
        default_storage.delete(draft.attachments.get().stored_as)

        answer = place(client, draft, "after")
        place(client, draft, "off")

        assert "could not be opened" in answer.content.decode()
        assert not draft.attachments.exists()

    def test_somebody_else_finds_nothing(self, cast: Cast, draft: Submission) -> None:
        for person in (cast.other_writer, cast.editor):
            assert client_for(person).get(at(draft, "file")).status_code == 404
            assert client_for(person).post(at(draft, "file"), {"place": "off"}).status_code == 404
        assert Client().get(at(draft, "file"))["Location"].startswith(reverse("account_login"))
        assert draft.attachments.exists()


def test_an_overtaken_page_loses_neither_the_typed_words_nor_the_file(client: Client, draft: Submission) -> None:
    opened = draft.saved_at.isoformat()
    save_draft(draft, {"source": "From the laptop."})

    answer = upload(client, draft, source="From the phone.", seen=opened)

    page = answer.content.decode()
    assert "From the phone." in page
    assert "From the laptop." in page
    assert "kiln.docx" in page
    assert draft.attachments.get().name == "kiln.docx"


def test_a_file_for_a_story_that_was_sent_changes_nothing(cast: Cast, client: Client) -> None:
    sent = make_submission(cast.writer, cast.call)

    answer = upload(client, sent)

    assert answer.redirect_chain == [(at(sent, "submission"), 302)]
    assert not sent.attachments.exists()
    assert client.get(at(sent, "file"))["Location"] == at(sent, "submission")


def test_without_a_file_there_is_no_question(client: Client, draft: Submission) -> None:
    assert client.get(at(draft, "file"))["Location"] == at(draft)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (packed({"word/document.xml": b"<w>" + b" " * 40_000_000}), "far more in this file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (docx(words("It rained."), {"word/vbaProject.bin": b"macro"}), ""),
        (b"x" * 10_000_001, "larger than 10 MB"),
    ],
    ids=["bomb", "password", "macros", "too large"],
)
def test_a_hostile_file_is_told_in_words_and_what_was_typed_stays(
    client: Client, draft: Submission, data: bytes, said: str
) -> None:
    answer = upload(client, draft, data, note="Be gentle.", title="The Other Kiln")

    draft.refresh_from_db()
    assert said in answer.content.decode()
    assert (draft.title, draft.note) == ("The Other Kiln", "Be gentle.")
    assert draft.attachments.exists() == (said == "")


def test_one_file_too_many_is_told_and_its_words_come_all_the_same(client: Client, draft: Submission) -> None:
    for number in range(MAX_FILES):
        attach(draft, AttachmentKind.ANSWER, f"{number}.txt", b"x")

    answer = upload(client, draft, b"The door opened.", "kiln.txt")

    draft.refresh_from_db()
    assert "as many files as can come" in answer.content.decode()
    assert draft.source == "The door opened."


def test_what_was_told_goes_with_a_draft_that_is_thrown_away(client: Client, draft: Submission) -> None:
    upload(client, draft)

    client.post(at(draft, "thrown_away"))

    assert not client.session.get("arrived")


def test_a_draft_that_came_by_mail_says_so_and_asks_for_the_name(cast: Cast, client: Client) -> None:
    draft = make_draft(cast.writer, cast.call, byline_kind="")
    Submission.objects.filter(pk=draft.pk).update(arrived_by="mail")
    attach(draft, AttachmentKind.MANUSCRIPT, "kettle.docx", STORY)

    page = page_of(client, draft)
    asked = client.post(at(draft), {"title": draft.title, "source": draft.source, "next": "1"})

    assert "It came by e-mail on" in page
    assert "Nobody reads it until you send it" in page
    assert "choose below what it is signed with" in page
    assert "kettle.docx" in page
    assert "byline_kind" in asked.context["form"].errors


class TestPasting:
    def paste(self, client: Client, draft: Submission, html: str) -> HttpResponse:
        return client.post(at(draft, "pasted"), {"html": html})

    def test_rich_text_comes_back_as_what_could_have_been_typed(self, client: Client, draft: Submission) -> None:
        html = (DATA / "pasted-from-docs.html").read_text()

        answer = self.paste(client, draft, html)

        assert answer.status_code == 200
        assert "## " in answer.json()["source"]
        assert isinstance(answer.json()["losses"], list)

    def test_nothing_of_it_is_kept(self, client: Client, draft: Submission) -> None:
        self.paste(client, draft, "<p>Words</p>")

        saved = Submission.objects.get(pk=draft.pk)
        assert (saved.source, saved.saved_at) == ("", draft.saved_at)

    @pytest.mark.parametrize("size", [MAX_PASTED + 1, 10_000_000])
    def test_more_than_can_be_pasted_is_refused_in_words(self, client: Client, draft: Submission, size: int) -> None:
        answer = self.paste(client, draft, "x" * size)

        assert answer.status_code == 413
        assert "more than can be pasted" in answer.json()["problem"]

    @pytest.mark.parametrize("html", ["", "<script>alert(1)</script>", "\x00", "<p>" * 50_000])
    def test_odd_html_is_no_trouble(self, client: Client, draft: Submission, html: str) -> None:
        assert self.paste(client, draft, html).json()["source"].strip() == ""

    def test_it_is_posted_by_its_own_writer(self, cast: Cast, draft: Submission) -> None:
        assert self.paste(client_for(cast.other_writer), draft, "<p>x</p>").status_code == 404
        assert self.paste(Client(), draft, "<p>x</p>").status_code == 302
        assert client_for(cast.writer).get(at(draft, "pasted")).status_code == 405

    def test_a_page_elsewhere_cannot_post_it(self, cast: Cast, draft: Submission) -> None:
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(cast.writer)

        assert self.paste(strict, draft, "<p>x</p>").status_code == 403
