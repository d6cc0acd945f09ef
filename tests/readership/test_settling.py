"""What was acknowledged becomes what is paid: in order, once, whoever is killed on the way."""

import threading
import time
from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.db import connections

from hearthpress.common.immutable import EvidenceIsFinal
from hearthpress.readership import counts, settling, wiring
from hearthpress.readership.keeping import MOST_ALIKE, Row, turn_at
from hearthpress.readership.models import Arrival, ReaderDay, UnpaidView
from hearthpress.readership.settling import settle_arrivals

KEY = "0123456789ab"

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "views"])


def arrive(*rows: Row) -> None:
    views = wiring._open_views()
    views.append(rows)
    views.close()


def row(number: int, reason: str = "") -> Row:
    return Row(KEY, "2026-11-25", "2026-11-25 17:00:00.123456", number.to_bytes(16, "big"), reason, "")


def test_nothing_that_arrived_is_counted_before_it_is_settled_and_all_is_after() -> None:
    arrive(row(1), row(1), row(2, "short"))
    before = (Arrival.objects.count(), ReaderDay.objects.count(), UnpaidView.objects.count())

    settled = settle_arrivals()

    [paid] = ReaderDay.objects.all()
    assert before == (3, 0, 0)
    assert settled == 3
    assert paid.utc_at.isoformat() == "2026-11-25T17:00:00.123456+00:00"
    assert sorted(UnpaidView.objects.values_list("reason", flat=True)) == ["repeat", "short"]
    assert not Arrival.objects.exists()


def test_many_are_settled_in_several_transactions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settling, "AT_ONCE", 2)
    arrive(*(row(number) for number in range(5)), row(0))

    assert settle_arrivals() == 6
    assert (ReaderDay.objects.count(), UnpaidView.objects.count()) == (5, 1)


def test_whoever_is_killed_before_the_end_settles_nothing_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    arrive(row(1), row(2))

    def killed(_rows: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as dying:
        dying.setattr(Arrival.movable._queryset_class, "move_away", killed)
        with pytest.raises(SystemExit):
            settle_arrivals()
    assert (Arrival.objects.count(), ReaderDay.objects.count()) == (2, 0)

    settle_arrivals()

    assert (ReaderDay.objects.count(), UnpaidView.objects.count()) == (2, 0)


def test_an_arrival_is_evidence() -> None:
    arrive(row(1))

    with pytest.raises(EvidenceIsFinal):
        Arrival.objects.all().delete()


@pytest.mark.parametrize("at_once", [7, 1000])
def test_of_what_one_reader_sends_again_and_again_ten_are_kept_and_all_are_counted(
    monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(settling, "AT_ONCE", at_once)
    day = date(2026, 11, 25)
    arrive(*(row(1, reason) for reason in ["", "short"] * 25), row(2), row(2), row(1)._replace(day="2026-11-26"))

    settle_arrivals()

    kept = Counter((int.from_bytes(one.reader), one.reason) for one in UnpaidView.objects.all())
    assert kept == {(1, "repeat"): MOST_ALIKE, (1, "short"): MOST_ALIKE, (2, "repeat"): 1}
    assert counts.unpaid(KEY, day, day) == {"repeat": 25, "short": 25}
    assert ReaderDay.objects.count() == 3


def test_settling_nothing_costs_one_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1, using="views"):
        settle_arrivals()


def test_what_arrives_meanwhile_does_not_keep_it_from_ending(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settling, "AT_ONCE", 1)
    arrive(row(1), row(2))
    kept = settling.keep_for_good

    def keep_while_another_arrives(rows: Any) -> int:
        arrive_later.append(row(100 + len(arrive_later)))
        return kept(rows)

    arrive_later: list[Row] = []
    monkeypatch.setattr(settling, "keep_for_good", keep_while_another_arrives)
    monkeypatch.setattr(settling.time, "sleep", lambda _: arrive(arrive_later[-1]))

    assert settle_arrivals() == 2
    assert Arrival.objects.count() == 2


def test_whoever_settles_stands_in_line_with_the_intake() -> None:
    if connections["views"].vendor != "sqlite":
        pytest.skip("PostgreSQL lets many write at once")
    arrive(row(1))
    began = threading.Event()

    def settle() -> None:
        began.set()
        settle_arrivals()
        connections.close_all()

    with turn_at(connections["views"].settings_dict["NAME"]):
        thread = threading.Thread(target=settle)
        thread.start()
        began.wait(20)
        time.sleep(0.1)
        waits = ReaderDay.objects.count()
    thread.join(20)

    assert (waits, ReaderDay.objects.count()) == (0, 1)
