"""Promises that are missed: gathered on one page, and renewed with letters that were shown before."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hearthpress.common import clock
from hearthpress.mail.models import Letter
from hearthpress.submissions import actions
from hearthpress.submissions.marks import Mark
from hearthpress.submissions.models import Conflict, Promise, Submission
from tests.factories import TEXT, Cast, client_for, make_call, make_person, make_submission, release_and_tell

pytestmark = pytest.mark.django_db
SENT = datetime(2026, 11, 2, 15, tzinfo=UTC)
NOW = SENT + timedelta(days=31)
PAGE, APOLOGIES = "/desk/promises/", "/desk/promises/apologies/"


@pytest.fixture(autouse=True)
def december(cast: Cast) -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def editor(cast: Cast) -> Client:
    return client_for(cast.editor)


def sent(cast: Cast, title: str = "The Kettle", days: int = 31, **fields: Any) -> Submission:
    """Sent so many days ago, with an answer promised within thirty: each another person’s, and no flood."""
    writer = fields.pop("writer", None) or make_person(f"{title.replace(' ', '-')}@example.org", "Wilma Writer")
    with clock.at(NOW - timedelta(days=days)):
        return make_submission(writer, fields.pop("call", cast.call), title=title, text=f"{title}. {TEXT}", **fields)


def titles(rows: list[Submission]) -> list[str]:
    return [row.title for row in rows]


def typed(page: Any, **changes: Any) -> dict[str, Any]:
    """What the form holds as it was drawn."""
    context = page.context
    found: dict[str, Any] = {"words": context["form"]["words"].value() or "", "shown": context["shown"], "story": []}
    for apology in context["apologies"]:
        found["story"].append(apology.submission.key)
        for field in apology.form:
            value = field.value()
            found[field.html_name] = value if isinstance(value, str) else value.isoformat()
    return {**found, **changes}


def apologies() -> list[Letter]:
    return list(Letter.objects.filter(kind="submissions/apology").order_by("pk"))


def test_page_has_what_is_late_and_what_is_near_the_oldest_first(cast: Cast, editor: Client) -> None:
    for title, days in (("Near", 28), ("Later", 26), ("Late", 31), ("Very late", 40)):
        sent(cast, title, days)

    promises = editor.get(PAGE).context["promises"]

    assert (titles(promises.late), titles(promises.near)) == (["Very late", "Late"], ["Near"])


def test_page_leaves_out_what_needs_no_apology_or_is_no_affair_of_this_editor(cast: Cast, editor: Client) -> None:
    sent(cast, "Own", writer=cast.editor)
    Conflict.objects.create(submission=sent(cast, "Known"), editor=cast.editor)
    back = sent(cast, "Taken back")
    actions.withdraw(back, back.writer)
    decided = actions.prepare_decision(sent(cast, "Decided"), cast.other_editor, "decline", "No.")
    release_and_tell(decided, cast.other_editor)
    actions.release(actions.prepare_decision(sent(cast, "Going"), cast.editor, "decline", "No."), cast.editor)
    actions.hold(sent(cast, "Held"), [Mark.LINKS])
    actions.prepare_decision(sent(cast, "Prepared"), cast.editor, "decline", "No.")

    page = editor.get(PAGE)

    assert titles(page.context["promises"].late) == ["Prepared"]
    assert page.context["promises"].held == 1
    assert "a decision is prepared" in page.content.decode()


def test_empty_page_says_that_every_promise_holds(cast: Cast, editor: Client) -> None:
    sent(cast, days=2)

    assert "Every promise holds" in editor.get(PAGE).content.decode()


@pytest.mark.parametrize("path", [PAGE, APOLOGIES])
@pytest.mark.parametrize("who", ["writer", "bookkeeper", None])
def test_nobody_else_comes_in(cast: Cast, path: str, who: str | None) -> None:
    submission = sent(cast)
    client = client_for(getattr(cast, who) if who else None)

    answers = [client.get(f"{path}?story={submission.key}"), client.post(path, {"story": submission.key, "send": "1"})]

    assert 200 not in [answer.status_code for answer in answers]
    assert apologies() == []


def test_letters_are_shown_with_a_suggested_date_and_nothing_is_sent(cast: Cast, editor: Client) -> None:
    submission = sent(cast)

    page = editor.get(APOLOGIES, {"story": submission.key})

    (apology,) = page.context["apologies"]
    assert "You hear from us by December 18, 2026." in apology.letter.text
    assert apologies() == []
    assert Promise.objects.count() == 1


def test_letters_that_were_shown_are_the_letters_that_go(cast: Cast, editor: Client) -> None:
    for title in ("One", "Two"):
        sent(cast, title)
    page = editor.get(APOLOGIES, {"story": list(Submission.objects.values_list("key", flat=True))})

    answer = editor.post(APOLOGIES, typed(page, send="1"), follow=True)

    shown = [(apology.letter.subject, apology.letter.text) for apology in page.context["apologies"]]
    assert [(letter.subject, letter.text) for letter in apologies()] == shown
    assert "2 writers have a new date." in answer.content.decode()
    assert "Every promise holds" in answer.content.decode()


def test_only_what_was_ticked_is_written_to(cast: Cast, editor: Client) -> None:
    ticked = sent(cast, "Ticked")
    sent(cast, "Not ticked")

    editor.post(APOLOGIES, typed(editor.get(APOLOGIES, {"story": ticked.key}), send="1"))

    assert [letter.subject for letter in apologies()] == ["“Ticked”: our answer is late, and we are sorry"]


@pytest.mark.parametrize("changed", ["words", "due"])
def test_what_was_changed_is_shown_again_before_it_goes(cast: Cast, editor: Client, changed: str) -> None:
    submission = sent(cast)
    page = editor.get(APOLOGIES, {"story": submission.key})
    name, value = {"words": ("words", "Two of us were ill."), "due": (f"{submission.key}-due", "2027-01-05")}[changed]

    again = editor.post(APOLOGIES, typed(page, send="1", **{name: value}))
    unsent = apologies()
    editor.post(APOLOGIES, typed(again, send="1"))

    assert "Nothing is sent yet: the letters have changed." in again.content.decode()
    assert unsent == []
    (letter,) = apologies()
    assert {"words": "Two of us were ill.", "due": "by January 5, 2027."}[changed] in letter.text


@pytest.mark.parametrize("due", ["2026-12-01", "", "soon"])
def test_date_that_is_past_or_none_is_asked_for_again(cast: Cast, editor: Client, due: str) -> None:
    submission = sent(cast)
    page = editor.get(APOLOGIES, {"story": submission.key})

    answer = editor.post(APOLOGIES, typed(page, send="1", words="Kept.", **{f"{submission.key}-due": due}))

    assert answer.context["apologies"][0].form.errors["due"]
    assert "Kept." in answer.content.decode()
    assert apologies() == []


def test_date_before_the_one_that_was_promised_is_asked_for_again(cast: Cast, editor: Client) -> None:
    submission = sent(cast, days=28)
    page = editor.get(APOLOGIES, {"story": submission.key})

    answer = editor.post(APOLOGIES, typed(page, send="1", **{f"{submission.key}-due": "2026-12-04"}))

    assert "Choose a later day than the one that was promised." in answer.content.decode()


def test_second_press_and_second_editor_write_nothing_more(cast: Cast, editor: Client) -> None:
    submission = sent(cast)
    pages = [client.get(APOLOGIES, {"story": submission.key}) for client in (editor, client_for(cast.other_editor))]
    editor.post(APOLOGIES, typed(pages[0], send="1"))

    for client, page in ((editor, pages[0]), (client_for(cast.other_editor), pages[1])):
        answer = client.post(APOLOGIES, typed(page, send="1"))
        assert answer["Location"] == PAGE

    assert len(apologies()) == 1


def test_story_that_another_has_promised_anew_near_is_left_out(cast: Cast, editor: Client) -> None:
    submission = sent(cast)
    page = editor.get(APOLOGIES, {"story": submission.key})
    actions.apologise(submission, cast.other_editor, NOW + timedelta(days=2), "")

    answer = editor.post(APOLOGIES, typed(page, send="1"))

    assert answer["Location"] == PAGE
    assert len(apologies()) == 1


def test_one_that_is_decided_meanwhile_stops_no_other(cast: Cast, editor: Client) -> None:
    for title in ("One", "Two"):
        sent(cast, title)
    keys = list(Submission.objects.values_list("key", flat=True))
    page = editor.get(APOLOGIES, {"story": keys})
    decision = actions.prepare_decision(Submission.objects.get(title="One"), cast.editor, "decline", "No.")
    actions.release(decision, cast.editor)

    again = editor.post(APOLOGIES, typed(page, send="1"))
    editor.post(APOLOGIES, typed(again, send="1"))

    assert [letter.subject for letter in apologies()] == ["“Two”: our answer is late, and we are sorry"]


def test_ticking_nothing_says_so(cast: Cast, editor: Client) -> None:
    sent(cast)

    answer = editor.get(APOLOGIES, follow=True)

    assert "Tick the stories whose writers you want to write to." in answer.content.decode()


def test_name_in_a_title_stays_hidden_from_who_has_not_read_it(cast: Cast, editor: Client) -> None:
    call = make_call(slug="unsigned", anonymous=True, rate_card=cast.call.rate_card)
    submission = sent(cast, "What Wilma Writer Kept", call=call)

    pages = [editor.get(PAGE), page := editor.get(APOLOGIES, {"story": submission.key})]
    editor.post(APOLOGIES, typed(page, send="1"))

    assert [answer.content.decode().count("Wilma") for answer in pages] == [0, 0]
    assert "“What [name] Kept”" in page.content.decode()
    assert [letter.subject for letter in apologies()] == [
        "“What Wilma Writer Kept”: our answer is late, and we are sorry"
    ]


def test_page_asks_the_same_number_of_queries_for_one_and_for_three(cast: Cast, editor: Client) -> None:
    call = make_call(slug="unsigned", anonymous=True, rate_card=cast.call.rate_card)
    counts = []
    for number in (1, 2):
        for n in range(number):
            actions.assign(sent(cast, f"{number}{n}"), cast.other_editor, None)
            sent(cast, f"Unsigned {number}{n}", call=call, days=28)
        with CaptureQueriesContext(connection) as queries:
            editor.get(PAGE)
        counts.append(len(queries))

    assert counts[0] == counts[1]
