"""The owner's team: invited by letter, changed in one step, and never without an owner."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hearthpress.common import clock
from hearthpress.mail.enums import LetterState
from hearthpress.mail.models import Letter
from hearthpress.people.enums import Role
from hearthpress.people.models import Membership, Person
from tests.factories import Cast, client_for, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(cast: Cast) -> Client:
    return client_for(cast.owner)


def roles(email: str) -> list[str]:
    return sorted(Membership.objects.filter(person__email=email, ended_at=None).values_list("role", flat=True))


def test_invitation_gives_the_role_and_writes_a_letter(owner: Client) -> None:
    owner.post("/desk/team/", {"email": "New@Example.org", "role": "bookkeeper"})

    assert roles("new@example.org") == ["bookkeeper"]
    assert Letter.objects.filter(kind="people/invited", to="new@example.org").count() == 1


@pytest.mark.parametrize(("email", "role"), [("no address", "editor"), ("", "editor"), ("a@example.org", "king")])
def test_invitation_that_cannot_be_is_told(owner: Client, email: str, role: str) -> None:
    answer = owner.post("/desk/team/", {"email": email, "role": role})

    assert answer.context["form"].errors
    assert not Letter.objects.filter(kind="people/invited").exists()


def test_invitation_of_somebody_who_has_the_role_writes_no_letter(cast: Cast, owner: Client) -> None:
    answer = owner.post("/desk/team/", {"email": cast.editor.email, "role": "editor"}, follow=True)

    assert "has this role already" in answer.content.decode()
    assert not Letter.objects.filter(kind="people/invited").exists()


def test_role_is_changed_in_one_step(cast: Cast, owner: Client) -> None:
    owner.post(f"/desk/team/{cast.editor.memberships.get().pk}/", {"role": "bookkeeper"})

    assert roles(cast.editor.email) == ["bookkeeper"]


def test_last_owner_stays_owner(cast: Cast, owner: Client) -> None:
    number = cast.owner.memberships.get().pk

    answers = [
        owner.post(f"/desk/team/{number}/", {"role": "editor"}, follow=True),
        owner.post(f"/desk/team/{number}/removal/", follow=True),
    ]

    assert all("A magazine always has an owner." in answer.content.decode() for answer in answers)
    assert roles(cast.owner.email) == ["owner"]


def test_removed_editor_finds_nothing_any_more(cast: Cast, owner: Client) -> None:
    editor = client_for(cast.editor)
    before = editor.get("/desk/").status_code

    owner.post(f"/desk/team/{cast.editor.memberships.get().pk}/removal/")

    assert (before, editor.get("/desk/").status_code) == (200, 404)


def test_ended_membership_is_not_there(cast: Cast, owner: Client) -> None:
    number = cast.editor.memberships.get().pk
    owner.post(f"/desk/team/{number}/removal/")

    answers = [owner.post(f"/desk/team/{number}/removal/"), owner.post(f"/desk/team/{number}/", {"role": "owner"})]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_second_owner_may_give_up_the_role(cast: Cast, owner: Client) -> None:
    make_person("second@example.org", "Second", Role.OWNER)

    answer = owner.post(f"/desk/team/{cast.owner.memberships.get().pk}/removal/")

    assert answer["Location"] == "/account/home/"
    assert roles(cast.owner.email) == []


def test_team_says_who_is_guarded_and_whose_invitation_came_back(cast: Cast, owner: Client) -> None:
    owner.post("/desk/team/", {"email": "gone@example.org", "role": "editor"})
    letters = Letter.objects.filter(to="gone@example.org")
    letters.update(state=LetterState.BOUNCED, trouble="550 no such mailbox")
    Person.objects.filter(pk=cast.bookkeeper.pk).update(last_login=clock.now())

    members = {member.membership.person.email: member for member in owner.get("/desk/team/").context["team"]}

    assert members["gone@example.org"].trouble == "550 no such mailbox"
    assert members["owner@example.org"].has_second_factor
    assert not members["editor@example.org"].has_signed_in
    assert members["books@example.org"].has_signed_in
    assert not members["books@example.org"].has_second_factor


def test_team_asks_the_database_as_often_for_more_people(owner: Client) -> None:
    with CaptureQueriesContext(connection) as few:
        owner.get("/desk/team/")
    for number in range(3):
        make_person(f"new{number}@example.org", f"New {number}", Role.EDITOR)

    with CaptureQueriesContext(connection) as many:
        owner.get("/desk/team/")

    assert len(many) == len(few)


def test_second_factor_is_shown_before_the_first_sign_in(cast: Cast, owner: Client) -> None:
    client_for(cast.editor)
    Person.objects.filter(pk=cast.editor.pk).update(last_login=None)

    page = owner.get("/desk/team/").content.decode()

    row = page[page.index(cast.editor.email) :]
    assert row.index("Has a second factor") < row.index("Has not signed in yet")


def test_removal_is_said_in_a_whole_sentence(cast: Cast, owner: Client) -> None:
    number = cast.editor.memberships.get().pk

    page = owner.get(f"/desk/team/{number}/removal/").content.decode()
    told = owner.post(f"/desk/team/{number}/removal/", follow=True).content.decode()

    assert "They are no longer an editor from this moment." in page
    assert "is no longer an editor." in told


def test_workplaces_in_the_bar_are_those_of_ones_roles(cast: Cast, owner: Client) -> None:
    for_owner = owner.get("/desk/").content.decode()
    for_editor = client_for(cast.editor).get("/desk/").content.decode()
    for_writer = client_for(cast.writer).get("/write/").content.decode()

    assert '<a href="/desk/" aria-current="true">Desk</a>' in for_owner
    assert '<a href="/books/">Books</a>' in for_owner
    assert '<a href="/books/">' not in for_editor
    assert 'class="workplaces"' not in for_writer
