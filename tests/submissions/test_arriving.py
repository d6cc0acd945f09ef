"""Stories that come by e-mail: a draft that its writer confirms, whatever the mail says, and nothing without them."""

from datetime import timedelta
from email.message import EmailMessage

import pytest

from hearthpress.common import clock
from hearthpress.mail.enums import IncomingState
from hearthpress.mail.models import IncomingMail, Letter
from hearthpress.mail.taking import take_mail
from hearthpress.people.actions import forget_visitors
from hearthpress.people.models import Person
from hearthpress.submissions.arriving import DRAFTS_A_DAY, forget_unconfirmed, mail_address
from hearthpress.submissions.models import Call, Submission
from tests.factories import Cast, make_call, make_draft
from tests.mail.mails import make_mail, with_files
from tests.submissions.test_attaching import photograph

pytestmark = pytest.mark.django_db
STORY = "The kettle was on when she rang.\n\nI let it whistle."


@pytest.fixture
def call(cast: Cast) -> Call:
    cast.call.takes_mail = True
    cast.call.save()
    return cast.call


def mail(call: Call, text: str | None = STORY, **headers: str) -> EmailMessage:
    return make_mail(text, to=mail_address(call), **{"Subject": "Submission: The Kettle", **headers})


def take(message: EmailMessage) -> IncomingMail:
    return take_mail(message.as_bytes())[0]


def letter() -> Letter:
    return Letter.objects.get(kind="submissions/by_mail")


def test_a_mail_becomes_a_draft_that_only_its_writer_can_send(call: Call) -> None:
    row = take(mail(call))

    draft = Submission.objects.get()
    assert row.became == f"submission {draft.key}"
    assert (draft.state, draft.arrived_by, draft.title) == ("draft", "mail", "The Kettle")
    assert draft.source == STORY
    assert draft.writer.email == letter().to == "ada@example.org"
    assert f"/write/{draft.key}/draft/" in letter().text


def test_the_same_mail_twice_is_one_draft(call: Call) -> None:
    message = mail(call)

    take(message)
    take(message)

    assert Submission.objects.count() == Letter.objects.filter(kind="submissions/by_mail").count() == 1


def test_a_file_is_the_story_and_the_mail_a_note(call: Call) -> None:
    message = mail(call, "Dear editors, here it is.")
    message.add_attachment(
        b"# The Kettle\n\nIt was *on*.", maintype="text", subtype="markdown", filename="My_kettle.md"
    )

    take(message)

    draft = Submission.objects.get()
    assert (draft.title, draft.note) == ("My kettle", "Dear editors, here it is.")
    assert "It was" in draft.source
    assert draft.attachments.get().name == "My_kettle.md"


def test_photos_come_along_as_pixels(call: Call) -> None:
    message = mail(call)
    message.add_attachment(photograph(), maintype="image", subtype="jpeg", filename="porch.jpg")
    message.add_attachment(b"no picture", maintype="image", subtype="png", filename="fake.png")

    take(message)

    assert [photo.name for photo in Submission.objects.get().attachments.all()] == ["porch.jpg"]
    assert "Photo 2: This is no" in letter().text
    assert "fake.png" not in letter().text


def test_what_cannot_be_read_is_told_by_name(call: Call) -> None:
    message = with_files(mail(call), ["winmail.dat"], "application/ms-tnef")

    take(message)

    assert "winmail" in letter().text or "could not" in letter().text
    assert Submission.objects.get().source == STORY


def test_several_texts_are_as_many_drafts_as_may_be_sent_together(call: Call) -> None:
    call.pieces = 2
    call.save()
    message = mail(call, "Three poems.")
    for name in ("one", "two", "three"):
        message.add_attachment(
            f"A poem called {name}.".encode(), maintype="text", subtype="plain", filename=f"{name}.txt"
        )

    take(message)

    drafts = list(Submission.objects.order_by("pk"))
    assert [draft.title for draft in drafts] == ["one", "two"]
    assert drafts[1].sent_with == drafts[0]
    assert "more texts than can be sent together" in letter().text


@pytest.mark.parametrize("change", [{"takes_mail": False}, {"state": "closed"}])
def test_a_call_that_takes_nothing_says_so(call: Call, change: dict[str, object]) -> None:
    message = mail(call)
    Call.objects.filter(pk=call.pk).update(**change)

    row = take(message)

    assert row.state == IncomingState.REFUSED
    assert not Submission.objects.exists()
    assert Letter.objects.get(kind="mail/refused").to == "ada@example.org"


def test_an_empty_mail_is_told_what_can_be_read(call: Call) -> None:
    assert take(mail(call, "")).state == IncomingState.REFUSED


def test_a_machines_mail_makes_no_draft_and_no_letter(call: Call) -> None:
    row = take(mail(call, Auto_Submitted="auto-replied"))

    assert row.state == IncomingState.SET_ASIDE
    assert not Letter.objects.exists()


def test_a_fourth_mail_within_a_day_is_refused(call: Call) -> None:
    rows = [take(mail(call, f"Story {number}.", Message_ID=f"<{number}@example.org>")) for number in range(4)]

    assert [row.state for row in rows] == [IncomingState.TAKEN] * DRAFTS_A_DAY + [IncomingState.REFUSED]


def test_a_forged_mail_changes_nothing_of_the_writers(call: Call, cast: Cast) -> None:
    theirs = make_draft(cast.writer, call)

    take(mail(call, "Forged.", From=cast.writer.email))

    theirs.refresh_from_db()
    assert theirs.source != "Forged."
    assert not cast.writer.submissions.exclude(state="draft").exists()


def test_a_draft_that_nobody_confirms_is_forgotten_after_its_days(call: Call, cast: Cast) -> None:
    with clock.at(clock.now() - timedelta(days=31)):
        take(mail(call))
        take(mail(call, From=cast.writer.email, Message_ID="<two@example.org>"))
    Person.objects.filter(pk=cast.writer.pk).update(last_login=clock.now())
    take(mail(call, From="new@example.org", Message_ID="<three@example.org>"))

    assert forget_unconfirmed() == 1

    assert {draft.writer.email for draft in Submission.objects.all()} == {cast.writer.email, "new@example.org"}


def test_the_address_of_one_call_is_not_that_of_another(call: Call) -> None:
    other = make_call(slug="other", takes_mail=True)

    assert mail_address(call) != mail_address(other)
    assert mail_address(make_call(slug="none")) == ""


def test_a_flood_of_mails_is_set_aside_without_letters(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hearthpress.submissions.arriving.CALL_DRAFTS_A_DAY", 2)
    senders = [f"one{number}@example.org" for number in range(3)]

    rows = [take(mail(call, From=sender, Message_ID=f"<{sender}>")) for sender in senders]

    assert [row.state for row in rows] == [IncomingState.TAKEN, IncomingState.TAKEN, IncomingState.SET_ASIDE]
    assert Letter.objects.count() == 2


def test_an_address_that_never_confirmed_is_forgotten_with_its_letter(call: Call) -> None:
    with clock.at(clock.now() - timedelta(days=31)):
        take(mail(call))
    forget_unconfirmed()

    assert forget_visitors() == 1

    assert not Person.objects.filter(email="ada@example.org").exists()
