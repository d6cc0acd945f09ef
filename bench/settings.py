"""The magazine's own settings, with an empty page more (behind the same middleware) and a count of requests."""

from hearthpress.settings import *  # noqa: F403
from hearthpress.settings import MIDDLEWARE as OURS

ROOT_URLCONF = "bench.urls"
MIDDLEWARE = ["bench.counting.middleware", *OURS]
