"""Plain factories, one for each thing, through the same verbs that the pages use; and a named cast."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from hearthpress.agreements.actions import sign
from hearthpress.agreements.enums import PayKind
from hearthpress.agreements.models import RateCard
from hearthpress.care.models import HelpLine, Subject
from hearthpress.common import clock
from hearthpress.editing import actions as editing
from hearthpress.editing.content import content, notes_of
from hearthpress.editing.models import CoWriter, Manuscript
from hearthpress.editing.writers import answer_co_writer, name_co_writer
from hearthpress.mail.models import Letter
from hearthpress.masthead.actions import set_up
from hearthpress.masthead.models import Masthead, Section
from hearthpress.people.enums import Role
from hearthpress.people.models import Membership, Person
from hearthpress.stories.actions import publish
from hearthpress.stories.models import Story
from hearthpress.submissions import actions as submissions
from hearthpress.submissions.enums import CallState, DecisionKind
from hearthpress.submissions.models import Call, Decision, Submission

TEXT = """The kettle was on when she rang, and I let it whistle.

We spoke for an hour about nothing at all, and I have kept that hour."""


def make_masthead(**values: Any) -> Masthead:
    defaults = {
        "name": "The Hall Light",
        "tagline": "True stories",
        "letters_from": "editors@example.org",
        "time_zone": "America/New_York",
        "currency": "USD",
    }
    return set_up({**defaults, **values}, [{"name": "Keeping"}, {"name": "Grieving"}])


def make_person(email: str, name: str = "", *roles: Role) -> Person:
    person = Person.objects.create_user(email, name=name or email.split("@", maxsplit=1)[0].title())
    for role in roles:
        Membership.objects.create(person=person, role=role)
    return person


def make_rate_card(**values: Any) -> RateCard:
    defaults = {
        "name": "Paid by readers",
        "kind": PayKind.PER_VIEW,
        "per_thousand": 600,
        "cap": 10000,
        "window_days": 30,
    }
    return RateCard.objects.create(**{**defaults, **values})


def make_call(**values: Any) -> Call:
    defaults = {
        "title": "Write for us",
        "slug": "write-for-us",
        "guidelines": "One true story.",
        "rights": "It stays yours.",
        "what_happens": "We answer.",
        "opens_at": clock.now() - timedelta(days=400),
        "state": CallState.OPEN,
    }
    return Call.objects.create(**{**defaults, "rate_card": values.pop("rate_card", None) or make_rate_card(), **values})


def make_subject(slug: str = "pregnancy-loss", **values: Any) -> Subject:
    defaults = {"name": slug.replace("-", " ").capitalize(), "content_note": "This story speaks of a loss."}
    subject = Subject.objects.create(slug=slug, **{**defaults, **values})
    line = HelpLine.objects.create(name="Sample line", contact="555-0101", verified_on=date(2026, 9, 1))
    line.subjects.add(subject)
    return subject


def make_draft(writer: Person, call: Call, title: str = "The Kettle", text: str = TEXT, **fields: Any) -> Submission:
    draft = Submission.objects.create(call=call, writer=writer)
    submissions.save_draft(draft, {"title": title, "source": text, "byline_kind": "legal", **fields})
    return draft


def make_submission(
    writer: Person, call: Call, title: str = "The Kettle", text: str = TEXT, **fields: Any
) -> Submission:
    """A piece that has been sent."""
    draft = make_draft(writer, call, title, text, **fields)
    submissions.send(draft)
    return draft


def release_and_tell(decision: Decision, editor: Person) -> Letter:
    """Released a minute ago: the writer is told now."""
    with clock.at(clock.now() - submissions.UNDO_WINDOW):
        submissions.release(decision, editor)
    return submissions.tell(decision)


def make_accepted(writer: Person, editor: Person, call: Call, **fields: Any) -> Submission:
    """Accepted, with the agreement waiting for the writer."""
    submission = make_submission(writer, call, **fields)
    submissions.leave_reading(submission, editor, "yes", "Good.")
    decision = submissions.prepare_decision(submission, editor, DecisionKind.ACCEPT, "We would like to publish it.")
    release_and_tell(decision, editor)
    submission.refresh_from_db()
    return submission


def make_manuscript(writer: Person, editor: Person, call: Call, **fields: Any) -> Manuscript:
    """Signed: the text is being edited."""
    submission = make_accepted(writer, editor, call, **fields)
    sign(submission.agreement, writer.name, submission.agreement.terms_sha256)
    return Manuscript.objects.select_related("submission__writer", "submission__agreement", "revision").get(
        submission=submission
    )


def edited(manuscript: Manuscript, **changes: Any) -> dict[str, Any]:
    """The manuscript's content with a section, with changes, and with the note that its subjects ask for."""
    value = {**manuscript.revision.content, "section": "keeping", **changes}
    value["content_note"] = value["content_note"] or notes_of(Subject.objects.filter(slug__in=value["subjects"]))
    value.pop("version")
    value.pop("share")
    return content(**value)


def make_approved(
    writer: Person, editor: Person, call: Call, changes: dict[str, Any] | None = None, **fields: Any
) -> Manuscript:
    manuscript = make_manuscript(writer, editor, call, **fields)
    editing.keep_version(manuscript, editor, edited(manuscript, **(changes or {})))
    editing.ask_for_approval(manuscript, editor)
    editing.approve(manuscript, writer, manuscript.revision.sha256)
    return manuscript


def make_co_writer(manuscript: Manuscript, by: Person, person: Person, name: str = "Cora") -> CoWriter:
    """Somebody who said that they wrote it too."""
    named = name_co_writer(manuscript, by, person.email, name)
    answer_co_writer(named, person, says_yes=True)
    return manuscript.further_writers.get(pk=named.pk)


def make_story(
    writer: Person,
    editor: Person,
    call: Call,
    *,
    at: datetime | None = None,
    changes: dict[str, Any] | None = None,
    **fields: Any,
) -> Story:
    """A story that is live, since `at` (now by default)."""
    moment = at or clock.now()
    with clock.at(moment):
        return publish(make_approved(writer, editor, call, changes, **fields), editor)


@dataclass
class Cast:
    """The people that stories in the tests recur to."""

    owner: Person
    editor: Person
    other_editor: Person
    bookkeeper: Person
    writer: Person
    other_writer: Person
    call: Call


def make_cast() -> Cast:
    make_masthead()
    return Cast(
        owner=make_person("owner@example.org", "Olive Owner", Role.OWNER),
        editor=make_person("editor@example.org", "Edith Editor", Role.EDITOR),
        other_editor=make_person("other-editor@example.org", "Otto Editor", Role.EDITOR),
        bookkeeper=make_person("books@example.org", "Bea Books", Role.BOOKKEEPER),
        writer=make_person("writer@example.org", "Wilma Writer"),
        other_writer=make_person("other-writer@example.org", "Oscar Writer"),
        call=make_call(),
    )


def add_second_factor(person: Person) -> str:
    """Give the person a TOTP authenticator; its secret, to make codes with."""
    secret = generate_totp_secret()
    if not Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(person, secret)
    return secret


def client_for(person: Person | None) -> Client:
    """A client signed in as the person, with a second factor shown when they have a role; anonymous for None."""
    client = Client()
    if person is None:
        return client
    client.force_login(person)
    if person.roles:
        add_second_factor(person)
        session = client.session
        session["account_authentication_methods"] = [{"method": "code"}, {"method": "mfa"}]
        session.save()
    return client


def section(slug: str = "keeping") -> Section:
    return Section.objects.get(slug=slug)
