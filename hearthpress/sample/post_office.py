"""The demo's post office: a real SMTP receiver that keeps what it takes in (`letterbox`).

An address at REFUSED is answered with 550, so that a letter that comes back can be seen.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from hearthpress.sample.letterbox import REFUSED, keep

HOST = "127.0.0.1"
LARGEST = 2 * 1024 * 1024  # bytes


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


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
