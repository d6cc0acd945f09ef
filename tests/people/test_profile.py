"""A person's own details."""

import pytest
from django.urls import reverse

from tests.factories import Cast, client_for, make_accepted, make_manuscript

pytestmark = pytest.mark.django_db(databases=["default", "views"])


def test_the_name_stays_once_an_agreement_is_signed(cast: Cast) -> None:
    make_manuscript(cast.writer, cast.editor, cast.call)

    response = client_for(cast.writer).post(reverse("profile"), {"name": " ", "time_zone": ""})

    cast.writer.refresh_from_db()
    assert "You have signed an agreement with us" in response.content.decode()
    assert cast.writer.name == "Wilma Writer"


def test_the_name_may_be_emptied_before_that(cast: Cast) -> None:
    make_accepted(cast.writer, cast.editor, cast.call)

    client_for(cast.writer).post(reverse("profile"), {"name": "", "time_zone": ""})

    cast.writer.refresh_from_db()
    assert cast.writer.name == ""
