"""The text under edit: nothing typed is lost, nobody is saved over unseen, and bad input is told beside its field."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django.asserts import assertContains

from hearthpress.documents.notation import from_notation
from hearthpress.documents.suggestions import accepted, identities
from hearthpress.documents.walk import of_kind, without_particulars
from hearthpress.editing import actions
from hearthpress.editing.actions import NotReady
from hearthpress.editing.enums import ManuscriptState
from hearthpress.editing.models import Manuscript, Picture
from hearthpress.editing.pictures import add_picture
from hearthpress.editing.suggesting import agree, answer, draft_of, suggest
from hearthpress.mail.models import Letter
from hearthpress.masthead.models import Section
from hearthpress.stories.actions import publish
from hearthpress.stories.models import Story
from hearthpress.submissions.actions import withdraw
from tests.factories import Cast, client_for, edited, make_approved, make_manuscript, make_story, make_subject
from tests.together import at_once

pytestmark = pytest.mark.django_db

TEXT = """We talked until it was dark.

> The water held me.
>
> — Ada | Instagram

RELATED: The Last Good Coat

And then we did not."""


@pytest.fixture
def manuscript(cast: Cast) -> Manuscript:
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call)
    actions.keep_version(manuscript, cast.editor, edited(manuscript, document=from_notation(TEXT), slug="the-kettle"))
    return manuscript


@pytest.fixture
def editor(cast: Cast) -> Client:
    return client_for(cast.editor)


def form_of(client: Client, manuscript: Manuscript) -> dict[str, Any]:
    """What a browser would send if nobody changed anything."""
    bench = client.get(f"/desk/{manuscript.submission.key}/manuscript/").context["bench"]
    rows = [*bench.quotes, *bench.related, *bench.figures, *bench.gentle]
    forms = [bench.text, *(row.form for row in rows)]
    values = {field.html_name: field.value() for form in forms for field in form}
    return {name: value for name, value in values.items() if value not in (None, False)}


def send(client: Client, manuscript: Manuscript, data: dict[str, Any], **changes: Any) -> Any:
    return client.post(f"/desk/{manuscript.submission.key}/manuscript/", {**data, **changes})


def newest(manuscript: Manuscript) -> dict[str, Any]:
    return Manuscript.objects.select_related("revision").get(pk=manuscript.pk).revision.content


def ready(cast: Cast, manuscript: Manuscript) -> None:
    """Nothing is missing: the line that leads nowhere is out."""
    document = from_notation(TEXT.replace("RELATED: The Last Good Coat\n\n", ""))
    actions.keep_version(manuscript, cast.editor, edited(manuscript, document=document))


def picture(kind: str = "PNG") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (640, 400), "teal").save(out, kind)
    return SimpleUploadedFile("sea.png", out.getvalue())


def test_saving_what_nobody_changed_makes_no_version(manuscript: Manuscript, editor: Client) -> None:
    before = newest(manuscript)

    send(editor, manuscript, form_of(editor, manuscript))

    assert newest(manuscript) == before
    assert manuscript.revisions.count() == 2


def test_what_was_changed_is_said_with_the_version_and_to_the_writer(cast: Cast, editor: Client) -> None:
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call)
    data = form_of(editor, manuscript)

    send(editor, manuscript, data, section="keeping", headline="The Kettle, Again", why="A headline of your <words>.")

    now = Manuscript.objects.select_related("revision").get(pk=manuscript.pk)
    actions.ask_for_approval(now, cast.editor)
    pages = [
        editor.get(f"/desk/{manuscript.submission.key}/manuscript/"),
        editor.get(f"/desk/{manuscript.submission.key}/manuscript/{now.revision.number}/"),
        client_for(cast.writer).get(f"/write/{manuscript.submission.key}/approval/"),
    ]
    assert now.revision.why == "A headline of your <words>."
    for page in pages:
        assertContains(page, "A headline of your &lt;words&gt;.")


def test_every_field_is_kept(cast: Cast, manuscript: Manuscript, editor: Client) -> None:
    make_subject()
    target = make_story(cast.other_writer, cast.editor, cast.call, title="The Last Good Coat")
    data = form_of(editor, manuscript)

    answer = send(
        editor,
        manuscript,
        data,
        headline="  The  Kettle, Again ",
        standfirst="Two friends.",
        slug="the-kettle-again",
        section="grieving",
        subjects=["pregnancy-loss"],
        content_note="It speaks of a loss.",
        **{
            "related-0-story": target.key,
            "quote-0-permalink": "https://www.example.com/p/1",
            "quote-0-speaker": "Ada B.",
        },
    )

    value = newest(manuscript)
    assert answer.status_code == 302
    assert (value["standfirst"], value["slug"], value["section"]) == ("Two friends.", "the-kettle-again", "grieving")
    assert (value["subjects"], value["content_note"]) == (["pregnancy-loss"], "It speaks of a loss.")
    blocks = {block["type"]: block.get("attrs") for block in value["document"]["content"]}
    assert blocks["related"] == {"title": "The Last Good Coat", "story": target.key}
    assert (blocks["quote"]["speaker"], blocks["quote"]["permalink"]) == ("Ada B.", "https://www.example.com/p/1")
    assert value["byline"] == "Wilma Writer"


def test_related_line_is_offered_the_story_with_its_title(cast: Cast, manuscript: Manuscript, editor: Client) -> None:
    target = make_story(cast.other_writer, cast.editor, cast.call, title="The last good coat!")
    make_story(cast.other_writer, cast.editor, cast.call, title="Route 14, Second Stop")

    answer = editor.get(f"/desk/{manuscript.submission.key}/manuscript/")

    (row,) = answer.context["bench"].related
    assert (row.form.suggested, row.form.initial["story"]) == (target.key, target.key)
    assert "our suggestion" in answer.content.decode()


def test_related_line_is_offered_nothing_that_the_care_rules_keep_apart(
    cast: Cast, manuscript: Manuscript, editor: Client
) -> None:
    loss, birth = make_subject(), make_subject("birth")
    loss.never_beside.add(birth)
    other = make_story(
        cast.other_writer, cast.editor, cast.call, title="The Last Good Coat", changes={"subjects": ["birth"]}
    )
    data = form_of(editor, manuscript)

    answer = send(
        editor, manuscript, data, subjects=["pregnancy-loss"], content_note="A loss.", **{"related-0-story": other.key}
    )

    (row,) = answer.context["bench"].related
    assert row.form.errors["story"]
    assert not any(other.key in str(choice) for choice in row.form.fields["story"].widget.choices)


def test_related_line_may_lead_to_the_address_of_a_story(cast: Cast, manuscript: Manuscript, editor: Client) -> None:
    other = make_story(cast.other_writer, cast.editor, cast.call, title="Route 14, Second Stop")
    data = form_of(editor, manuscript)

    send(editor, manuscript, data, **{"related-0-address": f"https://example.org/stories/{other.slug}/"})

    assert [b["attrs"]["story"] for b in newest(manuscript)["document"]["content"] if b["type"] == "related"] == [
        other.key
    ]


def test_taking_a_related_line_out_is_a_suggestion(manuscript: Manuscript, editor: Client) -> None:
    before = newest(manuscript)

    send(editor, manuscript, form_of(editor, manuscript), **{"related-0-story": "take out"})

    assert newest(manuscript) == before
    wanted = accepted(draft_of(manuscript).document)
    assert "related" not in {block["type"] for block in wanted["content"]}
    assert draft_of(manuscript).suggestions.get().made_by.name == "Edith Editor"


def test_stale_save_is_refused_with_both_texts_on_the_page(cast: Cast, manuscript: Manuscript, editor: Client) -> None:
    mine = form_of(editor, manuscript)
    theirs = client_for(cast.other_editor)
    send(theirs, manuscript, form_of(theirs, manuscript), headline="Their headline", standfirst="Theirs stands here.")

    answer = send(editor, manuscript, mine, headline="My headline", standfirst="My long evening of work.")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert all(words in page for words in ("Their headline", "Theirs stands here.", "My headline", "My long evening"))
    assert newest(manuscript)["headline"] == "Their headline"


def test_stale_save_goes_through_once_the_other_text_was_seen(
    cast: Cast, manuscript: Manuscript, editor: Client
) -> None:
    mine = form_of(editor, manuscript)
    theirs = client_for(cast.other_editor)
    send(theirs, manuscript, form_of(theirs, manuscript), headline="Their headline")
    refused = send(editor, manuscript, mine, headline="My headline")

    over = refused.context["bench"].text["over"].value()
    send(editor, manuscript, mine, headline="My headline", over=over)

    assert newest(manuscript)["headline"] == "My headline"
    assert manuscript.revisions.count() == 4


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("slug", "../../etc/passwd"),
        ("slug", "<script>"),
        ("slug", "ein kleines haus"),
        ("quote-0-permalink", "javascript:alert(1)"),
        ("quote-0-permalink", "data:text/html,hello"),
        ("quote-0-permalink", "//evil.example.com"),
        ("headline", "x" * 201),
        ("headline", "nul\x00l"),
        ("section", "nowhere"),
        ("subjects", ["nothing"]),
        ("related-0-story", "0000"),
        ("related-0-address", "https://elsewhere.example.com/x/"),
        ("picture_sha256", "f" * 64),
        ("text_picture_sha256", "f" * 64),
    ],
)
def test_bad_input_is_told_and_nothing_is_lost(manuscript: Manuscript, editor: Client, field: str, value: Any) -> None:
    before = newest(manuscript)
    data = form_of(editor, manuscript)

    answer = send(editor, manuscript, data, **{"standfirst": "An evening of work.", field: value})

    assert answer.status_code == 200
    assert answer.context["bench"].has_errors
    assert "Not saved yet" in answer.content.decode()
    assert "An evening of work." in answer.content.decode()
    assert newest(manuscript) == before


def test_five_hundred_related_lines_can_be_saved(cast: Cast, editor: Client) -> None:
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call)
    many = from_notation("\n\n".join(f"RELATED: Title number {n}" for n in range(500)))
    actions.keep_version(manuscript, cast.editor, edited(manuscript, document=many))

    answer = send(editor, manuscript, form_of(editor, manuscript), headline="Still here")

    assert answer.status_code == 302
    assert len(newest(manuscript)["document"]["content"]) == 500


def test_words_are_not_changed_here(cast: Cast, manuscript: Manuscript) -> None:
    with pytest.raises(NotReady, match="changed by suggestions"):
        actions.save(manuscript, cast.editor, edited(manuscript, document=from_notation("Other words.")))

    assert manuscript.revisions.count() == 2


@pytest.mark.parametrize("base", ["0" * 64, "", "\x00", "é"])
def test_version_that_never_was_is_not_there(manuscript: Manuscript, editor: Client, base: str) -> None:
    answer = send(editor, manuscript, form_of(editor, manuscript), base=base)

    assert answer.status_code == 404


def test_text_of_a_story_taken_back_is_not_saved_and_not_shown(
    cast: Cast, manuscript: Manuscript, editor: Client
) -> None:
    data = form_of(editor, manuscript)
    withdraw(manuscript.submission, cast.writer)

    answer = send(editor, manuscript, data, headline="An evening of work")

    assert answer.status_code == 404
    assert "This story was taken back" in answer.content.decode()
    assert "An evening of work" not in answer.content.decode()
    assert manuscript.revisions.count() == 2


def test_subject_without_a_note_brings_its_own(manuscript: Manuscript, editor: Client) -> None:
    make_subject(content_note="This story speaks of a loss.")

    send(editor, manuscript, form_of(editor, manuscript), subjects=["pregnancy-loss"], content_note="")

    assert newest(manuscript)["content_note"] == "This story speaks of a loss."


def test_picture_is_stored_and_shown_to_editors_alone(cast: Cast, manuscript: Manuscript, editor: Client) -> None:
    data = {**form_of(editor, manuscript), "picture": picture(), "alt": "The sea", "credit": "Ada"}

    send(editor, manuscript, data)

    kept = newest(manuscript)["picture"]
    address = f"/desk/pictures/{kept['sha256']}-640.webp"
    assert (kept["alt"], kept["credit"]) == ("The sea", "Ada")
    assert editor.get(address)["Content-Type"] == "image/webp"
    assert [client_for(person).get(address).status_code for person in (cast.writer, cast.bookkeeper)] == [404, 404]
    assert client_for(None).get(f"/pictures/{kept['sha256']}-640.webp").status_code == 404


def test_picture_is_kept_when_something_else_must_be_mended(manuscript: Manuscript, editor: Client) -> None:
    data = {**form_of(editor, manuscript), "picture": picture(), "alt": "The sea"}

    answer = send(editor, manuscript, data, slug="not a slug")
    again = {**data, "picture_sha256": answer.context["bench"].picture_now}
    del again["picture"]
    send(editor, manuscript, again, slug="a-slug")

    assert newest(manuscript)["picture"]["sha256"] == Picture.objects.get().sha256


@pytest.mark.parametrize("data", [b"", b"no picture", b"\x89PNG\r\n\x1a\n cut off", b"GIF89a\x01\x00"])
def test_picture_that_is_none_is_told_beside_the_field(manuscript: Manuscript, editor: Client, data: bytes) -> None:
    sent = {**form_of(editor, manuscript), "picture": SimpleUploadedFile("x.png", data)}

    answer = send(editor, manuscript, sent, standfirst="An evening of work.")

    assert answer.context["bench"].text.errors["picture"]
    assert "An evening of work." in answer.content.decode()


def test_picture_is_taken_out(manuscript: Manuscript, editor: Client) -> None:
    send(editor, manuscript, {**form_of(editor, manuscript), "picture": picture(), "alt": "The sea"})

    send(editor, manuscript, form_of(editor, manuscript), no_picture="on")

    assert newest(manuscript)["picture"] is None


def test_approval_is_not_asked_while_something_is_missing(manuscript: Manuscript, editor: Client) -> None:
    answer = editor.post(f"/desk/{manuscript.submission.key}/approval-request/", {"revision": "x"})

    manuscript.refresh_from_db()
    assert "Choose the story for the related line “The Last Good Coat”" in answer.content.decode()
    assert manuscript.state == ManuscriptState.EDITING


def test_approval_is_asked_for_the_version_that_was_shown(cast: Cast, manuscript: Manuscript, editor: Client) -> None:
    ready(cast, manuscript)
    path = f"/desk/{manuscript.submission.key}/approval-request/"
    shown = editor.get(path).context["revision"].sha256
    send(editor, manuscript, form_of(editor, manuscript), headline="Changed meanwhile")

    stale = editor.post(path, {"revision": shown})
    fresh = editor.post(path, {"revision": stale.context["revision"].sha256})

    manuscript.refresh_from_db()
    assert "The text was changed meanwhile." in stale.content.decode()
    assert fresh.status_code == 302
    assert manuscript.state == ManuscriptState.ASKED
    assert Letter.objects.filter(kind="editing/approval_asked").count() == 1


def test_approval_asked_twice_sends_one_letter(cast: Cast, manuscript: Manuscript, editor: Client) -> None:
    ready(cast, manuscript)
    path = f"/desk/{manuscript.submission.key}/approval-request/"
    shown = editor.get(path).context["revision"].sha256
    editor.post(path, {"revision": shown})

    answer = client_for(cast.other_editor).post(path, {"revision": shown})

    assert "The writer has been asked already." in answer.content.decode()
    assert Letter.objects.filter(kind="editing/approval_asked").count() == 1


def test_what_the_writer_asked_for_stands_on_the_page(cast: Cast, manuscript: Manuscript, editor: Client) -> None:
    ready(cast, manuscript)
    fresh = Manuscript.objects.select_related("revision", "submission__writer").get(pk=manuscript.pk)
    actions.ask_for_approval(fresh, cast.editor)
    actions.ask_for_change(fresh, cast.writer, "Please call her Mam, not Mom.")

    page = editor.get(f"/desk/{manuscript.submission.key}/manuscript/").content.decode()

    assert "Please call her Mam, not Mom." in page


def test_version_shows_what_differs_from_the_writers_text(manuscript: Manuscript, editor: Client) -> None:
    page = editor.get(f"/desk/{manuscript.submission.key}/manuscript/2/").content.decode()

    assert "<ins>We talked until it was dark.</ins>" in page
    assert "The kettle was on when she rang" in page


def test_preview_counts_no_view_and_is_marked(manuscript: Manuscript, editor: Client) -> None:
    page = editor.get(f"/desk/{manuscript.submission.key}/preview/").content.decode()

    assert "This is a preview" in page
    assert "The water held me." in page
    assert "v.gif" not in page
    assert "view.js" not in page


@pytest.mark.django_db(transaction=True)
def test_saving_at_the_same_moment_keeps_one_and_shows_the_other_both(cast: Cast, manuscript: Manuscript) -> None:
    one, other = client_for(cast.editor), client_for(cast.other_editor)
    data = form_of(one, manuscript)

    answers = at_once(
        lambda: send(one, manuscript, data, headline="One evening"),
        lambda: send(other, manuscript, data, headline="Another evening"),
    )

    assert sorted(answer.status_code for answer in answers) == [302, 409]
    refused = next(answer.content.decode() for answer in answers if answer.status_code == 409)
    assert "One evening" in refused
    assert "Another evening" in refused
    assert manuscript.revisions.count() == 3


def test_web_address_of_another_story_is_refused_when_it_is_saved(
    cast: Cast, manuscript: Manuscript, editor: Client
) -> None:
    publish(make_approved(cast.other_writer, cast.editor, cast.call, title="The Shed"), cast.editor)
    taken = Story.objects.get().slug

    answer = send(editor, manuscript, form_of(editor, manuscript), slug=taken)

    assert "Another story has this web address already." in answer.content.decode()
    assert newest(manuscript)["slug"] != taken


def test_web_address_taken_meanwhile_keeps_the_writer_from_being_asked(
    cast: Cast, manuscript: Manuscript, editor: Client
) -> None:
    publish(make_approved(cast.other_writer, cast.editor, cast.call, {"slug": "the-kettle"}), cast.editor)

    answer = editor.get(f"/desk/{manuscript.submission.key}/approval-request/")

    assert any("Another story has this web address" in problem for problem in answer.context["problems"])


def test_changes_name_sections_subjects_and_stories(cast: Cast, manuscript: Manuscript, editor: Client) -> None:
    story = make_story(cast.other_writer, cast.editor, cast.call, title="The Last Good Coat")
    make_subject()
    send(
        editor,
        manuscript,
        form_of(editor, manuscript),
        section="keeping",
        subjects=["pregnancy-loss"],
        **{"related-0-story": story.key},
    )

    found = editor.get(f"/desk/{manuscript.submission.key}/approval-request/").context["comparison"]

    said = {part.label: "".join(words for _op, words in part.after).strip() for part in found.around}
    assert said["Section"] == Section.objects.get(slug="keeping").name
    assert said["What it touches"] == "Pregnancy loss"
    words = [word for part in found.words for _label, segments in part.notes for _op, word in segments]
    assert story.key not in words


def test_empty_field_is_told_in_our_words(manuscript: Manuscript, editor: Client) -> None:
    answer = send(editor, manuscript, form_of(editor, manuscript), headline="", slug="no spaces here")

    errors = answer.context["bench"].text.errors
    assert errors["headline"] == ["Give the story a headline."]
    assert errors["slug"] == ["A web address has small letters, digits and hyphens only."]


def test_picture_for_the_text_is_suggested_at_its_end(cast: Cast, manuscript: Manuscript, editor: Client) -> None:
    before = newest(manuscript)

    sent = {**form_of(editor, manuscript), "text_picture": picture(), "text_alt": "The sea"}
    send(editor, manuscript, sent)

    digest = Picture.objects.get().sha256
    page = client_for(cast.writer).get(f"/write/{manuscript.submission.key}/suggestions/")
    wanted = accepted(draft_of(manuscript).document)["content"][-1]
    assert wanted == {"type": "figure", "attrs": {"sha256": digest, "alt": "The sea", "caption": "", "credit": ""}}
    assert newest(manuscript) == before
    assertContains(page, digest)


def test_picture_for_the_text_is_kept_when_something_else_must_be_mended(
    manuscript: Manuscript, editor: Client
) -> None:
    data = {**form_of(editor, manuscript), "text_picture": picture()}

    answer = send(editor, manuscript, data, headline="")
    again = {**form_of(editor, manuscript), "text_picture_sha256": Picture.objects.get().sha256}

    assertContains(answer, f'value="{Picture.objects.get().sha256}"')
    assertContains(answer, "The picture that you chose for the text is here")
    send(editor, manuscript, again)
    assert accepted(draft_of(manuscript).document)["content"][-1]["type"] == "figure"


def test_picture_for_the_text_that_is_none_is_told_beside_the_field(manuscript: Manuscript, editor: Client) -> None:
    sent = {**form_of(editor, manuscript), "text_picture": SimpleUploadedFile("x.png", b"no picture")}

    answer = send(editor, manuscript, sent)

    assert answer.context["bench"].text.errors["text_picture"]
    assert not Picture.objects.exists()


def test_what_waits_for_the_writer_is_said_beside_the_words(cast: Cast, manuscript: Manuscript, editor: Client) -> None:
    path = f"/desk/{manuscript.submission.key}/manuscript/"
    assertContains(editor.get(path), "Each change of yours is a suggestion")

    suggest(draft_of(manuscript), cast.editor, from_notation(TEXT.replace("dark", "night")))

    assertContains(editor.get(path), "1 suggestion waits for an answer.")


def test_line_that_is_known_better_while_suggestions_are_open_is_told_and_kept(
    cast: Cast, manuscript: Manuscript, editor: Client
) -> None:
    data = form_of(editor, manuscript)
    suggest(draft_of(manuscript), cast.editor, from_notation(TEXT.replace("dark", "night")))

    answer = send(editor, manuscript, data, **{"quote-0-speaker": "Ada B."})

    assertContains(answer, "1 suggestion waits for an answer.")
    assertContains(answer, 'value="Ada B."')


def test_what_is_told_of_a_picture_and_of_a_hard_passage_is_kept(cast: Cast, editor: Client) -> None:
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call)
    digest = add_picture(picture().read(), cast.editor).sha256
    words = from_notation(f"GENTLE: a loss\n\nWords.\n\nGENTLE END\n\nPICTURE: {digest}")
    actions.keep_version(manuscript, cast.editor, edited(manuscript, document=words))
    data = form_of(editor, manuscript)
    assertContains(editor.get(f"/desk/{manuscript.submission.key}/manuscript/"), f"/desk/pictures/{digest}-")

    send(editor, manuscript, data, **{"figure-0-alt": " The sea ", "gentle-0-says": "the loss of a child"})

    hard, figure = newest(manuscript)["document"]["content"]
    assert hard["attrs"] == {"says": "the loss of a child"}
    assert figure["attrs"]["alt"] == "The sea"


def test_a_page_from_before_the_words_changed_is_saved_over_the_new_words(
    cast: Cast, manuscript: Manuscript, editor: Client
) -> None:
    mine = form_of(editor, manuscript)
    draft = draft_of(manuscript)
    wanted = from_notation(f"> First said.\n\n{TEXT.replace('dark', 'night')}")
    suggest(draft, cast.editor, wanted)
    answer(draft, cast.writer, identities(draft.document), yes=True)
    agree(draft, cast.writer)
    typed = {"headline": "My headline", "quote-0-permalink": "https://www.example.com/p/1"}

    refused = send(editor, manuscript, mine, **typed)
    over = refused.context["bench"].text["over"].value()
    send(editor, manuscript, mine, **typed, over=over)

    content = newest(manuscript)
    assert content["headline"] == "My headline"
    assert without_particulars(content["document"]) == without_particulars(wanted)
    addresses = [block["attrs"]["permalink"] for block in of_kind(content["document"], "quote")]
    assert addresses == ["", "https://www.example.com/p/1"]
