"""What a view says, who sent it, and whether it may be paid: pure functions that know no Django and no database."""

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any, Literal

# A beacon is {"s": story, "t": seconds in view, "w": steered by a program}; more than this is not ours.
LONGEST_BODY = 512
LEAST_SECONDS = 10
MOST_SECONDS = 24 * 60 * 60

# The alphabet of common.fields.public_id.
_STORY_KEY = re.compile(r"[0-9a-hjkmnp-tv-z]{12}")

Kind = Literal["script", "image"]


class BadBeacon(ValueError):
    """The body is not one that our script sends."""


@dataclass(frozen=True)
class Beacon:
    """One report of one page view: `seconds` are those in which the page could be seen."""

    story_key: str
    seconds: float
    kind: Kind
    webdriver: bool = False


@dataclass(frozen=True)
class View:
    """All that is judged of a view. `rule` is the rule by which the agent is a robot, or "" for a person."""

    beacon: Beacon
    own: bool
    prefetch: bool
    rule: str


def parse_script(body: bytes) -> Beacon:
    """The beacon in the body that the script posts. Raises BadBeacon."""
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


def is_prefetch(purposes: str) -> bool:
    """Whether the values of Sec-Purpose, Purpose, X-Purpose and X-Moz, joined, say that nobody asked for it yet."""
    return re.search(r"prefetch|prerender|preview", purposes, re.IGNORECASE) is not None


def reader_key(salt: bytes, address: str, user_agent: str) -> bytes:
    """16 bytes that tell readers of one day apart and lead back to nobody: keyed BLAKE2b (RFC 7693)."""
    key = hashlib.blake2b(key=salt, digest_size=16, person=b"reader")
    key.update(len(address).to_bytes(4, "big"))
    key.update(address.encode())
    key.update(user_agent.encode("utf-8", "surrogatepass"))
    return key.digest()


def _story_key(value: Any) -> str:
    if not isinstance(value, str) or not _STORY_KEY.fullmatch(value):
        raise BadBeacon("no story's key")
    return value


def _seconds(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= MOST_SECONDS:
        raise BadBeacon("no number of seconds in a day")
    return float(value)


def _no_constant(name: str) -> float:
    raise ValueError(name)
