"""What a view says, who sent it, and whether it may be paid: pure functions that know no Django and no database."""

import hashlib
import json
import re
from datetime import date, datetime
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

from hearthpress.readership.keeping import Row
from hearthpress.readership.terms import Terms

# A beacon is {"s": story, "t": seconds in view, "w": steered by a program}; more than this is not ours.
LONGEST_BODY = 512
LEAST_SECONDS = 10
MOST_SECONDS = 24 * 60 * 60

# What navigator.sendBeacon and fetch send for a string, and what a plain client would say.
OUR_BODY_TYPE = "text/plain;charset=UTF-8"
BODY_TYPES = frozenset({"application/json", "text/plain"})
# The headers in which a browser says that nobody asked for a page yet.
PURPOSES = ("sec-purpose", "purpose", "x-purpose", "x-moz")
PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")

READER_BYTES = 16
NOBODY = bytes(READER_BYTES)
RULE_LENGTH = 80

# The alphabet of common.fields.public_id.
_STORY_KEY = re.compile(r"[0-9a-hjkmnp-tv-z]{12}")
# What our script sends, to the letter (JSON.stringify of s, t and w): read without a JSON parser, as nearly all are.
_OURS = re.compile(
    rb'\{"s":"([0-9a-hjkmnp-tv-z]{12})","t":((?:0|[1-9][0-9]{0,4})(?:\.[0-9]{1,20})?),"w":(true|false)\}'
)
_AHEAD = re.compile(r"prefetch|prerender|preview", re.IGNORECASE)

Kind = Literal["script", "image"]


class BadBeacon(ValueError):
    """The body is not one that our script sends."""


class Beacon(NamedTuple):
    """One report of one page view: `seconds` are those in which the page could be seen."""

    story_key: str
    seconds: float
    kind: Kind
    webdriver: bool = False


class View(NamedTuple):
    """All that is judged of a view. `rule` is the rule by which the agent is a robot, or "" for a person."""

    beacon: Beacon
    own: bool
    prefetch: bool
    rule: str


def parse_script(body: bytes) -> Beacon:
    """The beacon in the body that the script posts. Raises BadBeacon."""
    ours = _OURS.fullmatch(body)
    if ours is not None:
        return Beacon(ours[1].decode(), _seconds(float(ours[2])), "script", ours[3] == b"true")
    if len(body) > LONGEST_BODY:
        raise BadBeacon("too long")
    try:
        said = json.loads(body, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise BadBeacon("not JSON") from error
    if not isinstance(said, dict) or not {"s", "t"} <= said.keys() <= {"s", "t", "w"}:
        raise BadBeacon("not an object of s, t and w")
    webdriver = said.get("w", False)
    if not isinstance(webdriver, bool):
        raise BadBeacon("w is no truth value")
    return Beacon(_story_key(said["s"]), _seconds(said["t"]), "script", webdriver)


def parse_image(story_key: str) -> Beacon:
    """The beacon that the image's address carries. Raises BadBeacon."""
    return Beacon(_story_key(story_key), 0, "image")


def judge(view: View, without_script_paid: bool) -> str | None:
    """Why the view is not paid (a value of enums.Reason), or None when it may be.

    The first that fits, in the order of enums.Reason: "own" comes first, so that nothing of a writer or an editor is
    looked at further; "repeat" comes last, and is found out only by the unique key of reader-days.
    """
    if view.own:
        return "own"
    if view.prefetch:
        return "prefetch"
    if view.beacon.webdriver:
        return "webdriver"
    if view.rule:
        return "robot"
    if view.beacon.kind == "image":
        return None if without_script_paid else "no_script"
    return "short" if view.beacon.seconds < LEAST_SECONDS else None


def day_of(terms: Terms, moment: datetime) -> date:
    """The date on which a view at that moment counts."""
    return moment.astimezone(ZoneInfo(terms.time_zone)).date()


def judged(view: View, terms: Terms, moment: datetime, day: date, reader: bytes) -> Row:
    """The row to keep of a view at `moment` (UTC). Nothing of who looked is in an own view; a robot's rule is shown."""
    reason = judge(view, terms.without_script_paid) or ""
    rule = _shown(view.rule) if reason == "robot" else ""
    utc_at = moment.isoformat(" ").removesuffix("+00:00")
    return Row(terms.story_key, day.isoformat(), utc_at, NOBODY if reason == "own" else reader, reason, rule)


def is_prefetch(purposes: str) -> bool:
    """Whether the values of Sec-Purpose, Purpose, X-Purpose and X-Moz, joined, say that nobody asked for it yet."""
    return _AHEAD.search(purposes) is not None


def reader_key(salt: bytes, address: str, user_agent: str) -> bytes:
    """16 bytes that tell readers of one day apart and lead back to nobody: keyed BLAKE2b (RFC 7693)."""
    told = len(address).to_bytes(4, "big") + address.encode() + user_agent.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(told, key=salt, digest_size=READER_BYTES, person=b"reader").digest()


def _story_key(value: Any) -> str:
    if not isinstance(value, str) or not _STORY_KEY.fullmatch(value):
        raise BadBeacon("no story's key")
    return value


def _seconds(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= MOST_SECONDS:
        raise BadBeacon("no number of seconds in a day")
    return float(value)


def _shown(rule: str) -> str:
    """What an agent called itself, without what no database or page can hold."""
    return "".join(letter if letter.isprintable() else "?" for letter in rule[:RULE_LENGTH])


def _no_constant(name: str) -> float:
    raise ValueError(name)
