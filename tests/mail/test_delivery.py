"""A real SMTP conversation: aiosmtpd answers on a port of this machine."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from email import message_from_bytes

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from hearthpress.common import clock
from hearthpress.mail.actions import write_letter
from hearthpress.mail.addresses import signed_address
from hearthpress.mail.delivery import BATCH, CLAIM, MAX_TRIES, PAUSE, deliver_letters, sweep_letters
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


def reread(letter: Letter) -> Letter:
    return Letter.objects.get(pk=letter.pk)


def answering(words: str) -> Callable[..., Awaitable[str]]:
    async def answer(*_: object) -> str:
        return words

    return answer


async def drop_the_connection(server: SMTP, session: Session, envelope: Envelope) -> str:
    server.transport.abort()
    return "250 kept"


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


def test_letter_comes_back_when_the_post_office_stays_busy(post_office: PostOffice) -> None:
    letter = code_letter("busy@example.org")

    for _ in range(MAX_TRIES):
        Letter.objects.update(not_before=clock.now())
        deliver_letters()

    letter.refresh_from_db()
    assert (letter.state, letter.tries) == (LetterState.BOUNCED, MAX_TRIES)


def test_letters_wait_for_a_post_office_that_is_not_there_and_lose_no_try(
    post_office: PostOffice, settings: object, caplog: pytest.LogCaptureFixture
) -> None:
    letters = [code_letter("ada@example.org"), code_letter("grace@example.org")]
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1

    with clock.at(clock.now() + timedelta(seconds=1)):
        deliver_letters()
        waiting = [reread(letter) for letter in letters]
        still_pausing = deliver_letters()
    settings.EMAIL_PORT = port
    with clock.at(clock.now() + 2 * PAUSE):
        sent = deliver_letters()

    assert {(letter.state, letter.tries) for letter in waiting} == {(LetterState.WAITING, 0)}
    assert all(letter.not_before > clock.now() for letter in waiting)
    assert (still_pausing, sent) == (0, 2)
    assert len(caplog.records) == 1


def test_wrong_password_is_no_fault_of_the_letter(post_office: PostOffice, settings: object) -> None:
    letter = code_letter("ada@example.org")
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "press", "wrong"

    deliver_letters()

    assert (reread(letter).state, reread(letter).tries) == (LetterState.WAITING, 0)


def test_refused_sender_is_no_fault_of_the_letter(post_office: PostOffice) -> None:
    letters = [code_letter("ada@example.org"), code_letter("grace@example.org")]
    post_office.handle_MAIL = answering("550 we do not know you")

    deliver_letters()

    assert {(reread(letter).state, reread(letter).tries) for letter in letters} == {(LetterState.WAITING, 0)}


def test_letter_that_the_post_office_stumbles_at_does_not_hold_up_the_others(post_office: PostOffice) -> None:
    stumbling, other = code_letter("ada@example.org"), code_letter("grace@example.org")
    keep, post_office.handle_DATA = post_office.handle_DATA, drop_the_connection

    deliver_letters()
    at_once = [reread(letter) for letter in (stumbling, other)]
    post_office.handle_DATA = keep
    with clock.at(at_once[1].not_before):
        sent = deliver_letters()

    assert [(letter.state, letter.tries) for letter in at_once] == [(LetterState.WAITING, 0)] * 2
    assert sent == 1
    assert reread(other).state == LetterState.SENT
    assert reread(stumbling).not_before > reread(other).not_before


def test_post_office_that_closes_is_no_fault_of_the_letter(post_office: PostOffice) -> None:
    letter = code_letter("ada@example.org")
    post_office.handle_DATA = answering("421 closing")

    deliver_letters()

    assert (reread(letter).state, reread(letter).tries) == (LetterState.WAITING, 0)


def test_refused_text_is_the_fault_of_the_letter(post_office: PostOffice) -> None:
    letter = code_letter("ada@example.org")
    post_office.handle_DATA = answering("554 not this")

    deliver_letters()

    assert reread(letter).state == LetterState.BOUNCED
    assert "554 not this" in reread(letter).trouble


def test_letter_that_cannot_be_put_together_waits_and_holds_up_no_other(post_office: PostOffice) -> None:
    broken, other = code_letter("ada@example.org"), code_letter("grace@example.org")
    Letter.objects.filter(pk=broken.pk).update(subject="Two\nlines")

    sent = deliver_letters()

    assert sent == 1
    assert (reread(broken).state, reread(broken).tries) == (LetterState.WAITING, 1)
    assert reread(broken).not_before > clock.now()
    assert reread(other).state == LetterState.SENT


def test_letter_that_was_left_behind_on_its_last_try_is_not_tried_for_ever(cast: object) -> None:
    letter = code_letter("ada@example.org")
    long_ago = clock.now() - CLAIM - timedelta(seconds=1)
    Letter.objects.update(state=LetterState.SENDING, claimed_at=long_ago, tries=MAX_TRIES)

    swept = sweep_letters()

    assert swept == 0
    assert reread(letter).state == LetterState.BOUNCED


def test_one_turn_takes_a_small_batch(post_office: PostOffice) -> None:
    for number in range(BATCH + 1):
        code_letter(f"reader{number}@example.org")

    sent = deliver_letters(), deliver_letters()

    assert sent == (BATCH, 1)


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


def test_answer_to_a_letter_goes_where_it_is_taken_in(post_office: PostOffice) -> None:
    context = {"subject": "A question", "text": "Which year was it?"}
    address = signed_address("story", "0123456789ab")
    write_letter("people/note", "ada@example.org", context, reply_to=address, in_reply_to="<one@example.org>")

    deliver_letters()

    sent = message_from_bytes(post_office.letters[0].content)
    assert (sent["Reply-To"], sent["In-Reply-To"]) == (address, "<one@example.org>")
    assert sent["Auto-Submitted"] == "auto-replied"


def test_letter_of_a_machine_says_so_and_that_of_a_person_does_not(post_office: PostOffice) -> None:
    letter = write_letter("people/note", "ada@example.org", {"subject": "News", "text": "Some."})
    by_hand = write_letter("people/note", "ada@example.org", {"subject": "News", "text": "Some."})
    Letter.objects.filter(pk=by_hand.pk).update(kind="correspondence/to_writer")

    deliver_letters()

    sent = [message_from_bytes(envelope.content) for envelope in post_office.letters]
    assert [mail["Auto-Submitted"] for mail in sent] == ["auto-generated", None]
    assert all(mail["Reply-To"] is None for mail in sent)
    assert sent[0]["Message-ID"] == f"<{letter.key}@example.org>"


def test_letter_is_not_sent_before_its_time(post_office: PostOffice) -> None:
    moment = clock.now() + timedelta(seconds=60)
    write_letter("people/note", "ada@example.org", {"subject": "News", "text": "Some."}, not_before=moment)

    assert deliver_letters() == 0
    with clock.at(moment):
        assert deliver_letters() == 1
