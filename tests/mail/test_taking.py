"""A mail is taken once, wherever its taking is cut off; nothing of it is lost, and no loop of answers begins."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, OperationalError

from hearthpress.common import clock
from hearthpress.mail import routes
from hearthpress.mail.addresses import signed_address
from hearthpress.mail.delivery import _message
from hearthpress.mail.enums import IncomingState
from hearthpress.mail.incoming import MAX_BYTES, IncomingMessage
from hearthpress.mail.models import IncomingMail, Letter
from hearthpress.mail.routes import Refused, register
from hearthpress.mail.taking import ANSWERS_A_DAY, forget_old_mail, kept_mail, take_mail
from hearthpress.masthead.models import Section
from tests.factories import make_masthead
from tests.mail.mails import STORY, make_mail, with_files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def taken(db: None, settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list]:
    """What the taker of mail about stories was given. It writes a row of its own each time."""
    make_masthead()
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(routes, "_routes", {})
    given = []

    def take(message: IncomingMessage, key: str, row: IncomingMail) -> str:
        given.append((message.text, key, row.sha256))
        return f"section {Section.objects.create(name=message.text, slug=f'taken-{row.pk}').pk}"

    register("story", take)
    return given


def rows_made() -> int:
    return Section.objects.filter(slug__startswith="taken-").count()


def take_for_story(take: Callable[..., str]) -> None:
    register("story", take)


def refuse(message: IncomingMessage, key: str, row: IncomingMail) -> str:
    Section.objects.create(name="half", slug=f"taken-{row.pk}")
    raise Refused("Stories about the weather are not taken.")


def is_kept(mail: IncomingMail) -> bool:
    return default_storage.exists(kept_mail(mail))


def test_mail_becomes_what_its_package_makes_of_it(taken: list) -> None:
    (mail,) = take_mail(make_mail().as_bytes())

    assert taken == [("It was raining.", STORY[1], mail.sha256)]
    mail.refresh_from_db()
    assert (mail.state, mail.became) == (IncomingState.TAKEN, f"section {Section.objects.latest('pk').pk}")
    assert (mail.purpose, mail.key) == STORY
    assert (mail.sender, mail.subject, mail.message_id) == ("ada@example.org", "Your question", "<one@example.org>")
    assert mail.recipient == signed_address(*STORY)
    assert not is_kept(mail)


def test_mail_that_comes_twice_is_taken_once(taken: list) -> None:
    again = make_mail(Received="from elsewhere", Delivered_To=signed_address(*STORY)).as_bytes()

    (first,), (second,) = take_mail(make_mail().as_bytes()), take_mail(again.replace(b"\n", b"\r\n"))

    assert first.pk == second.pk
    assert len(taken) == IncomingMail.objects.count() == 1


def test_other_words_under_the_same_message_id_are_another_mail(taken: list) -> None:
    take_mail(make_mail("One.").as_bytes())
    take_mail(make_mail("Two.").as_bytes())

    assert [text for text, _key, _sha in taken] == ["One.", "Two."]


def test_mail_to_two_of_our_addresses_is_taken_for_each(taken: list) -> None:
    second = signed_address("story", "zzzzzzzzzzzz")
    mails = take_mail(make_mail(Cc=second).as_bytes())

    assert [key for _text, key, _sha in taken] == [STORY[1], "zzzzzzzzzzzz"]
    assert len({mail.sha256 for mail in mails}) == 2
    assert [mail.recipient for mail in mails] == [signed_address(*STORY), second]


def test_mail_handed_over_for_an_address_needs_not_name_it(taken: list) -> None:
    take_mail(make_mail(to="undisclosed@example.org").as_bytes(), [signed_address(*STORY)])

    assert len(taken) == 1


@pytest.mark.parametrize(
    "to", ["editors@example.org", "editors+story-0123456789ab-aaaaaaaaaaaaa@example.org", "", "nonsense"]
)
def test_mail_to_an_address_that_we_did_not_sign_is_set_aside_and_kept(taken: list, to: str) -> None:
    data = make_mail(to=to).as_bytes()

    (mail,) = take_mail(data)

    assert taken == []
    assert (mail.state, mail.purpose) == (IncomingState.SET_ASIDE, "")
    assert default_storage.open(kept_mail(mail)).read() == data
    assert not Letter.objects.exists()


def test_mail_for_which_there_is_no_taker_is_set_aside() -> None:
    (mail,) = take_mail(make_mail(to=signed_address("call", "17")).as_bytes())

    assert (mail.state, mail.purpose, mail.key) == (IncomingState.SET_ASIDE, "call", "17")
    assert is_kept(mail)


@pytest.mark.parametrize("data", [b"", b"\x00\xff" * 50, b"\n\n\n", b"From: \xff\nTo: \n"])
def test_what_is_no_mail_is_set_aside(data: bytes) -> None:
    (mail,) = take_mail(data)

    assert mail.state == IncomingState.SET_ASIDE
    assert is_kept(mail)


def test_refused_mail_leaves_nothing_behind_and_its_sender_is_told(taken: list) -> None:
    take_for_story(refuse)

    (mail,) = take_mail(make_mail().as_bytes())

    assert (mail.state, mail.why) == (IncomingState.REFUSED, "Stories about the weather are not taken.")
    assert rows_made() == 0
    assert not is_kept(mail)
    letter = Letter.objects.get()
    assert (letter.kind, letter.to, letter.in_reply_to) == ("mail/refused", "ada@example.org", "<one@example.org>")
    assert "Stories about the weather are not taken." in letter.text
    assert "It was raining." not in letter.subject + letter.text
    assert "Your question" not in letter.subject + letter.text


def test_answer_says_what_it_answers_and_that_a_machine_wrote_it() -> None:
    take_for_story(refuse)
    take_mail(make_mail().as_bytes())

    headers = _message(Letter.objects.get(), connection=None).message()

    assert headers["In-Reply-To"] == headers["References"] == "<one@example.org>"
    assert headers["Auto-Submitted"] == "auto-replied"


def test_refused_mail_that_comes_twice_is_answered_once() -> None:
    take_for_story(refuse)

    take_mail(make_mail().as_bytes())
    take_mail(make_mail().as_bytes())

    assert Letter.objects.count() == IncomingMail.objects.count() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Return_Path": "<>"},
        {"From": ""},
        {"From": "editors@example.org"},
        {"From": "Editors+story-0123456789ab-aaaaaaaaaaaaa@example.org"},
    ],
)
def test_refused_mail_whose_sender_must_not_be_told_is_kept(headers: dict[str, str]) -> None:
    take_for_story(refuse)

    (mail,) = take_mail(make_mail(**headers).as_bytes())

    assert (mail.state, mail.why) == (IncomingState.SET_ASIDE, "Stories about the weather are not taken.")
    assert is_kept(mail)
    assert not Letter.objects.exists()


def test_nobody_is_told_more_than_three_times_a_day() -> None:
    take_for_story(refuse)

    mails = [take_mail(make_mail(f"Mail {number}.").as_bytes())[0] for number in range(ANSWERS_A_DAY + 2)]
    take_mail(make_mail(From="grace@example.org").as_bytes())
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        take_mail(make_mail("The next day.").as_bytes())

    assert [mail.state for mail in mails] == [IncomingState.REFUSED] * 3 + [IncomingState.SET_ASIDE] * 2
    told = list(Letter.objects.values_list("to", flat=True))
    assert told == ["ada@example.org"] * 3 + ["grace@example.org", "ada@example.org"]


def test_two_machines_that_answer_each_other_stop_at_once() -> None:
    take_for_story(refuse)
    take_mail(make_mail().as_bytes())
    ours = _message(Letter.objects.get(), connection=None).message()
    theirs = make_mail("I am away.", Auto_Submitted="auto-replied", Message_ID="<two@example.org>")
    theirs["In-Reply-To"] = ours["Message-ID"]

    (mail,) = take_mail(theirs.as_bytes())
    # And should our own answer ever come back to us:
    ours.replace_header("To", signed_address(*STORY))
    (returned,) = take_mail(ours.as_bytes())

    assert mail.state == returned.state == IncomingState.SET_ASIDE
    assert Letter.objects.count() == 1


def test_machines_that_hide_what_they_are_stop_after_three_answers() -> None:
    take_for_story(refuse)

    for number in range(20):
        take_mail(make_mail("I am away.", Message_ID=f"<away-{number}@example.org>").as_bytes())

    assert Letter.objects.count() == ANSWERS_A_DAY


def test_mail_that_is_too_large_is_refused_without_being_opened(taken: list) -> None:
    (mail,) = take_mail(make_mail().as_bytes() + b"\n" + b"x" * MAX_BYTES)

    assert taken == []
    assert mail.state == IncomingState.REFUSED
    assert "larger than 25 MB" in Letter.objects.get().text


def test_thirty_files_reach_the_taker_as_twenty_and_a_note() -> None:
    seen = []
    take_for_story(lambda message, key, row: seen.append((len(message.attachments), message.notes)) or "seen")

    take_mail(with_files(make_mail(), [f"{number}.jpg" for number in range(30)]).as_bytes())

    ((count, notes),) = seen
    assert count == 20
    assert "10 more files" in notes[0]


def test_taker_may_set_a_mail_aside_and_keep_what_it_wrote_about_it(taken: list) -> None:
    def take(message: IncomingMessage, key: str, row: IncomingMail) -> str:
        Section.objects.create(name="a mark", slug=f"taken-{row.pk}")
        row.set_aside("From an address that we do not know.")
        return ""

    take_for_story(take)

    (mail,) = take_mail(make_mail(From="eve@example.net").as_bytes())

    mail.refresh_from_db()
    assert (mail.state, mail.why) == (IncomingState.SET_ASIDE, "From an address that we do not know.")
    assert rows_made() == 1
    assert is_kept(mail)


def test_what_takes_long_is_prepared_before_the_transaction() -> None:
    seen = []
    register(
        "story",
        lambda message, key, row: seen.append(message.prepared) or "seen",
        prepare=lambda message, key: f"{key}: {IncomingMail.objects.count()} rows so far",
    )

    take_mail(make_mail().as_bytes())

    assert seen == [f"{STORY[1]}: 0 rows so far"]


def test_mail_may_be_refused_while_it_is_prepared() -> None:
    def prepare(message: IncomingMessage, key: str) -> None:
        raise Refused("This is no document.")

    register("story", lambda message, key, row: "never", prepare=prepare)

    assert take_mail(make_mail().as_bytes())[0].state == IncomingState.REFUSED


@pytest.mark.parametrize("error", [ValueError("a fault of ours"), IntegrityError("another"), OSError("a bad picture")])
def test_mail_that_we_stumble_over_is_kept(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    def take(message: IncomingMessage, key: str, row: IncomingMail) -> str:
        Section.objects.create(name="half", slug=f"taken-{row.pk}")
        raise error

    take_for_story(take)

    (mail,) = take_mail(make_mail().as_bytes())

    assert mail.state == IncomingState.SET_ASIDE
    assert rows_made() == 0
    assert is_kept(mail)
    assert "could not be taken" in caplog.text
    caplog.clear()


def test_mail_waits_for_a_database_that_is_away(taken: list) -> None:
    def take(message: IncomingMessage, key: str, row: IncomingMail) -> str:
        raise OperationalError("the database is away")

    take_for_story(take)
    with pytest.raises(OperationalError):
        take_mail(make_mail().as_bytes())
    assert not IncomingMail.objects.exists()

    take_for_story(lambda message, key, row: "taken at last")
    (mail,) = take_mail(make_mail().as_bytes())

    assert (mail.state, mail.became) == (IncomingState.TAKEN, "taken at last")
    assert not is_kept(mail)
    assert default_storage.listdir("incoming") == ([], [])


def test_half_of_a_mail_that_a_crash_left_is_written_anew() -> None:
    data = make_mail(to="editors@example.org").as_bytes()
    (mail,) = take_mail(data)
    path = Path(default_storage.path(kept_mail(mail)))
    path.write_bytes(b"half")
    IncomingMail.objects.all().delete()

    take_mail(data)

    assert path.read_bytes() == data
    assert len(list(path.parent.iterdir())) == 1


def test_taken_mail_that_a_crash_left_in_our_keeping_goes_when_it_is_brought_again(taken: list) -> None:
    (mail,) = take_mail(make_mail().as_bytes())
    default_storage.save(kept_mail(mail), ContentFile(b"left"))

    take_mail(make_mail().as_bytes())

    assert not is_kept(mail)
    assert len(taken) == 1


def test_worker_that_comes_second_changes_nothing(taken: list, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have seen that the mail is new, and one has taken it before the other begins."""
    nothing = IncomingMail.objects.none()
    take_mail(make_mail().as_bytes())
    monkeypatch.setattr(IncomingMail.objects, "filter", lambda **_: nothing)

    (mail,) = take_mail(make_mail().as_bytes())

    assert (len(taken), IncomingMail.objects.count()) == (1, 1)
    assert mail.became
    assert not is_kept(mail)


def test_kept_mail_is_for_our_own_eyes() -> None:
    (mail,) = take_mail(make_mail(to="editors@example.org").as_bytes())

    assert Path(default_storage.path(kept_mail(mail))).stat().st_mode & 0o077 == 0


def test_mail_is_forgotten_after_its_days_with_what_was_kept_of_it() -> None:
    with clock.at(clock.now() - timedelta(days=91)):
        old = take_mail(make_mail(to="nobody@example.org").as_bytes())[0]
    new = take_mail(make_mail(to="nobody@example.org", Message_ID="<two@example.org>").as_bytes())[0]

    assert forget_old_mail() == 1

    assert list(IncomingMail.objects.all()) == [new]
    assert not default_storage.exists(kept_mail(old))
    assert default_storage.exists(kept_mail(new))
