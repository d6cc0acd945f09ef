"""`hearthpress`, but resting after a few seconds without its database instead of after five minutes."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearthpress.settings")
django.setup()

from hearthpress import cli  # noqa: E402
from hearthpress.edge import watch  # noqa: E402

AWAY_FOR = 6.0  # seconds

watch.AWAY_FOR = AWAY_FOR
watch.Watch.__init__.__defaults__ = (AWAY_FOR,)

if __name__ == "__main__":
    cli.main()
