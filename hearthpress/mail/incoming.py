"""What a mail says, read from its bytes. They were written by anybody: reading them never raises, and proves nothing.

The library's parser stands up to a good deal, but some mails are written to make a parser slow. What is larger, longer
or more deeply nested than any mail that people write is known by its head alone, and a note says so.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import EmailPolicy, default
from functools import lru_cache
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from hearthpress.documents.text import one_line
from hearthpress.mail.automatic import is_automatic
from hearthpress.mail.contents import Attachment, Contents, take_apart
from hearthpress.mail.guarded import raw_values, tried
from hearthpress.mail.quoting import new_words

MAX_BYTES = 25 * 1024 * 1024
MAX_LINES = 1_000_000  # 25 MB of base64 have 340,000
MAX_SEPARATORS, MAX_BOUNDARIES = 5_000, 30
HEAD = 64 * 1024
# The library takes quadratic time to read a header. The longest file name, 255 bytes, takes 765 when it is encoded.
MAX_HEADER = 1024
MAX_RECIPIENTS = 100
MAX_ADDRESS = 254

_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,253}>", re.ASCII)
_BETWEEN_ADDRESSES = re.compile(r'[\s<>,;:"()]+')
_RECIPIENTS = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")


@dataclass(frozen=True)
class IncomingMessage:
    """A mail that came in. `sender` is who it says it is from, and "" where it does not say it clearly.

    `text` is all of it, `new_text` what is left without what it quotes and without a signature: for answers, not for
    stories. `html` is its HTML part as it came, for a reader of HTML only. `notes` are sentences about what was not
    read. An `automatic` mail gets no answer from a machine (RFC 3834, 2). `prepared` is the route's.
    """

    sender: str = ""
    sender_name: str = ""
    message_id: str = ""
    in_reply_to: str = ""
    recipients: tuple[str, ...] = ()
    subject: str = ""
    text: str = ""
    new_text: str = ""
    html: str = ""
    attachments: tuple[Attachment, ...] = ()
    notes: tuple[str, ...] = ()
    automatic: bool = False
    too_large: bool = False
    prepared: Any = None


class _Guarded(EmailPolicy):
    """Headers are read as far as any mail needs it, and once: the library reads them anew whenever it is asked."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        return _header(name, value[:MAX_HEADER])


@lru_cache(maxsize=256)
def _header(name: str, value: str) -> Any:
    return default.header_fetch_parse(name, value)


def read_mail(data: bytes, recipients: Iterable[str] = ()) -> IncomingMessage:
    """The mail in `data`; `recipients` are the addresses that it was handed over for, where the post office says so."""
    mail, contents = _opened(data)
    sender, name = _sender(mail)
    return IncomingMessage(
        sender=sender,
        sender_name=name,
        message_id=_message_id(mail, "Message-ID"),
        in_reply_to=_message_id(mail, "In-Reply-To") or _message_id(mail, "References"),
        recipients=_recipients(mail, recipients),
        subject=_line(tried(lambda: str(mail["Subject"] or ""), ""))[:200],
        text=contents.text,
        new_text=new_words(contents.text),
        html=contents.html,
        attachments=contents.attachments,
        notes=contents.notes,
        automatic=is_automatic(mail),
        too_large=len(data) > MAX_BYTES,
    )


def _opened(data: bytes) -> tuple[EmailMessage, Contents]:
    """The mail and what is in it; of one that is not opened, its head and a note."""
    if len(data) > MAX_BYTES:
        return _head(data), Contents(notes=(_("The mail is larger than 25 MB. It was not opened."),))
    if not _is_knotted(data):
        mail = tried(lambda: _parsed(data), None)
        contents = tried(lambda: take_apart(mail), None) if mail is not None else None
        if mail is not None and contents is not None:
            return mail, contents
    return _head(data), Contents(notes=(_("The mail is put together in a way that we do not open."),))


def _is_knotted(data: bytes) -> bool:
    """Whether the mail has more lines or parts, or parts nested more deeply, than any that people write."""
    lines, separators = data.count(b"\n") + data.count(b"\r"), data.count(b"\n--") + data.count(b"\r--")
    boundaries = len(re.findall(rb"boundary\*?\d*\*?=", data, re.IGNORECASE))
    return lines > 2 * MAX_LINES or separators > MAX_SEPARATORS or boundaries > MAX_BOUNDARIES


def _head(data: bytes) -> EmailMessage:
    head = re.split(rb"\r?\n\r?\n", data[:HEAD], maxsplit=1)[0]
    return tried(lambda: _parsed(b"Content-Type: text/plain\n" + head), EmailMessage())


def _parsed(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=cast("EmailPolicy[EmailMessage]", _Guarded()))


def _sender(mail: EmailMessage) -> tuple[str, str]:
    """Address and name. A mail with two From headers, where RFC 5322 (3.6) allows one, is from nobody.

    One of them may be what was proved on the way, and the other what is shown.
    """
    if len(raw_values(mail, "From")) != 1:
        return "", ""
    address = tried(lambda: mail["From"].addresses[0], None)
    if address is None:
        return "", ""
    written = tried(lambda: one_line(address.addr_spec).lower(), "")
    return written if _is_sound(written) else "", _line(tried(lambda: address.display_name, ""))[:120]


def _is_sound(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return len(address) <= MAX_ADDRESS


def _message_id(mail: EmailMessage, header: str) -> str:
    """The last Message-ID that stands in the header, or ""."""
    found = _MESSAGE_ID.findall(" ".join(raw_values(mail, header))[-MAX_HEADER:])
    return found[-1] if found else ""


def _recipients(mail: EmailMessage, handed_over_for: Iterable[str]) -> tuple[str, ...]:
    written = [value for header in _RECIPIENTS for value in raw_values(mail, header)]
    words = (word for value in [*handed_over_for, *written] for word in _BETWEEN_ADDRESSES.split(value))
    return tuple(dict.fromkeys(_line(word).lower()[:MAX_ADDRESS] for word in words if "@" in word))[:MAX_RECIPIENTS]


def _line(value: str) -> str:
    return " ".join(one_line(value).split())
