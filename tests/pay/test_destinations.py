import pytest
from django.core.exceptions import ValidationError

from hearthpress.mail.models import Letter
from hearthpress.pay.actions import set_destination
from hearthpress.pay.forms import DestinationForm
from hearthpress.pay.models import PayDestination
from tests.factories import Cast
from tests.together import at_once

BAD = [
    "",
    "   ",
    "wilma",
    "wilma@",
    "=1+1@example.org",
    "+x@example.org",
    "wilma@example.org\nx",
    f"{'x' * 250}@example.org",
]


@pytest.fixture
def mine(cast: Cast) -> PayDestination:
    return set_destination(cast.writer, " Wilma@example.org ")


def test_first_destination_is_kept_trimmed_and_without_a_letter(cast: Cast, mine: PayDestination) -> None:
    assert (mine.address, mine.ended_at) == ("Wilma@example.org", None)
    assert not Letter.objects.exists()


def test_a_change_ends_the_old_destination_and_tells_the_writer(cast: Cast, mine: PayDestination) -> None:
    other = set_destination(cast.writer, "other@example.org")

    mine.refresh_from_db()
    assert mine.ended_at is not None
    assert PayDestination.objects.get(person=cast.writer, ended_at=None) == other
    letter = Letter.objects.get()
    assert (letter.to, letter.subject) == (cast.writer.email, "You changed where we pay you")
    assert "other@example.org" in letter.text


def test_the_same_destination_again_changes_nothing(cast: Cast, mine: PayDestination) -> None:
    assert set_destination(cast.writer, "Wilma@example.org") == mine
    assert PayDestination.objects.count() == 1


@pytest.mark.parametrize("address", BAD)
def test_what_is_no_address_is_refused_and_the_old_one_stays(cast: Cast, mine: PayDestination, address: str) -> None:
    with pytest.raises(ValidationError):
        set_destination(cast.writer, address)

    assert PayDestination.objects.get() == mine


@pytest.mark.parametrize("address", BAD)
def test_form_says_what_is_wrong_beside_the_field(address: str) -> None:
    form = DestinationForm({"address": address})

    assert not form.is_valid()
    assert list(form.errors) == ["address"]


def test_form_trims_the_address() -> None:
    form = DestinationForm({"address": "  wilma@example.org "})

    assert form.is_valid()
    assert form.cleaned_data["address"] == "wilma@example.org"


@pytest.mark.django_db(transaction=True)
def test_two_changes_at_once_leave_one_destination(cast: Cast) -> None:
    set_destination(cast.writer, "first@example.org")

    outcomes = at_once(
        lambda: set_destination(cast.writer, "second@example.org"),
        lambda: set_destination(cast.writer, "third@example.org"),
    )

    kept = PayDestination.objects.get(person=cast.writer, ended_at=None)
    assert kept in [outcome for outcome in outcomes if isinstance(outcome, PayDestination)]
    assert PayDestination.objects.filter(person=cast.writer, ended_at=None).count() == 1
