"""The pages of tasks: mine, late, today and later; one click that can be undone; and for whom they are there."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hearthpress.common import clock
from hearthpress.desk.tasks import PAGE, tasks_of_story
from hearthpress.people.models import Person
from hearthpress.submissions.actions import leave_reading, withdraw
from hearthpress.submissions.models import Submission
from hearthpress.tasks.actions import assign_task, finish_task, make_task, need_task
from hearthpress.tasks.digests import has_digest
from hearthpress.tasks.enums import TaskKind
from hearthpress.tasks.models import Task
from tests.factories import Cast, client_for, make_submission

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2031-03-04T20:00+00:00")
DAY = date(2031, 3, 4)


@pytest.fixture
def editor(cast: Cast) -> Client:
    return client_for(cast.editor)


def make(cast: Cast, title: str, days: int = 0, **fields: object) -> Task:
    return make_task(cast.editor, title, DAY + timedelta(days=days), **fields)


def get(client: Client, path: str = "/desk/tasks/") -> object:
    with clock.at(NOW):
        return client.get(path)


def groups(client: Client, query: str = "") -> dict[str, list[str]]:
    found = get(client, f"/desk/tasks/{query}").context["found"]
    return {group.title: [row.words for row in group.rows] for group in found.groups}


def state(task: Task) -> str:
    return Task.objects.get(pk=task.pk).state


def test_my_tasks_stand_under_their_day(cast: Cast, editor: Client) -> None:
    for title, days in (("Late", -1), ("Later", 1), ("Today’s", 0), ("Very late", -9)):
        make(cast, title, days, assignee=cast.editor)
    make(cast, "Anybody’s")
    make(cast, "Otto’s", assignee=cast.other_editor)

    assert groups(editor) == {"Past their day": ["Very late", "Late"], "Today": ["Today’s"], "Later": ["Later"]}
    assert groups(editor, "?whose=anybodys") == {"Today": ["Anybody’s"]}
    assert groups(editor, "?whose=all")["Today"] == ["Today’s", "Anybody’s", "Otto’s"]


def test_today_is_the_editors_today(cast: Cast) -> None:
    """At 20:00 in London it is the next morning in Tokyo."""
    make(cast, "On the fourth", assignee=cast.editor)
    seen = {}
    for zone in ("Asia/Tokyo", "Europe/London"):
        Person.objects.filter(pk=cast.editor.pk).update(time_zone=zone)
        seen[zone] = list(groups(client_for(Person.objects.get(pk=cast.editor.pk))))

    assert seen == {"Asia/Tokyo": ["Past their day"], "Europe/London": ["Today"]}


def test_lists_are_filtered_in_the_url(cast: Cast, editor: Client) -> None:
    submission = make_submission(cast.writer, cast.call)
    need_task(TaskKind.APOLOGISE, submission, DAY)
    make(cast, "Otto’s", assignee=cast.other_editor)
    make(cast, "Mine", assignee=cast.editor)

    assert groups(editor, "?whose=all&kind=apologise") == {"Today": ["Apologise, and promise a new date"]}
    assert groups(editor, f"?whose=all&who={cast.other_editor.pk}") == {"Today": ["Otto’s"]}
    assert groups(editor, "?kind=apologise") == {}
    assert "Nothing of this kind" in get(editor, "/desk/tasks/?kind=apologise").content.decode()


@pytest.mark.parametrize("query", ["?whose=nobody&kind=x&who=é", "?who=99999999999999999999", "?after=%00", "?after=x"])
def test_a_url_that_says_nothing_shows_my_tasks(cast: Cast, editor: Client, query: str) -> None:
    make(cast, "Mine", assignee=cast.editor)

    assert groups(editor, query) == {"Today": ["Mine"]}


def test_list_goes_on_where_the_page_before_ended(cast: Cast, editor: Client) -> None:
    made = [make(cast, f"Task {n:02}", n % 3, assignee=cast.editor) for n in range(PAGE + 2)]
    first = get(editor).context["found"]
    finish_task(Task.objects.get(key=first.after), cast.editor)

    second = get(editor, f"/desk/tasks/?after={first.after}").context["found"]

    words = [row.words for page in (first, second) for group in page.groups for row in group.rows]
    assert sorted(words) == [task.title for task in made]
    assert (len(words), second.after) == (PAGE + 2, "")


def test_done_tasks_go_on_where_the_page_before_ended(cast: Cast, editor: Client) -> None:
    for n in range(PAGE + 1):
        with clock.at(NOW + timedelta(minutes=n // 2)):
            finish_task(make(cast, f"Task {n:02}"), cast.editor)

    first = get(editor, "/desk/tasks/?whose=done").context["found"]
    second = get(editor, f"/desk/tasks/?whose=done&after={first.after}").context["found"]

    assert first.groups[0].rows[0].words == f"Task {PAGE:02}"
    assert [row.words for row in second.groups[0].rows] == ["Task 00"]


def test_done_with_one_click_and_undone_with_another(cast: Cast, editor: Client) -> None:
    task = make(cast, "Ring the printer", assignee=cast.editor)

    answer = editor.post(f"/desk/tasks/{task.key}/completion/", {"back": "whose=all&kind=other"}, follow=True)

    assert state(task) == "done"
    assert answer.redirect_chain[0][0] == f"/desk/tasks/?whose=all&kind=other&finished={task.key}"
    page = answer.content.decode()
    assert "Done: Ring the printer" in page
    assert f'action="/desk/tasks/{task.key}/reopening/"' in page

    answer = editor.post(f"/desk/tasks/{task.key}/reopening/", {"back": "whose=all"}, follow=True)

    assert state(task) == "open"
    assert "It is on the list again: Ring the printer" in answer.content.decode()
    assert f"/desk/tasks/?whose=all&finished={task.key}" not in answer.redirect_chain[0][0]


def test_done_twice_says_that_somebody_was_quicker(cast: Cast, editor: Client) -> None:
    task = make(cast, "Ring the printer")
    finish_task(task, cast.other_editor)

    answer = editor.post(f"/desk/tasks/{task.key}/completion/", follow=True)

    assert "somebody was quicker" in answer.content.decode()


def test_done_on_the_storys_page_leads_back_to_it(cast: Cast, editor: Client) -> None:
    submission = make_submission(cast.writer, cast.call)
    task = make(cast, "Ring the writer", submission=submission)

    answer = editor.post(f"/desk/tasks/{task.key}/completion/", {"back": "story"})

    assert answer["Location"] == f"/desk/{submission.key}/"


@pytest.mark.parametrize("back", ["story", "https://example.org/", "//example.org", "whose=%00&x=1"])
def test_the_way_back_leads_nowhere_else(cast: Cast, editor: Client, back: str) -> None:
    task = make(cast, "Ring the printer")

    answer = editor.post(f"/desk/tasks/{task.key}/completion/", {"back": back})

    assert answer["Location"].startswith("/desk/tasks/?whose=mine&finished=")


def test_a_task_is_added_by_hand(cast: Cast, editor: Client) -> None:
    fields = {"title": "Ring the printer", "assignee": cast.other_editor.pk, "due_on": "2031-03-05"}
    with clock.at(NOW):
        answer = editor.post("/desk/tasks/new/", fields)

    task = Task.objects.get()
    assert answer["Location"] == "/desk/tasks/"
    assert (task.title, task.assignee, task.due_on, task.made_by) == (
        "Ring the printer",
        cast.other_editor,
        DAY + timedelta(days=1),
        cast.editor,
    )


def test_a_task_is_added_from_a_storys_page(cast: Cast, editor: Client) -> None:
    submission = make_submission(cast.writer, cast.call, title="The Kettle")

    page = get(editor, f"/desk/tasks/new/?story={submission.key}").content.decode()
    with clock.at(NOW):
        fields = {"title": "Ask", "due_on": "2031-03-04", "story": submission.key}
        answer = editor.post("/desk/tasks/new/", fields)

    assert "The Kettle" in page
    assert answer["Location"] == f"/desk/{submission.key}/"
    assert (Task.objects.get().submission, Task.objects.get().assignee) == (submission, None)


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"due_on": ""}, {"due_on": "2031-03-03"}, {"due_on": "soon"}, {"assignee": "0"}]
)
def test_what_was_typed_is_kept_when_something_is_wrong(cast: Cast, editor: Client, wrong: dict[str, str]) -> None:
    fields = {"title": "Ring the printer", "assignee": str(cast.editor.pk), "due_on": "2031-03-05", **wrong}
    with clock.at(NOW):
        answer = editor.post("/desk/tasks/new/", fields)

    assert set(answer.context["form"].errors) == set(wrong)
    assert answer.context["form"]["title"].value() == fields["title"]
    assert not Task.objects.exists()


def test_who_wrote_the_story_cannot_take_a_task_about_it(cast: Cast, editor: Client) -> None:
    own = make_submission(cast.other_editor, cast.call)
    with clock.at(NOW):
        fields = {"title": "Ask", "due_on": "2031-03-04", "story": own.key, "assignee": cast.other_editor.pk}
        answer = editor.post("/desk/tasks/new/", fields)

    assert "cannot take this task" in answer.context["form"].errors["assignee"][0]
    assert not Task.objects.exists()


def test_a_task_gets_another_plan(cast: Cast, editor: Client) -> None:
    task = make(cast, "Ring the printer", -2)
    seen = get(editor, f"/desk/tasks/{task.key}/").context["form"].initial["seen"]

    with clock.at(NOW):
        # The day that has passed may stay.
        fields = {"assignee": cast.other_editor.pk, "due_on": "2031-03-02", "seen": seen}
        answer = editor.post(f"/desk/tasks/{task.key}/", fields, follow=True)

    assert Task.objects.get().assignee == cast.other_editor
    assert "Otto Editor, by March 2, 2031" in answer.content.decode()


def test_a_plan_from_an_older_page_is_looked_at_again(cast: Cast, editor: Client) -> None:
    task = make(cast, "Ring the printer")
    fields = {
        "assignee": cast.editor.pk,
        "due_on": "2031-03-09",
        "seen": get(editor, f"/desk/tasks/{task.key}/").context["form"].initial["seen"],
    }
    assign_task(task, cast.other_editor, cast.other_editor)

    with clock.at(NOW):
        answer = editor.post(f"/desk/tasks/{task.key}/", fields)
        assert (answer.status_code, Task.objects.get().assignee) == (409, cast.other_editor)
        form = answer.context["form"]
        again = {name: form[name].value() for name in fields}
        editor.post(f"/desk/tasks/{task.key}/", again)

    assert (Task.objects.get().assignee, Task.objects.get().due_on) == (cast.editor, DAY + timedelta(days=5))


def test_a_task_that_is_done_is_not_planned_anew(cast: Cast, editor: Client) -> None:
    task = make(cast, "Ring the printer")
    finish_task(task, cast.other_editor)
    fields = {"assignee": cast.editor.pk, "due_on": "2031-03-09", "seen": f"{DAY}/"}

    with clock.at(NOW):
        answer = editor.post(f"/desk/tasks/{task.key}/", fields)

    assert answer.status_code == 409
    assert "What you typed is still here" in answer.content.decode()


def test_a_task_need_not_be_done_any_more(cast: Cast, editor: Client) -> None:
    task = make(cast, "Ring the printer")

    answer = editor.post(f"/desk/tasks/{task.key}/removal/", follow=True)

    assert state(task) == "dropped"
    assert "No longer needed" in answer.content.decode()


def test_the_morning_letter_is_turned_off_and_on(cast: Cast, editor: Client) -> None:
    editor.post("/desk/tasks/digest/", {"wanted": "no"})
    off = has_digest(cast.editor)
    editor.post("/desk/tasks/digest/", {"wanted": "yes"})

    assert (off, has_digest(cast.editor)) == (False, True)


@pytest.mark.parametrize("query", ["", "?whose=all", "?whose=done", "?whose=anybodys"])
def test_an_empty_list_says_what_will_be_here(editor: Client, query: str) -> None:
    assert 'class="empty"' in get(editor, f"/desk/tasks/{query}").content.decode()


@pytest.fixture
def hidden(cast: Cast) -> list[Task]:
    """Tasks of which the editor may know nothing: about their own story, and about one that was taken back."""
    own = make_submission(cast.editor, cast.call, title="My Own Story")
    back = make_submission(cast.writer, cast.call, title="The Lost Story")
    tasks = [
        make_task(cast.other_editor, "Of my own", DAY, submission=own),
        make_task(cast.other_editor, "Of a lost one", DAY, submission=back),
        make_task(cast.other_editor, "Done about a lost one", DAY, submission=back),
    ]
    finish_task(tasks[2], cast.other_editor)
    withdraw(back, cast.writer)
    return tasks


@pytest.mark.parametrize("query", ["", "?whose=all", "?whose=done", "?whose=anybodys"])
def test_lists_tell_nothing_of_what_the_editor_may_not_see(
    cast: Cast, editor: Client, hidden: list[Task], query: str
) -> None:
    answer = get(editor, f"/desk/tasks/{query}")

    assert answer.context["found"].groups == []
    assert [number for _, _, number in answer.context["lists"]] == [0, 0, 0, None]
    assert not any(words in answer.content.decode() for words in ("lost", "My Own", "my own"))


def test_pages_of_hidden_tasks_are_not_there(cast: Cast, editor: Client, hidden: list[Task]) -> None:
    for task in hidden:
        paths = [f"/desk/tasks/{task.key}/{page}" for page in ("", "completion/", "reopening/", "removal/")]
        assert [editor.post(path).status_code for path in paths] == [404] * 4
        assert editor.get(paths[0]).status_code == 404
    own = hidden[0].submission
    assert editor.get(f"/desk/tasks/new/?story={own.key}").status_code == 404
    assert editor.post("/desk/tasks/new/", {"title": "x", "due_on": "2031-03-04", "story": own.key}).status_code == 404


def test_before_an_anonymous_reading_nobodys_words_are_shown(cast: Cast, editor: Client) -> None:
    type(cast.call).objects.update(anonymous=True)
    cast.call.refresh_from_db()
    blind = make_submission(cast.writer, cast.call, title="Wilma’s Kettle")
    Submission.objects.update(blind_title="The Kettle")
    task = make_task(cast.other_editor, "Ask Wilma about it", DAY, submission=blind, assignee=cast.editor)
    done = make_task(cast.other_editor, "Greet Wilma", DAY, submission=blind)
    finish_task(done, cast.other_editor)
    paths = [f"/desk/tasks/{page}" for page in ("", "?whose=done", f"{task.key}/", f"new/?story={blind.key}")]

    before = [get(editor, path).content.decode() for path in paths]
    leave_reading(blind, cast.editor, "yes", "Good.")
    after = [get(editor, path).content.decode() for path in paths]

    assert not any("Wilma" in page for page in before)
    assert all("The Kettle" in page for page in before)
    assert all("Wilma" in page for page in after)


@pytest.mark.parametrize("page", ["", "new/", "{key}/"])
def test_pages_are_there_for_editors_alone(cast: Cast, page: str) -> None:
    task = make(cast, "Ring the printer")
    path = f"/desk/tasks/{page.format(key=task.key)}"
    people = (cast.owner, cast.editor, cast.writer, cast.bookkeeper, None)

    assert [client_for(person).get(path).status_code for person in people] == [200, 200, 404, 404, 302]


@pytest.mark.parametrize("page", ["digest/", "{key}/completion/", "{key}/reopening/", "{key}/removal/"])
def test_buttons_are_there_for_editors_alone(cast: Cast, page: str) -> None:
    task = make(cast, "Ring the printer")
    path = f"/desk/tasks/{page.format(key=task.key)}"

    answers = [client_for(person).post(path) for person in (cast.writer, cast.bookkeeper, None)]

    assert [answer.status_code for answer in answers] == [404, 404, 302]
    assert state(task) == "open"
    assert client_for(cast.editor).get(path).status_code == 405


def test_a_story_page_has_its_tasks(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)
    make(cast, "Ask", submission=submission)
    finish_task(make(cast, "Asked", submission=submission), cast.editor)
    make(cast, "Other")

    found = tasks_of_story(cast.editor, submission)

    assert {name: [row.words for row in rows] for name, rows in found.items()} == {
        "open_tasks": ["Ask"],
        "done_tasks": ["Asked"],
    }


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert get(client, path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("query", ["", "?whose=all", "?whose=done"])
def test_lists_ask_the_database_as_often_for_three_rows_as_for_one(cast: Cast, editor: Client, query: str) -> None:
    def fill(name: str) -> None:
        submission = make_submission(cast.writer, cast.call, title=name)
        make(cast, f"Mine {name}", assignee=cast.editor, submission=submission)
        done = make(cast, f"Done {name}", submission=submission, assignee=cast.other_editor)
        finish_task(done, cast.other_editor)

    fill("a")
    one = queries(editor, f"/desk/tasks/{query}")
    fill("b")
    fill("c")

    assert queries(editor, f"/desk/tasks/{query}") == one
