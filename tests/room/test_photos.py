"""Photos that go with a story: pixels alone, with what must be said of each before they can be sent."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from hearthpress.submissions.actions import NotTaken, attach, attach_photo, describe_photo, send
from hearthpress.submissions.actions.attaching import MAX_FILES
from hearthpress.submissions.enums import AttachmentKind
from hearthpress.submissions.models import Attachment, Submission
from tests.factories import Cast, client_for, make_accepted, make_draft, make_submission
from tests.submissions.test_attaching import photograph

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast: Cast) -> Submission:
    return make_draft(cast.writer, cast.call)


@pytest.fixture
def client(cast: Cast) -> Client:
    return client_for(cast.writer)


def picture(colour: str, kind: str = "PNG") -> bytes:
    out = BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, kind)
    return out.getvalue()


def at(draft: Submission, name: str = "photos") -> str:
    return reverse(f"room:{name}", args=[draft.key])


def add(client: Client, draft: Submission, *files: tuple[str, bytes], **said: str) -> HttpResponse:
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    return client.post(at(draft), {**said, "photos": sent}, follow=True)


def said_of(photo: Attachment, credit: str = "Wilma", alt: str = "A porch.", **more: str) -> dict[str, str]:
    fields = {"credit": credit, "alt": alt, "consent": "on"} | more
    return {f"{photo.key}-{name}": value for name, value in fields.items() if value}


def photos(draft: Submission) -> list[Attachment]:
    return list(draft.attachments.all())


def test_several_are_added_at_once_as_pixels_alone(client: Client, draft: Submission) -> None:
    add(client, draft, ("porch.jpg", photograph()), ("cup.png", picture("#123456")), ("x.webp", picture("red", "WEBP")))

    kept = photos(draft)
    assert [(photo.name, photo.media_type) for photo in kept] == [
        ("porch.jpg", "image/webp"),
        ("cup.png", "image/webp"),
        ("x.webp", "image/webp"),
    ]
    with default_storage.open(kept[0].stored_as) as file:
        assert b"Wilma" not in file.read()


def test_pressed_twice_each_is_there_once(client: Client, draft: Submission) -> None:
    add(client, draft, ("porch.jpg", photograph()))
    before = len(default_storage.listdir("attachments")[1])

    add(client, draft, ("porch.jpg", photograph()))

    assert len(photos(draft)) == 1
    assert len(default_storage.listdir("attachments")[1]) == before


def test_what_is_no_picture_is_told_by_name_and_the_others_stay(client: Client, draft: Submission) -> None:
    answer = add(
        client,
        draft,
        ("fake.png", b"\x89PNG\r\n\x1a\nno"),
        ("porch.jpg", photograph()),
        ("p.svg", b"<svg/>"),
        ("large.jpg", b"\xff\xd8" + b"x" * 15_728_640),
    )

    page = answer.content.decode()
    assert "fake.png, p.svg: This is no JPEG" in page
    assert "large.jpg: This picture is larger than 15 MB" in page
    assert [photo.name for photo in photos(draft)] == ["porch.jpg"]


def test_of_twenty_one_one_is_told_to_be_too_many(client: Client, draft: Submission) -> None:
    files = [(f"{number}.png", picture(f"#00{12 * number:02x}00")) for number in range(MAX_FILES + 1)]

    answer = add(client, draft, *files)

    assert len(photos(draft)) == MAX_FILES
    assert "20.png: That is as many files" in answer.content.decode()


class TestWhatIsSaidOfEach:
    @pytest.fixture
    def photo(self, draft: Submission) -> Attachment:
        return attach_photo(draft, "porch.jpg", photograph())

    def test_it_is_kept_and_found_again(self, client: Client, draft: Submission, photo: Attachment) -> None:
        add(client, draft, **said_of(photo))

        photo.refresh_from_db()
        assert (photo.credit, photo.alt, photo.consent) == ("Wilma", "A porch.", True)
        assert 'value="Wilma"' in client.get(at(draft)).content.decode()

    def test_it_may_be_said_by_and_by(self, client: Client, draft: Submission, photo: Attachment) -> None:
        add(client, draft, **said_of(photo, alt="", consent=""))

        photo.refresh_from_db()
        assert (photo.credit, photo.alt, photo.consent) == ("Wilma", "", False)

    def test_what_is_too_long_is_said_beside_its_field_and_the_rest_is_kept(
        self, client: Client, draft: Submission, photo: Attachment
    ) -> None:
        answer = add(client, draft, ("cup.png", picture("red")), **said_of(photo, alt="a" * 501))

        photo.refresh_from_db()
        page = answer.content.decode()
        assert "Please keep this to 400 characters" in page
        assert "a" * 501 in page
        assert (photo.credit, photo.alt) == ("Wilma", "")
        assert "cup.png" in page

    def test_one_that_another_window_added_keeps_what_was_said_there(
        self, client: Client, draft: Submission, photo: Attachment
    ) -> None:
        other = attach_photo(draft, "cup.png", picture("red"))
        describe_photo(other, credit="Ada", consent=True, alt="A cup.")

        add(client, draft, **said_of(photo))

        other.refresh_from_db()
        assert (other.credit, other.alt, other.consent) == ("Ada", "A cup.", True)

    def test_one_is_taken_off_and_what_was_said_of_the_others_stays(
        self, client: Client, draft: Submission, photo: Attachment
    ) -> None:
        other = attach_photo(draft, "cup.png", picture("red"))

        add(client, draft, **said_of(photo, off="on"), **said_of(other, credit="Ada"))
        add(client, draft, **said_of(photo, off="on"))

        (left,) = photos(draft)
        assert (left, left.credit) == (other, "Ada")

    @pytest.mark.parametrize("open_field", ["credit", "alt", "consent"])
    def test_nothing_is_sent_before_all_is_said(
        self, client: Client, draft: Submission, photo: Attachment, open_field: str
    ) -> None:
        add(client, draft, **said_of(photo, **{open_field: ""}))

        checked = client.get(at(draft, "check"), follow=True)
        sent = client.post(at(draft, "sending"), follow=True)

        draft.refresh_from_db()
        assert checked.redirect_chain == [(at(draft), 302)]
        assert "who took it, what it shows" in checked.content.decode()
        assert sent.redirect_chain[-1] == (at(draft), 302)
        assert draft.state == "draft"

    def test_sending_itself_refuses_it_and_leaves_the_draft(self, draft: Submission, photo: Attachment) -> None:
        with pytest.raises(NotTaken, match="who took it"):
            send(draft)

        assert Submission.objects.get(pk=draft.pk).state == "draft"

    def test_once_it_is_said_it_goes_with_the_story(self, client: Client, draft: Submission, photo: Attachment) -> None:
        add(client, draft, **said_of(photo))

        answer = client.post(at(draft, "sending"))

        draft.refresh_from_db()
        assert answer["Location"] == at(draft, "submission")
        assert draft.state == "received"

    def test_the_words_of_somebody_who_was_signed_out_are_given_back(
        self, draft: Submission, photo: Attachment
    ) -> None:
        answer = add(Client(), draft, **said_of(photo, alt="A <porch> at night."))

        assert answer.status_code == 403
        assert "A &lt;porch&gt; at night.</textarea>" in answer.content.decode()

    def test_its_own_writer_alone_sees_it(self, cast: Cast, draft: Submission, photo: Attachment) -> None:
        address = reverse("room:photo", args=[draft.key, photo.key])

        answer = client_for(cast.writer).get(address)

        assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/webp", "nosniff")
        assert "private" in answer["Cache-Control"]
        assert Image.open(BytesIO(b"".join(answer.streaming_content))).size == (1600, 800)
        assert [client_for(person).get(address).status_code for person in (cast.other_writer, cast.editor)] == [404] * 2
        assert Client().get(address).status_code == 302

    def test_its_address_shows_no_other_file(self, cast: Cast, client: Client, draft: Submission) -> None:
        file = attach(draft, AttachmentKind.MANUSCRIPT, "kettle.docx", b"PK")
        other = attach_photo(make_draft(cast.other_writer, cast.call), "theirs.jpg", photograph())

        for key in (file.key, other.key, "nothing"):
            assert client.get(reverse("room:photo", args=[draft.key, key])).status_code == 404

    def test_one_that_is_gone_from_the_storage_is_not_found(
        self, client: Client, draft: Submission, photo: Attachment
    ) -> None:
        default_storage.delete(photo.stored_as)

        assert client.get(reverse("room:photo", args=[draft.key, photo.key])).status_code == 404


def test_another_writers_page_is_not_found(cast: Cast, draft: Submission) -> None:
    for person in (cast.other_writer, cast.editor):
        assert client_for(person).get(at(draft)).status_code == 404
        assert add(client_for(person), draft, ("porch.jpg", photograph())).status_code == 404
    assert not photos(draft)


def test_what_is_with_the_editors_gets_no_more_photos(cast: Cast, client: Client) -> None:
    sent = make_submission(cast.writer, cast.call)

    answer = add(client, sent, ("porch.jpg", photograph()))

    assert answer.redirect_chain == [(at(sent, "submission"), 302)]
    assert not photos(sent)


def test_a_story_sent_in_the_same_moment_says_so(
    client: Client, draft: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "hearthpress.room.views.photos.attach_photo",
        lambda *given: (send(Submission.objects.get(pk=draft.pk)), attach_photo(*given)),
    )

    answer = add(client, draft, ("porch.jpg", photograph()))

    assert answer.redirect_chain == [(at(draft, "submission"), 302)]
    assert not photos(draft)


def test_an_accepted_story_may_still_get_them(cast: Cast, client: Client) -> None:
    accepted = make_accepted(cast.writer, cast.editor, cast.call)

    page = client.get(at(accepted, "submission")).content.decode()
    add(client, accepted, ("porch.jpg", photograph()))

    assert at(accepted) in page
    assert len(photos(accepted)) == 1


def test_the_drafts_button_saves_first_and_leads_here_and_back(client: Client, draft: Submission) -> None:
    saved = client.post(at(draft, "draft"), {"title": "The Porch", "source": "Words.", "photos": "1"})
    back = client.post(at(draft), {"back": "1"}, follow=True)

    draft.refresh_from_db()
    assert saved["Location"] == at(draft)
    assert draft.title == "The Porch"
    assert back.redirect_chain[-1] == (at(draft, "draft"), 302)


def test_the_page_asks_the_database_as_often_for_three_as_for_one(client: Client, draft: Submission) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(at(draft))
        return len(found)

    attach_photo(draft, "1.png", picture("red"))
    for_one = count()
    for colour in ("green", "blue"):
        attach_photo(draft, f"{colour}.png", picture(colour))

    assert count() == for_one
