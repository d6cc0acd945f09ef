"""Mail as it comes in to a thread's addresses."""

import itertools
from email.message import EmailMessage
from typing import Any

from hearthpress.mail.incoming import IncomingMessage, read_mail
from hearthpress.mail.models import IncomingMail

_numbers = itertools.count(1)


def make_mail(sender: str, text: str, *files: str, **headers: str) -> IncomingMessage:
    return read_mail(make_bytes(sender, text, *files, **headers))


def make_bytes(sender: str, text: str, *files: str, **headers: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, headers.pop("to", "editors@example.org"), "Re: Your story"
    mail["Message-ID"] = headers.pop("message_id", f"<{next(_numbers)}@home.example>")
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    for name in files:
        mail.add_attachment(b"data", maintype="application", subtype="octet-stream", filename=name)
    return bytes(mail)


def make_row(mail: IncomingMessage, **values: Any) -> IncomingMail:
    """The row of a mail, as it stands while the mail is taken."""
    return IncomingMail.objects.create(
        sha256=f"{next(_numbers):064}", message_id=mail.message_id, sender=mail.sender, **{"purpose": "story", **values}
    )
