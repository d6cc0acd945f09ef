"""Where mail comes from: standard input, for a pipe of the post office's, or a maildir."""

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from hearthpress.common.errors import Sentence
from hearthpress.mail.incoming import MAX_BYTES
from hearthpress.mail.taking import take_mail

logger = logging.getLogger(__name__)

CHUNK = 1024 * 1024


def take_stream(stream: BinaryIO, recipients: Iterable[str] = ()) -> None:
    """Take the one mail that comes in `stream`, which is read to its end: what writes into it shall not be cut off."""
    data = stream.read(MAX_BYTES + 1)
    while stream.read(CHUNK):
        pass
    take_mail(data, recipients)


def take_maildir(folder: Path) -> int:
    """Take what is new in the maildir, oldest first, and how many that were. Raises Sentence when it is no maildir.

    A mail moves from new/ to cur/ when its row is committed (https://cr.yp.to/proto/maildir.html).
    """
    if not (folder / "new").is_dir():
        raise Sentence(f"{folder} is no maildir: it has no folder named new.")
    (folder / "cur").mkdir(mode=0o700, exist_ok=True)
    return sum(_take(path) for path in sorted((folder / "new").iterdir()) if not path.name.startswith("."))


def take_mail_dir() -> int:
    """The same for the maildir of the settings, where there is one."""
    return take_maildir(Path(settings.MAIL_DIR)) if settings.MAIL_DIR else 0


def _take(path: Path) -> bool:
    """Whether it was taken: another worker may have been faster. What cannot be read holds up no other."""
    try:
        with path.open("rb") as file:
            take_stream(file)
        path.rename(path.parent.parent / "cur" / f"{path.name}:2,S")
    except FileNotFoundError:
        return False
    except OSError as error:
        logger.warning("the mail %s waits: %s", path, error.strerror)
        return False
    return True
