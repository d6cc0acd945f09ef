"""The outbox: what is prepared, what goes out, what was told today."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hearthpress.common import clock
from hearthpress.submissions import actions
from hearthpress.submissions.models import Decision
from tests.factories import Cast, client_for, make_submission, release_and_tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(cast: Cast) -> Client:
    return client_for(cast.editor)


def prepare(cast: Cast, title: str) -> Decision:
    submission = make_submission(cast.writer, cast.call, title=title)
    return actions.prepare_decision(submission, cast.other_editor, "decline", "With thanks.")


def shown(client: Client) -> Any:
    return client.get("/desk/outbox/").context["outbox"]


def titles(decisions: list[Decision]) -> list[str]:
    return [decision.submission.title for decision in decisions]


def fill(cast: Cast, number: int) -> None:
    """So many of each kind."""
    for n in range(number):
        prepare(cast, f"Prepared {n}")
        actions.release(prepare(cast, f"Going {n}"), cast.editor)
        release_and_tell(prepare(cast, f"Told {n}"), cast.editor)


def test_outbox_has_what_is_prepared_going_out_and_told(cast: Cast, editor: Client) -> None:
    fill(cast, 1)

    outbox = shown(editor)

    assert (titles(outbox.prepared), titles(outbox.going_out), titles(outbox.told)) == (
        ["Prepared 0"],
        ["Going 0"],
        ["Told 0"],
    )
    assert titles(outbox.just) == ["Going 0"]
    assert outbox.going_out[0].by_name == "Edith Editor"


def test_outbox_offers_to_undo_what_goes_out_and_nothing_else(cast: Cast, editor: Client) -> None:
    fill(cast, 1)

    page = editor.get("/desk/outbox/").content.decode()
    going = Decision.objects.get(state="releasing")

    assert page.count("/desk/releases/undone/") == 2
    assert page.count(f'name="decision" value="{going.pk}"') == 2
    assert 'data-at="' in page


def test_what_somebody_else_released_is_theirs_to_undo_at_once_and_stands_in_the_list(cast: Cast) -> None:
    actions.release(prepare(cast, "Going"), cast.editor)

    outbox = shown(client_for(cast.other_editor))

    assert (titles(outbox.going_out), outbox.just) == (["Going"], [])


def test_what_was_told_before_today_is_not_listed(cast: Cast, editor: Client) -> None:
    with clock.at(clock.now() - timedelta(days=2)):
        decision = prepare(cast, "Long ago")
        release_and_tell(decision, cast.editor)

    assert shown(editor).told == []


def test_what_is_dropped_with_a_withdrawal_leaves_the_outbox(cast: Cast, editor: Client) -> None:
    decision = prepare(cast, "Going")
    actions.release(decision, cast.editor)
    actions.withdraw(decision.submission, cast.writer)

    outbox = shown(editor)

    assert (outbox.prepared, outbox.going_out) == ([], [])


def test_outbox_asks_the_database_as_often_for_three_as_for_one(cast: Cast, editor: Client) -> None:
    counts = []
    for number in (1, 2):
        fill(cast, number)
        with CaptureQueriesContext(connection) as asked:
            editor.get("/desk/outbox/")
        counts.append(len(asked))

    assert counts[0] == counts[1]
