"""Asking the library about a mail that may be anything."""

from collections.abc import Callable
from email.message import EmailMessage
from typing import TypeVar

Read = TypeVar("Read")

MAX_HEADERS = 50


def tried(read: Callable[[], Read], otherwise: Read) -> Read:
    """What `read` gives. The library raises all kinds of errors at what is no mail: then it is `otherwise`."""
    try:
        return read()
    except Exception:  # noqa: BLE001  there is no list of them
        return otherwise


def raw_values(mail: EmailMessage, name: str) -> list[str]:
    """The values of each header of this name as they stand in the mail, not taken apart: the first fifty."""
    found = (str(value) for header, value in mail.raw_items() if header.lower() == name.lower())
    return [value for value, _ in zip(found, range(MAX_HEADERS), strict=False)]
