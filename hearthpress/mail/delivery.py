"""Bringing letters to the post: claim, send, note. A killed worker's letter is found by the sweep.

A letter that cannot go out is one of two things. Either something is wrong with the letter: that counts a try, and the
next letter has its turn. Or the post office does not answer us, or not as it should: then no letter loses a try, and
all of them wait a little.
"""

import logging
import smtplib
from contextlib import suppress
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
PAUSE = timedelta(seconds=30)
MAX_TRIES = 8
BATCH = 20
BY_HAND = "correspondence/"  # kinds of letters whose words one person typed for another
CLOSING = 421  # the post office ends the conversation, whatever was said in it (RFC 5321, 3.8)


def deliver_letters() -> int:
    """Send the letters that are due, those that have waited longest first. How many went out."""
    due = Letter.objects.filter(state=LetterState.WAITING, not_before__lte=clock.now())
    letters = list(due.order_by("not_before", "id")[:BATCH])
    if not letters:
        return 0
    connection = get_connection()
    sent = 0
    try:
        connection.open()
        for letter in letters:
            sent += _deliver(letter, connection)
    except OSError as error:
        _pause(error)
    finally:
        with suppress(OSError):
            connection.close()
    return sent


def sweep_letters() -> int:
    """Put letters that a killed worker left behind back in line, how many. They keep their Message-ID.

    A letter that was left behind on its last try counts as come back: it may be what ends the workers.
    """
    left = Letter.objects.filter(state=LetterState.SENDING, claimed_at__lt=clock.now() - CLAIM)
    left.filter(tries__gte=MAX_TRIES).update(state=LetterState.BOUNCED, trouble="It was never sent to the end.")
    return left.update(state=LetterState.WAITING, claimed_at=None)


def _deliver(letter: Letter, connection: BaseEmailBackend) -> bool:
    """Send one letter; whether it went out. Raises OSError for a trouble that is not the letter's."""
    if not _claim(letter):
        return False
    try:
        connection.send_messages([_message(letter, connection)])
    except smtplib.SMTPRecipientsRefused as error:
        _refused(letter, next(iter(error.recipients.values())), error)
    except smtplib.SMTPDataError as error:
        _refused(letter, (error.smtp_code, error.smtp_error), error)
    except smtplib.SMTPNotSupportedError as error:  # an address that needs what this post office cannot do
        _wait(letter, str(error))
    except OSError:  # also all that remains of smtplib's own
        _give_back(letter)
        raise
    except Exception as error:
        logger.exception("letter %s cannot be sent", letter.key)
        _wait(letter, f"{type(error).__name__}: {error}")
    else:
        _settle(letter, state=LetterState.SENT, sent_at=clock.now(), text="" if letter.secret else letter.text)
        return True
    return False


def _claim(letter: Letter) -> bool:
    """Take the letter, unless another worker was faster; counts the try, so that it counts should we be killed."""
    free = Letter.objects.filter(pk=letter.pk, state=LetterState.WAITING, not_before__lte=clock.now())
    return bool(free.update(state=LetterState.SENDING, claimed_at=clock.now(), tries=F("tries") + 1))


def _message(letter: Letter, connection: BaseEmailBackend) -> EmailMessage:
    masthead = Masthead.current()
    domain = masthead.letters_from.rpartition("@")[2]
    return EmailMessage(
        letter.subject,
        letter.text,
        formataddr((masthead.name, masthead.letters_from)),
        [letter.to],
        headers={"Message-ID": f"<{letter.key}@{domain}>" if domain else make_msgid(), **_more_headers(letter)},
        reply_to=[letter.reply_to] if letter.reply_to else None,
        connection=connection,
    )


def _more_headers(letter: Letter) -> dict[str, str]:
    """What the letter answers, and that a machine wrote it, where that is so: no other machine answers (RFC 3834)."""
    headers = {"In-Reply-To": letter.in_reply_to, "References": letter.in_reply_to} if letter.in_reply_to else {}
    if letter.kind.startswith(BY_HAND):
        return headers
    return {**headers, "Auto-Submitted": "auto-replied" if letter.in_reply_to else "auto-generated"}


def _refused(letter: Letter, answer: tuple[int, bytes | str], error: OSError) -> None:
    """A 5xx answer is final (RFC 5321, 4.2.1); any other is worth another try. Raises `error` when we are sent away."""
    code, words = answer
    said = f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"
    if code == CLOSING:
        _give_back(letter)
        raise error
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


def _give_back(letter: Letter) -> None:
    """Nothing was wrong with the letter. It stands behind the others, should it be what the post office stumbles at."""
    behind = clock.now() + PAUSE + timedelta(seconds=1)
    _settle(letter, state=LetterState.WAITING, claimed_at=None, tries=F("tries") - 1, not_before=behind)


def _pause(error: OSError) -> None:
    """Let every letter that is due wait, so that a post office in trouble is asked now and then, not all the time.

    A letter that is written meanwhile is still tried at once.
    """
    now = clock.now()
    waiting = Letter.objects.filter(state=LetterState.WAITING, not_before__lte=now).update(not_before=now + PAUSE)
    logger.warning("the post office cannot be used, %d letters wait: %s", waiting, error)


def _settle(letter: Letter, **changes: object) -> None:
    Letter.objects.filter(pk=letter.pk, state=LetterState.SENDING).update(**changes)
