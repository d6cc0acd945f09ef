"""The editors' numbers: true, in the magazine's own weeks and months, and as quick with three stories as with one."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hearthpress.common import clock
from hearthpress.desk.figures import Load, Told, ages, arrivals, loads, told_by_month
from hearthpress.people.actions import end_role
from hearthpress.people.enums import Role
from hearthpress.people.models import Person
from hearthpress.submissions import actions
from hearthpress.submissions.enums import DecisionKind
from hearthpress.submissions.models import Submission
from tests.factories import Cast, client_for, make_call, make_person, make_submission

pytestmark = pytest.mark.django_db

NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 26, 16, tzinfo=UTC)  # a Thursday


def sent(cast: Cast, at: datetime, writer: Person | None = None, **fields: Any) -> Submission:
    with clock.at(at):
        return make_submission(writer or cast.writer, fields.pop("call", cast.call), **fields)


def told(cast: Cast, at: datetime, *, waited: int, kind: str = DecisionKind.DECLINE) -> Submission:
    """A piece whose writer was told at that moment, after so many days."""
    submission = sent(cast, at - timedelta(days=waited))
    with clock.at(at - actions.UNDO_WINDOW):
        decision = actions.prepare_decision(submission, cast.editor, kind, "Our words.")
        actions.release(decision, cast.editor)
    with clock.at(at):
        actions.tell(decision)
    return submission


def give(submission: Submission, editor: Person) -> None:
    Submission.objects.filter(pk=submission.pk).update(assigned_to=editor)


def test_arrivals_are_counted_in_the_magazines_weeks(cast: Cast) -> None:
    sent(cast, datetime(2026, 11, 23, 4, 59, tzinfo=UTC))  # Sunday in New York
    sent(cast, datetime(2026, 11, 23, 5, 1, tzinfo=UTC))  # Monday there
    sent(cast, NOW)

    with clock.at(NOW):
        came = arrivals(NEW_YORK)

    assert (came.mondays[0], came.mondays[-1]) == (date(2026, 6, 1), date(2026, 11, 23))
    assert came.weekly == [0] * 24 + [1, 2]


def test_arrivals_count_neither_what_comes_back_nor_what_is_old_or_held(cast: Cast) -> None:
    came_back = told(cast, NOW - timedelta(days=30), waited=1, kind=DecisionKind.REVISE)
    came_back.refresh_from_db()
    with clock.at(NOW - timedelta(days=20)):
        actions.send(came_back)
    sent(cast, NOW - timedelta(days=200))
    Submission.objects.filter(pk=sent(cast, NOW).pk).update(held=True)

    with clock.at(NOW):
        assert sum(arrivals(NEW_YORK).weekly) == 1


def test_arrivals_are_told_apart_by_call_even_of_one_title(cast: Cast) -> None:
    for number in range(2):
        sent(cast, NOW, call=make_call(slug=f"call-{number}", title="Kitchens"))
    sent(cast, NOW)

    with clock.at(NOW):
        came = arrivals(NEW_YORK)

    assert [(title, weeks[-1]) for title, weeks in came.by_call] == [
        ("Write for us", 1),
        ("Kitchens", 1),
        ("Kitchens", 1),
    ]


def test_ages_fall_into_groups_by_the_magazines_days(cast: Cast) -> None:
    for days in (300, 61, 60, 31, 30, 15, 14, 8, 7, 0):
        sent(cast, NOW - timedelta(days=days))
    sent(cast, NOW, writer=cast.editor)

    with clock.at(NOW):
        found = ages(cast.editor, NEW_YORK)

    assert found.numbers == [2, 2, 2, 2, 2]
    assert found.late == 4  # of more than 30 days
    assert found.oldest == NOW - timedelta(days=300)


def test_replies_are_on_time_by_the_day_of_the_receipt_in_the_month_of_telling(cast: Cast) -> None:
    told(cast, datetime(2026, 11, 1, 3, 59, tzinfo=UTC), waited=10)  # October in New York
    told(cast, datetime(2026, 11, 1, 4, 1, tzinfo=UTC), waited=30)
    told(cast, datetime(2026, 11, 3, tzinfo=UTC), waited=31)

    with clock.at(NOW):
        months = told_by_month(NEW_YORK)

    assert len(months) == 12
    assert months[-2:] == [Told(date(2026, 10, 1), 1, 1), Told(date(2026, 11, 1), 1, 2)]
    assert sum(month.replies for month in months) == 3


def test_load_is_what_was_given_and_read(cast: Cast) -> None:
    one, other, _nobodys = (sent(cast, NOW - timedelta(days=40)) for _ in range(3))
    with clock.at(NOW):
        actions.leave_reading(one, cast.editor, "yes", "")
        actions.leave_reading(other, cast.editor, "no", "")
    with clock.at(NOW - timedelta(days=27)):
        actions.leave_reading(one, cast.other_editor, "yes", "")  # in October
    give(one, cast.other_editor)
    give(told(cast, NOW, waited=3), cast.other_editor)  # decided

    with clock.at(NOW):
        found = loads(cast.editor, NEW_YORK)

    assert found == ([Load("Edith Editor", 0, 2), Load("Olive Owner", 0, 0), Load("Otto Editor", 1, 0)], 2)


def test_load_does_not_tell_an_editor_who_looks_after_their_own_story(cast: Cast) -> None:
    own = sent(cast, NOW, writer=cast.editor)
    give(own, cast.other_editor)
    with clock.at(NOW):
        actions.leave_reading(own, cast.other_editor, "yes", "")
        mine, others = loads(cast.editor, NEW_YORK), loads(cast.owner, NEW_YORK)

    assert Load("Otto Editor", 0, 0) in mine[0]
    assert Load("Otto Editor", 1, 1) in others[0]


def test_load_keeps_whoever_left_and_still_has_something(cast: Cast) -> None:
    give(sent(cast, NOW), cast.other_editor)
    end_role(cast.other_editor.memberships.get(), cast.owner)
    Submission.objects.update(assigned_to=cast.other_editor)

    with clock.at(NOW):
        assert Load("Otto Editor", 1, 0) in loads(cast.editor, NEW_YORK)[0]


def test_numbers_are_shown_with_a_table_behind_each_chart(cast: Cast) -> None:
    told(cast, NOW - timedelta(days=2), waited=5)
    sent(cast, NOW, call=make_call(slug="other", title="<Kitchens>"))

    with clock.at(NOW):
        page = client_for(cast.editor).get("/desk/numbers/").content.decode()

    assert page.count("<table") == page.count("<caption") == page.count("<details") == 4
    assert page.count('<svg class="chart"') == 3 + 1 + 1 + 2
    assert "2 stories came in over the last 26 weeks. 1 of them came this week" in page
    assert "1 of 1 replies in the last twelve months came by the promised day: 100 %." in page
    assert "style=" not in page
    assert "<Kitchens>" not in page


def test_numbers_name_no_writer(cast: Cast) -> None:
    sent(cast, NOW)

    with clock.at(NOW):
        page = client_for(cast.editor).get("/desk/numbers/").content.decode()

    assert "Wilma" not in page
    assert "The Kettle" not in page


def test_numbers_say_what_will_be_here_before_the_first_story(cast: Cast) -> None:
    page = client_for(cast.editor).get("/desk/numbers/").content.decode()

    assert "There is nothing to count yet" in page
    assert "<svg" not in page


@pytest.mark.parametrize(
    ("who", "status"),
    [("editor", 200), ("owner", 200), ("bookkeeper", 404), ("writer", 404)],
)
def test_numbers_are_for_editors(cast: Cast, who: str, status: int) -> None:
    assert client_for(getattr(cast, who)).get("/desk/numbers/").status_code == status


def test_numbers_send_a_stranger_to_sign_in() -> None:
    answer = Client().get("/desk/numbers/")

    assert answer.status_code == 302
    assert "sign-in" in answer.headers["Location"]


def test_numbers_ask_the_database_as_often_for_three_of_everything_as_for_one(cast: Cast) -> None:
    client = client_for(cast.editor)
    one = queries_with_one_more(cast, client, "a")
    queries_with_one_more(cast, client, "b")

    assert queries_with_one_more(cast, client, "c") == one


def queries_with_one_more(cast: Cast, client: Client, name: str) -> int:
    """A call, an editor with a story and a reading, and a reply more than before."""
    editor = make_person(f"{name}@example.org", name, Role.EDITOR)
    submission = sent(cast, NOW, call=make_call(slug=name, title=name))
    give(submission, editor)
    with clock.at(NOW):
        actions.leave_reading(submission, editor, "yes", "")
    told(cast, NOW, waited=4)
    with clock.at(NOW), CaptureQueriesContext(connection) as captured:
        assert client.get("/desk/numbers/").status_code == 200
    return len(captured)
