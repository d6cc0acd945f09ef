"""Taking in what comes by mail: each once, in one transaction with what it becomes, and nothing is lost on the way.

First the mail's bytes are kept, then its row is committed together with what it became; only then may the bytes and the
post office's own copy go. Wherever this is cut off, the mail is taken again, and known again if it was done.
"""

import hashlib
import logging
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _

from hearthpress.common import clock
from hearthpress.mail.actions import write_letter
from hearthpress.mail.addresses import read_addresses
from hearthpress.mail.enums import IncomingState
from hearthpress.mail.incoming import IncomingMessage, read_mail
from hearthpress.mail.models import IncomingMail, Letter
from hearthpress.mail.routes import Refused, Route, route_for
from hearthpress.masthead.models import Masthead

logger = logging.getLogger(__name__)

MAX_PLACES = 10  # addresses of ours in one mail
ANSWERS_A_DAY = 3
KEEP = timedelta(days=90)
# What the sender wrote, whichever way the mail came: post offices put their own lines above it.
_OWN_HEADERS = re.compile(rb"^(?:From|Message-ID|Date|Subject):.*(?:\n[ \t].*)*", re.IGNORECASE | re.MULTILINE)

Place = tuple[str, str]


def take_mail(data: bytes, recipients: Iterable[str] = ()) -> list[IncomingMail]:
    """Take in one mail: a row for each address of ours that it was sent to, or one that was set aside.

    `recipients` are the addresses that the post office hands it over for. Raises only what passes, such as a database
    that is away or a full disk: then the mail is to be brought again.
    """
    message = read_mail(data, recipients)
    places: list[Place] = read_addresses(message.recipients)[:MAX_PLACES] or [("", "")]
    return [_take(data, message, place) for place in places]


def kept_mail(mail: IncomingMail) -> str:
    """The name under which the storage keeps a mail that was set aside."""
    return f"incoming/{mail.sha256}.eml"


def forget_old_mail() -> int:
    """Forget mail that came in 90 days ago and is no part of a thread, with what was kept of it. How many.

    What was set aside, nobody missed by then; and what was taken became something else.
    """
    old = IncomingMail.objects.filter(taken_at__lt=clock.now() - KEEP).exclude(became__startswith="message")
    rows = list(old.order_by("pk")[:1000])
    for mail in rows:
        default_storage.delete(kept_mail(mail))
        mail.delete()
    return len(rows)


def _take(data: bytes, message: IncomingMessage, place: Place) -> IncomingMail:
    mail = _row(data, message, place)
    settled = IncomingMail.objects.filter(sha256=mail.sha256).first()
    if settled is None:
        default_storage.delete(kept_mail(mail))  # the half of one that a crash left
        default_storage.save(kept_mail(mail), ContentFile(data))
        settled = _settled(mail, message)
    if settled.state != IncomingState.SET_ASIDE:
        default_storage.delete(kept_mail(settled))
    return settled


def _row(data: bytes, message: IncomingMessage, place: Place) -> IncomingMail:
    purpose, key = place
    ours = (address for address in message.recipients if read_addresses([address]) == [place])
    return IncomingMail(
        sha256=_digest(data, place),
        message_id=message.message_id,
        sender=message.sender,
        recipient=next(ours, message.recipients[0] if message.recipients else ""),
        subject=message.subject,
        purpose=purpose,
        key=key,
    )


def _digest(data: bytes, place: Place) -> str:
    """Of what the sender wrote and where it goes: the same, should the post office bring it by another way."""
    head, _blank, body = data.replace(b"\r\n", b"\n").partition(b"\n\n")
    digest = hashlib.sha256("-".join(place).encode())
    for part in [*_OWN_HEADERS.findall(head), body]:
        digest.update(b"\0" + hashlib.sha256(part).digest())
    return digest.hexdigest()


def _settled(mail: IncomingMail, message: IncomingMessage) -> IncomingMail:
    """The mail's row, once it is decided what becomes of it."""
    try:
        return _handed_over(mail, message)
    except Refused as refusal:
        return _refused(mail, message, str(refusal))
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("the mail %s could not be taken", mail.sha256)
        return _set_aside(mail, _("Something went wrong here while this mail was read."))


def _handed_over(mail: IncomingMail, message: IncomingMessage) -> IncomingMail:
    """Let the package take it whose address it was sent to. Raises Refused."""
    route = route_for(mail.purpose)
    if route is None:
        return _set_aside(mail, _("It was not sent to an address that we gave out for answers or stories."))
    if message.too_large:
        raise Refused(_("It is larger than 25 MB, the most that we can take. Please send smaller files."))
    if route.prepare is not None:
        message = replace(message, prepared=route.prepare(message, mail.key))
    return _taken(mail, message, route)


@transaction.atomic
def _taken(mail: IncomingMail, message: IncomingMessage, route: Route) -> IncomingMail:
    mail, is_new = _recorded(mail)
    if is_new:
        mail.became = route.take(message, mail.key, mail)[:80]
        mail.save(update_fields=["became"])
    return mail


@transaction.atomic
def _refused(mail: IncomingMail, message: IncomingMessage, sentence: str) -> IncomingMail:
    """Tell the sender why. A mail whose sender must not be told is kept instead."""
    if not _may_answer(message):
        return _set_aside(mail, sentence)
    mail.state, mail.why = IncomingState.REFUSED, sentence
    mail, is_new = _recorded(mail)
    if is_new:
        write_letter("mail/refused", message.sender, {"sentence": sentence}, in_reply_to=message.message_id)
    return mail


def _set_aside(mail: IncomingMail, why: str) -> IncomingMail:
    mail.state, mail.why = IncomingState.SET_ASIDE, why
    return _recorded(mail)[0]


def _recorded(mail: IncomingMail) -> tuple[IncomingMail, bool]:
    """The mail's row, and whether it is new: another worker may have been faster."""
    columns = {field.attname: getattr(mail, field.attname) for field in mail._meta.concrete_fields}  # noqa: SLF001
    del columns["id"], columns["sha256"]
    return IncomingMail.objects.get_or_create(sha256=mail.sha256, defaults=columns)


def _may_answer(message: IncomingMessage) -> bool:
    """A machine gets no answer, we ourselves get none, and nobody gets more than three a day: no loop goes on."""
    if message.automatic or not message.sender or _is_ours(message.sender):
        return False
    lately = Letter.objects.filter(written_at__gt=clock.now() - timedelta(days=1), kind="mail/refused")
    return lately.filter(to=message.sender).count() < ANSWERS_A_DAY


def _is_ours(address: str) -> bool:
    mailbox, _at, domain = Masthead.current().letters_from.lower().rpartition("@")
    local, _at, other_domain = address.rpartition("@")
    return domain == other_domain and (local == mailbox or local.startswith(f"{mailbox}+"))
