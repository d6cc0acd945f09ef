"""Who gets a story: by hand, or who has least, heeding rest, days away, conflicts and one's own."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from hearthpress.common import clock
from hearthpress.common.states import SomebodyElseWon
from hearthpress.masthead.models import Masthead
from hearthpress.people.actions import end_role
from hearthpress.people.models import Membership, Person
from hearthpress.submissions import actions as submissions
from hearthpress.submissions.duty import is_away, responsible_for
from hearthpress.submissions.models import Assigned, Conflict, Duty, Submission
from tests.factories import Cast, make_subject, make_submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def balanced(cast: Cast) -> Cast:
    """The magazine gives stories out by itself, to the two editors alone."""
    Masthead.objects.update(balances=True)
    Membership.objects.filter(person=cast.owner).update(role="bookkeeper")
    return cast


def given(submission: Submission) -> Person | None:
    submission.refresh_from_db()
    return submission.assigned_to


def test_a_story_is_given_and_the_row_says_by_whom(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)

    submissions.assign(submission, cast.editor, cast.other_editor, "You know the place.")

    row = Assigned.objects.get()
    assert given(submission) == cast.editor
    assert (row.editor, row.by, row.why) == (cast.editor, cast.other_editor, "You know the place.")


def test_of_two_who_give_it_at_once_the_second_is_told(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)
    stale = Submission.objects.get(pk=submission.pk)
    submissions.assign(submission, cast.editor, cast.editor)

    with pytest.raises(SomebodyElseWon):
        submissions.assign(stale, cast.other_editor, cast.other_editor)

    assert given(submission) == cast.editor


def test_nobody_is_given_their_own_or_what_they_should_not_judge(cast: Cast) -> None:
    own, known = make_submission(cast.editor, cast.call), make_submission(cast.writer, cast.call)
    Conflict.objects.create(submission=known, editor=cast.editor)

    for submission in (own, known):
        with pytest.raises(PermissionDenied):
            submissions.assign(submission, cast.editor, cast.other_editor)


def test_nobody_else_but_an_editor_is_given_one(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        submissions.assign(make_submission(cast.writer, cast.call), cast.bookkeeper, cast.editor)


def test_stories_are_balanced_by_load(balanced: Cast) -> None:
    sent = [make_submission(balanced.writer, balanced.call, title=str(number)) for number in range(4)]

    assert submissions.balance() == 4
    assert submissions.balance() == 0

    assert [given(submission) for submission in sent] == [balanced.editor, balanced.other_editor] * 2


def test_nothing_is_given_out_where_the_magazine_does_not_want_it(cast: Cast) -> None:
    make_submission(cast.writer, cast.call)

    assert submissions.balance() == 0


def test_an_editor_gets_nothing_that_they_rest_from(balanced: Cast) -> None:
    loss = make_subject()
    Duty.objects.create(editor=balanced.editor).rest.add(loss)
    submission = make_submission(balanced.writer, balanced.call)
    submission.subjects.add(loss)

    submissions.balance()

    assert given(submission) == balanced.other_editor


def test_what_nobody_may_have_waits_for_a_hand(balanced: Cast) -> None:
    for editor in (balanced.editor, balanced.other_editor):
        Duty.objects.create(editor=editor, takes_new=False)
    submission = make_submission(balanced.writer, balanced.call)

    assert submissions.balance() == 0
    assert given(submission) is None


def test_what_is_held_apart_is_given_to_nobody(balanced: Cast) -> None:
    submission = make_submission(balanced.writer, balanced.call)
    Submission.objects.update(held=True)

    submissions.balance()

    assert given(submission) is None


def test_the_cover_gets_what_would_be_the_absent_editors(balanced: Cast) -> None:
    today = clock.now().date()
    Duty.objects.create(
        editor=balanced.editor,
        away_from=today - timedelta(days=2),
        away_until=today + timedelta(days=2),
        cover=balanced.other_editor,
    )
    submission = make_submission(balanced.writer, balanced.call)
    before = make_submission(balanced.other_writer, balanced.call)
    submissions.assign(before, balanced.editor, balanced.editor)

    submissions.balance()

    assert given(submission) == balanced.other_editor
    assert responsible_for(before) == balanced.other_editor


DAYS = [
    (date(2026, 12, 23), False),
    (date(2026, 12, 24), True),
    (date(2027, 1, 2), True),
    (date(2027, 1, 3), False),
]


@pytest.mark.parametrize(("day", "away"), DAYS)
def test_both_ends_of_the_days_away_are_included(cast: Cast, day: date, away: bool) -> None:
    duty = Duty(editor=cast.editor, away_from=date(2026, 12, 24), away_until=date(2027, 1, 2))

    assert is_away(duty, day) is away


def test_what_was_theirs_is_nobodys_when_an_editor_leaves(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)
    submissions.assign(submission, cast.editor, cast.editor)

    assert submissions.unassign_all(cast.editor, cast.owner) == 1

    assert given(submission) is None
    assert Assigned.objects.last().why == "left"


def test_leaving_gives_the_stories_back_but_one_role_of_two_does_not(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)
    second = Membership.objects.create(person=cast.editor, role="owner")
    submissions.assign(submission, cast.editor, cast.editor)

    end_role(second, cast.owner)
    kept = given(submission)
    end_role(cast.editor.memberships.get(ended_at=None), cast.owner)

    assert (kept, given(submission)) == (cast.editor, None)


def test_balancing_asks_no_more_for_more_editors(balanced: Cast, django_assert_max_num_queries) -> None:
    make_submission(balanced.writer, balanced.call)
    with django_assert_max_num_queries(16):
        submissions.balance()
