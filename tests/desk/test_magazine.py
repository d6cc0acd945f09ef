"""What the owner changes: the magazine, subjects and help lines."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from hearthpress.care.models import HelpLine, Subject
from hearthpress.common import clock
from hearthpress.desk.zone import zone_choices
from hearthpress.masthead.models import Masthead, Section
from tests.factories import Cast, client_for, make_subject

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(cast: Cast) -> Client:
    return client_for(cast.owner)


def fields(*forms: Any) -> dict[str, Any]:
    """What a browser would send if nobody changed anything."""
    values = {field.html_name: field.value() for form in forms for field in form}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def magazine_form(owner: Client) -> dict[str, Any]:
    context = owner.get("/desk/magazine/").context
    sections = context["section_forms"]
    return fields(context["form"], sections.management_form, *sections.forms)


def subject_form(owner: Client, path: str) -> dict[str, Any]:
    context = owner.get(path).context
    lines = context["lines"]
    return fields(context["form"], lines.management_form, *lines.forms)


def test_magazine_is_changed(owner: Client) -> None:
    changes = {"name": "The Porch Light", "payout_threshold": "25.50", "days_to_sign": "21", "time_zone": "Europe/Oslo"}

    owner.post("/desk/magazine/", {**magazine_form(owner), **changes})

    masthead = Masthead.current()
    assert (masthead.name, masthead.payout_threshold, masthead.days_to_sign) == ("The Porch Light", 2550, 21)
    assert masthead.time_zone == "Europe/Oslo"


@pytest.mark.parametrize(
    "wrong", [{"time_zone": "Mars/Olympus"}, {"payout_threshold": "-1"}, {"payout_threshold": "1.005"}, {"name": ""}]
)
def test_magazine_that_cannot_be_is_told(owner: Client, wrong: dict[str, str]) -> None:
    answer = owner.post("/desk/magazine/", {**magazine_form(owner), **wrong})

    assert list(answer.context["form"].errors) == list(wrong)
    assert Masthead.current().name == "The Hall Light"


def test_section_keeps_its_address_under_another_name(owner: Client) -> None:
    data = {**magazine_form(owner), "sections-0-name": "Holding On", "sections-2-name": "Waiting"}

    owner.post("/desk/magazine/", data)

    assert list(Section.objects.values_list("slug", "name")) == [
        ("keeping", "Holding On"),
        ("grieving", "Grieving"),
        ("waiting", "Waiting"),
    ]


def test_section_with_the_name_of_another_is_told(owner: Client) -> None:
    answer = owner.post("/desk/magazine/", {**magazine_form(owner), "sections-2-name": "Grieving"})

    assert answer.context["section_forms"].forms[2].errors["name"]
    assert Section.objects.count() == 2


def test_subject_is_added_with_a_help_line(owner: Client) -> None:
    line = {"lines-0-name": "A line", "lines-0-contact": "555-0101", "lines-0-verified_on": "2026-09-01"}
    data = {**subject_form(owner, "/desk/subjects/new/"), "name": "Infertility", "content_note": "About treatment."}

    owner.post("/desk/subjects/new/", {**data, **line})

    subject = Subject.objects.get(slug="infertility")
    assert list(subject.help_lines.values_list("name", "verified_on")) == [("A line", date(2026, 9, 1))]


def test_subjects_are_kept_apart_both_ways(owner: Client) -> None:
    loss, birth = make_subject(), make_subject("birth")
    path = "/desk/subjects/pregnancy-loss/"

    owner.post(path, {**subject_form(owner, path), "never_beside": [birth.pk]})

    assert list(birth.never_beside.all()) == [loss]


def test_owner_says_for_how_long_a_writer_may_think_it_over(owner: Client) -> None:
    subject = make_subject()
    path = "/desk/subjects/pregnancy-loss/"

    answers = [owner.post(path, {**subject_form(owner, path), "cooling_hours": hours}) for hours in ("721", "36")]

    subject.refresh_from_db()
    assert answers[0].context["form"].errors["cooling_hours"]
    assert subject.cooling_hours == 36
    assert "Its writer has 36 hours to think it over." in owner.get("/desk/subjects/").content.decode()


def test_help_line_taken_away_stays_with_its_other_subject(owner: Client) -> None:
    loss, birth = make_subject(), make_subject("birth")
    line = loss.help_lines.get()
    line.subjects.add(birth)
    path = "/desk/subjects/pregnancy-loss/"

    owner.post(path, {**subject_form(owner, path), "lines-0-gone": "on"})

    assert list(loss.help_lines.all()) == []
    assert HelpLine.objects.get(pk=line.pk) in birth.help_lines.all()


def test_help_line_is_not_checked_in_the_future(owner: Client) -> None:
    make_subject()
    path = "/desk/subjects/pregnancy-loss/"
    tomorrow = clock.now().date() + timedelta(days=2)

    answer = owner.post(path, {**subject_form(owner, path), "lines-0-verified_on": tomorrow.isoformat()})

    assert answer.context["lines"].forms[0].errors["verified_on"]


def test_help_line_with_a_hostile_address_is_told(owner: Client) -> None:
    make_subject()
    path = "/desk/subjects/pregnancy-loss/"

    answer = owner.post(path, {**subject_form(owner, path), "lines-0-url": "javascript:alert(1)"})

    assert answer.context["lines"].forms[0].errors["url"]


def test_help_line_checked_long_ago_is_pointed_out(owner: Client) -> None:
    subject = make_subject()
    subject.help_lines.update(verified_on=clock.now().date() - timedelta(days=200))

    page = owner.get("/desk/subjects/").content.decode()

    assert "check again" in page


def test_time_zones_offered_have_no_old_names() -> None:
    offered = {name for name, _label in zone_choices("Asia/Saigon")}

    assert {"UTC", "Europe/Oslo", "America/New_York", "Asia/Saigon"} <= offered
    assert not {"US/Eastern", "Asia/Calcutta"} & offered
