"""A real SMTP conversation: aiosmtpd answers on a port of this machine."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from hearthpress.common import clock
from hearthpress.mail.actions import write_letter
from hearthpress.mail.delivery import CLAIM, MAX_TRIES, deliver_letters, sweep_letters
from hearthpress.mail.enums import LetterState
from hearthpress.mail.models import Letter
from tests.post_office import PostOffice, open_post_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def post_office(settings: object, cast: object) -> Iterator[PostOffice]:
    with open_post_office(settings) as office:
        yield office


def code_letter(to: str) -> Letter:
    return write_letter("people/code", to, {"code": "123456"}, secret=True)


def test_letter_is_sent_once_and_its_code_forgotten(post_office: PostOffice) -> None:
    letter = code_letter("ada@example.org")

    sent = deliver_letters(), deliver_letters()

    letter.refresh_from_db()
    assert sent == (1, 0)
    assert (letter.state, letter.text) == (LetterState.SENT, "")
    (envelope,) = post_office.letters
    assert envelope.rcpt_tos == ["ada@example.org"]
    assert b"123456" in envelope.content
    assert f"<{letter.key}@example.org>".encode() in envelope.content


def test_refused_letter_comes_back_with_what_the_post_office_said(post_office: PostOffice) -> None:
    letter = code_letter("gone@example.org")

    deliver_letters()

    letter.refresh_from_db()
    assert letter.state == LetterState.BOUNCED
    assert "550 no such mailbox" in letter.trouble


def test_letter_waits_when_the_post_office_is_busy(post_office: PostOffice) -> None:
    letter = code_letter("busy@example.org")

    deliver_letters()

    letter.refresh_from_db()
    assert letter.state == LetterState.WAITING
    assert letter.not_before > clock.now()


def test_letter_waits_when_there_is_no_post_office_and_comes_back_in_the_end(
    post_office: PostOffice, settings: object
) -> None:
    letter = code_letter("ada@example.org")
    settings.EMAIL_PORT = 1

    for _ in range(MAX_TRIES):
        with clock.at(clock.now() + timedelta(days=1)):
            deliver_letters()
            Letter.objects.update(not_before=clock.now() - timedelta(days=2))

    letter.refresh_from_db()
    assert letter.state == LetterState.BOUNCED


def test_one_bad_address_does_not_hold_up_the_others(post_office: PostOffice) -> None:
    code_letter("gone@example.org")
    code_letter("ada@example.org")

    sent = deliver_letters()

    assert sent == 1


def test_letter_left_by_a_killed_worker_is_swept_and_keeps_its_message_id(post_office: PostOffice) -> None:
    letter = code_letter("ada@example.org")
    Letter.objects.update(state=LetterState.SENDING, claimed_at=clock.now() - CLAIM - timedelta(seconds=1))

    swept = sweep_letters()
    deliver_letters()

    assert swept == 1
    assert letter.key.encode() in post_office.letters[0].content


def test_letter_that_another_worker_claimed_is_left_alone(post_office: PostOffice) -> None:
    code_letter("ada@example.org")
    Letter.objects.update(state=LetterState.SENDING, claimed_at=clock.now())

    assert (sweep_letters(), deliver_letters()) == (0, 0)
    assert post_office.letters == []


def test_the_words_of_a_person_reach_the_letter_as_they_typed_them(cast: object) -> None:
    letter = write_letter("people/note", "ada@example.org", {"subject": "Tom & Ada", "text": "It's <here> & now"})

    assert letter.subject == "Tom & Ada"
    assert letter.text.startswith("It's <here> & now")


def test_a_new_line_in_a_subject_makes_no_new_header(cast: object) -> None:
    letter = write_letter("people/note", "ada@example.org", {"subject": "Hello\nBcc: all@example.org", "text": "-"})

    assert "\n" not in letter.subject
