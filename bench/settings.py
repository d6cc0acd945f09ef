"""The magazine's own settings, with one more page: an empty one, behind the same middleware on the same server."""

from hearthpress.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
