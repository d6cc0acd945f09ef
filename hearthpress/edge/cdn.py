"""Telling the CDN which pages are not true any more. Carried out from the purge rows, until it has answered.

Each row is told twice: at once, and again when no host can have the old page any more without saying so. In between a
host that had not heard yet may have given the old page to a CDN that had just forgotten it.
"""

import http.client
import logging
from collections.abc import Iterable, Iterator, Sequence
from time import monotonic
from typing import Protocol

from django.conf import settings

from hearthpress.common.asking import ask
from hearthpress.edge.fastpath import AWAY_AFTER
from hearthpress.edge.keys import EVERY_PAGE, purge
from hearthpress.edge.models import Generation, Purge
from hearthpress.edge.purges import TOLD
from hearthpress.edge.release import release

TIMEOUT = 5.0  # seconds
LONGEST = 4000  # characters of keys in one request: half of what Varnish takes in one header
ROWS = 500  # told at once
# By then a host without the database says so, and a CDN keeps none of its pages.
AGAIN_AFTER = AWAY_AFTER + 1.0  # seconds

logger = logging.getLogger(__name__)


class CDN(Protocol):
    """Whatever keeps our pages before us and can be told to forget some."""

    def tell(self, keys: Iterable[str]) -> None:
        """Forget every page that carries one of the keys.

        Raises OSError or http.client.HTTPException unless it is certain that they are forgotten.
        """


class Varnish:
    """BAN requests with a Surrogate-Key header, as docs/front-servers/varnish.vcl takes them."""

    def __init__(self, url: str, secret: str = "") -> None:
        self.url, self._secret = url, secret

    def tell(self, keys: Iterable[str]) -> None:
        for part in _in_parts(sorted(set(keys))):
            self._ban(part)

    def _ban(self, keys: str) -> None:
        headers = {"Surrogate-Key": keys}
        if self._secret:
            headers["Authorization"] = f"Bearer {self._secret}"
        status = ask("BAN", self.url, headers, timeout=TIMEOUT)
        if status != http.HTTPStatus.OK:
            raise OSError(f"it answered {status}")


class Teller:
    """One in a process. `tell` it what to do again and again."""

    def __init__(self, cdn: CDN) -> None:
        self.cdn = cdn
        self._has_begun = self._is_away = False
        self._seen: dict[int, float] = {}  # when this process first saw that a row had been told once

    def tell(self) -> int:
        """Tell the CDN what is due now, the oldest first. How many rows."""
        self._has_begun = self._has_begun or _begin()
        first, again = self._rows(0), self._due_again()
        rows = {**first, **again}
        if not rows:
            return 0
        try:
            self.cdn.tell({key for keys in rows.values() for key in keys.split()})
        except (OSError, http.client.HTTPException) as error:
            self._note_away(error)
            return 0
        self._note_answer()
        # Two workers may both have told it, which does no harm; each step is counted once.
        Purge.objects.filter(pk__in=first, cdn_told=0).update(cdn_told=1)
        Purge.objects.filter(pk__in=again, cdn_told=1).update(cdn_told=TOLD)
        return len(rows)

    def _rows(self, told: int) -> dict[int, str]:
        rows = Purge.objects.filter(cdn_told=told, generation__isnull=False).order_by("generation")
        return dict(rows.values_list("pk", "keys")[:ROWS])

    def _due_again(self) -> dict[int, str]:
        rows, now = self._rows(1), monotonic()
        self._seen = {pk: self._seen.get(pk, now) for pk in rows}
        return {pk: keys for pk, keys in rows.items() if now - self._seen[pk] >= AGAIN_AFTER}

    def _note_away(self, error: Exception) -> None:
        if not self._is_away:
            logger.warning("The CDN was not told what to forget (%s): tried again until it answers.", error)
        self._is_away = True

    def _note_answer(self) -> None:
        if self._is_away:
            logger.info("The CDN answers again.")
        self._is_away = False


_tellers: dict[tuple[str, str], Teller] = {}


def tell_cdn() -> int:
    """The job: how many purge rows the CDN was told of. Without a CDN there is nothing to do."""
    where = (settings.CDN_PURGE_URL, settings.CDN_PURGE_SECRET)
    if not where[0]:
        return 0
    if where not in _tellers:
        _tellers[where] = Teller(Varnish(*where))
    return _tellers[where].tell()


def _in_parts(keys: Sequence[str]) -> Iterator[str]:
    """The keys with spaces between, in as few parts as may be."""
    part = ""
    for key in keys:
        if part and len(part) + 1 + len(key) > LONGEST:
            yield part
            part = ""
        part = f"{part} {key}" if part else key
    if part:
        yield part


def _begin() -> bool:
    """Another release of the program, or another database: what the CDN keeps is of the old one, and is purged.

    False when the database does not say yet which one it is.
    """
    lineage = Generation.objects.filter(pk=1).values_list("lineage", flat=True).first()
    if lineage is None:
        return False
    now, known = f"{lineage} {release()}\n", settings.HOME / "cdn-told"
    if not known.exists() or known.read_text() != now:
        purge([EVERY_PAGE])
        known.write_text(now)
    return True
