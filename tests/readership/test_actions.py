from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connections, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from hearthpress.common import clock
from hearthpress.common.fields import public_id
from hearthpress.common.immutable import EvidenceIsFinal
from hearthpress.readership import salts
from hearthpress.readership.actions import take_in, terms_of
from hearthpress.readership.enums import Reason
from hearthpress.readership.intake import NOBODY, RULE_LENGTH, Beacon, View
from hearthpress.readership.models import ReaderDay, UnpaidView
from hearthpress.readership.salts import destroy_old_salts
from hearthpress.readership.terms import Terms
from hearthpress.stories.models import Story

pytestmark = pytest.mark.django_db(databases=["default", "views"])

ZONE = "America/New_York"
NOON = datetime(2026, 11, 25, 17, tzinfo=UTC)
STORIES = ("0123456789ab", "ba9876543210")


def terms(story_key: str = STORIES[0], zone: str = ZONE, *, without_script_paid: bool = False) -> Terms:
    return Terms(story_key, writer_id=1, time_zone=zone, without_script_paid=without_script_paid)


def script_view(story_key: str = STORIES[0], seconds: float = 11, *, own: bool = False, rule: str = "") -> View:
    return View(Beacon(story_key, seconds, "script"), own=own, prefetch=False, rule=rule)


def test_the_first_view_of_a_reader_on_a_day_is_a_reader_day() -> None:
    with clock.at(NOON):
        reason = take_in(script_view(), terms(), "192.0.2.1", "Firefox")

    [kept] = ReaderDay.objects.all()
    assert reason is None
    assert (kept.story_key, kept.day, kept.utc_at, len(kept.reader)) == (STORIES[0], date(2026, 11, 25), NOON, 16)
    assert not UnpaidView.objects.exists()


def test_the_same_reader_again_is_a_repeat_until_the_day_is_over_in_the_storys_zone() -> None:
    before_midnight = datetime(2026, 11, 26, 4, 59, tzinfo=UTC)

    with clock.at(NOON):
        take_in(script_view(), terms(), "192.0.2.1", "Firefox")
    with clock.at(before_midnight):
        again = take_in(script_view(), terms(), "192.0.2.1", "Firefox")
    with clock.at(before_midnight + timedelta(minutes=2)):
        next_day = take_in(script_view(), terms(), "192.0.2.1", "Firefox")

    assert (again, next_day) == (Reason.REPEAT, None)
    assert [kept.day.day for kept in ReaderDay.objects.order_by("day")] == [25, 26]


def test_a_clock_that_is_set_back_an_hour_counts_nobody_twice() -> None:
    half_past = datetime(2026, 11, 26, 5, 30, tzinfo=UTC)  # in New York it is half past midnight

    with clock.at(half_past - timedelta(hours=1)):
        first = take_in(script_view(), terms(), "192.0.2.1", "Firefox")
    with clock.at(half_past):
        destroy_old_salts()
        next_day = take_in(script_view(), terms(), "192.0.2.1", "Firefox")
    salts.known.clear()
    with clock.at(half_past - timedelta(minutes=45)):
        again = take_in(script_view(), terms(), "192.0.2.1", "Firefox")

    assert (first, next_day, again) == (None, None, Reason.REPEAT)
    assert [kept.day.day for kept in ReaderDay.objects.order_by("day")] == [25, 26]


def test_each_story_counts_days_in_the_zone_of_its_own_agreement() -> None:
    with clock.at(NOON):
        take_in(script_view(STORIES[0]), terms(STORIES[0], "America/New_York"), "192.0.2.1", "Firefox")
        take_in(script_view(STORIES[1]), terms(STORIES[1], "Asia/Tokyo"), "192.0.2.1", "Firefox")

    assert [kept.day.day for kept in ReaderDay.objects.order_by("day")] == [25, 26]


def test_an_own_view_keeps_nothing_of_the_person() -> None:
    reason = take_in(script_view(own=True, rule="declared: curl"), terms(), "192.0.2.1", "Firefox")

    [kept] = UnpaidView.objects.all()
    assert reason == Reason.OWN
    assert (bytes(kept.reader), kept.rule) == (NOBODY, "")


def test_a_robot_is_kept_with_the_rule() -> None:
    take_in(script_view(rule="declared: " + "x" * 200), terms(), "192.0.2.1", "x")

    [kept] = UnpaidView.objects.all()
    assert kept.reason == Reason.ROBOT
    assert kept.rule == ("declared: " + "x" * 200)[:RULE_LENGTH]


def test_a_view_without_script_is_paid_only_where_the_frozen_card_says_so() -> None:
    image = View(Beacon(STORIES[0], 0, "image"), own=False, prefetch=False, rule="")

    unpaid = take_in(image, terms(), "192.0.2.1", "Lynx")
    paid = take_in(image, terms(without_script_paid=True), "192.0.2.1", "Lynx")

    assert (unpaid, paid) == (Reason.NO_SCRIPT, None)


def test_terms_are_those_of_the_frozen_card_of_a_live_story(story: Story) -> None:
    assert terms_of(story.key) == Terms(story.key, story.writer_id, "America/New_York", without_script_paid=False)
    assert terms_of("0" * 12) is None

    Story.objects.filter(pk=story.pk).update(state="withdrawn")
    assert terms_of(story.key) is None


def test_the_database_itself_refuses_a_second_reader_day() -> None:
    row = {"story_key": STORIES[0], "day": NOON.date(), "reader": b"r" * 16}
    ReaderDay.objects.create(**row)

    with pytest.raises(IntegrityError), transaction.atomic(using="views"):
        ReaderDay.objects.create(**row)


def test_views_are_evidence() -> None:
    kept = ReaderDay.objects.create(story_key=STORIES[0], day=NOON.date(), reader=b"r" * 16)

    with pytest.raises(EvidenceIsFinal):
        kept.save()
    with pytest.raises(EvidenceIsFinal):
        kept.delete()
    with pytest.raises(EvidenceIsFinal):
        ReaderDay.objects.update(day=NOON.date())


def test_a_commit_of_views_is_on_disk() -> None:
    connection = connections["views"]
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            assert cursor.fetchone()[0] == "on"
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone()[0] == 2  # FULL
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone()[0] in {"wal", "memory"}


SENT = st.tuples(
    st.integers(min_value=0, max_value=1),  # which of two stories
    st.integers(min_value=0, max_value=2),  # days after NOON
    st.sampled_from(["192.0.2.1", "192.0.2.2", "2001:db8::1"]),
    st.sampled_from([0.0, 9.99, 10.0, 30.0]),
    st.sampled_from(["script", "script", "image"]),
    st.sampled_from([False, False, True]),  # own
    st.sampled_from(["", "", "declared: curl"]),
)


@given(st.lists(SENT, max_size=25))
@settings(max_examples=40)
def test_every_view_is_one_reader_day_or_one_unpaid_view(sent: list[tuple]) -> None:
    stories = (public_id(), public_id())
    payable: set[tuple] = set()
    reasons: list[str | None] = []

    for number, day, address, seconds, kind, own, rule in sent:
        view = View(Beacon(stories[number], seconds, kind), own=own, prefetch=False, rule=rule)
        with clock.at(NOON + timedelta(days=day)):
            reasons.append(take_in(view, terms(stories[number]), address, "Firefox"))
        if kind == "script" and seconds >= 10 and not own and not rule:
            payable.add((number, day, address))

    unpaid = Counter(UnpaidView.objects.filter(story_key__in=stories).values_list("reason", flat=True))
    assert ReaderDay.objects.filter(story_key__in=stories).count() == len(payable) == reasons.count(None)
    assert unpaid == Counter(reason for reason in reasons if reason is not None)
