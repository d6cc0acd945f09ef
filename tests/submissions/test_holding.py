"""Machines and floods are held apart, whole; nothing is dropped, and one click lets it in."""

from datetime import timedelta

import pytest

from hearthpress.common import clock
from hearthpress.common.states import SomebodyElseWon
from hearthpress.mail.models import Letter
from hearthpress.submissions import actions as submissions
from hearthpress.submissions import marks
from hearthpress.submissions.marks import Mark
from hearthpress.submissions.models import Hold, Submission
from tests.factories import Cast, make_accepted, make_person, make_submission

pytestmark = pytest.mark.django_db
LINKS = " ".join(f"[here](https://example.com/{number})" for number in range(8))


def found(submission: Submission) -> list[str]:
    hold = Hold.objects.filter(submission=submission, released_at=None).first()
    return hold.marks if hold else []


def test_a_story_has_no_mark(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)

    assert (submission.held, found(submission)) == (False, [])


@pytest.mark.parametrize(
    "text", ["我在医院的走廊里等了一整夜。", "किताब मेरे पास थी और मैं चुप रही।", "I waited.\n\n* * *\n\nNothing came."]
)
def test_a_story_in_any_script_has_no_mark(cast: Cast, text: str) -> None:
    assert found(make_submission(cast.writer, cast.call, text=text)) == []


@pytest.mark.parametrize(
    ("text", "mark"),
    [(f"Buy {LINKS} now.", Mark.LINKS), ("$$$ 100% >>> 50000 !!! 24/7 $$$ ??? 999 win", Mark.NOT_WORDS)],
)
def test_what_a_machine_sends_is_held_whole_with_its_receipt(cast: Cast, text: str, mark: Mark) -> None:
    submission = make_submission(cast.writer, cast.call, text=text)

    assert (submission.held, found(submission)) == (True, [mark])
    assert submission.state == "received"
    assert submission.reply_due is not None
    assert Letter.objects.filter(kind="submissions/receipt").count() == 1
    assert submission not in Submission.objects.queue()


def test_many_links_in_a_long_story_are_no_mark(cast: Cast) -> None:
    assert found(make_submission(cast.writer, cast.call, text=f"{'word ' * 900}\n\n{LINKS}")) == []


def test_the_sixth_within_a_day_is_held(cast: Cast) -> None:
    sent = [make_submission(cast.writer, cast.call, title=f"{number}") for number in range(marks.MOST_A_DAY + 1)]

    assert [found(submission) for submission in sent] == [[]] * marks.MOST_A_DAY + [[Mark.MANY]]


def test_a_writer_whom_the_magazine_knows_is_never_held(cast: Cast) -> None:
    make_accepted(cast.writer, cast.editor, cast.call)

    assert found(make_submission(cast.writer, cast.call, text=f"See {LINKS}.")) == []


def test_a_flood_holds_only_those_who_are_new_today(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "FLOOD", 2)
    regular = make_person("regular@example.org")
    regular.joined_at = clock.now() - timedelta(days=3)
    regular.save()
    for number in range(2):
        make_submission(make_person(f"new{number}@example.org"), cast.call, text=f"The {number}. day.")

    held = make_submission(make_person("newest@example.org"), cast.call, text="It rained.")
    free = make_submission(regular, cast.call, text="It snowed.")

    assert (found(held), found(free)) == ([Mark.FLOOD], [])


def test_letting_in_puts_it_into_the_queue_once(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call, text=f"Buy {LINKS} now.")
    due = submission.reply_due

    submissions.let_in(submission, cast.editor)

    with pytest.raises(SomebodyElseWon):
        submissions.let_in(Submission.objects.get(pk=submission.pk), cast.other_editor)
    assert submission in Submission.objects.queue()
    submission.refresh_from_db()
    assert submission.reply_due == due
    assert Hold.objects.get().released_by == cast.editor


def test_a_second_mark_joins_the_first(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call, text=f"Buy {LINKS} now.")

    submissions.hold(submission, [Mark.SAME_TEXT, Mark.LINKS])

    assert found(submission) == [Mark.LINKS, Mark.SAME_TEXT]
    assert Hold.objects.count() == 1
