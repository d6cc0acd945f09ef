import pytest
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from hearthpress.common.fields import ALPHABET, public_id
from hearthpress.mail import addresses
from hearthpress.mail.addresses import read_addresses, signed_address
from hearthpress.masthead.models import Masthead
from tests.factories import make_masthead

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _masthead(db: None) -> None:
    make_masthead()


def test_address_is_the_mailbox_with_a_detail_that_is_signed() -> None:
    address = signed_address("story", "0123456789ab")

    assert address.startswith("editors+story-0123456789ab-")
    assert address.endswith("@example.org")
    assert len(address.partition("@")[0]) <= 64
    assert read_addresses([address]) == [("story", "0123456789ab")]


def test_address_is_known_in_whatever_case_it_comes_back() -> None:
    assert read_addresses([signed_address("call", "17").upper()]) == [("call", "17")]


def test_address_is_known_at_whatever_domain_it_is_brought_to() -> None:
    address = signed_address("call", "17").replace("@example.org", "@mail.internal")

    assert read_addresses([address]) == [("call", "17")]


def test_key_of_a_row_survives_its_way() -> None:
    key = public_id()

    assert ALPHABET.islower()
    assert read_addresses([signed_address("story", key).upper()]) == [("story", key)]


@pytest.mark.parametrize("key", ["", "Ab", "a-b", "a b", "a@b", "ä"])
def test_key_that_would_not_come_back_as_it_is_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="would not come back"):
        signed_address("story", key)


def test_no_address_is_made_that_post_offices_refuse() -> None:
    Masthead.objects.update(letters_from="the-editors-of-a-magazine-with-a-long-name@example.org")

    assert signed_address("story", "0123456789ab") == ""


def test_signature_of_one_key_does_not_hold_for_another() -> None:
    address = signed_address("story", "0123456789ab")

    assert read_addresses([address.replace("0123456789ab", "0123456789ac")]) == []
    assert read_addresses([address.replace("+story-", "+call-")]) == []


@pytest.mark.parametrize("position", range(1, 14))
def test_each_letter_of_the_signature_counts(position: int) -> None:
    local, _, domain = signed_address("story", "0123456789ab").partition("@")
    other = "b" if local[-position] == "a" else "a"
    forged = local[: len(local) - position] + other + local[len(local) - position + 1 :]

    assert read_addresses([f"{forged}@{domain}"]) == []


def test_address_signed_with_an_older_key_still_holds(settings: object) -> None:
    settings.SECRET_KEY = "the older key"
    address = signed_address("story", "0123456789ab")
    settings.SECRET_KEY = "the newer key"

    assert read_addresses([address]) == []
    settings.SECRET_KEY_FALLBACKS = ["the older key"]
    assert read_addresses([address]) == [("story", "0123456789ab")]
    assert signed_address("story", "0123456789ab") != address


def test_signatures_are_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []
    monkeypatch.setattr(addresses, "constant_time_compare", lambda *pair: compared.append(pair) or False)

    assert read_addresses([signed_address("call", "17")]) == []
    assert len(compared) == 1


def test_each_place_is_told_once_in_the_order_of_the_mail() -> None:
    story, call = signed_address("story", "0123456789ab"), signed_address("call", "17")

    assert read_addresses(["ada@example.org", call, story, call]) == [("call", "17"), ("story", "0123456789ab")]


@hypothesis(max_examples=200)
@given(st.text(max_size=120))
def test_no_address_makes_reading_stumble(address: str) -> None:
    assert read_addresses([address, f"editors+story-{address}@example.org"]) == []
