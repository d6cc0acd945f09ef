"""The letters that the demo's post office took in: .eml files under HEARTHPRESS_HOME/letters, the newest KEPT."""

import re
import time
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from hearthpress.common.fields import public_id

KEPT = 500
REFUSED = "bounces.example"  # letters to addresses there come back
NAME = re.compile(r"\d{19}-[0-9a-z]{12}")


@dataclass(frozen=True)
class Received:
    """A letter as it lies in the box. `key` names it in addresses of pages."""

    key: str
    to: str
    sender: str
    subject: str
    at: datetime | None
    text: str


def keep(folder: Path, content: bytes | str) -> Path:
    """Write one letter, whole or not at all, and drop the oldest when there are too many."""
    path = folder / f"{time.time_ns():019d}-{public_id()}.eml"
    part = path.with_suffix(".part")
    part.write_bytes(content.encode() if isinstance(content, str) else content)
    part.replace(path)
    for old in _newest_first(folder)[KEPT:]:
        old.unlink(missing_ok=True)
    return path


def letters(folder: Path, to: str = "") -> list[Received]:
    """The letters in the box, the newest first; only those to the address `to` when it is given."""
    wanted = to.strip().lower()
    found = (_read(path) for path in _newest_first(folder))
    return [letter for letter in found if letter and (not wanted or wanted in letter.to.lower())]


def letter(folder: Path, key: str) -> Received | None:
    """The letter with this key, or None when there is none such (any more)."""
    return _read(folder / f"{key}.eml") if NAME.fullmatch(key) else None


def _newest_first(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.eml"), reverse=True)


def _read(path: Path) -> Received | None:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    date = message["Date"]
    return Received(
        key=path.stem,
        to=str(message["To"] or ""),
        sender=str(message["From"] or ""),
        subject=str(message["Subject"] or ""),
        at=date.datetime if date is not None else None,
        text=_text(message),
    )


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    return str(body.get_content()) if body is not None else ""
