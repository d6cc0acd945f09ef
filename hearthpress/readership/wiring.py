"""Puts the hot intake together from the settings: for the server's entry point, before it begins to serve."""

from functools import lru_cache

from django.conf import settings
from django.db import close_old_connections, connections

from hearthpress.common.hosts import is_our_host
from hearthpress.edge.rsgi import Handler
from hearthpress.readership.actions import terms_of
from hearthpress.readership.agents import judge_agent
from hearthpress.readership.keeping import PostgresViews, SqliteViews, Views
from hearthpress.readership.router import ALIAS
from hearthpress.readership.salts import known
from hearthpress.readership.taking import House, Taking
from hearthpress.readership.terms import Terms, TermsBook
from hearthpress.readership.writer import Writer

HOSTS_REMEMBERED = 128
# What Django's own connections have beside what psycopg.connect takes.
DJANGOS_OWN = frozenset({"cursor_factory", "context", "prepare_threshold", "pool"})


def taking(inside: Handler) -> Taking:
    """The intake of this process; whoever serves calls its `start` with the loop, and its `stop` at the end.

    `inside` answers with Django what the intake passes on. Needs Django to be set up.
    """
    judge_agent("")  # reads its lists, so that no first reader waits for them
    return Taking(inside, _house(), TermsBook(_look_up), known, Writer(_open_views))


def _house() -> House:
    return House(
        is_ours=lru_cache(maxsize=HOSTS_REMEMBERED)(is_our_host),
        session_cookie=settings.SESSION_COOKIE_NAME,
        trusted_proxies=settings.TRUSTED_PROXIES,
        https=_https(),
    )


def _https() -> tuple[str, str] | None:
    if not settings.SECURE_SSL_REDIRECT:
        return None
    name, value = settings.SECURE_PROXY_SSL_HEADER or ("HTTP_X_FORWARDED_PROTO", "never")
    return name.removeprefix("HTTP_").replace("_", "-").lower(), value


def _look_up(story_key: str) -> Terms | None:
    """The terms from the main database, in a thread that keeps no connection."""
    try:
        return terms_of(story_key)
    finally:
        close_old_connections()


def _open_views() -> Views:
    """A connection of the writer's own, to the place that Django knows."""
    views = connections[ALIAS]
    if views.vendor == "sqlite":
        return SqliteViews(views.settings_dict["NAME"])
    wanted = views.get_connection_params()
    return PostgresViews({name: value for name, value in wanted.items() if name not in DJANGOS_OWN})
