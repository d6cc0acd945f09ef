"""A changed byte in a version or an approval is found, wherever it is; and what was not changed raises no alarm."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearthpress import cli
from hearthpress.common import clock
from hearthpress.common.chain import FIRST, link, moment
from hearthpress.editing import actions as editing
from hearthpress.editing.models import Approval, Manuscript, Revision
from hearthpress.stories.actions import publish
from hearthpress.stories.models import Edition
from hearthpress.stories.verify import verify_evidence
from tests.factories import Cast, edited, make_manuscript

pytestmark = pytest.mark.django_db

COLUMNS = {
    Revision: ["body", "sha256", "number", "made_by_id", "made_at", "why", "chain"],
    Approval: ["person_id", "sha256", "at", "session", "seal"],
    Edition: ["sha256", "revision_id", "approval_id"],
}


@pytest.fixture
def manuscript(cast: Cast) -> Manuscript:
    """Published, and then changed and approved again: three versions, two approvals, two editions."""
    made = make_manuscript(cast.writer, cast.editor, cast.call)
    for headline in ("The Kettle", "The Kettle, Again"):
        editing.save(made, cast.editor, edited(made, headline=headline), "A headline.")
        editing.ask_for_approval(made, cast.editor)
        editing.approve(made, cast.writer, made.revision.sha256, "a session's key")
        publish(made, cast.editor)
    return made


def overwrite(row: Revision | Approval | Edition, column: str, value: Any) -> None:
    """As somebody with a database client would."""
    table = connection.ops.quote_name(row._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {connection.ops.quote_name(column)} = %s WHERE id = %s", [value, row.pk])


def another(value: Any, cast: Cast) -> Any:
    """A value of the same kind that differs by as little as can be."""
    if isinstance(value, (bytes, memoryview)):
        body = bytearray(value)
        body[len(body) // 2] ^= 1
        return bytes(body)
    if isinstance(value, int):
        return value + 100 if value == 1 else cast.other_writer.pk
    if isinstance(value, str):
        return value[:-1] + ("0" if value[-1:] != "0" else "1")
    return value + timedelta(microseconds=1)


def test_what_nobody_touched_raises_no_alarm(manuscript: Manuscript, capsys: pytest.CaptureFixture[str]) -> None:
    assert (manuscript.revisions.count(), Approval.objects.count(), Edition.objects.count()) == (3, 2, 2)
    assert verify_evidence() == []
    with pytest.raises(SystemExit) as end:
        cli.main(["verify-evidence"])
    assert (end.value.code, capsys.readouterr().err) == (0, "All is as it was written.\n")


@pytest.mark.parametrize(
    ("model", "column"),
    [(model, column) for model, columns in COLUMNS.items() for column in columns if not column.endswith("_id")],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_a_changed_byte_is_found_in_every_row(manuscript: Manuscript, cast: Cast, model: Any, column: str) -> None:
    for row in model.objects.order_by("pk"):
        before = getattr(row, column)
        overwrite(row, column, another(before, cast))
        assert verify_evidence(), f"{row}: {column}"
        overwrite(row, column, before)
    assert verify_evidence() == []


@pytest.mark.parametrize(("model", "column"), [(Revision, "made_by_id"), (Approval, "person_id")])
def test_another_person_is_found(manuscript: Manuscript, cast: Cast, model: Any, column: str) -> None:
    for row in model.objects.order_by("pk"):
        before = getattr(row, column)
        overwrite(row, column, cast.other_writer.pk)
        assert verify_evidence(), f"{row}: {column}"
        overwrite(row, column, before)


def test_an_edition_of_another_version_is_found(manuscript: Manuscript) -> None:
    first, second = Edition.objects.order_by("number")
    overwrite(second, "revision_id", first.revision_id)
    found = verify_evidence()
    for said in ("its approval is of another version", "it is not, to the byte, what was approved"):
        assert f"Edition 2 of story {second.story.key}: {said}." in found


def test_a_text_rewritten_with_its_hash_breaks_the_link(
    manuscript: Manuscript, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever knows to hash again what they changed would have to write all that follows anew."""
    newest = manuscript.revisions.get(number=2)
    body = bytes(newest.body).replace(b"The Kettle", b"The Bottle")
    overwrite(newest, "body", body)
    overwrite(newest, "sha256", editing.sha256(body))

    with pytest.raises(SystemExit) as end:
        cli.main(["verify-evidence"])

    lines = capsys.readouterr().out.splitlines()
    assert end.value.code == 1
    assert f"Version 2 of manuscript {manuscript.key}: its link is broken." in lines
    assert f"Approval of version 2 of manuscript {manuscript.key}: it is of another text." in lines


def test_a_version_taken_out_or_hidden_is_found(manuscript: Manuscript) -> None:
    overwrite(manuscript.revisions.get(number=3), "number", 4)
    assert f"Version 4 of manuscript {manuscript.key}: the version before it is missing." in verify_evidence()
    overwrite(manuscript.revisions.get(number=4), "number", 3)
    Manuscript.objects.filter(pk=manuscript.pk).update(revision=manuscript.revisions.get(number=1))
    assert f"Manuscript {manuscript.key}: it does not show its newest version." in verify_evidence()


def test_approved_without_an_approval_is_found(cast: Cast) -> None:
    made = make_manuscript(cast.writer, cast.editor, cast.call)
    Manuscript.objects.filter(pk=made.pk).update(state="approved")
    assert verify_evidence() == [f"Manuscript {made.key}: it counts as approved, and there is no approval of its text."]


def test_an_approval_keeps_no_key_that_anybody_could_sign_in_with(manuscript: Manuscript) -> None:
    sessions = set(Approval.objects.values_list("session", flat=True))
    assert sessions == {editing.sha256(b"a session's key")}


facts = st.dictionaries(st.text(max_size=5), st.text(max_size=5) | st.integers(-99, 99) | st.none(), max_size=4)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(facts, min_size=1, max_size=5), st.data())
def test_any_change_in_a_chain_changes_its_last_link(rows: list[dict[str, Any]], data: st.DataObject) -> None:
    def last(of: list[dict[str, Any]]) -> str:
        end = FIRST
        for row in of:
            end = link(end, row)
        return end

    place = data.draw(st.integers(0, len(rows) - 1))
    other = data.draw(facts.filter(lambda drawn: drawn != rows[place]))

    assert last(rows) == last([dict(reversed(row.items())) for row in rows])
    assert last([*rows[:place], other, *rows[place + 1 :]]) != last(rows)
    assert last(rows[:place] + rows[place + 1 :]) != last(rows)


def test_a_moment_is_the_same_fact_in_every_zone() -> None:
    now = clock.now()
    assert moment(now) == moment(now.astimezone()) != moment(now + timedelta(microseconds=1))
