import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearthpress.common.fields import public_id
from hearthpress.readership.enums import Reason
from hearthpress.readership.intake import (
    LEAST_SECONDS,
    BadBeacon,
    Beacon,
    View,
    is_prefetch,
    judge,
    parse_image,
    parse_script,
    reader_key,
)

KEY = "0123456789ab"
SALT = bytes(range(32))


def test_a_beacon_says_story_and_seconds() -> None:
    assert parse_script(b'{"s":"0123456789ab","t":12.5,"w":false}') == Beacon(KEY, 12.5, "script")


def test_every_public_id_is_a_storys_key() -> None:
    assert all(parse_image(key) == Beacon(key, 0, "image") for key in (public_id() for _ in range(200)))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"null",
        b"[]",
        b"{}",
        b"[" * 512,
        b'{"s":"0123456789ab"}',
        b'{"s":"0123456789ab","t":"12"}',
        b'{"s":"0123456789ab","t":true}',
        b'{"s":"0123456789ab","t":NaN}',
        b'{"s":"0123456789ab","t":1e999}',
        b'{"s":"0123456789ab","t":-1}',
        b'{"s":"0123456789ab","t":86401}',
        b'{"s":"0123456789ab","t":12,"w":1}',
        b'{"s":"0123456789ab","t":12,"x":1}',
        b'{"s":"0123456789a","t":12}',
        b'{"s":"0123456789ab\\u0000","t":12}',
        b'{"s":12,"t":12}',
        b'{"s":"0123456789ab","t":' + b"9" * 480 + b"}",
        b'{"s":"0123456789ab","t":12}' + b" " * 512,
    ],
)
def test_nonsense_is_no_beacon(body: bytes) -> None:
    with pytest.raises(BadBeacon):
        parse_script(body)


SAID = st.fixed_dictionaries({"s": st.just(KEY) | st.text(max_size=12), "t": st.floats() | st.integers() | st.none()})


@given(st.binary(max_size=600) | SAID.map(json.dumps).map(str.encode))
@settings(max_examples=100)
def test_any_body_is_a_beacon_or_refused(body: bytes) -> None:
    try:
        beacon = parse_script(body)
    except BadBeacon:
        return
    assert 0 <= beacon.seconds <= 86400


def view(seconds: float = LEAST_SECONDS, kind: str = "script", **said: object) -> View:
    beacon = Beacon(KEY, seconds, kind, bool(said.get("webdriver")))
    return View(beacon, own=bool(said.get("own")), prefetch=bool(said.get("prefetch")), rule=str(said.get("rule", "")))


def test_ten_seconds_of_a_person_may_be_paid() -> None:
    assert judge(view(), without_script_paid=False) is None


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"own": True, "prefetch": True, "webdriver": True, "rule": "x", "seconds": 0}, Reason.OWN),
        ({"prefetch": True, "webdriver": True, "rule": "x", "seconds": 0}, Reason.PREFETCH),
        ({"webdriver": True, "rule": "x", "seconds": 0}, Reason.WEBDRIVER),
        ({"rule": "x", "seconds": 0}, Reason.ROBOT),
        ({"seconds": 9.9}, Reason.SHORT),
        ({"seconds": 0, "kind": "image"}, Reason.NO_SCRIPT),
    ],
)
def test_the_first_reason_in_the_order_is_kept(said: dict[str, object], reason: Reason) -> None:
    assert judge(view(**said), without_script_paid=False) == reason


def test_a_view_without_script_may_be_paid_where_the_card_says_so() -> None:
    assert judge(view(0, "image"), without_script_paid=True) is None
    assert judge(view(0, "image", rule="x"), without_script_paid=True) == Reason.ROBOT


@pytest.mark.parametrize(
    ("purposes", "answer"),
    [
        ("", False),
        ("prefetch;prerender", True),
        ("prefetch", True),
        ("  preview ", True),
        ("Prefetch", True),
        ("x", False),
    ],
)
def test_a_page_loaded_ahead_says_so(purposes: str, answer: bool) -> None:
    assert is_prefetch(purposes) is answer


def test_a_readers_key_is_16_bytes_that_change_with_salt_address_and_agent() -> None:
    keys = {
        reader_key(SALT, "192.0.2.1", "Firefox"),
        reader_key(SALT, "192.0.2.2", "Firefox"),
        reader_key(SALT, "192.0.2.1", "Chrome"),
        reader_key(bytes(32), "192.0.2.1", "Firefox"),
        reader_key(SALT, "192.0.2.1F", "irefox"),
    }

    assert len(keys) == 5
    assert {len(key) for key in keys} == {16}
    assert reader_key(SALT, "192.0.2.1", "Firefox") in keys


@given(
    number=st.one_of(
        st.floats(min_value=0, max_value=90_000, allow_nan=False).map(repr),
        st.integers(min_value=0, max_value=100_000).map(str),
        st.sampled_from(["00", "01.5", ".5", "5.", "-0", "1e3", "1E-7", "86400", "86400.0001", "9" * 30]),
    ),
    webdriver=st.sampled_from(["true", "false", "True", "null", "1"]),
    space=st.sampled_from(["", " "]),
)
def test_what_is_read_without_a_parser_is_read_as_the_parser_reads_it(number: str, webdriver: str, space: str) -> None:
    fast = f'{{"s":"{KEY}","t":{number},"w":{webdriver}}}'.encode()
    slow = f'{{{space} "s":"{KEY}","t":{number},"w":{webdriver}}}'.encode()

    assert _read(fast) == _read(slow)


def _read(body: bytes) -> Beacon | str:
    try:
        return parse_script(body)
    except BadBeacon as error:
        return type(error).__name__
