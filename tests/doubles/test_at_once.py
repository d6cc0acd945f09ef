"""Prints beside the running desk: whoever comes second, each text has one print, and it is true."""

import pytest

from hearthpress.documents.similarity import fingerprint
from hearthpress.doubles.actions import print_missing
from hearthpress.doubles.models import Band, Print
from hearthpress.stories.actions import retract
from hearthpress.submissions import actions as submissions
from hearthpress.submissions.models import Submission
from tests.factories import TEXT, Cast, make_cast, make_draft, make_story, make_submission
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "views"])


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def test_missing_prints_taken_by_two_workers_while_texts_are_sent_are_each_one(cast: Cast) -> None:
    story = make_story(cast.writer, cast.editor, cast.call)
    sent = make_submission(cast.writer, cast.call)
    Submission.objects.filter(pk=sent.pk).update(state="revising")
    again = Submission.objects.get(pk=sent.pk)
    submissions.save_draft(again, {"source": f"{TEXT} More."})
    drafts = [make_draft(cast.other_writer, cast.call, text=f"{TEXT} {number}") for number in range(2)]
    Print.objects.all().delete()

    outcomes = at_once(
        print_missing,
        print_missing,
        lambda: submissions.send(again),
        lambda: [submissions.send(draft) for draft in drafts],
        lambda: retract(story, cast.editor, "It was copied."),
    )

    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    print_missing()
    texts = Submission.objects.exclude(state="draft").values_list("pk", "source")
    expected = {key: fingerprint(text).sha256 for key, text in texts}
    assert dict(Print.objects.values_list("submission", "sha256")) == expected
    assert Band.objects.count() == 42 * len(expected)
