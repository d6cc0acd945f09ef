"""A photo that is added twice at once, or while the story is sent: one photo, and none of which something is open."""

import pytest

from hearthpress.submissions import actions as submissions
from hearthpress.submissions.actions.attaching import undescribed
from hearthpress.submissions.models import Submission
from tests.factories import Cast, make_cast, make_draft
from tests.submissions.test_attaching import photograph
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def copies(draft: Submission) -> list[Submission]:
    return [Submission.objects.select_related("call", "writer").get(pk=draft.pk) for _ in range(2)]


def test_a_double_click_keeps_a_photo_once(cast: Cast) -> None:
    draft = make_draft(cast.writer, cast.call)
    first, second = copies(draft)

    kept = at_once(
        lambda: submissions.attach_photo(first, "porch.jpg", photograph()),
        lambda: submissions.attach_photo(second, "porch.jpg", photograph()),
    )

    assert kept[0] == kept[1] == draft.attachments.get()


def test_a_story_is_sent_or_gets_a_photo_and_never_both(cast: Cast) -> None:
    draft = make_draft(cast.writer, cast.call)
    first, second = copies(draft)

    at_once(
        lambda: submissions.send(first),
        lambda: submissions.attach_photo(second, "porch.jpg", photograph()),
    )

    draft.refresh_from_db()
    assert (draft.state == "received") != undescribed(draft).exists()
