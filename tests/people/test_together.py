"""People at the same moment, on connections of their own."""

import pytest

from hearthpress.people.actions import LastOwner, end_role, give_role, person_for
from hearthpress.people.enums import Role
from hearthpress.people.models import Membership, Person
from tests.factories import Cast, make_cast
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def test_an_address_heard_of_twice_at_once_is_one_person(cast: Cast) -> None:
    outcomes = at_once(*(lambda typed=typed: person_for(typed) for typed in ("new@example.org", " New@Example.ORG")))

    assert outcomes == [Person.objects.get(email="new@example.org")] * 2
    assert not outcomes[0].has_usable_password()


def test_of_two_owners_who_end_each_others_role_at_once_one_stays(cast: Cast) -> None:
    give_role(cast.editor, Role.OWNER, by=cast.owner)
    first, second = Membership.objects.filter(role=Role.OWNER).order_by("pk")
    olive, edith = Person.objects.get(pk=first.person_id), Person.objects.get(pk=second.person_id)
    assert olive.roles
    assert edith.roles

    outcomes = at_once(lambda: end_role(second, by=olive), lambda: end_role(first, by=edith))

    assert sorted(type(outcome) for outcome in outcomes if outcome is not None) == [LastOwner], outcomes
    assert Membership.objects.filter(role=Role.OWNER, ended_at=None).count() == 1
