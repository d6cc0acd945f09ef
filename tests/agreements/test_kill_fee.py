"""What an agreement says of a story that is accepted and never published, and that old agreements say nothing of it."""

from typing import Any

import pytest

from hearthpress.agreements.models import RateCard, kill_fee, pay_in_words, rate_in_words
from hearthpress.agreements.terms import terms_hash, terms_text
from hearthpress.common.money import Money
from tests.factories import Cast, make_accepted, make_call, make_rate_card

PROMISE = "If we accept it and never publish it, you are paid $25.00."
# What `terms_hash` gave for this card and these terms before there were kill fees.
SIGNED_IN_VERSION_1 = "09aeb69c20bb31fa8eb3bdb02fd588d3db4a1b3523231d397425c6a084a6090a"
TAKEN_BACK = "The fee for a story that we never publish is not paid for one that you take back yourself."


def card(**values: Any) -> dict[str, Any]:
    return RateCard(**{"kind": "per_view", "per_thousand": 600, "cap": 10000, **values}).frozen("America/New_York")


def signed_before_there_was_one() -> dict[str, Any]:
    """The rate card of an agreement of version 1."""
    frozen = {**card(), "version": 1}
    del frozen["kill_fee"]
    return frozen


def test_frozen_card_holds_the_kill_fee() -> None:
    frozen = card(kill_fee=2500)

    assert (frozen["version"], frozen["kill_fee"]) == (2, 2500)
    assert kill_fee(frozen) == Money(2500, "USD")


def test_card_signed_before_there_were_kill_fees_pays_none() -> None:
    old = signed_before_there_was_one()

    assert kill_fee(old) == Money(0, "USD")
    assert pay_in_words(old) == rate_in_words(old)


def test_hash_of_what_was_signed_before_stays_as_it_was() -> None:
    old = signed_before_there_was_one()
    terms = terms_text("The Hall Light", "The Kettle", old)

    assert terms_hash(terms, old) == SIGNED_IN_VERSION_1
    assert "never publish" not in terms


@pytest.mark.parametrize(
    ("currency", "minor", "shown"), [("USD", 2500, "$25.00"), ("JPY", 2500, "¥2,500"), ("KWD", 2500, "KWD2.500")]
)
def test_kill_fee_is_said_in_its_currency(currency: str, minor: int, shown: str) -> None:
    said = pay_in_words(card(currency=currency, kill_fee=minor)).replace("\xa0", "")

    assert said.endswith(f" If we accept it and never publish it, you are paid {shown}.")


def test_call_and_agreement_say_the_kill_fee(cast: Cast) -> None:
    call = make_call(slug="with-fee", rate_card=make_rate_card(kill_fee=2500))

    agreement = make_accepted(cast.writer, cast.editor, call).agreement

    assert agreement is not None
    assert call.pays.endswith(PROMISE)
    assert agreement.pays.endswith(PROMISE)
    assert PROMISE in agreement.terms
    assert TAKEN_BACK in agreement.terms.split("\n\n")


def test_agreement_without_a_kill_fee_says_nothing_of_one(cast: Cast) -> None:
    agreement = make_accepted(cast.writer, cast.editor, cast.call).agreement

    assert agreement is not None
    assert "never publish" not in agreement.terms


def test_kill_fee_changed_later_changes_no_agreement(cast: Cast) -> None:
    call = make_call(slug="with-fee", rate_card=make_rate_card(kill_fee=2500))
    agreement = make_accepted(cast.writer, cast.editor, call).agreement

    RateCard.objects.update(kill_fee=1)

    assert agreement is not None
    agreement.refresh_from_db()
    assert agreement.kill_fee == Money(2500, "USD")
    assert agreement.terms_sha256 == terms_hash(agreement.terms, agreement.rate_card)
