"""Mails as other programs write them."""

from collections.abc import Iterable
from email.message import EmailMessage

from hearthpress.mail.addresses import signed_address

STORY = ("story", "0123456789ab")


def make_mail(text: str | None = "It was raining.", *, to: str | None = None, **headers: str) -> EmailMessage:
    """A mail from Ada to the signed address of a story; `headers` with underscores for dashes, "" leaves one out."""
    mail = EmailMessage()
    plain = {
        "From": "Ada Lovelace <ada@example.org>",
        "To": to if to is not None else signed_address(*STORY),
        "Subject": "Your question",
        "Date": "Tue, 03 Nov 2026 10:02:00 +0000",
        "Message-ID": "<one@example.org>",
        "Return-Path": "<ada@example.org>",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in plain.items():
        if value:
            mail[name] = value
    if text is not None:
        mail.set_content(text)
    return mail


def with_files(mail: EmailMessage, names: Iterable[str], media_type: str = "application/octet-stream") -> EmailMessage:
    main, sub = media_type.split("/")
    for name in names:
        mail.add_attachment(f"the bytes of {name}".encode(), maintype=main, subtype=sub, filename=name)
    return mail


def raw(*lines: str) -> bytes:
    """A mail typed line by line."""
    return "\r\n".join(lines).encode()
