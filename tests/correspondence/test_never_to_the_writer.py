"""Whatever editors remark, and however they do it: no page, letter or feed of the writer carries a word of it."""

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearthpress.correspondence.actions import remark, write_to_editors, write_to_writer
from hearthpress.correspondence.incoming import take_answer, take_reply
from hearthpress.mail.incoming import IncomingMessage
from hearthpress.mail.models import Letter
from hearthpress.stories.models import Story
from hearthpress.submissions.models import Submission
from tests.correspondence.mails import make_mail, make_row
from tests.factories import Cast, client_for, make_story

pytestmark = pytest.mark.django_db(databases=["default", "views"])

NO_CHECKS = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
SEVERAL = settings(suppress_health_check=NO_CHECKS, max_examples=25)
PUBLIC = ["magazine:front", "magazine:feed_atom", "magazine:feed_json", "magazine:feed_rss", "magazine:sitemap"]
OF_THE_STORY = ["room:messages", "room:submission", "room:agreement", "room:approval", "room:withdrawal"]
WORDS = st.integers(0, 10**9).map(lambda number: f"secret{number}words")
AMONG_EDITORS = ["remark", "mail", "stranger", "machine"]
STEPS = st.lists(st.tuples(st.sampled_from([*AMONG_EDITORS, "asked", "answered"]), WORDS), min_size=1, max_size=6)


@pytest.fixture
def story(cast: Cast) -> Story:
    return make_story(cast.writer, cast.editor, cast.call)


def take(cast: Cast, submission: Submission, how: str, words: str) -> None:
    """Say the words in one of the ways in which something gets into a thread."""
    by_mail = {"mail": cast.editor.email, "stranger": "somebody@example.net", "machine": cast.writer.email}
    if how == "remark":
        remark(submission, cast.editor, words)
    elif how == "asked":
        write_to_writer(submission, cast.editor, "A question.")
    elif how == "answered":
        write_to_editors(submission, cast.writer, "An answer.")
    else:
        mail = make_mail(by_mail[how], words, **({"Auto_Submitted": "auto-replied"} if how == "machine" else {}))
        take_reply(mail, submission.key, make_row(mail))


def seen_by_writer(cast: Cast, story: Story) -> str:
    client, key = client_for(cast.writer), story.manuscript.submission.key
    paths = [story.get_absolute_url(), reverse("room:home"), *(reverse(name) for name in PUBLIC)]
    paths += [reverse(name, args=[key]) for name in OF_THE_STORY]
    pages = [got(client, path) for path in paths]
    letters = [f"{letter.subject} {letter.text} {letter.reply_to}" for letter in Letter.objects.all()]
    return "\n".join(pages + letters)


def got(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return b"".join(answer).decode()


@SEVERAL
@given(steps=STEPS)
def test_words_among_editors_reach_no_page_letter_or_feed_of_the_writer(
    cast: Cast, story: Story, steps: list[tuple[str, str]]
) -> None:
    submission = Submission.objects.get(pk=story.manuscript.submission_id)
    for how, words in steps:
        take(cast, submission, how, words)

    seen = seen_by_writer(cast, story)

    assert not [words for how, words in steps if how in AMONG_EDITORS and words in seen]


def test_the_page_would_show_such_words_if_they_were_for_the_writer(cast: Cast, story: Story) -> None:
    write_to_writer(story.manuscript.submission, cast.editor, "secret1words")

    assert "secret1words" in seen_by_writer(cast, story)


@SEVERAL
@given(quoted=st.lists(WORDS, max_size=4), mark=st.sampled_from(["> ", ">> ", ">"]))
def test_what_an_editor_quotes_in_an_answer_does_not_go_along(
    cast: Cast, story: Story, quoted: list[str], mark: str
) -> None:
    submission = Submission.objects.get(pk=story.manuscript.submission_id)
    text = "Of course.\n\n" + "\n".join(f"{mark}{words}" for words in quoted)
    mail: IncomingMessage = make_mail(cast.editor.email, text)
    take_answer(mail, submission.key, make_row(mail, purpose="answer"))

    seen = seen_by_writer(cast, story)

    assert not [words for words in quoted if words in seen]
