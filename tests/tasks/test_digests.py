"""The morning letter: once a day, at eight where the person is, and only when there is something to say."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearthpress.common import clock
from hearthpress.mail.models import Letter
from hearthpress.people.actions import end_role
from hearthpress.people.models import Person
from hearthpress.submissions.actions import assign, withdraw
from hearthpress.submissions.models import Conflict, Duty, Submission
from hearthpress.tasks import digests
from hearthpress.tasks.actions import finish_task, make_task, need_task
from hearthpress.tasks.digests import write_digests
from hearthpress.tasks.enums import TaskKind
from hearthpress.tasks.models import Digest
from tests.factories import Cast, make_subject, make_submission

pytestmark = pytest.mark.django_db
DAY = date(2031, 3, 4)
MONTHS = count()


def there(hour: int, minute: int = 0, day: date = DAY, zone: str = "America/New_York") -> datetime:
    return datetime.combine(day, time(hour, minute), ZoneInfo(zone))


def run(moment: datetime) -> int:
    with clock.at(moment):
        return write_digests()


def letters(person: Person) -> list[str]:
    return list(Letter.objects.filter(kind="tasks/digest", person=person).order_by("pk").values_list("text", flat=True))


def promise(submission: Submission, editor: Person | None, due: datetime) -> None:
    Submission.objects.filter(pk=submission.pk).update(assigned_to=editor, reply_due=due)


def test_letter_is_written_from_eight_where_the_person_is(cast: Cast) -> None:
    make_task(cast.editor, "Ring the printer", DAY, assignee=cast.editor)

    written = [run(there(7, 59)), run(there(8)), run(there(8, 5)), run(there(23, 59))]

    assert written == [0, 1, 0, 0]
    assert "Ring the printer" in letters(cast.editor)[0]
    assert "/desk/tasks/" in letters(cast.editor)[0]


def test_each_editor_has_a_morning_of_their_own(cast: Cast) -> None:
    Person.objects.filter(pk=cast.editor.pk).update(time_zone="Asia/Tokyo")
    make_task(cast.editor, "One", DAY, assignee=cast.editor)
    make_task(cast.editor, "Other", DAY, assignee=cast.other_editor)

    run(there(8, zone="Asia/Tokyo"))

    assert (len(letters(cast.editor)), len(letters(cast.other_editor))) == (1, 0)


def test_nothing_to_say_is_no_letter_for_the_rest_of_the_day(cast: Cast) -> None:
    run(there(8))
    make_task(cast.editor, "Later in the morning", DAY, assignee=cast.editor)
    run(there(11))

    assert letters(cast.editor) == []
    assert Digest.objects.filter(person=cast.editor, day=DAY, letter=None).count() == 1
    run(there(8, day=DAY + timedelta(days=1)))
    assert len(letters(cast.editor)) == 1


def test_letter_tells_late_from_today_and_leaves_out_the_rest(cast: Cast) -> None:
    for title, days in (("Late one", -2), ("Today’s", 0), ("Later one", 1)):
        make_task(cast.editor, title, DAY + timedelta(days=days), assignee=cast.editor)
    make_task(cast.editor, "Anybody’s", DAY)
    make_task(cast.editor, "Otto’s", DAY, assignee=cast.other_editor)
    finish_task(make_task(cast.editor, "Done one", DAY, assignee=cast.editor), cast.editor)

    run(there(9))

    (text,) = letters(cast.editor)
    order = ["Past their day:", "Late one", "due on", "Today:", "Today’s", "nobody has taken them", "Anybody’s"]
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)
    assert not any(words in text for words in ("Later one", "Otto’s", "Done one"))


def test_letter_says_which_promises_are_near_or_past(cast: Cast) -> None:
    near, past, far, others = (make_submission(cast.writer, cast.call, title=title) for title in "NPFO")
    promise(near, cast.editor, there(8) + timedelta(days=2))
    promise(past, cast.editor, there(8) - timedelta(days=1))
    promise(far, cast.editor, there(8) + timedelta(days=4))
    promise(others, cast.other_editor, there(8))

    run(there(8))

    (text,) = letters(cast.editor)
    assert "“P”, promised by March 3, 2031, which has passed" in text
    assert "“N”, promised by March 6, 2031\n" in text
    assert "“F”" not in text
    assert "“O”" not in text


def test_cover_is_told_of_promises_of_who_is_away(cast: Cast) -> None:
    away = {"away_from": DAY, "away_until": DAY, "cover": cast.other_editor}
    Duty.objects.update_or_create(editor=cast.editor, defaults=away)
    promise(make_submission(cast.writer, cast.call, title="The Covered"), cast.editor, there(8))
    promise(make_submission(cast.other_editor, cast.call, title="Otto’s Own"), cast.editor, there(8))
    left = make_submission(cast.writer, cast.call, title="Left to Others")
    promise(left, cast.editor, there(8))
    Conflict.objects.create(submission=left, editor=cast.other_editor)

    run(there(8))
    run(there(8, day=DAY + timedelta(days=1)))

    (text,) = letters(cast.other_editor)
    assert "“The Covered”, promised by March 4, 2031 (while Edith Editor is away)" in text
    assert not any(words in text for words in ("Otto’s Own", "Left to Others"))
    assert "is away" not in letters(cast.editor)[0]  # back the next day


def test_cover_is_spared_the_subjects_that_they_rest_from(cast: Cast) -> None:
    Duty.objects.update_or_create(editor=cast.editor, defaults={"away_from": DAY, "cover": cast.other_editor})
    loss = make_subject()
    Duty.objects.create(editor=cast.other_editor).rest.add(loss)
    hard = make_submission(cast.writer, cast.call, title="The Hard One")
    hard.subjects.add(loss)
    promise(hard, cast.editor, there(8))
    promise(make_submission(cast.writer, cast.call, title="The Other"), cast.editor, there(8))

    run(there(8))

    (text,) = letters(cast.other_editor)
    assert "The Other" in text
    assert "The Hard One" not in text


def test_letter_names_what_was_given_since_the_last_one_once(cast: Cast) -> None:
    by_otto, taken, moved = (
        make_submission(cast.writer, cast.call, title=title) for title in ("By Otto", "Mine", "No")
    )
    with clock.at(there(9) - timedelta(days=1)):
        assign(by_otto, cast.editor, cast.other_editor)
        assign(taken, cast.editor, cast.editor)
        assign(moved, cast.editor, None)
        assign(moved, cast.other_editor, cast.owner)
    Submission.objects.update(reply_due=there(8) + timedelta(days=20))

    run(there(8))
    run(there(8, day=DAY + timedelta(days=1)))

    (text,) = letters(cast.editor)
    assert "Given to you:\n\n- “By Otto”, promised by March 24, 2031" in text
    assert not any(words in text for words in ("“Mine”", "“No”"))


def test_what_was_given_keeps_the_veil(cast: Cast) -> None:
    type(cast.call).objects.update(anonymous=True)
    cast.call.refresh_from_db()
    blind = make_submission(cast.writer, cast.call, title="Wilma’s Kettle")
    Submission.objects.update(blind_title="The Kettle", reply_due=there(8) + timedelta(days=20))
    with clock.at(there(7)):
        assign(blind, cast.editor, None)

    run(there(8))

    (text,) = letters(cast.editor)
    assert "“The Kettle”" in text
    assert "Wilma" not in text


def test_a_story_is_named_once(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call, title="The Kettle")
    promise(submission, cast.editor, there(8))
    need_task(TaskKind.PROMISE_NEAR, submission, DAY, cast.editor)

    run(there(8))

    assert letters(cast.editor)[0].count("The Kettle") == 1


def test_letter_tells_nothing_of_what_the_editor_may_not_see(cast: Cast) -> None:
    own = make_submission(cast.editor, cast.call, title="My Own")
    back = make_submission(cast.writer, cast.call, title="Taken Back")
    need_task(TaskKind.APOLOGISE, own, DAY)
    make_task(cast.other_editor, "About it", DAY, submission=back)
    promise(back, cast.editor, there(8))
    withdraw(back, cast.writer)

    run(there(8))

    assert letters(cast.editor) == []


def test_letter_keeps_the_veil_of_an_anonymous_reading(cast: Cast) -> None:
    type(cast.call).objects.filter(pk=cast.call.pk).update(anonymous=True)
    cast.call.refresh_from_db()
    blind = make_submission(cast.writer, cast.call, title="Wilma’s Kettle")
    promised = make_submission(cast.writer, cast.call, title="Wilma’s Cup")
    Submission.objects.update(blind_title="The Kettle")
    make_task(cast.other_editor, "Ask Wilma about her kettle", DAY, submission=blind, assignee=cast.editor)
    promise(promised, cast.editor, there(8))

    run(there(8))

    (text,) = letters(cast.editor)
    assert "Wilma" not in text
    assert text.count("“The Kettle”") == 2


@pytest.mark.parametrize(
    "duty",
    [
        {"digest": False},
        {"away_from": DAY, "away_until": DAY},
        {"away_from": DAY - timedelta(days=9)},
    ],
    ids=["turned off", "away today", "away for good"],
)
def test_who_does_not_want_it_or_is_away_gets_none(cast: Cast, duty: dict[str, object]) -> None:
    Duty.objects.update_or_create(editor=cast.editor, defaults=duty)
    make_task(cast.editor, "Ring the printer", DAY, assignee=cast.editor)

    run(there(8))

    assert letters(cast.editor) == []


@pytest.mark.parametrize("duty", [{}, {"away_from": DAY - timedelta(days=3), "away_until": DAY - timedelta(days=1)}])
def test_who_is_back_gets_it_again(cast: Cast, duty: dict[str, object]) -> None:
    Duty.objects.update_or_create(editor=cast.editor, defaults=duty)
    make_task(cast.editor, "Ring the printer", DAY, assignee=cast.editor)

    run(there(8))

    assert len(letters(cast.editor)) == 1


def test_nobody_but_editors_is_written_to(cast: Cast) -> None:
    make_task(cast.editor, "Anybody’s", DAY)
    end_role(cast.other_editor.memberships.get(), cast.owner)

    run(there(8))

    written = Letter.objects.filter(kind="tasks/digest").values_list("person", flat=True)
    assert set(written) == {cast.owner.pk, cast.editor.pk}


def test_a_worker_that_is_killed_on_the_way_leaves_neither_letter_nor_row(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_task(cast.editor, "Ring the printer", DAY, assignee=cast.editor)

    def die(**_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(digests.Digest.objects, "create", die)
        with pytest.raises(SystemExit):
            run(there(8))
    assert letters(cast.editor) == []

    assert run(there(8, 5)) == 1
    assert len(letters(cast.editor)) == 1


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("America/New_York", date(2031, 3, 9)),
        ("America/New_York", date(2031, 11, 2)),
        ("Europe/Berlin", date(2031, 3, 30)),
        ("Europe/Berlin", date(2031, 10, 26)),
        ("Australia/Lord_Howe", date(2031, 4, 6)),
        ("Antarctica/Troll", date(2031, 3, 30)),
        ("Asia/Kathmandu", date(2031, 3, 30)),
    ],
)
def test_a_change_of_the_clock_neither_skips_nor_doubles_a_day(cast: Cast, zone: str, day: date) -> None:
    Person.objects.filter(pk=cast.editor.pk).update(time_zone=zone)
    make_task(cast.editor, "Ring the printer", day - timedelta(days=5), assignee=cast.editor)
    begin = datetime.combine(day - timedelta(days=1), time(0), ZoneInfo(zone)).astimezone(UTC)

    # Every half an hour of three days, whatever the clock on the wall says.
    for step in range(3 * 48):
        run(begin + step * timedelta(minutes=30))

    days = list(Digest.objects.filter(person=cast.editor).order_by("day").values_list("day", flat=True))
    assert days == [day - timedelta(days=1), day, day + timedelta(days=1)]
    assert len(letters(cast.editor)) == 3


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    zones=st.lists(st.sampled_from(["Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin", ""]), min_size=1),
    hours=st.lists(st.integers(0, 120), min_size=1, max_size=12),
)
def test_whatever_happens_nobody_is_written_to_twice_for_a_day(cast: Cast, zones: list[str], hours: list[int]) -> None:
    """People move, workers stop and come back, and the clock of a machine goes backwards."""
    make_task(cast.editor, "Ring the printer", date(2031, 1, 1), assignee=cast.editor)
    begin = datetime(2031, 3, 4, tzinfo=UTC) + next(MONTHS) * timedelta(days=30)  # each example has days of its own
    before = len(letters(cast.editor))

    for number, hour in enumerate(hours):
        Person.objects.filter(pk=cast.editor.pk).update(time_zone=zones[number % len(zones)])
        run(begin + timedelta(hours=hour))

    seen_to = Digest.objects.filter(person=cast.editor, day__gte=begin.date() - timedelta(days=2))
    days = list(seen_to.values_list("day", flat=True))
    assert len(days) == len(set(days)) == len(letters(cast.editor)) - before
