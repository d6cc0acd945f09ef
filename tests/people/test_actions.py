from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from hearthpress.common import clock
from hearthpress.mail.models import Letter
from hearthpress.people.actions import LastOwner, add_byline, end_role, forget_visitors, give_role, person_for
from hearthpress.people.enums import Role
from hearthpress.people.models import Membership, Person
from tests.factories import Cast, make_submission

pytestmark = pytest.mark.django_db


def test_an_address_in_other_letters_is_the_same_person(cast: Cast) -> None:
    assert person_for(" Writer@Example.ORG ") == cast.writer


@pytest.mark.parametrize(
    ("kind", "name", "signed"),
    [
        ("legal", "", "Wilma Writer"),
        ("first", "", "Wilma"),
        ("pen", " Alma Grady ", "Alma Grady"),
        ("anonymous", "", "Anonymous"),
    ],
)
def test_a_byline_is_signed_as_its_kind_says(cast: Cast, kind: str, name: str, signed: str) -> None:
    assert add_byline(cast.writer, kind, name).name == signed


def test_a_byline_is_made_once(cast: Cast) -> None:
    assert add_byline(cast.writer, "pen", "Alma") == add_byline(cast.writer, "pen", "Alma")


def test_a_pen_name_without_a_name_is_refused(cast: Cast) -> None:
    with pytest.raises(ValueError, match="needs a name"):
        add_byline(cast.writer, "pen", " ")


def test_the_owner_invites_by_letter(cast: Cast) -> None:
    newcomer = person_for("new@example.org")

    give_role(newcomer, Role.EDITOR, by=cast.owner)

    assert newcomer.roles == {"editor"}
    assert "/sign-in/" in Letter.objects.get(to="new@example.org").text


@pytest.mark.parametrize("who", ["editor", "bookkeeper", "writer"])
def test_nobody_but_the_owner_gives_roles(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        give_role(cast.writer, Role.EDITOR, by=getattr(cast, who))


def test_without_a_giver_only_the_first_owner_comes_about(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        give_role(cast.writer, Role.OWNER, by=None)


def test_a_role_that_ended_opens_nothing_any_more(cast: Cast) -> None:
    end_role(Membership.objects.get(person=cast.editor), by=cast.owner)

    assert Person.objects.get(pk=cast.editor.pk).roles == frozenset()


def test_the_last_owner_stays(cast: Cast) -> None:
    with pytest.raises(LastOwner):
        end_role(Membership.objects.get(person=cast.owner), by=cast.owner)


def test_visitors_who_never_signed_in_are_forgotten_and_nobody_else(cast: Cast) -> None:
    long_ago = clock.now() - timedelta(days=3)
    Person.objects.create_user("visitor@example.org", joined_at=long_ago)
    Person.objects.update(joined_at=long_ago)
    make_submission(cast.writer, cast.call)

    forget_visitors()

    assert not Person.objects.filter(email="visitor@example.org").exists()
    assert Person.objects.filter(email=cast.writer.email).exists()
    assert Person.objects.filter(email=cast.owner.email).exists()
