"""Which package takes which mail. A package further down registers in its AppConfig.ready()."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hearthpress.common.errors import Sentence
from hearthpress.mail.incoming import IncomingMessage
from hearthpress.mail.models import IncomingMail

Taker = Callable[[IncomingMessage, str, IncomingMail], str]
Preparation = Callable[[IncomingMessage, str], Any]


class Refused(Sentence):
    """The mail cannot be taken. The message is a sentence for its sender, and quotes nothing of what they wrote: they
    may not be who they say, and we would carry their words to a stranger."""


@dataclass(frozen=True)
class Route:
    """How mail of one purpose is taken."""

    take: Taker
    prepare: Preparation | None


_routes: dict[str, Route] = {}


def register(purpose: str, take: Taker, prepare: Preparation | None = None) -> None:
    """From now on `take(message, key, row)` takes what comes to `signed_address(purpose, key)`.

    It runs in one transaction with the row and returns what the mail became, in a word or two such as "message 12". It
    may raise Refused, or call `row.set_aside(why)`. A sender is only what the mail says: that somebody knows the
    address and that the sender's is the right one are two things, and it is `take` that asks for both. What takes
    longer than a moment, such as reading documents, is done by `prepare(message, key)` before the transaction; `take`
    finds what that gave in `message.prepared`. It may raise Refused too.
    """
    _routes[purpose] = Route(take, prepare)


def route_for(purpose: str) -> Route | None:
    return _routes.get(purpose)
