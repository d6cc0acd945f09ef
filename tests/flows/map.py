"""The URL map: a page for each address, who may see it, and a world in which each has something to show."""

from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from PIL import Image

from hearthpress.care.models import Subject
from hearthpress.common import clock
from hearthpress.correspondence.actions import remark, write_to_editors, write_to_writer
from hearthpress.documents.notation import from_notation, to_notation
from hearthpress.documents.schema import Document
from hearthpress.editing import actions as editing
from hearthpress.editing import suggesting
from hearthpress.editing.models import CoWriter, Manuscript
from hearthpress.editing.pictures import add_picture
from hearthpress.editing.writers import name_co_writer
from hearthpress.mail.models import Letter
from hearthpress.masthead.models import Masthead
from hearthpress.pay.actions import close_month, make_batches, set_destination
from hearthpress.pay.models import PayoutBatch, Statement
from hearthpress.people.models import Membership, Person
from hearthpress.stories.actions import publish, set_tags
from hearthpress.stories.fixes import ask_by_letter, token_of
from hearthpress.stories.models import Story
from hearthpress.submissions import actions as submissions
from hearthpress.submissions.enums import AttachmentKind, CallState, Needed, QuestionKind
from hearthpress.submissions.marks import Mark
from hearthpress.submissions.models import Call, LetterTemplate, Question, SavedView, Submission
from hearthpress.tasks.actions import finish_task, make_task, need_task
from hearthpress.tasks.enums import TaskKind
from hearthpress.tasks.models import Task
from tests.factories import (
    TEXT,
    Cast,
    edited,
    make_accepted,
    make_approved,
    make_call,
    make_cast,
    make_co_writer,
    make_draft,
    make_manuscript,
    make_rate_card,
    make_story,
    make_subject,
    make_submission,
    release_and_tell,
)
from tests.pay.world import read

EVERYBODY, PERSON, WRITER, EDITOR, OWNER, BOOKS = "everybody", "person", "writer", "editor", "owner", "books"
DESK = (EDITOR, OWNER)
MONEY = (BOOKS, OWNER)
STEPS = """She wrote on Instagram that she was tired.

“I keep making the cup. I fire it and I put it on the shelf with the rest,” Delphine Arkwright wrote on Instagram.

RELATED: The Old Story"""

TYPED = f'{STEPS}\n\n"It\'s late - or early," she said.  Then nothing... ' + "We walked and " * 21 + "slept."


@dataclass
class World:
    """One thing in each state."""

    cast: Cast
    draft: Submission
    guessed: Submission
    sent: Submission
    prepared: Submission
    accepted: Submission
    editing: Submission
    asked: Submission
    changed: Submission
    ready: Submission
    scheduled: Submission
    story: Story
    gone: Story
    month: str
    statement: Statement
    batch: PayoutBatch
    letter: Letter
    task: Task
    view: SavedView
    late: Submission
    changing: Submission
    styled: Submission
    words: LetterTemplate
    co_written: Submission
    asked_too: CoWriter
    fix: str

    @property
    def named(self) -> CoWriter:
        """Somebody who was asked whether they wrote the changed story too, and has not answered."""
        return CoWriter.objects.get(manuscript__submission=self.changed)


def make_world() -> World:
    cast = make_cast()
    cast.call.delete()
    cast.call = make_call(rate_card=make_rate_card(per_thousand=600_000))
    subject = make_subject()
    writer, editor, call = cast.writer, cast.editor, cast.call
    _calls(cast)
    first = (clock.now().replace(day=1) - timedelta(days=10)).replace(day=3, hour=16)
    old = make_story(cast.other_writer, editor, call, title="The Old Story", at=first)
    with clock.at(first):
        story = _hard_story(cast, subject.slug)
        set_destination(writer, "wilma@example.org")
    for one in (old, story):
        set_tags(one, ["Kitchens", "Sisters"], editor, [])
    read(story, date(first.year, first.month, 5), 4)
    month = f"{first:%Y-%m}"
    close_month(month, cast.bookkeeper)
    gone = make_story(writer, editor, call, title="The Gone Story")
    submissions.withdraw(gone.manuscript.submission, writer)
    asked = make_manuscript(writer, editor, call, title="The Asked", text=f"{STEPS}\n\nMore words.")
    document = _with_all_kinds(asked.revision.content["document"])
    for block in document["content"]:
        if block["type"] == "related":
            block["attrs"]["story"] = old.key
    editing.keep_version(asked, editor, edited(asked, document=document, headline="The Asked Again"))
    due = clock.today(Masthead.current().time_zone) + timedelta(days=10)
    editing.ask_for_approval(asked, editor, due, "The end is as you wrote it. Take your time with the middle.")
    _speak_of(asked.submission, writer, editor)
    prepared = make_submission(cast.other_writer, call, title="The Prepared", text=STEPS)
    submissions.prepare_decision(prepared, editor, "accept", "We would be glad to publish it.")
    _held(cast)
    later = publish(make_approved(writer, editor, call, title="The Later"), editor, at=clock.now() + timedelta(days=3))
    return World(
        cast=cast,
        draft=_draft(writer, call),
        guessed=make_draft(
            writer, call, title="The Guessed", text=f"{STEPS}\n\n“We shall see about all of that in time.”"
        ),
        sent=make_submission(writer, call, title="The Sent", text=STEPS),
        prepared=prepared,
        accepted=make_accepted(writer, editor, call, title="The Accepted"),
        editing=_photo(_talked_about(make_manuscript(writer, editor, call, title="The Edited", text=STEPS), cast)),
        asked=asked.submission,
        changed=_changed(cast),
        ready=_cooling(cast),
        scheduled=later.manuscript.submission,
        story=story,
        gone=gone,
        month=month,
        statement=Statement.objects.get(writer=writer),
        batch=make_batches(cast.bookkeeper, "USD")[0],
        letter=Letter.objects.first(),
        task=_tasks(cast, prepared),
        view=SavedView.objects.create(editor=editor, name="Mine, late", query="who=me&due=late"),
        late=_late(cast),
        changing=_changing(cast),
        styled=make_manuscript(writer, editor, call, title="The Styled", text=TYPED).submission,
        words=_words(subject),
        co_written=_co_written(cast),
        asked_too=_asked_too(cast),
        fix=_fix(cast),
    )


def _fix(cast: Cast) -> str:
    """The link in a letter that asks the writer of a live story about a mistyped letter."""
    live = make_story(cast.writer, cast.editor, cast.call, title="The Mended")
    draft = suggesting.draft_of(live.manuscript)
    suggesting.suggest(draft, cast.editor, from_notation(to_notation(draft.document).replace("whistle", "whisle")))
    return token_of(ask_by_letter(live.manuscript, cast.editor))


def _co_written(cast: Cast) -> Submission:
    """The writer wrote it with its sender, who has said yes already."""
    manuscript = make_manuscript(cast.other_writer, cast.editor, cast.call, title="The Shared")
    make_co_writer(manuscript, cast.other_writer, cast.writer, "W. Wren")
    editing.save(manuscript, cast.editor, edited(manuscript, headline="The Shared Kettle"))
    editing.ask_for_approval(manuscript, cast.editor)
    editing.approve(manuscript, cast.other_writer, manuscript.revision.sha256)
    return manuscript.submission


def _asked_too(cast: Cast) -> CoWriter:
    """The writer is asked whether they wrote it too."""
    manuscript = make_manuscript(cast.other_writer, cast.editor, cast.call, title="The Doubted")
    return name_co_writer(manuscript, cast.other_writer, cast.writer.email, "W. Wren")


def _cooling(cast: Cast) -> Submission:
    """Approved just now, and its writer may think it over."""
    subject = make_subject("infant-death", name="Death of a baby", cooling_hours=24)
    changes = {"subjects": [subject.slug]}
    return make_approved(cast.writer, cast.editor, cast.call, changes, title="The Ready").submission


def _draft(writer: Person, call: Call) -> Submission:
    """With a file and two photos, of which one is described."""
    draft = make_draft(writer, call, title="The Draft")
    submissions.attach(draft, AttachmentKind.MANUSCRIPT, "draft.md", b"# The Draft\n\nSome more words.")
    _photo(draft)
    submissions.attach_photo(draft, "cup.jpg", _picture((30, 90, 160)))
    return draft


def _photo(submission: Submission) -> Submission:
    """With a photo of which all is said."""
    photo = submissions.attach_photo(submission, "porch.jpg", _picture())
    submissions.describe_photo(photo, credit="Wilma Writer", consent=True, alt="A field.")
    return submission


def _picture(colour: tuple[int, int, int] = (120, 90, 60)) -> bytes:
    out = BytesIO()
    Image.new("RGB", (1200, 800), colour).save(out, "JPEG")
    return out.getvalue()


def _calls(cast: Cast) -> None:
    """One to come and one for the circle, beside the open one; and what this one asks, now and after a yes."""
    card = cast.call.rate_card
    opens = clock.now() + timedelta(days=20)
    make_call(title="Autumn", slug="autumn", state=CallState.ANNOUNCED, opens_at=opens, rate_card=card)
    make_call(title="For regulars", slug="circle", circle_only=True, rate_card=card)
    submissions.join_circle(cast.writer, cast.editor)
    asks = [
        ("Where were you?", QuestionKind.TEXT, Needed.NEVER, []),
        ("Which season was it?", QuestionKind.CHOICE, Needed.NEVER, ["Spring", "Autumn"]),
        ("A picture of the door?", QuestionKind.FILE, Needed.NEVER, []),
        ("Your town?", QuestionKind.TEXT, Needed.ACCEPTANCE, []),
    ]
    for label, kind, needed, choices in asks:
        Question.objects.create(call=cast.call, label=label, kind=kind, needed=needed, choices=choices)
    Call.objects.filter(pk=cast.call.pk).update(max_words=2000, pieces=3)
    cast.call.refresh_from_db()


def _speak_of(submission: Submission, writer: Person, editor: Person) -> None:
    write_to_writer(submission, editor, "When did she ring? Nobody here can tell from the text.")
    write_to_editors(submission, writer, "At noon.\n\nThe kettle was on.")
    remark(submission, editor, "Then the second paragraph may go.")


def _words(subject: Subject) -> LetterTemplate:
    words = "Thank you for trusting us with this."
    return LetterTemplate.objects.create(name="For a loss", kind="decline", subject=subject, words=words)


def _changed(cast: Cast) -> Submission:
    """Approved, and changed by a few characters since."""
    manuscript = make_approved(cast.writer, cast.editor, cast.call, title="The Changed")
    document = from_notation(TEXT.replace("whistle.", "whistle!"))
    editing.keep_version(manuscript, cast.editor, edited(manuscript, document=document, headline="The Changed, Again"))
    name_co_writer(manuscript, cast.writer, "nia@example.org", "Nia")
    return manuscript.submission


def _held(cast: Cast) -> Submission:
    """Held apart from the queue."""
    submission = make_submission(cast.other_writer, cast.call, title="The Held")
    submissions.hold(submission, [Mark.LINKS])
    return submission


def _late(cast: Cast) -> Submission:
    with clock.at(clock.now() - timedelta(days=cast.call.reply_days + 2)):
        return make_submission(cast.writer, cast.call, title="The Late")


def _changing(cast: Cast) -> Submission:
    """With its writer for changes, whose day is past."""
    submission = make_submission(cast.writer, cast.call, title="The Changing")
    details = submissions.Details(revise_by=clock.now() - timedelta(days=1))
    decision = submissions.prepare_decision(submission, cast.editor, "revise", "Could it end on the porch?", details)
    release_and_tell(decision, cast.editor)
    return submission


def _tasks(cast: Cast, submission: Submission) -> Task:
    """One for each part of the list, and the one that is late."""
    today = clock.now().date()
    late = make_task(cast.editor, "Ring the printer", today - timedelta(days=3), assignee=cast.editor)
    make_task(cast.editor, "Ask about the cup", today, submission=submission)
    need_task(TaskKind.PROMISE_NEAR, submission, today + timedelta(days=9), cast.other_editor)
    finish_task(make_task(cast.owner, "Thank the reader", today), cast.owner)
    return late


def _with_all_kinds(document: Document) -> Document:
    """The text, with what else may stand in one: a scene break, a picture, passages that readers can skip."""
    lake, road = (add_picture(_picture(colour), None).sha256 for colour in ((60, 90, 130), (150, 120, 90)))
    more = f"""* * *

PICTURE: {lake} | A lake without a boat. | The lake, the summer after. | Photo: Ours

The road there is short.

GENTLE: the loss of a child

## The ward

They gave us a room with a window, and nobody said the word.

> “We are so sorry,” the nurse wrote.
>
> — A nurse | a card

* * *

PICTURE: {road} | A road with leaves on it. | | Photo: Ours

GENTLE END

We drove home.

GENTLE:

It was the same road.

GENTLE END

The kettle was on."""
    return {**document, "content": [*document["content"], *from_notation(more)["content"]]}


def _hard_story(cast: Cast, subject: str) -> Story:
    picture = {
        "sha256": add_picture(_picture(), None).sha256,
        "alt": "A brown field.",
        "caption": "",
        "credit": "Ours",
    }
    changes = {
        "subjects": [subject],
        "content_note": "It speaks of a loss.",
        "picture": picture,
        "standfirst": "A cup.",
        "document": _with_all_kinds(from_notation(TEXT)),
    }
    return make_story(cast.writer, cast.editor, cast.call, title="The Hard Story", changes=changes)


def pages(world: World) -> dict[str, tuple[str, tuple[str, ...]]]:
    """For the name of each address: a page of it, and who may see it."""
    kept = world.story.manuscript.submission.key
    picture = [world.story.picture_sha256, 480]
    member = Membership.objects.get(person=world.cast.other_editor).pk
    of = reverse
    return {
        "magazine:front": (of("magazine:front"), (EVERYBODY,)),
        "magazine:section": (of("magazine:section", args=["keeping"]), (EVERYBODY,)),
        "magazine:section_older": (of("magazine:section_older", args=["keeping", world.story.pk]), (EVERYBODY,)),
        "magazine:tag": (of("magazine:tag", args=["kitchens"]), (EVERYBODY,)),
        "magazine:tag_older": (of("magazine:tag_older", args=["kitchens", world.story.pk]), (EVERYBODY,)),
        "magazine:writer": (of("magazine:writer", args=["wilma-writer"]), (EVERYBODY,)),
        "magazine:writer_older": (of("magazine:writer_older", args=["oscar-writer", world.story.pk]), (EVERYBODY,)),
        "magazine:archive": (of("magazine:archive"), (EVERYBODY,)),
        "magazine:month": (of("magazine:month", args=world.month.split("-")), (EVERYBODY,)),
        "magazine:month_older": (
            of("magazine:month_older", args=[*world.month.split("-"), world.story.pk]),
            (EVERYBODY,),
        ),
        "magazine:story": (world.story.get_absolute_url(), (EVERYBODY,)),
        "magazine:write_for_us": (of("magazine:write_for_us"), (EVERYBODY,)),
        "magazine:call": (of("magazine:call", args=["autumn"]), (EVERYBODY,)),
        "magazine:promises": (of("magazine:promises"), (EVERYBODY,)),
        "search:page": (f"{of('search:page')}?q=kettel+hard", (EVERYBODY,)),
        "account_login": (of("account_login"), (EVERYBODY,)),
        "profile": (of("profile"), (PERSON,)),
        "account_logout": (of("account_logout"), (PERSON,)),
        "account_inactive": (of("account_inactive"), (EVERYBODY,)),
        "mfa_index": (of("mfa_index"), (EDITOR,)),
        "mfa_view_recovery_codes": (of("mfa_view_recovery_codes"), (EDITOR,)),
        "mfa_generate_recovery_codes": (of("mfa_generate_recovery_codes"), (EDITOR,)),
        "mfa_activate_totp": (of("mfa_activate_totp"), (PERSON,)),
        "mfa_deactivate_totp": (of("mfa_deactivate_totp"), (EDITOR,)),
        "mfa_list_webauthn": (of("mfa_list_webauthn"), (PERSON, EDITOR)),
        "mfa_add_webauthn": (of("mfa_add_webauthn"), (PERSON, EDITOR)),
        "room:home": (of("room:home"), (WRITER, PERSON)),
        "room:earnings": (of("room:earnings"), (WRITER, PERSON)),
        "room:statement": (of("room:statement", args=[world.month]), (WRITER,)),
        "room:payment": (of("room:payment"), (WRITER, PERSON)),
        "room:submission": (of("room:submission", args=[world.sent.key]), (WRITER,)),
        "room:draft": (of("room:draft", args=[world.draft.key]), (WRITER,)),
        "room:file": (of("room:file", args=[world.draft.key]), (WRITER,)),
        "room:photos": (of("room:photos", args=[world.draft.key]), (WRITER,)),
        "room:call": (of("room:call", args=["circle"]), (WRITER,)),
        "room:questions": (of("room:questions", args=[world.accepted.key]), (WRITER,)),
        "room:thrown_away": (of("room:thrown_away", args=[world.draft.key]), (WRITER,)),
        "room:check": (of("room:check", args=[world.guessed.key]), (WRITER,)),
        "room:more_time": (of("room:more_time", args=[world.changing.key]), (WRITER,)),
        "room:withdrawal": (of("room:withdrawal", args=[kept]), (WRITER,)),
        "room:agreement": (of("room:agreement", args=[world.accepted.key]), (WRITER,)),
        "room:refusal": (of("room:refusal", args=[world.accepted.key]), (WRITER,)),
        "room:approval": (of("room:approval", args=[world.asked.key]), (WRITER,)),
        "room:fix": (of("room:fix", args=[world.fix]), (EVERYBODY,)),
        "room:writers": (of("room:writers", args=[world.changed.key]), (WRITER,)),
        "room:question": (of("room:question", args=[world.asked_too.key]), (WRITER,)),
        "room:leaving": (of("room:leaving", args=[world.changed.key, world.named.key]), (WRITER,)),
        "room:taking_back": (of("room:taking_back", args=[world.co_written.key]), (WRITER,)),
        "room:preview": (of("room:preview", args=[world.asked.key]), (WRITER,)),
        "room:comparison": (f"{of('room:comparison', args=[world.asked.key])}?look=beside", (WRITER,)),
        "room:suggestions": (of("room:suggestions", args=[world.editing.key]), (WRITER,)),
        "room:people": (of("room:people", args=[world.asked.key]), (WRITER,)),
        "room:messages": (of("room:messages", args=[world.asked.key]), (WRITER,)),
        "desk:queue": (of("desk:queue"), DESK),
        "desk:promises": (of("desk:promises"), DESK),
        "desk:apologies": (f"{of('desk:apologies')}?story={world.late.key}", DESK),
        "desk:left_open": (of("desk:left_open", args=[world.changing.key]), DESK),
        "desk:giving_back": (of("desk:giving_back", args=[world.editing.key]), DESK),
        "desk:agreement_time": (of("desk:agreement_time", args=[world.accepted.key]), DESK),
        "desk:stories": (of("desk:stories"), DESK),
        "desk:summary": (of("desk:summary", args=[world.sent.key]), DESK),
        "desk:views": (of("desk:views"), DESK),
        "desk:view": (of("desk:view", args=[world.view.pk]), (EDITOR,)),
        "desk:view_removal": (of("desk:view_removal", args=[world.view.pk]), (EDITOR,)),
        "desk:assignments": (f"{of('desk:assignments')}?story={world.sent.key}", DESK),
        "desk:duty": (of("desk:duty"), DESK),
        "desk:outbox": (of("desk:outbox"), DESK),
        "desk:words": (of("desk:words"), DESK),
        "desk:words_new": (of("desk:words_new"), DESK),
        "desk:words_of": (of("desk:words_of", args=[world.words.pk]), DESK),
        "desk:decisions_new": (
            f"{of('desk:decisions_new')}?story={world.sent.key}&story={world.late.key}&kind=decline",
            DESK,
        ),
        "desk:held": (of("desk:held"), DESK),
        "desk:releases": (f"{of('desk:releases')}?decision={world.prepared.decisions.get().pk}", DESK),
        "desk:tasks": (f"{of('desk:tasks')}?whose=all", DESK),
        "desk:task_new": (f"{of('desk:task_new')}?story={world.sent.key}", DESK),
        "desk:task": (of("desk:task", args=[world.task.key]), DESK),
        "desk:letters": (of("desk:letters"), DESK),
        "desk:numbers": (of("desk:numbers"), DESK),
        "desk:team": (of("desk:team"), (OWNER,)),
        "desk:member": (of("desk:member", args=[member]), (OWNER,)),
        "desk:removal": (of("desk:removal", args=[member]), (OWNER,)),
        "desk:magazine": (of("desk:magazine"), (OWNER,)),
        "desk:calls": (of("desk:calls"), DESK),
        "desk:call": (of("desk:call", args=["write-for-us"]), DESK),
        "desk:call_new": (of("desk:call_new", args=["stories"]), (OWNER,)),
        "desk:call_text": (of("desk:call_text", args=["write-for-us"]), (OWNER,)),
        "desk:call_questions": (of("desk:call_questions", args=["write-for-us"]), (OWNER,)),
        "desk:call_preview": (of("desk:call_preview", args=["autumn"]), (OWNER,)),
        "desk:call_opening": (of("desk:call_opening", args=["autumn"]), (OWNER,)),
        "desk:call_closing": (of("desk:call_closing", args=["write-for-us"]), (OWNER,)),
        "desk:call_extension": (of("desk:call_extension", args=["write-for-us"]), (OWNER,)),
        "desk:call_deletion": (of("desk:call_deletion", args=["write-for-us"]), (OWNER,)),
        "desk:circle": (of("desk:circle"), DESK),
        "desk:subjects": (of("desk:subjects"), (OWNER,)),
        "desk:subject_new": (of("desk:subject_new"), (OWNER,)),
        "desk:subject": (of("desk:subject", args=["pregnancy-loss"]), (OWNER,)),
        "desk:submission": (of("desk:submission", args=[world.sent.key]), DESK),
        "desk:decision": (f"{of('desk:decision', args=[world.sent.key])}?kind=decline", DESK),
        "desk:release": (of("desk:release", args=[world.prepared.key]), DESK),
        "desk:correspondence": (of("desk:correspondence", args=[world.asked.key]), DESK),
        "desk:doubles": (of("desk:doubles", args=[world.sent.key]), DESK),
        "desk:double": (of("desk:double", args=[world.sent.key, world.prepared.key]), DESK),
        "desk:suggestions": (of("desk:suggestions", args=[world.editing.key]), DESK),
        "desk:manuscript": (of("desk:manuscript", args=[world.editing.key]), DESK),
        "desk:versions": (of("desk:versions", args=[world.asked.key]), DESK),
        "desk:comparison": (of("desk:comparison", args=[world.asked.key]), DESK),
        "desk:restoration": (of("desk:restoration", args=[world.asked.key, 1]), DESK),
        "desk:revision": (of("desk:revision", args=[world.asked.key, 2]), DESK),
        "desk:approval_request": (of("desk:approval_request", args=[world.changed.key]), DESK),
        "desk:house_style": (of("desk:house_style", args=[world.styled.key]), DESK),
        "desk:people": (of("desk:people", args=[world.asked.key]), DESK),
        "desk:renaming": (f"{of('desk:renaming', args=[world.asked.key])}?name=Delphine+Arkwright&shown=D.+A.", DESK),
        "desk:picture_focus": (of("desk:picture_focus", args=[kept]), DESK),
        "desk:preview": (of("desk:preview", args=[kept]), DESK),
        "desk:writers": (of("desk:writers", args=[world.changed.key]), DESK),
        "desk:writer_removal": (of("desk:writer_removal", args=[world.changed.key, world.named.key]), DESK),
        "desk:publication": (of("desk:publication", args=[world.ready.key]), DESK),
        "desk:retraction": (of("desk:retraction", args=[kept]), DESK),
        "desk:correction": (of("desk:correction", args=[kept]), DESK),
        "books:home": (of("books:home"), MONEY),
        "books:verification": (of("books:verification"), MONEY),
        "books:month": (f"/books/{world.month}/", MONEY),
        "books:closing": (f"/books/{world.month}/closing/", MONEY),
        "books:statement": (of("books:statement", args=[world.statement.key]), MONEY),
        "books:payouts": (of("books:payouts"), MONEY),
        "books:batch": (of("books:batch", args=[world.batch.key]), MONEY),
        "books:batch_payment": (of("books:batch_payment", args=[world.batch.key]), MONEY),
        "books:batch_cancellation": (of("books:batch_cancellation", args=[world.batch.key]), MONEY),
        "books:transfers": (of("books:transfers"), MONEY),
        "magazine:picture": (of("magazine:picture", args=picture), ()),
        "magazine:picture_avif": (of("magazine:picture_avif", args=picture), ()),
    }


# Addresses that are no page to look at, each with the reason.
NO_PAGES = {
    "account_confirm_login_code": "needs a sign-in that is under way: looked at in the journey",
    "account_request_login_code": "the same page as account_login",
    "account_reauthenticate": "asked for by no page of ours: who signs in by code confirms with the second factor",
    "code_letter": "JSON",
    "fragment": "a part of every public page, for who is signed in: tests/people looks at it",
    "home": "leads on",
    "desk:departure": "POST only",
    "desk:fix_request": "POST only",
    "magazine:waiting": "POST only: tests/magazine looks at what it answers",
    "magazine:feed_atom": "a feed: read by feedparser in tests/magazine",
    "magazine:feed_json": "a feed",
    "magazine:feed_rss": "a feed",
    "magazine:section_feed": "a feed",
    "magazine:tag_feed": "a feed",
    "magazine:writer_feed": "a feed",
    "magazine:oembed": "leads on",
    "magazine:oembed_story": "JSON",
    "magazine:robots": "plain text",
    "magazine:sitemap": "XML",
    "magazine:sitemap_news": "XML",
    "magazine:sitemap_pages": "XML",
    "magazine:sitemap_stories": "XML",
    "mfa_authenticate": "needs a sign-in that is under way: looked at in the journey",
    "mfa_download_recovery_codes": "plain text",
    "mfa_edit_webauthn": "needs a passkey",
    "mfa_reauthenticate": "needs a session that is old",
    "mfa_reauthenticate_webauthn": "needs a session that is old",
    "mfa_remove_webauthn": "needs a passkey",
    "readership:image": "a picture",
    "readership:report": "takes views in",
    "room:begin": "leads on to the draft",
    "room:draft_saved": "JSON",
    "room:pasted": "JSON",
    "room:photo": "a picture",
    "room:sending": "POST only",
    "room:change": "POST only; with an error it draws the page of approval",
    "room:approval_picture_within": "a picture",
    **{
        f"{place}:suggestions_{name}": how
        for place in ("room", "desk")
        for name, how in (
            ("kept", "JSON"),
            ("answer", "POST only"),
            ("remark", "POST only; with an error it draws the page of the suggestions"),
            ("related", "JSON: tests/search/test_beside.py"),
            ("done", "POST only"),
        )
    },
    "room:cooling_waiver": "POST only",
    "desk:letter_sending": "POST only",
    "desk:digest": "POST only",
    "desk:task_completion": "POST only",
    "desk:task_removal": "POST only",
    "desk:task_reopening": "POST only",
    "desk:picture": "a picture",
    "desk:tags": "POST only; with an error it draws the page of publication",
    "desk:message": "POST only; with an error it draws the page of the correspondence",
    "desk:remark": "POST only; with an error it draws the page of the correspondence",
    "desk:reading": "POST only; with an error it draws the page of the submission",
    "desk:conflict": "POST only; with an error it draws the page of the submission",
    "desk:conflict_removal": "POST only",
    "desk:urgency": "POST only; with an error it draws the page of the submission",
    "desk:urgency_removal": "POST only",
    "desk:assignment": "POST only; with an error it draws the page of the submission",
    "desk:subjects_touched": "POST only; with an error it draws the page of the submission",
    "desk:presence": "JSON",
    "desk:text": "plain text",
    "desk:file": "a file",
    "desk:decision_dropped": "POST only",
    "desk:words_retirement": "POST only",
    "desk:releases_undone": "POST only",
    "desk:release_undone": "POST only",
    "desk:letting_in": "POST only",
    "books:batch_file": "a file",
    "books:transfer_file": "a file",
    "sample:demo": "there only in the demo: tests/sample looks at it",
    "sample:letters": "there only in the demo",
    "sample:letter": "there only in the demo",
    "sample:authenticator": "there only in the demo",
}


def _talked_about(manuscript: Manuscript, cast: Cast) -> Submission:
    """With suggestions of each kind, and a remark that was answered and one that was not."""
    draft = suggesting.draft_of(manuscript)
    wanted = to_notation(draft.document).replace("tired", "weary").replace("RELATED", "New words.\n\nRELATED")
    suggesting.suggest(draft, cast.editor, from_notation(wanted))
    about = suggesting.remark(draft, cast.editor, "Is it the right word?", suggesting.Passage("tired", "", ""))
    suggesting.remark(draft, cast.writer, "It is.", about=about)
    suggesting.remark(draft, cast.writer, "Thank you for reading it so closely.")
    return manuscript.submission


def names(resolver: URLResolver | None = None, prefix: str = "") -> set[str]:
    """Every named address of the program."""
    found: set[str] = set()
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            found.add(f"{prefix}{entry.name}")
        else:
            found |= names(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
    return found
