"""The page store and the watch of this process, made from the settings."""

from django.conf import settings

from hearthpress.edge.nudges import Nudges
from hearthpress.edge.release import release
from hearthpress.edge.store import PageStore
from hearthpress.edge.watch import Watch


def open_store() -> PageStore:
    """The store of this host; emptied when another release of the program filled it."""
    store = PageStore(settings.PAGE_STORE, settings.PAGE_STORE_MEGABYTES * 1024 * 1024)
    now = store.release = release()
    if store.follows("release") != now:
        with store.alone("release"):
            if store.follows("release") != now:
                store.empty(release=now)
    return store


def open_watch(store: PageStore) -> Watch:
    return Watch(store, _nudges())


def _nudges() -> Nudges:
    if not settings.REDIS_URL:
        return Nudges()
    from hearthpress.edge.redis_nudges import RedisNudges  # noqa: PLC0415  a fifth of a start, for who has Redis

    return RedisNudges(settings.REDIS_URL, settings.SECRET_KEY)
