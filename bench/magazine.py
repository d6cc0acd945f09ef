"""A magazine of N stories, written in bulk: the same rows that the verbs write, without their letters."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.text import slugify

from hearthpress.agreements.models import Agreement, RateCard
from hearthpress.care.models import HelpLine, Subject
from hearthpress.common.canonical import canonical_bytes, sha256
from hearthpress.common.chain import link
from hearthpress.editing.content import content
from hearthpress.editing.models import Approval, Manuscript, Revision
from hearthpress.masthead.actions import set_up
from hearthpress.masthead.models import Section
from hearthpress.people.enums import Role
from hearthpress.people.models import Byline, Membership, Person
from hearthpress.stories.models import Edition, Story, Tag, Tagging
from hearthpress.submissions.models import Call, Submission

BEGAN = datetime(2020, 1, 1, tzinfo=UTC)
PARAGRAPH = "The kettle was on when she rang, and I let it whistle. We spoke for an hour about nothing at all. " * 3
PARAGRAPHS = 15  # about 900 words, the length that facts.md's peers were measured with
BATCH = 500


def document(number: int) -> dict[str, Any]:
    """About 900 words, with a related line to the story before it."""
    paragraph = {"type": "paragraph", "content": [{"type": "text", "text": f"{number}. {PARAGRAPH}"}]}
    before = max(number - 1, 0)
    related = {"type": "related", "attrs": {"title": f"Story {before}", "story": key(before)}}
    return {"type": "doc", "content": [*[paragraph] * PARAGRAPHS, *([related] if number else [])]}


def key(number: int) -> str:
    return f"bench{number:07d}"


def begin() -> None:
    """The masthead, four sections, a writer, an editor, a call, and a subject with a help line and a care rule."""
    values = {"name": "Bench", "letters_from": "bench@example.org", "time_zone": "America/New_York", "currency": "USD"}
    set_up({**values, "tagline": ""}, [{"name": name} for name in ("One", "Two", "Three", "Four")])
    Person.objects.create_user("writer@example.org", name="Wilma Writer")
    editor = Person.objects.create_user("editor@example.org", name="Edith Editor")
    Membership.objects.create(person=editor, role=Role.EDITOR)
    subject = Subject.objects.create(name="Loss", slug="loss", content_note="It speaks of a loss.")
    subject.never_beside.add(Subject.objects.create(name="Joy", slug="joy", content_note="It speaks of joy."))
    HelpLine.objects.create(name="A line", contact="555-0101", verified_on=BEGAN.date()).subjects.add(subject)
    card = RateCard.objects.create(name="Readers", per_thousand=600, cap=10000)
    texts = {"guidelines": "-", "rights": "-", "what_happens": "-"}
    Call.objects.create(title="Write for us", slug="write-for-us", rate_card=card, opens_at=BEGAN, **texts)


def grow_to(count: int) -> None:
    """Add live stories until there are `count`."""
    for first in range(Story.objects.count(), count, BATCH):
        _add(range(first, min(first + BATCH, count)))


def approved(number: int) -> Manuscript:
    """One more manuscript, approved and ready to be published."""
    (manuscript,) = _manuscripts(range(number, number + 1))
    return Manuscript.objects.select_related("submission__agreement", "submission__writer").get(pk=manuscript.pk)


def _add(numbers: range) -> None:
    manuscripts = _manuscripts(numbers)
    sections = list(Section.objects.all())
    stories = Story.objects.bulk_create(
        Story(
            manuscript=manuscript,
            agreement=manuscript.submission.agreement,
            writer=manuscript.submission.writer,
            section=sections[number % len(sections)],
            slug=f"story-{number}",
            key=key(number),
            headline=f"Story {number}",
            standfirst="A few words that say what it is about.",
            byline_name="Wilma Writer",
            byline=manuscript.submission.byline,
            words=900,
            goes_live_at=BEGAN + timedelta(hours=number),
        )
        for number, manuscript in zip(numbers, manuscripts, strict=True)
    )
    editions = Edition.objects.bulk_create(_editions(stories))
    for story, edition in zip(stories, editions, strict=True):
        story.edition, story.state, story.first_live_at = edition, "live", story.goes_live_at
    Story.objects.bulk_update(stories, ["edition", "state", "first_live_at"])
    subject, touches = Subject.objects.get(slug="loss"), Story.subjects.through
    touches.objects.bulk_create(touches(story_id=story.pk, subject_id=subject.pk) for story in stories)
    _put_on_shelves(numbers, stories)


def _put_on_shelves(numbers: range, stories: list[Story]) -> None:
    """Every story on one, and each thousandth on another."""
    common, rare = (Tag.objects.get_or_create(slug=slug, defaults={"name": slug})[0] for slug in ("common", "rare"))
    Tagging.objects.bulk_create(
        Tagging(story=story, tag=tag, first_live_at=story.first_live_at)
        for number, story in zip(numbers, stories, strict=True)
        for tag in (common, rare)
        if tag == common or number % 1000 == 0
    )


def _editions(stories: list[Story]) -> Iterator[Edition]:
    approvals = {
        approval.revision_id: approval
        for approval in Approval.objects.filter(revision__manuscript__in=[story.manuscript_id for story in stories])
    }
    for story in stories:
        approval = approvals[story.manuscript.revision_id]
        yield Edition(
            story=story, number=1, revision_id=approval.revision_id, approval=approval, sha256=approval.sha256
        )


def _manuscripts(numbers: range) -> list[Manuscript]:
    writer, call = Person.objects.get(email="writer@example.org"), Call.objects.get()
    byline, _ = Byline.objects.get_or_create(
        person=writer, kind="legal", name="Wilma Writer", defaults={"slug": "wilma-writer"}
    )
    submissions = Submission.objects.bulk_create(
        Submission(
            call=call,
            writer=writer,
            byline=byline,
            state="accepted",
            title=f"Story {number}",
            agreement=agreement,
            submitted_at=BEGAN,
        )
        for number, agreement in zip(numbers, _agreements(numbers, writer), strict=True)
    )
    manuscripts = Manuscript.objects.bulk_create(Manuscript(submission=sent, state="approved") for sent in submissions)
    revisions = Revision.objects.bulk_create(
        _revision(number, manuscript, writer) for number, manuscript in zip(numbers, manuscripts, strict=True)
    )
    Approval.objects.bulk_create(_approval(made, writer) for made in revisions)
    for manuscript, revision in zip(manuscripts, revisions, strict=True):
        manuscript.revision = revision
    Manuscript.objects.bulk_update(manuscripts, ["revision"])
    return manuscripts


def _agreements(numbers: range, writer: Person) -> list[Agreement]:
    card = RateCard.objects.get().frozen("America/New_York")
    signed = {"state": "signed", "signed_name": writer.name, "signed_at": BEGAN, "answer_by": BEGAN}
    return Agreement.objects.bulk_create(
        Agreement(writer=writer, title=f"Story {number}", terms="-", rate_card=card, terms_sha256="-", **signed)
        for number in numbers
    )


def _approval(revision: Revision, writer: Person) -> Approval:
    approval = Approval(revision=revision, person=writer, sha256=revision.sha256)
    approval.seal = link(revision.chain, approval.facts)
    return approval


def _revision(number: int, manuscript: Manuscript, writer: Person) -> Revision:
    headline = f"Story {number}"
    value = content(
        document=document(number) if number < 100_000 else document(1),
        headline=headline,
        slug=slugify(headline),
        section="one",
        byline="Wilma Writer",
        content_note="It speaks of a loss.",
        subjects=["loss"],
    )
    body = canonical_bytes(value)
    return Revision(manuscript=manuscript, number=1, body=body, sha256=sha256(body), made_by=writer)
