"""Bringing letters to the post: claim, send, note. A killed worker's letter is found by the sweep."""

import logging
import smtplib
from datetime import timedelta
from email.utils import formataddr, make_msgid

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F

from hearthpress.common import clock
from hearthpress.mail.enums import LetterState
from hearthpress.mail.models import Letter
from hearthpress.masthead.models import Masthead

logger = logging.getLogger(__name__)

CLAIM = timedelta(minutes=10)
MAX_TRIES = 8
BATCH = 100


def deliver_letters() -> int:
    """Send the letters that are due, oldest first. How many went out."""
    due = Letter.objects.filter(state=LetterState.WAITING, not_before__lte=clock.now()).order_by("id")
    letters = list(due[:BATCH])
    if not letters:
        return 0
    connection = get_connection()
    try:
        return sum(_deliver(letter, connection) for letter in letters)
    finally:
        connection.close()


def sweep_letters() -> int:
    """Put letters that a killed worker left behind back in line. They keep their Message-ID."""
    left = Letter.objects.filter(state=LetterState.SENDING, claimed_at__lt=clock.now() - CLAIM)
    return left.update(state=LetterState.WAITING, claimed_at=None)


def _deliver(letter: Letter, connection: BaseEmailBackend) -> int:
    claimed = Letter.objects.filter(pk=letter.pk, state=LetterState.WAITING).update(
        state=LetterState.SENDING, claimed_at=clock.now(), tries=F("tries") + 1
    )
    if not claimed:
        return 0
    try:
        connection.send_messages([_message(letter, connection)])
    except smtplib.SMTPRecipientsRefused as error:
        _refused(letter, next(iter(error.recipients.values())))
    except smtplib.SMTPResponseException as error:
        _refused(letter, (error.smtp_code, error.smtp_error))
    except OSError as error:
        _wait(letter, str(error))
    else:
        _settle(letter, state=LetterState.SENT, sent_at=clock.now(), text="" if letter.secret else letter.text)
        return 1
    return 0


def _message(letter: Letter, connection: BaseEmailBackend) -> EmailMessage:
    masthead = Masthead.current()
    domain = masthead.letters_from.rpartition("@")[2]
    headers = {"Message-ID": f"<{letter.key}@{domain}>" if domain else make_msgid(), "Auto-Submitted": "auto-generated"}
    sender = formataddr((masthead.name, masthead.letters_from))
    return EmailMessage(letter.subject, letter.text, sender, [letter.to], headers=headers, connection=connection)


def _refused(letter: Letter, answer: tuple[int, bytes | str]) -> None:
    """A 5xx answer is final (RFC 5321, 4.2.1); any other is worth another try."""
    code, words = answer
    said = f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"
    if 500 <= code < 600:
        logger.info("letter %s came back: %s", letter.key, code)
        _settle(letter, state=LetterState.BOUNCED, trouble=said)
    else:
        _wait(letter, said)


def _wait(letter: Letter, trouble: str) -> None:
    """Try again later, each time twice as late; after MAX_TRIES the letter counts as come back."""
    tries = letter.tries + 1
    if tries >= MAX_TRIES:
        _settle(letter, state=LetterState.BOUNCED, trouble=trouble)
        return
    logger.warning("letter %s waits: %s", letter.key, trouble)
    later = clock.now() + timedelta(seconds=15 * 2**tries)
    _settle(letter, state=LetterState.WAITING, trouble=trouble, not_before=later)


def _settle(letter: Letter, **changes: object) -> None:
    Letter.objects.filter(pk=letter.pk, state=LetterState.SENDING).update(**changes)
