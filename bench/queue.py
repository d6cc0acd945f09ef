"""A desk with thousands of submissions, most of them undecided, written in bulk: the rows that the verbs write."""

import json
import random
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

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
RARE = 20  # one story in so many is urgent, or touches the rare subject: a full page of them among a thousand
ONLY = 7  # the number of the one with a title of its own
ROUNDS, WARM = 15, 3


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


def measured() -> str:
    """For each way to see the queue: the median milliseconds of its page, and the queries, as JSON."""
    client, taken = _editors_client(), {name: [] for name in pages()}  # type: dict[str, list[float]]
    for number in range(ROUNDS + WARM):
        for name, path in pages().items():
            began = time.perf_counter()
            assert client.get(path).status_code == 200, path
            if number >= WARM:
                taken[name].append((time.perf_counter() - began) * 1000)
    return json.dumps({name: (median(taken[name]), _queries(client, path)) for name, path in pages().items()})


def pages() -> dict[str, str]:
    """The whole queue, and one page for each filter and order."""
    call, rare = Call.objects.get(slug="kitchens").pk, Subject.objects.get(slug="rare").pk
    open_ones = Submission.objects.filter(state="received").order_by("reply_due", "pk")
    middle = open_ones.values_list("key", flat=True)[open_ones.count() // 2]
    queries = {
        "everything": "",
        "from the middle on": f"after={middle}",
        "by age": "sort=age",
        "by length": "sort=length",
        "one call": f"call={call}",
        "applications": "kind=writers",
        "a rare subject": f"subject={rare}",
        "mine": "who=me",
        "nobody’s": "who=nobody",
        "read by me": "mine=in",
        "not read by me": "mine=out",
        "late": "due=late",
        "near": "due=near",
        "long": "length=long",
        "urgent": "urgent=yes",
        "with the writer": "where=writer",
        "a common word": "find=kettle",
        "a title": "find=only+one",
        "a word in no title": "find=zzz",
        "a word, mine, by length": "find=kettle&who=me&sort=length",
    }
    return {name: f"/desk/?{query}" for name, query in queries.items()}


def _editors_client() -> Client:
    """Signed in as an editor, with a second factor."""
    editor = Person.objects.get(email="editor@example.org")
    if not Authenticator.objects.filter(user=editor).exists():
        TOTP.activate(editor, generate_totp_secret())
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(editor)
    session = client.session
    session["account_authentication_methods"] = [{"method": "code"}, {"method": "mfa"}]
    session.save()
    return client


def _queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return sum(not query["sql"].startswith("PRAGMA") for query in captured.captured_queries)


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
        if number % 10 == 1
    )
    Urgency.objects.bulk_create(
        Urgency(submission=one, why="It speaks of a day that is near.", marked_by=editor)
        for number, one in zip(numbers, sent, strict=True)
        if number % RARE == 6
    )


def _submissions(numbers: range) -> Iterator[Submission]:
    chance = random.Random(numbers.start)
    calls, bylines = list(Call.objects.order_by("pk")), list(Byline.objects.select_related("person"))
    hands: list[Any] = [None, *Person.objects.filter(memberships__role=Role.EDITOR)]
    now = clock.now()
    for number in numbers:
        due = _moment(now, chance)
        title = "The only one" if number == ONLY else f"The kettle number {number}"
        byline = chance.choice(bylines)
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
