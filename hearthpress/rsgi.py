"""The application that granian serves: the fast path, the intake of views, and Django behind them."""

import gc
import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearthpress.settings")
gc.disable()  # what is being loaded is no rubbish: not looking for any saves a tenth of a start
django.setup()

# Models can be imported only once Django is set up.
from hearthpress import parent  # noqa: E402
from hearthpress.common.hosts import is_our_host  # noqa: E402
from hearthpress.edge.fastpath import FastPath, Site  # noqa: E402
from hearthpress.edge.here import open_store, open_watch  # noqa: E402
from hearthpress.edge.inside import Inside  # noqa: E402
from hearthpress.edge.watch import AWAY_FOR  # noqa: E402
from hearthpress.readership.wiring import taking  # noqa: E402


class Application:
    """One in each web process. Django is given as many threads as may ask the database at the same time."""

    def __init__(self) -> None:
        self.threads = ThreadPoolExecutor(settings.REQUESTS_AT_ONCE, thread_name_prefix="django")
        store = open_store()
        inside = Inside(WSGIHandler(), self.threads, cdn_seconds=settings.CDN_SECONDS)
        site = Site(is_our_host, secure_only=settings.HTTPS, away_for=AWAY_FOR)
        self.taking = taking(inside.pass_on)
        self.fast_path = FastPath(store, inside, self.threads, site, self.taking.handlers())
        self.watch = open_watch(store)
        self.__rsgi__ = self.fast_path.__call__

    def __rsgi_init__(self, loop: Any) -> None:
        parent.leave_when_gone()
        gc.freeze()  # what is loaded by now stays: it need not be looked through again and again
        self.watch.start()
        self.taking.start(loop)

    def __rsgi_del__(self, _loop: Any) -> None:
        self.taking.stop()
        self.watch.stop()


application = Application()
gc.enable()
