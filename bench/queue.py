"""A desk with thousands of submissions, most of them undecided, written in bulk: the rows that the verbs write."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.test import Client

from bench.magazine import document
from hearthpress.care.models import Subject
from hearthpress.common import clock
from hearthpress.people.enums import BylineKind, Role
from hearthpress.people.models import Byline, Membership, Person
from hearthpress.submissions.models import Call, Reading, Submission, Urgency

BATCH = 500
STATES = (
    "received",
    "reading",
    "declined",
    "received",
    "reading",
    "accepted",
    "received",
    "reading",
    "revising",
    "lapsed",
)
WRITERS = 500
RARE = 500  # one story in so many is urgent, or touches the rare subject


def begin() -> None:
    """Beside `magazine.begin`: more editors, calls, subjects and writers."""
    for name in ("otto", "olive"):
        editor = Person.objects.create_user(f"{name}@example.org", name=name.title())
        Membership.objects.create(person=editor, role=Role.EDITOR)
    first = Call.objects.get()
    Call.objects.update(pieces=3)
    same = {"rate_card": first.rate_card, "guidelines": "-", "rights": "-", "what_happens": "-"}
    Call.objects.create(title="Kitchens", slug="kitchens", anonymous=True, **same)
    Call.objects.create(title="Regulars", slug="regulars", kind="writers", **same)
    Subject.objects.create(name="Rare", slug="rare", content_note="-")
    writers = Person.objects.bulk_create(
        Person(email=f"writer-{number}@example.org", name=f"Wilma Number{number}") for number in range(WRITERS)
    )
    Byline.objects.bulk_create(
        Byline(person=writer, kind=BylineKind.PEN, name=f"Signed {number}") for number, writer in enumerate(writers)
    )


def grow_to(size: int) -> None:
    """Send more until there are `size`."""
    for first in range(Submission.objects.count(), size, BATCH):
        _send(range(first, min(first + BATCH, size)))


def editors_page() -> Client:
    """A client signed in as an editor, with a second factor."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(Person.objects.get(email="editor@example.org"))
    session = client.session
    session["account_authentication_methods"] = [{"method": "code"}, {"method": "mfa"}]
    session.save()
    return client


@transaction.atomic
def _send(numbers: range) -> None:
    sent = Submission.objects.bulk_create(_submissions(numbers))
    editor = Person.objects.get(email="editor@example.org")
    loss, rare = Subject.objects.get(slug="loss"), Subject.objects.get(slug="rare")
    for one, another in zip(sent[::20], sent[1::20], strict=True):
        another.sent_with = one
    Submission.objects.bulk_update(sent[1::20], ["sent_with"])
    touches = Submission.subjects.through.objects
    touches.bulk_create(
        Submission.subjects.through(submission=one, subject=subject)
        for number, one in zip(numbers, sent, strict=True)
        for subject, each in ((loss, 4), (rare, RARE))
        if number % each == 0
    )
    Reading.objects.bulk_create(
        Reading(submission=one, editor=editor, vote="yes", notes="Good.")
        for number, one in zip(numbers, sent, strict=True)
        if number % 20 == 1
    )
    Urgency.objects.bulk_create(
        Urgency(submission=one, why="It speaks of a day that is near.", marked_by=editor)
        for number, one in zip(numbers, sent, strict=True)
        if number % RARE == 1
    )


def _submissions(numbers: range) -> Iterator[Submission]:
    chance = random.Random(numbers.start)
    calls, bylines = list(Call.objects.order_by("pk")), list(Byline.objects.select_related("person"))
    hands: list[Any] = [None, *Person.objects.filter(memberships__role=Role.EDITOR)]
    now = clock.now()
    for number in numbers:
        due = _moment(now, chance)
        title, byline = f"The kettle number {number}", chance.choice(bylines)
        yield Submission(
            writer=byline.person,
            byline=byline,
            call=chance.choice(calls),
            state=STATES[number % len(STATES)],
            title=title,
            blind_title=title,
            source="-" * 5000,
            document=document(number),
            words=chance.randrange(300, 5000),
            submitted_at=due - timedelta(days=30),
            opened_at=due,
            reply_due=due,
            assigned_to=chance.choice(hands),
        )


def _moment(now: datetime, chance: random.Random) -> datetime:
    return now + timedelta(minutes=chance.randrange(-20_000, 40_000))
