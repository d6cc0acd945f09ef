"""The page of promises says what was counted, and of too few people nothing."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hearthpress.edge.keys import keys_of_page
from hearthpress.magazine.models import PromiseFigures
from tests.factories import Cast
from tests.magazine.world import last_purge, purged_since

pytestmark = pytest.mark.django_db

TOLD = {
    "answers": 1310,
    "half_within": 12,
    "most_within": 25,
    "waiting": 4,
    "on_time": 1299,
    "promises": 1314,
    "accepted": 131,
    "decided": 1200,
    "median_pay": 8150,
    "paid_stories": 120,
}


def figures(**values: Any) -> PromiseFigures:
    days = {"first_day": date(2025, 11, 1), "last_day": date(2026, 10, 31)}
    return PromiseFigures.objects.create(pk=1, **{**days, "currency": "USD", **values})


def page() -> str:
    return Client().get("/promises/").content.decode()


def test_figures_are_told_with_what_stands_behind_them(cast: Cast) -> None:
    figures(**TOLD)

    shown = page()

    for words in (
        "From Nov. 1, 2025 to Oct. 31, 2026",
        "Half of our answers came within 12 days. Nine in ten came within 25 days.",
        "These are 1,310 answers to what was sent to us in this time. 4 more still wait.",
        "We kept 98 in 100 promises.",
        "That is 1,299 of 1,314 promises",
        "11 in 100 stories were accepted.",
        "131 of 1,200 stories",
        "Half of our stories earned $81.50 or more.",
        "These are 120 stories",
    ):
        assert words in shown, words
    assert "Too few" not in shown


@pytest.mark.parametrize("counted", [True, False])
def test_too_few_people_are_too_few_to_say(cast: Cast, counted: bool) -> None:
    if counted:
        figures()

    shown = page()

    assert shown.count("Too few") == 4
    assert "None" not in shown


def test_a_share_of_nothing_is_a_share(cast: Cast) -> None:
    figures(**{**TOLD, "accepted": 0, "on_time": 0})

    shown = page()

    assert "0 in 100 stories were accepted." in shown
    assert "We kept 0 in 100 promises." in shown


def test_page_is_true_until_its_figures_change(cast: Cast) -> None:
    kept = figures(**TOLD)
    carried = keys_of_page(Client().get("/promises/"))
    before = last_purge()

    kept.waiting = 3
    kept.save()

    assert carried == {"promises"}
    assert purged_since(before) == {"promises"}


def test_page_asks_for_its_figures_with_one_query(cast: Cast) -> None:
    figures(**TOLD)

    with CaptureQueriesContext(connection) as captured:
        page()

    assert sum("promisefigures" in query["sql"] for query in captured) == 1


def test_page_is_found_from_the_call(cast: Cast) -> None:
    assert 'href="/promises/"' in Client().get("/write-for-us/").content.decode()
