"""What resembles a story, at the desk: shown to who may see both, side by side, and to nobody too early."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hearthpress.common import clock
from hearthpress.desk.doubles import Beside, doubles_for
from hearthpress.submissions import actions as submissions
from hearthpress.submissions.models import Submission
from tests.factories import Cast, client_for, make_call, make_story, make_submission

pytestmark = pytest.mark.django_db

BEGINNING = """The kettle was on when she rang, and I let it whistle. We spoke for an hour about nothing at all, and I
have kept that hour ever since, in the drawer where other people keep their letters and their keys."""
END = """My mother never said goodbye on the telephone. She said that she had something on the stove, and then she put
the receiver down so gently that you could not hear it."""
TEXT = f"{BEGINNING}\n\n{END}"
EDITED = TEXT.replace("could not hear it", "never heard it")
OTHER = """The dishwasher broke on a Sunday. Nobody in the house but me could say what was in it, nor how long it had
been there, and so I rolled my sleeves up and began with the forks, which is where anybody would begin."""


@pytest.fixture
def editor(cast: Cast) -> Client:
    return client_for(cast.editor)


@pytest.fixture
def before(cast: Cast) -> Submission:
    with clock.at(clock.now() - timedelta(days=30)):
        return make_submission(cast.writer, cast.call, title="The Older", text=TEXT)


@pytest.fixture
def now(cast: Cast, before: Submission) -> Submission:
    """Nearly the same, from somebody else."""
    return make_submission(cast.other_writer, cast.call, title="The Newer", text=EDITED)


def address(submission: Submission, other: Submission | None = None) -> str:
    return f"/desk/{submission.key}/doubles/{other.key + '/' if other else ''}"


def passages(client: Client, one: Submission, other: Submission) -> list[Beside]:
    return client.get(address(one, other)).context["passages"]


def words(segments: Any) -> str:
    return "".join(text for _op, text in segments)


def page_of(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_doubles_say_what_resembles_a_story(before: Submission, now: Submission, editor: Client) -> None:
    page = page_of(editor, address(now))

    assert "The Older" in page
    assert re.search(r"\b\d\d % the same", page)
    assert "From another account" in page
    assert address(now, before) in page


def test_doubles_tell_the_same_text(cast: Cast, before: Submission, editor: Client) -> None:
    copy = make_submission(cast.writer, cast.call, title="The Copy", text=TEXT)

    page = page_of(editor, address(copy))

    assert "The same text" in page
    assert "another account" not in page


def test_doubles_of_a_story_like_no_other_say_so(cast: Cast, before: Submission, editor: Client) -> None:
    other = make_submission(cast.other_writer, cast.call, text=OTHER)

    assert "Nothing like it" in page_of(editor, address(other))
    assert editor.get(address(other, before)).status_code == 404


def test_side_by_side_begins_with_the_earlier_from_either_side(
    before: Submission, now: Submission, editor: Client
) -> None:
    for one, other in ((now, before), (before, now)):
        first, last = passages(editor, one, other)

        assert (first.kind, last.kind) == ("same", "changed")
        assert words(last.earlier).split() == END.split()
        assert words(last.later).split() == END.replace("could not hear it", "never heard it").split()
        assert [op for op, _words in last.earlier if op != "equal"] == ["delete"]
        assert [op for op, _words in last.later if op != "equal"] == ["insert"]


def test_side_by_side_is_with_what_readers_see_where_that_is_more_alike(cast: Cast, editor: Client) -> None:
    document = {"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": TEXT}]}]}
    story = make_story(cast.writer, cast.editor, cast.call, text=OTHER, changes={"document": document})
    copy = make_submission(cast.other_writer, cast.call, text=TEXT)

    answer = editor.get(address(copy, story.manuscript.submission))

    assert answer.context["row"].double.is_published
    assert "dishwasher" not in answer.content.decode()
    assert story.get_absolute_url() in answer.content.decode()


def test_text_cannot_break_out_of_the_side_by_side(cast: Cast, editor: Client) -> None:
    first = make_submission(cast.writer, cast.call, text=f"{TEXT} <b>bold & <script>alert(1)</script>")
    second = make_submission(cast.other_writer, cast.call, text=f"{EDITED} <b>bold & <script>alert(1)</script>")

    page = page_of(editor, address(second, first))

    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_story_that_was_taken_back_is_told_of_and_not_shown(
    cast: Cast, before: Submission, now: Submission, editor: Client
) -> None:
    submissions.withdraw(before, cast.writer)

    page = page_of(editor, address(now))
    beside = editor.get(address(now, before))

    assert "taken back since" in page
    assert "The Older" not in page
    assert beside.status_code == 404
    assert "This story was taken back" in beside.content.decode()
    assert "kettle" not in beside.content.decode()


def test_doubles_of_a_story_that_was_taken_back_are_not_shown(
    cast: Cast, before: Submission, now: Submission, editor: Client
) -> None:
    submissions.withdraw(now, cast.other_writer)

    assert editor.get(address(now)).status_code == editor.get(address(now, before)).status_code == 404


def test_editors_own_piece_is_neither_looked_at_nor_named(cast: Cast, editor: Client) -> None:
    own = make_submission(cast.editor, cast.call, title="My Own", text=TEXT)
    other = make_submission(cast.writer, cast.call, text=TEXT)

    assert editor.get(address(own)).status_code == editor.get(address(own, other)).status_code == 404
    assert "Nothing like it" in page_of(editor, address(other))
    assert editor.get(address(other, own)).status_code == 404
    assert "My Own" in page_of(client_for(cast.other_editor), address(other))


@pytest.mark.parametrize("who", ["writer", "other_writer", "bookkeeper", None])
def test_nobody_but_editors_sees_doubles(cast: Cast, before: Submission, now: Submission, who: str | None) -> None:
    client = client_for(getattr(cast, who) if who else None)

    for url in (address(now), address(now, before)):
        answer = client.get(url)
        assert answer.status_code in (302, 403, 404)
        assert "kettle" not in answer.content.decode()


@pytest.fixture
def blind(cast: Cast, before: Submission) -> Submission:
    """Nearly the same, sent to a call whose first reading is anonymous."""
    call = make_call(title="Without names", slug="without-names", rate_card=cast.call.rate_card, anonymous=True)
    return make_submission(cast.writer, call, title="By Wilma Writer", text=EDITED)


def test_doubles_of_an_anonymous_story_wait_for_the_vote(
    cast: Cast, before: Submission, blind: Submission, editor: Client
) -> None:
    page = page_of(editor, address(blind))

    assert "once your reading is in" in page
    assert not re.search("Wilma|The Older|% the same", page)
    assert editor.get(address(blind, before)).status_code == 302

    submissions.leave_reading(blind, cast.editor, "yes", "")

    assert "The Older" in page_of(editor, address(blind))
    assert editor.get(address(blind, before)).status_code == 200


def test_anonymous_story_like_no_other_says_nothing_of_its_writer(cast: Cast, editor: Client) -> None:
    call = make_call(title="Without names", slug="without-names", rate_card=cast.call.rate_card, anonymous=True)
    blind = make_submission(cast.writer, call, title="By Wilma Writer", text=OTHER)

    page = page_of(editor, address(blind))

    assert "Nothing like it" in page
    assert "Wilma" not in page


def test_anonymous_story_is_no_double_of_a_named_one_before_the_vote(
    cast: Cast, before: Submission, blind: Submission, editor: Client
) -> None:
    """Its likeness to a story that is signed would tell whose it is."""
    assert "Nothing like it" in page_of(editor, address(before))
    assert editor.get(address(before, blind)).status_code == 404

    submissions.leave_reading(blind, cast.editor, "yes", "")

    assert "By Wilma Writer" in page_of(editor, address(before))


def test_panel_shows_the_newest_and_leads_to_all(cast: Cast, before: Submission) -> None:
    for number in range(4):
        make_submission(cast.writer, cast.call, title=f"Number {number}", text=TEXT)
    found = make_submission(cast.other_writer, cast.call, text=EDITED)

    panel = render_to_string(
        "desk/doubles_panel.html", {"submission": found, "doubles": doubles_for(cast.editor, found)}
    )

    assert "Number 3" in panel
    assert "The Older" not in panel
    assert "See all 5" in panel


def test_panel_of_a_story_like_no_other_is_not_there(cast: Cast) -> None:
    found = make_submission(cast.writer, cast.call, text=TEXT)

    context = {"submission": found, "doubles": doubles_for(cast.editor, found)}

    assert render_to_string("desk/doubles_panel.html", context).strip() == ""


def test_doubles_take_as_many_queries_for_three_as_for_one(
    cast: Cast, before: Submission, now: Submission, editor: Client
) -> None:
    page_of(editor, address(now))
    taken = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert editor.get(address(now)).status_code == 200
        taken.append(len(queries))
        for number in range(2):
            make_submission(cast.writer, cast.call, title=f"Number {number}", text=TEXT)

    assert len(doubles_for(cast.editor, now).rows) == 5
    assert taken[0] == taken[1]
