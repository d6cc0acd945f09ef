"""One text from many accounts is held apart; the same text from one other is only shown beside it."""

import pytest

from hearthpress.submissions.models import Submission
from tests.factories import Cast, make_person, make_submission

pytestmark = pytest.mark.django_db


def sent(cast: Cast, number: int, text: str = "It was the best of mornings, and we sold every pill.") -> Submission:
    return make_submission(make_person(f"account{number}@example.org"), cast.call, text=text)


def test_the_third_account_that_sends_the_same_text_is_held(cast: Cast) -> None:
    assert [sent(cast, number).held for number in range(4)] == [False, False, True, True]


def test_one_writer_who_sends_a_text_again_is_not_many(cast: Cast) -> None:
    assert [make_submission(cast.writer, cast.call).held for _ in range(4)] == [False] * 4
