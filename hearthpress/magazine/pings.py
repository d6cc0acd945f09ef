"""Telling a WebSub hub (https://www.w3.org/TR/websub/) that feeds have changed.

A ping is a row first, written in the transaction of the change. A job sends it: several of one topic as one request,
again after a while when the hub does not answer, and not for ever.
"""

import http.client
import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import F
from django.urls import reverse

from hearthpress.common import clock
from hearthpress.common.asking import ask
from hearthpress.magazine.models import Ping
from hearthpress.stories.models import Story, Tag

logger = logging.getLogger(__name__)

FORMS = ("atom", "rss", "json")
TIMEOUT = 10  # seconds
CLAIM = timedelta(minutes=2)  # a worker that was killed meanwhile leaves the ping to the next
PAUSE = timedelta(seconds=30)  # doubled with each try
MOST_TRIES = 9  # over two hours in all
TOPICS = 20  # in one run of the job


def ping_for(story: Story, tags: Iterable[Tag] = (), **_details: Any) -> None:
    """Reaction: the feeds that the story stands in have changed, or stood in, when `tags` were taken off it."""
    if not settings.WEBSUB_HUB or story.first_live_at is None:
        return
    byline = story.byline
    shelves = [("section", story.section.slug), *(("tag", tag.slug) for tag in {*story.tags, *tags})]
    if byline is not None and byline.slug:
        shelves.append(("writer", byline.slug))
    paths = [reverse(f"magazine:feed_{form}") for form in FORMS]
    paths += [reverse(f"magazine:{kind}_feed", args=[slug, form]) for kind, slug in shelves for form in FORMS]
    now = clock.now()
    Ping.objects.bulk_create(
        Ping(topic=f"{settings.PUBLIC_ADDRESS}{path}", written_at=now, not_before=now) for path in paths
    )


def send_pings() -> int:
    """Tell the hub of the feeds that changed. How many it was told of."""
    if not settings.WEBSUB_HUB:
        return 0
    due = Ping.objects.filter(not_before__lte=clock.now()).order_by("topic")
    return sum(_send(topic) for topic in due.values_list("topic", flat=True).distinct()[:TOPICS])


def _send(topic: str) -> bool:
    """Whether the hub took it. What was written of the topic until now is one ping; what comes meanwhile waits."""
    claimed = _claim(topic)
    if not claimed:
        return False
    rows = Ping.objects.filter(pk__in=claimed)
    try:
        _post(settings.WEBSUB_HUB, {"hub.mode": "publish", "hub.url": topic})
    except (OSError, http.client.HTTPException) as error:
        _wait(rows, topic, error)
        return False
    rows.delete()
    return True


def _claim(topic: str) -> list[int]:
    """The rows of the topic that are ours to send now; counts the try, so that it counts should we be killed."""
    due = Ping.objects.filter(topic=topic, not_before__lte=clock.now())
    wanted = list(due.values_list("pk", flat=True))
    moment = clock.now() + CLAIM
    won = due.filter(pk__in=wanted).update(not_before=moment, tries=F("tries") + 1)
    return wanted if won == len(wanted) else []


def _post(address: str, fields: dict[str, str]) -> None:
    """POST a form. Raises OSError or HTTPException when there is no answer or none of success."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    status = ask("POST", address, headers, urlencode(fields).encode(), timeout=TIMEOUT)
    if not 200 <= status < 300:
        raise OSError(f"the hub answered {status}")


def _wait(rows: Any, topic: str, error: Exception) -> None:
    """Again later, or, after the last try, not again: readers of the feed find the change when they look next."""
    logger.info("the hub was not told of %s: %s", topic, error)
    for ping in rows:
        pause = PAUSE * 2 ** (ping.tries - 1)
        Ping.objects.filter(pk=ping.pk).update(not_before=clock.now() + pause)
    if given_up := rows.filter(tries__gte=MOST_TRIES).delete()[0]:
        logger.warning("the hub was never told of %s (%d changes)", topic, given_up)
