"""The time between a yes and going live: promised with the yes, shortened by the writer alone, for one yes alone."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from hearthpress.care.models import Subject, longest_cooling
from hearthpress.common import clock
from hearthpress.common.immutable import EvidenceIsFinal
from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.editing import actions as editing
from hearthpress.editing.cooling import waive_cooling
from hearthpress.editing.models import Approval, CoolingWaived, Manuscript
from hearthpress.mail.models import Letter
from hearthpress.stories.verify import verify_evidence
from tests.factories import Cast, edited, make_approved, make_subject
from tests.together import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def approved(cast: Cast) -> Manuscript:
    make_subject("infant-death", cooling_hours=24)
    return make_approved(cast.writer, cast.editor, cast.call, {"subjects": ["infant-death"]})


def approval_of(manuscript: Manuscript) -> Approval:
    approval = Manuscript.objects.get(pk=manuscript.pk).approval
    assert approval is not None
    return approval


def overwrite(row: Approval | CoolingWaived, column: str, value: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {row._meta.db_table} SET {column} = %s WHERE id = %s", [value, row.pk])


def approve_again(cast: Cast, manuscript: Manuscript, headline: str) -> Approval:
    fresh = Manuscript.objects.select_related("revision", "submission__writer").get(pk=manuscript.pk)
    editing.save(fresh, cast.editor, edited(fresh, headline=headline))
    editing.ask_for_approval(fresh, cast.editor)
    return editing.approve(fresh, cast.writer, fresh.revision.sha256)


@pytest.mark.parametrize(("subjects", "hours"), [([], 0), (["a"], 6), (["a", "b"], 48), (["c"], 0), (["gone"], 0)])
def test_the_longest_of_the_subjects_counts(db: None, subjects: list[str], hours: int) -> None:
    for slug, cooling in (("a", 6), ("b", 48), ("c", 0)):
        make_subject(slug, cooling_hours=cooling)

    assert longest_cooling(subjects) == hours


def test_an_approval_cools_until_the_first_full_minute_after_its_hours(cast: Cast, approved: Manuscript) -> None:
    approval = approval_of(approved)

    assert approval.cooling_hours == 24
    assert timedelta(0) <= approval.cools_until - approval.at - timedelta(hours=24) < timedelta(minutes=1)
    assert (approval.cools_until.second, approval.cools_until.microsecond) == (0, 0)


def test_a_full_minute_is_no_minute_more(cast: Cast, approved: Manuscript) -> None:
    at = clock.now().replace(second=0, microsecond=0)
    with clock.at(at):
        approval = approve_again(cast, approved, "Another headline")

    assert approval.cools_until == at + timedelta(hours=24)


def test_what_was_promised_with_the_yes_is_not_shortened_by_the_magazine(approved: Manuscript) -> None:
    before = approval_of(approved).cools_until

    Subject.objects.update(cooling_hours=0)

    assert approval_of(approved).cools_until == before


def test_without_such_a_subject_nothing_waits(cast: Cast) -> None:
    approval = approval_of(make_approved(cast.writer, cast.editor, cast.call))

    assert approval.cools_until is None
    assert "cooling_hours" not in approval.facts


def test_the_writer_shortens_it_with_evidence(cast: Cast, approved: Manuscript) -> None:
    approval = approval_of(approved)

    waived = waive_cooling(approved, cast.writer, approval.sha256, "a session's key")

    assert (waived.approval, waived.person, waived.session) == (
        approval,
        cast.writer,
        editing.sha256(b"a session's key"),
    )
    assert approval_of(approved).cools_until is None
    assert verify_evidence() == []
    with pytest.raises(EvidenceIsFinal):
        waived.delete()


def test_nobody_else_shortens_it(cast: Cast, approved: Manuscript) -> None:
    for person in (cast.editor, cast.owner, cast.other_writer):
        with pytest.raises(PermissionDenied):
            waive_cooling(approved, person, approval_of(approved).sha256)

    assert not CoolingWaived.objects.exists()


def test_it_is_shortened_for_one_approval_only(cast: Cast, approved: Manuscript) -> None:
    waive_cooling(approved, cast.writer, approval_of(approved).sha256)

    second = approve_again(cast, approved, "Another headline")

    assert second.cools_until is not None


def test_a_page_from_before_a_newer_yes_shortens_nothing(cast: Cast, approved: Manuscript) -> None:
    old = approval_of(approved).sha256
    approve_again(cast, approved, "Another headline")

    with pytest.raises(SomebodyElseWon):
        waive_cooling(Manuscript.objects.get(pk=approved.pk), cast.writer, old)


def test_nothing_is_shortened_while_the_text_is_edited(cast: Cast, approved: Manuscript) -> None:
    sha256 = approval_of(approved).sha256
    editing.ask_for_change(approved, cast.writer, "Not yet.")

    with pytest.raises(SomebodyElseWon):
        waive_cooling(Manuscript.objects.get(pk=approved.pk), cast.writer, sha256)


def test_time_that_is_over_is_not_shortened(cast: Cast, approved: Manuscript) -> None:
    approval = approval_of(approved)

    with clock.at(approval.cools_until), pytest.raises(NotAllowed):
        waive_cooling(approved, cast.writer, approval.sha256)


@pytest.mark.django_db(transaction=True)
def test_two_presses_make_one_row(cast: Cast, approved: Manuscript) -> None:
    sha256 = approval_of(approved).sha256

    outcomes = at_once(*[lambda: waive_cooling(approved, cast.writer, sha256)] * 2)

    assert CoolingWaived.objects.count() == 1
    assert sum(isinstance(outcome, SomebodyElseWon | NotAllowed) for outcome in outcomes) == 1, outcomes


@pytest.mark.parametrize("column", ["person_id", "at", "session", "seal"])
def test_a_row_that_was_touched_shortens_nothing_and_is_found(cast: Cast, approved: Manuscript, column: str) -> None:
    waived = waive_cooling(approved, cast.writer, approval_of(approved).sha256, "key")
    other = {"person_id": cast.other_writer.pk, "at": waived.at + timedelta(microseconds=1)}

    overwrite(waived, column, other.get(column, "0" * 64))

    assert approval_of(approved).cools_until is not None
    assert [line for line in verify_evidence() if line.startswith("The shorter time of version 2")]


def test_hours_that_were_touched_are_found(approved: Manuscript) -> None:
    for hours in (0, 1):
        overwrite(approval_of(approved), "cooling_hours", hours)
        assert verify_evidence() == [f"Approval of version 2 of manuscript {approved.key}: its seal is broken."]


def test_the_letter_that_thanks_for_a_yes_says_until_when(cast: Cast, approved: Manuscript) -> None:
    make_approved(cast.other_writer, cast.editor, cast.call)

    told, plain = Letter.objects.filter(kind="editing/approved").order_by("pk")

    assert "we wait until" in told.text
    assert "(America/New_York)" in told.text
    assert "we wait" not in plain.text
    assert "\n\n\n" not in told.text + plain.text
