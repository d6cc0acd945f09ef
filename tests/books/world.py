"""A full set of books for the tests: three months, several writers, a batch that waits."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.test import Client

from hearthpress.common import clock
from hearthpress.pay.actions import set_destination
from hearthpress.pay.models import PayoutBatch, Statement
from hearthpress.stories.models import Story
from tests.factories import Cast
from tests.pay.world import batch_of, close, read, story_of

IN_SEPTEMBER = datetime(2026, 9, 5, 16, tzinfo=UTC)
IN_OCTOBER = datetime(2026, 10, 10, 16, tzinfo=UTC)


@dataclass
class Books:
    """August is closed, September is ready to close, October runs; August's pay stands in a batch that waits."""

    cast: Cast
    kettle: Story
    lamp: Story
    batch: PayoutBatch
    statement: Statement


def make_books(cast: Cast) -> Books:
    """`kettle` appeared on 20 August ($6.00 for 1,000, cap $100.00), `lamp` on 1 October."""
    kettle = story_of(cast, per_thousand=600_000)
    read(kettle, date(2026, 8, 21), 4)
    set_destination(cast.writer, "wilma@example.org")
    close(cast, "2026-08")
    with clock.at(IN_SEPTEMBER):
        batch = batch_of(cast)
    read(kettle, date(2026, 9, 2), 3)
    lamp = story_of(cast, cast.other_writer, "The Lamp", datetime(2026, 10, 1, 16, tzinfo=UTC), per_thousand=600_000)
    read(lamp, date(2026, 10, 2), 2)
    return Books(cast, kettle, lamp, batch, Statement.objects.get(writer=cast.writer))


def text_of(client: Client, address: str) -> str:
    """The words of a page, without tags, white space made one."""
    return words(client.get(address).content.decode())


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html.split("<main")[1]).split())
