"""What an editor takes on, and giving stories to editors from the list."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hearthpress.submissions import actions
from hearthpress.submissions.models import Assigned, Duty, Submission
from tests.factories import Cast, client_for, make_call, make_subject, make_submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(cast: Cast) -> Client:
    return client_for(cast.editor)


def give(client: Client, to: object, *stories: Submission, **more: str) -> list[str]:
    """Give the stories as the page does that was drawn a moment ago; what was said then."""
    had = {f"had-{story.key}": str(story.assigned_to_id or "") for story in stories}
    sent = {"story": [story.key for story in stories], "editor": getattr(to, "pk", ""), **had, **more}
    return [str(message) for message in client.post("/desk/assignments/", sent, follow=True).context["messages"]]


def who_has(*stories: Submission) -> list[str]:
    for story in stories:
        story.refresh_from_db()
    return [str(story.assigned_to or "") for story in stories]


def test_what_is_said_on_duty_is_kept_with_the_letter_in_the_morning(cast: Cast, editor: Client) -> None:
    loss = make_subject()
    Duty.objects.create(editor=cast.editor, digest=False)
    days = {"away_from": "2030-05-02", "away_until": "2030-05-09", "cover": cast.other_editor.pk}

    answer = editor.post("/desk/duty/", {"rest": [loss.pk], **days})

    duty = Duty.objects.get()
    assert answer["Location"] == "/desk/duty/"
    assert (duty.takes_new, duty.digest, duty.cover) == (False, False, cast.other_editor)
    assert (duty.away_from, duty.away_until) == (date(2030, 5, 2), date(2030, 5, 9))
    assert list(duty.rest.all()) == [loss]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2030-05-02", "2030-05-01", "The last day comes after the first."),
        ("", "2030-05-01", "Please say from which day on."),
        ("soon", "2030-05-01", "Enter a valid date."),
    ],
)
def test_days_away_that_cannot_be_are_said_and_stay_typed(editor: Client, first: str, last: str, words: str) -> None:
    page = editor.post("/desk/duty/", {"away_from": first, "away_until": last}).content.decode()

    assert words in page
    assert f'value="{last}"' in page
    assert not Duty.objects.exists()


def test_nobody_covers_for_themselves_or_is_a_writer(cast: Cast, editor: Client) -> None:
    for person in (cast.editor, cast.writer):
        editor.post("/desk/duty/", {"cover": person.pk})

    assert not Duty.objects.exists()


def test_nobody_else_sees_from_what_an_editor_rests(cast: Cast, editor: Client) -> None:
    loss = make_subject()
    Duty.objects.create(editor=cast.other_editor).rest.add(loss)
    story = make_submission(cast.writer, cast.call)
    story.subjects.add(loss)

    offered = editor.get("/desk/assignments/", {"story": story.key}).content.decode()

    assert "Otto Editor (0 stories)" in offered
    assert "rest" not in offered
    assert 'name="rest"' in editor.get("/desk/duty/").content.decode()


def test_stories_are_given_together_with_a_word_why(cast: Cast, editor: Client) -> None:
    one, two = make_submission(cast.writer, cast.call, title="One"), make_submission(cast.writer, cast.call)

    said = give(editor, cast.other_editor, one, two, why="You know the place.")

    assert said == ["Otto Editor has these 2 stories now."]
    assert who_has(one, two) == ["Otto Editor", "Otto Editor"]
    assert set(Assigned.objects.values_list("by", "why")) == {(cast.editor.pk, "You know the place.")}


def test_story_is_given_to_nobody_again(cast: Cast, editor: Client) -> None:
    story = make_submission(cast.writer, cast.call)
    actions.assign(story, cast.editor, cast.editor)

    assert give(editor, None, story) == ["Nobody has “The Kettle” now."]
    assert who_has(story) == [""]


def test_page_offers_editors_with_what_they_have(cast: Cast, editor: Client) -> None:
    one, two = make_submission(cast.writer, cast.call), make_submission(cast.writer, cast.call)
    actions.assign(two, cast.editor, cast.editor)
    Duty.objects.create(editor=cast.other_editor, away_from=date(2020, 1, 1), cover=cast.owner)
    Duty.objects.create(editor=cast.owner, takes_new=False)

    page = editor.get("/desk/assignments/", {"story": [one.key, two.key]}).content.decode()

    assert "Edith Editor (1 story)" in page
    assert "Otto Editor (0 stories, away, Olive Owner covers)" in page
    assert "Olive Owner (0 stories, takes no new ones now)" in page
    assert "nobody has it" in page
    assert "Edith Editor has it" in page


def test_nobody_gives_what_the_other_rests_from_but_they_may_take_it(cast: Cast, editor: Client) -> None:
    loss = make_subject()
    Duty.objects.create(editor=cast.other_editor).rest.add(loss)
    hard, other = make_submission(cast.writer, cast.call, title="Hard"), make_submission(cast.writer, cast.call)
    hard.subjects.add(loss)

    said = give(editor, cast.other_editor, hard, other)

    assert said == [
        "Otto Editor has “The Kettle” now.",
        "“Hard” stays where it was: Otto Editor cannot take it on now. Please choose somebody else.",
    ]
    assert who_has(hard, other) == ["", "Otto Editor"]
    give(client_for(cast.other_editor), cast.other_editor, hard)
    assert who_has(hard) == ["Otto Editor"]


def test_why_somebody_cannot_take_it_says_nothing_of_whose_it_is(cast: Cast, editor: Client) -> None:
    unseen = make_call(title="Unseen", slug="unseen", anonymous=True, rate_card=cast.call.rate_card)
    own = make_submission(cast.other_editor, unseen, title="Otto’s Kettle")

    said = give(editor, cast.other_editor, own)

    assert said == [
        "“[name]’s Kettle” stays where it was: Otto Editor cannot take it on now. Please choose somebody else."
    ]
    assert who_has(own) == [""]


def test_what_was_given_away_meanwhile_stays_there(cast: Cast, editor: Client) -> None:
    story = make_submission(cast.writer, cast.call)
    had = {f"had-{story.key}": ""}
    actions.assign(story, cast.owner, cast.other_editor)

    answer = editor.post("/desk/assignments/", {"story": story.key, "editor": cast.editor.pk, **had}, follow=True)

    assert "somebody has given it to another editor meanwhile" in answer.content.decode()
    assert who_has(story) == ["Olive Owner"]


def test_giving_leads_back_to_the_place_in_the_queue(cast: Cast, editor: Client) -> None:
    story = make_submission(cast.writer, cast.call)
    sent = {"story": story.key, "editor": cast.editor.pk, "back": "who=nobody&evil=//x"}

    answer = editor.post("/desk/assignments/", sent)

    assert answer["Location"] == f"/desk/?who=nobody#story-{story.key}"


@pytest.mark.parametrize("query", ["", "?story=nothing", "?story=%00"])
def test_without_a_story_the_queue_says_what_to_do(editor: Client, query: str) -> None:
    answer = editor.get(f"/desk/assignments/{query}", follow=True)

    assert "Tick the stories that you want to give to somebody." in answer.content.decode()


def test_own_and_withdrawn_stories_are_given_by_nobody(cast: Cast, editor: Client) -> None:
    own, gone = make_submission(cast.editor, cast.call), make_submission(cast.writer, cast.call)
    actions.withdraw(gone, cast.writer)

    give(editor, cast.other_editor, own, gone)

    assert who_has(own, gone) == ["", ""]


@pytest.mark.parametrize("place", ["duty", "assignments", "views", "stories"])
def test_page_is_for_editors_alone(cast: Cast, place: str) -> None:
    path = f"/desk/{place}/?story={make_submission(cast.writer, cast.call).key}"

    statuses = [
        client_for(person).get(path).status_code
        for person in (cast.editor, cast.owner, cast.writer, cast.bookkeeper, None)
    ]

    assert statuses == [200, 200, 404, 404, 302]


def test_giving_three_is_drawn_with_as_many_queries_as_giving_one(cast: Cast, editor: Client) -> None:
    def queries(*stories: Submission) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert editor.get("/desk/assignments/", {"story": [one.key for one in stories]}).status_code == 200
        return len(captured)

    three = [make_submission(cast.writer, cast.call) for _ in range(3)]

    assert queries(*three) == queries(three[0])
