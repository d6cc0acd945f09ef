import pytest

from hearthpress.common.addresses import address_of, client_of


@pytest.mark.parametrize(
    ("peer", "forwarded_for", "trusted", "address"),
    [
        ("192.0.2.9", "203.0.113.5", 0, "192.0.2.9"),
        ("10.0.0.1", "203.0.113.5", 1, "203.0.113.5"),
        ("10.0.0.1", "198.51.100.66, 203.0.113.5", 1, "203.0.113.5"),
        ("10.0.0.2", "198.51.100.66, 203.0.113.5, 10.0.0.1", 2, "203.0.113.5"),
        ("10.0.0.2", "203.0.113.5", 2, "10.0.0.2"),
        ("10.0.0.1", "", 1, "10.0.0.1"),
        ("10.0.0.1", "unknown", 1, "10.0.0.1"),
        ("", "203.0.113.5:41234", 1, "203.0.113.5"),
        ("::1", "[2001:DB8:0::5]:443", 1, "2001:db8::5"),
        ("::ffff:192.0.2.9", "", 0, "192.0.2.9"),
        ("", "", 0, ""),
    ],
)
def test_the_address_is_the_one_that_our_own_proxies_name(
    peer: str, forwarded_for: str, trusted: int, address: str
) -> None:
    assert address_of(peer, forwarded_for, trusted) == address


def test_the_address_is_read_from_what_a_request_carries() -> None:
    meta = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "198.51.100.66, 203.0.113.5:41234"}

    assert client_of(meta, 1) == "203.0.113.5"
    assert client_of(meta, 0) == "10.0.0.1"
    assert client_of({}, 1) == ""
