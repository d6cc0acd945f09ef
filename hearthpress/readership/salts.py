"""The salt of the day, under which readers are told apart. It is made in memory and never written to a disk.

Every process that takes in views of one day must use one salt, or a reader would be counted once for each process:
through Redis where there is one, through a file of the machine's memory (tmpfs) otherwise. When the day is over in the
zone that it belongs to, and two hours more have passed (`known_salts.GRACE`), its salt is destroyed, and with it every
way back from a reader's key to a reader.
"""

import hashlib
import logging
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path
from typing import Protocol

from django.conf import settings

from hearthpress.readership.known_salts import KnownSalts, is_over, new_salt

# Folders that live in memory: the first is there on Linux, the second where a user's session has one.
MEMORY_FOLDERS = ("/dev/shm", os.environ.get("XDG_RUNTIME_DIR", ""))  # noqa: S108  what is wanted is just that

log = logging.getLogger(__name__)


class Salts(Protocol):
    def salt(self, zone: str, day: date, ours: bytes | None = None) -> bytes:
        """The salt that is shared; `ours`, or a new one, when none was. Raises SaltAway, OSError."""

    def destroy_old(self) -> int: ...


def salt_of(zone: str, day: date) -> bytes:
    """32 random bytes for one day of one IANA time zone, the same for every process. Raises SaltAway."""
    return known.fetch(zone, day)


def destroy_old_salts() -> int:
    """Destroy the salts of days that are over. How many there were."""
    known.forget_old()
    return shared().destroy_old()


@cache
def shared() -> Salts:
    """Where this installation's processes share salts."""
    if settings.REDIS_URL:
        from hearthpress.readership.redis_salts import RedisSalts  # noqa: PLC0415  a twelfth of a start

        return RedisSalts(settings.REDIS_URL, _fingerprint(settings.SECRET_KEY))
    for folder in filter(None, MEMORY_FOLDERS):
        with suppress(OSError):
            return FileSalts(Path(folder) / f"hearthpress-{os.getuid()}-{_fingerprint(str(settings.HOME))}")
    log.warning(
        "There is no memory that processes share (/dev/shm, XDG_RUNTIME_DIR or REDIS_URL): this process counts readers "
        "alone. Run one process only, or a reader is counted once for each."
    )
    return MemorySalts()


known = KnownSalts(lambda zone, day, ours: shared().salt(zone, day, ours))


class FileSalts:
    """One small file a day and zone, in a folder that only we can read. Raises OSError when the folder is not ours."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, exist_ok=True)
        facts = folder.lstat()
        if folder.is_symlink() or facts.st_uid != os.getuid() or facts.st_mode & 0o077:
            raise PermissionError(f"{folder} is not ours alone")
        self.folder = folder

    def salt(self, zone: str, day: date, ours: bytes | None = None) -> bytes:
        path = self.folder / f"{day}.{zone.replace('/', '+')}"
        if not path.exists():
            self._make(path, ours or new_salt())
        return path.read_bytes()

    def destroy_old(self) -> int:
        old = [path for path, zone, day in self._kept() if is_over(zone, day)]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def _make(self, path: Path, salt: bytes) -> None:
        """Whole and once, even when two processes begin at the same time: a link is made by one of them only."""
        made = self.folder / f"new-{secrets.token_hex(8)}"
        made.touch(mode=0o600, exist_ok=False)
        made.write_bytes(salt)
        with suppress(FileExistsError):
            os.link(made, path)
        made.unlink()

    def _kept(self) -> Iterator[tuple[Path, str, date]]:
        for path in self.folder.glob("????-??-??.*"):
            day, _, zone = path.name.partition(".")
            yield path, zone.replace("+", "/"), date.fromisoformat(day)


class MemorySalts:
    """For one process alone."""

    def __init__(self) -> None:
        self.salts: dict[tuple[str, date], bytes] = {}

    def salt(self, zone: str, day: date, ours: bytes | None = None) -> bytes:
        return self.salts.setdefault((zone, day), ours or new_salt())

    def destroy_old(self) -> int:
        old = [(zone, day) for zone, day in self.salts if is_over(zone, day)]
        for key in old:
            del self.salts[key]
        return len(old)


def _fingerprint(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8, person=b"salts").hexdigest()
