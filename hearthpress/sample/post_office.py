"""The demo's post office: a real SMTP receiver that keeps what it takes in as files, and reads them back.

The letters lie under HEARTHPRESS_HOME/letters, one .eml file each, the newest KEPT of them. An address at REFUSED is
answered with 550, so that a letter that comes back can be seen.
"""

import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from hearthpress.common.fields import public_id

HOST = "127.0.0.1"
REFUSED = "bounces.example"
KEPT = 500
LARGEST = 2 * 1024 * 1024  # bytes
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


class PostOffice:
    """What aiosmtpd asks while a letter is handed over (RFC 5321)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address.rpartition("@")[2].lower() == REFUSED:
            return "550 5.1.1 Nobody lives at this address"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        keep(self.folder, envelope.content or b"")
        return "250 Taken in"


@contextmanager
def open_office(folder: Path) -> Iterator[int]:
    """Take letters in while the block runs; gives the port on 127.0.0.1."""
    controller = Controller(PostOffice(folder), hostname=HOST, port=_free_port(), data_size_limit=LARGEST)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


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


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
