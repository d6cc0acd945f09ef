"""The queue: the oldest promise first, without the editor's own, and as quick with three stories as with one."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hearthpress.common import clock
from hearthpress.common.fields import public_id
from hearthpress.correspondence.actions import write_to_editors
from hearthpress.desk.queue.rows import PAGE
from hearthpress.submissions import actions
from hearthpress.submissions.enums import ArrivedBy, DecisionKind, SubmissionState
from hearthpress.submissions.marks import Mark
from hearthpress.submissions.models import Call, Submission
from tests.factories import Cast, client_for, make_call, make_person, make_subject, make_submission, release_and_tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(cast: Cast) -> Client:
    return client_for(cast.editor)


@pytest.fixture
def unseen(cast: Cast) -> Call:
    """A call whose first reading is anonymous."""
    return make_call(title="Unseen", slug="unseen", anonymous=True, rate_card=cast.call.rate_card)


def titles(client: Client, **query: str) -> list[str]:
    return [row.story.title for row in client.get("/desk/", query).context["queue"].rows]


def sent(cast: Cast, title: str, days_ago: float = 0, **fields: object) -> Submission:
    """Sent so many days ago, to a call that promises thirty: a text of its own, by somebody who sends one alone."""
    fields.setdefault("text", " ".join(public_id() for _ in range(30)))
    call, writer = fields.pop("call", cast.call), fields.pop("writer", None)
    with clock.at(clock.now() - timedelta(days=days_ago)):
        return make_submission(writer or make_person(f"{public_id()}@example.org"), call, title=title, **fields)


def test_queue_begins_with_the_oldest_promise(cast: Cast, editor: Client) -> None:
    sent(cast, "Old", 40)
    sent(cast, "New")

    answer = editor.get("/desk/")

    assert titles(editor) == ["Old", "New"]
    assert (answer.context["queue"].found, answer.context["queue"].late) == (2, 1)
    assert "late</span>" in answer.content.decode()


@pytest.mark.parametrize(
    ("hours_left", "words"),
    [(-1, "late"), (0.01, "today"), (24, "tomorrow"), (48, "in 2 days"), (71, "in 3 days"), (73, "")],
)
def test_promise_that_is_near_or_past_says_so_in_words(
    cast: Cast, editor: Client, hours_left: float, words: str
) -> None:
    noon = clock.now().replace(hour=17, minute=0, second=0)  # noon or one in New York, where the magazine is
    with clock.at(noon - timedelta(days=30) + timedelta(hours=hours_left)):
        make_submission(cast.writer, cast.call)

    with clock.at(noon):
        (row,) = editor.get("/desk/").context["queue"].rows

    assert row.day.words == words


def test_queue_leaves_out_the_editors_own_what_is_withdrawn_and_what_is_held(cast: Cast, editor: Client) -> None:
    make_submission(cast.editor, cast.call, title="Mine")
    make_submission(cast.writer, cast.call, title="Theirs")
    actions.withdraw(make_submission(cast.writer, cast.call, title="Taken back"), cast.writer)
    actions.hold(make_submission(cast.writer, cast.call, title="Held"), [])

    answer = editor.get("/desk/")

    assert titles(editor) == ["Theirs"]
    assert "1 held apart" in answer.content.decode()


def test_row_counts_votes_and_says_what_is_prepared(cast: Cast, editor: Client) -> None:
    submission = make_submission(cast.writer, cast.call)
    actions.leave_reading(submission, cast.editor, "yes", "")
    actions.leave_reading(submission, cast.other_editor, "no", "")
    actions.prepare_decision(submission, cast.editor, DecisionKind.ACCEPT, "Yes.")

    answer = editor.get("/desk/")

    (row,) = answer.context["queue"].rows
    assert row.votes == "1 yes, 1 no"
    assert [decision.kind for decision in row.story.pending] == ["accept"]
    assert "Outbox: 1 prepared" in answer.content.decode()


def test_row_says_what_is_special_about_it(cast: Cast, editor: Client) -> None:
    first, second = make_submission(cast.writer, cast.call), make_submission(cast.writer, cast.call)
    gone = make_submission(cast.writer, cast.call)
    together = Submission.objects.filter(pk__in=[second.pk, gone.pk])
    together.update(sent_with=first, arrived_by=ArrivedBy.MAIL)
    actions.withdraw(gone, cast.writer)
    actions.mark_urgent(first, cast.other_editor, "The day is on Friday.")
    write_to_editors(first, cast.writer, "One more word.")

    page = editor.get("/desk/").content.decode()

    assert page.count("2 pieces sent together") == 2
    assert page.count("by e-mail") == 1
    assert "The day is on Friday." in page
    assert page.count("new message") == 1


def test_who_leaves_a_story_to_others_sees_no_votes_on_it(cast: Cast, editor: Client) -> None:
    submission = make_submission(cast.writer, cast.call)
    actions.leave_reading(submission, cast.other_editor, "no", "")
    actions.declare_conflict(submission, cast.editor, "")

    answer = editor.get("/desk/")

    assert [row.votes for row in answer.context["queue"].rows] == [""]
    assert "you leave it to others" in answer.content.decode()


def test_queue_goes_on_where_the_page_before_ended(cast: Cast, editor: Client) -> None:
    with clock.at(clock.now()):
        made = [sent(cast, f"Story {n:02}") for n in range(PAGE + 2)]

    for sort in ("promise", "age", "length"):
        first = editor.get("/desk/", {"sort": sort}).context["queue"]
        second = editor.get("/desk/", {"sort": sort, "after": first.after}).context["queue"]

        assert [row.story.pk for row in first.rows + second.rows] == [row.pk for row in made]
        assert second.after == ""
        assert (first.found, second.found) == (PAGE + 2, PAGE + 2)


def test_queue_goes_on_behind_a_story_that_was_decided_meanwhile(cast: Cast, editor: Client) -> None:
    one = make_submission(cast.writer, cast.call, title="One")
    make_submission(cast.writer, cast.call, title="Two")
    actions.withdraw(one, cast.writer)

    assert titles(editor, after=one.key) == ["Two"]


@pytest.mark.parametrize("after", ["nobody", "\x00", "é", "9" * 400])
def test_queue_behind_no_story_begins_at_the_beginning(cast: Cast, editor: Client, after: str) -> None:
    make_submission(cast.writer, cast.call, title="One")

    assert titles(editor, after=after) == ["One"]


def test_beyond_a_thousand_the_list_is_not_counted(cast: Cast, editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hearthpress.desk.queue.choosing.MOST", 26)
    monkeypatch.setattr("hearthpress.desk.views.queue.MOST", 26)
    for number in range(28):
        sent(cast, f"{number}", 40 if number else 0)

    answer = editor.get("/desk/")

    assert (answer.context["queue"].found, answer.context["queue"].late) == (27, 27)
    assert "More than 26 stories." in answer.content.decode()


def test_empty_queue_says_what_to_do_next(editor: Client) -> None:
    page = editor.get("/desk/").content.decode()

    assert "Nothing waits for a decision" in page
    assert "/write-for-us/" in page


def test_filter_that_finds_nothing_says_so(cast: Cast, editor: Client) -> None:
    make_submission(cast.writer, cast.call)

    assert "No story is like that" in editor.get("/desk/?find=zzz").content.decode()


def test_nothing_is_decided_in_the_list(cast: Cast, editor: Client) -> None:
    submission = make_submission(cast.writer, cast.call)
    actions.prepare_decision(submission, cast.editor, DecisionKind.DECLINE, "No.")

    page = editor.get("/desk/?mine=out").content.decode()

    assert re.findall(r'<form method="post" action="([^"]+)"|<form action="([^"]+)" method="post"', page) == [
        ("", "/sign-out/"),
        ("/desk/views/", ""),
    ]
    assert not re.search(r"<(button|a)[^>]*>[^<]*[Dd]ecline", page)


FILTERS = {
    "call={pass}": ["Other call"],
    "kind=writers": ["Other call"],
    "subject={loss}": ["Touching"],
    "who=me": ["Mine now"],
    "who=nobody": ["Late", "Near", "Touching", "Other call", "Long", "Urgent", "Read"],
    "who={other}": ["Theirs"],
    "mine=in": ["Read"],
    "mine=out&who=me": ["Mine now"],
    "due=late": ["Late"],
    "due=near": ["Near"],
    "length=middle": ["Long"],
    "length=long": [],
    "urgent=yes": ["Urgent"],
    "where=read": ["Read"],
    "where=new&who=me": ["Mine now"],
    "where=writer": ["Revised"],
    "find=otHER+c": ["Other call"],
    "find=oscar": ["Other call"],
    "find={key}": ["Long"],
    "find=%25": [],
    "find=%00late": ["Late"],
    "due=late&urgent=yes": [],
    "call=999999&who=x&mine=x&due=x&length=x&where=x&sort=x": [],
    "call=x&subject=%C2%B2&who=-1&mine=x&due=x&length=x&urgent=&where=x&sort=x&find=late": ["Late"],
}


@pytest.mark.parametrize("query", FILTERS)
def test_filter_in_the_address_leaves_only_what_fits(cast: Cast, editor: Client, query: str) -> None:
    loss = make_subject()
    other = make_call(title="Regulars", slug="regulars", kind="writers", rate_card=cast.call.rate_card)
    sent(cast, "Late", 31)
    sent(cast, "Near", 28)
    sent(cast, "Touching").subjects.add(loss)
    sent(cast, "Other call", call=other, writer=cast.other_writer)
    long_one = sent(cast, "Long", text="word " * 1500)
    actions.mark_urgent(sent(cast, "Urgent"), cast.editor, "Soon.")
    actions.leave_reading(sent(cast, "Read"), cast.editor, "yes", "")
    actions.assign(sent(cast, "Mine now"), cast.editor, cast.editor)
    actions.assign(sent(cast, "Theirs"), cast.other_editor, cast.editor)
    revised = sent(cast, "Revised")
    actions.leave_reading(revised, cast.other_editor, "maybe", "")
    details = actions.Details(revise_by=clock.now() + timedelta(days=20))
    release_and_tell(actions.prepare_decision(revised, cast.editor, DecisionKind.REVISE, "More.", details), cast.editor)
    numbers = {"pass": other.pk, "loss": loss.pk, "other": cast.other_editor.pk, "key": long_one.key}

    answer = editor.get(f"/desk/?{query.format(**numbers)}")

    assert [row.story.title for row in answer.context["queue"].rows] == FILTERS[query]


def test_stories_stand_in_the_order_asked_for(cast: Cast, editor: Client) -> None:
    soon = make_call(title="Soon", slug="soon", reply_days=3, rate_card=cast.call.rate_card)
    sent(cast, "Middle", 5, text="One two three.")
    sent(cast, "Longest here", 9)
    sent(cast, "Promised first", call=soon, text="One two.")

    assert titles(editor, sort="promise") == ["Promised first", "Longest here", "Middle"]
    assert titles(editor, sort="age") == ["Longest here", "Middle", "Promised first"]
    assert titles(editor, sort="length") == ["Promised first", "Middle", "Longest here"]


def test_what_is_chosen_goes_on_to_the_next_page_and_into_the_form(cast: Cast, editor: Client) -> None:
    for number in range(PAGE + 1):
        sent(cast, f"Kettle {number}")

    page = editor.get("/desk/?find=kettle&sort=age&due=&mine=out").content.decode()

    after = re.search(r"\?find=kettle&amp;mine=out&amp;sort=age&amp;after=(\w+)", page)
    assert after is not None
    assert 'value="kettle"' in page
    assert '<option value="out" selected>' in page


@pytest.mark.parametrize("words", ["wilma", "Ada", "Quill"])
def test_a_name_behind_the_veil_is_found_by_nobody(cast: Cast, editor: Client, unseen: Call, words: str) -> None:
    signed = {"writer": cast.writer, "byline_kind": "pen", "byline_name": "Ada Quill"}
    hidden = sent(cast, "Wilma’s Kettle", call=unseen, **signed)
    shown = sent(cast, "Wilma’s Cup, by Ada Quill", **signed)

    before = titles(editor, find=words)
    found_by_title = titles(editor, find="kettle")
    actions.leave_reading(hidden, cast.editor, "yes", "")

    assert before == [shown.title]
    assert found_by_title == ["[name]’s Kettle"]
    assert titles(editor, find=words) == [hidden.title, shown.title]


def test_row_behind_the_veil_tells_neither_name_nor_votes_nor_messages(
    cast: Cast, editor: Client, unseen: Call
) -> None:
    hidden = sent(cast, "Wilma’s Kettle", call=unseen, writer=cast.writer)
    Submission.objects.filter(pk=sent(cast, "Wilma’s Cup", call=unseen, writer=cast.writer).pk).update(sent_with=hidden)
    actions.leave_reading(hidden, cast.other_editor, "no", "")
    write_to_editors(hidden, cast.writer, "Yours, Wilma")

    page = editor.get("/desk/").content.decode()

    assert "Wilma" not in page
    assert page.count("Name hidden") == 2
    assert page.count("after yours") == 2
    assert "new message" not in page
    assert "sent together" not in page


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def fill_desk(cast: Cast, name: str, unseen: Call) -> None:
    """One row more of each kind."""
    waiting = make_submission(cast.writer, cast.call, title=f"Waiting {name}")
    waiting.subjects.add(make_subject(f"subject-{name}"))
    actions.leave_reading(waiting, cast.other_editor, "yes", "")
    actions.mark_urgent(waiting, cast.editor, "Soon.")
    actions.prepare_decision(waiting, cast.editor, DecisionKind.ACCEPT, "Yes.")
    actions.assign(waiting, cast.editor, cast.editor)
    writer = make_person(f"{name}@example.org")
    hidden = make_submission(writer, unseen, title=f"Hidden {name}")
    Submission.objects.filter(pk=waiting.pk).update(sent_with=hidden)


@pytest.mark.parametrize("query", ["", "where=writer", "who=me", "find=waiting", "mine=out&due=near&sort=age"])
def test_queue_asks_the_database_as_often_for_three_rows_as_for_one(
    cast: Cast, editor: Client, unseen: Call, query: str
) -> None:
    fill_desk(cast, "a", unseen)
    one = queries(editor, f"/desk/?{query}")
    fill_desk(cast, "b", unseen)
    fill_desk(cast, "c", unseen)

    three = queries(editor, f"/desk/?{query}")

    assert three == one


def test_revised_story_says_when_its_changes_are_hoped_for(cast: Cast, editor: Client) -> None:
    revised = make_submission(cast.writer, cast.call)
    revised.move(SubmissionState.READING, actor=cast.editor)
    revised.move(SubmissionState.REVISING, actor=cast.editor)
    day = clock.now()
    Submission.objects.update(revise_by=day)

    (row,) = editor.get("/desk/?where=writer").context["queue"].rows

    assert (row.day.what, row.day.at, row.day.words) == ("Changes hoped for by", day, "")


def test_empty_queue_says_what_is_held_apart_or_with_its_writer(cast: Cast, editor: Client) -> None:
    assert "Everybody who wrote to us has an answer." in editor.get("/desk/").content.decode()

    asked = sent(cast, "Asked")
    release_and_tell(actions.prepare_decision(asked, cast.editor, "revise", "Once more."), cast.editor)
    page = editor.get("/desk/").content.decode()
    assert "Some stories are with their writers for changes." in page
    assert "/desk/?where=writer" in page
    assert "has an answer" not in page

    actions.hold(sent(cast, "Held"), [Mark.LINKS])
    page = editor.get("/desk/").content.decode()
    assert "One piece is held apart and still has no answer." in page
    assert "has an answer" not in page
