"""The page with the text and its suggestions: who may, what each sees, and what works without script."""

import pytest
from django.test import Client

from hearthpress.editing.models import Manuscript
from tests.factories import Cast, client_for, edited, make_manuscript

pytestmark = pytest.mark.django_db


def test_x(cast: Cast) -> None:
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call)
    answer = client_for(cast.editor).get(f"/desk/{manuscript.submission.key}/suggestions/")
    print(answer.status_code, answer.headers, answer.content[:3000])
    assert 0
