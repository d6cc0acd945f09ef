"""`hearthpress` on a machine whose clock goes wrong: by as many seconds as a file in its home says.

What asks for the time of the day gets the wrong one; the time that has passed (`time.monotonic`) no clock changes.
"""

import os
import time
from datetime import UTC, datetime, tzinfo
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearthpress.settings")
FILE = Path(os.environ["HEARTHPRESS_HOME"]) / "seconds-late"
_real = time.time


def now() -> float:
    return _real() - float(FILE.read_text() if FILE.exists() else 0)


class LateDatetime(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        return datetime.fromtimestamp(now(), tz)


time.time = now
django.setup()

from hearthpress import cli  # noqa: E402
from hearthpress.common import clock  # noqa: E402
from hearthpress.edge import store  # noqa: E402

clock.datetime = store.datetime = LateDatetime
assert clock.now().tzinfo is UTC

if __name__ == "__main__":
    cli.main()
