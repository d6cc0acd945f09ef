import pytest

from hearthpress.common.hosts import is_our_host


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("magazine.example", True),
        ("Magazine.Example:8443", True),
        ("[::1]:8000", True),
        ("elsewhere.example", False),
        ("magazine.example.", True),
        ("magazine.example:x", False),
        ("http://[", False),
        ("[", False),
        ("", False),
    ],
)
def test_which_host_is_ours(host: str, ours: bool, settings: object) -> None:
    settings.ALLOWED_HOSTS = ["magazine.example", "[::1]"]

    assert is_our_host(host) is ours
