"""What was wrong in a live story, said at its foot once the writer has approved it."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.desk.access import for_editors, who
from hearthpress.desk.forms.plain_words import PlainWords
from hearthpress.desk.page import page
from hearthpress.desk.turns import story_of
from hearthpress.documents.text import one_line
from hearthpress.editing.actions import NotReady
from hearthpress.editing.content import CORRECTION_LENGTH
from hearthpress.editing.doors import desk_manuscript
from hearthpress.editing.models import Manuscript
from hearthpress.stories.corrections import correct, drop_corrections, published_corrections, shown_corrections
from hearthpress.stories.enums import StoryState
from hearthpress.stories.models import Story


class CorrectionForm(PlainWords, forms.Form):
    """`seen` is the hash of the version that the page was drawn from."""

    words = forms.CharField(
        label=gettext_lazy("What was wrong, and why it was changed"),
        help_text=gettext_lazy(
            "Such as: An earlier version said that the ward closed in May. It closed in March; we misread a date."
        ),
        max_length=CORRECTION_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def clean_words(self) -> str:
        return one_line(self.cleaned_data["words"])


@require_http_methods(["GET", "POST"])
@for_editors
def correction(request: HttpRequest, key: str) -> HttpResponse:
    """Add a correction; or take back those that no reader has read (`drop`)."""
    found = desk_manuscript(who(request), key)
    story = story_of(found)
    if story is None or story.state != StoryState.LIVE:
        messages.warning(request, _("This story is not live."))
        return redirect("desk:publication", key)
    if request.method != "POST":
        return _page(request, found, story, _empty(found))
    form = CorrectionForm(request.POST)
    is_dropped = "drop" in request.POST
    if not is_dropped and not form.is_valid():
        return _page(request, found, story, form)
    try:
        if is_dropped:
            drop_corrections(story, who(request), request.POST.get("seen", ""))
        else:
            correct(story, who(request), form.cleaned_data["words"], form.cleaned_data["seen"])
    except NotReady as error:
        form.add_error(None, " ".join(error.args))
        return _page(request, found, story, form)
    except (SomebodyElseWon, NotAllowed):
        return _changed(request, key, form)
    kept = _("Kept. Ask the writer now: readers see it when they have said yes and you publish it.")
    messages.success(request, _("Taken back. No reader has read it.") if is_dropped else kept)
    return redirect("desk:correction", key)


def _changed(request: HttpRequest, key: str, form: CorrectionForm) -> HttpResponse:
    """Somebody was first: what was typed stays, and the page is as it is now."""
    now = desk_manuscript(who(request), key)
    story = story_of(now)
    if story is None or story.state != StoryState.LIVE:
        messages.warning(request, _("This story is not live."))
        return redirect("desk:publication", key)
    again = CorrectionForm({"words": form.data.get("words", ""), "seen": _seen(now)})
    again.add_error(None, _("The text was changed meanwhile, so nothing was done. Please look again."))
    return _page(request, now, story, again, status=409)


def _empty(found: Manuscript) -> CorrectionForm:
    return CorrectionForm(initial={"seen": _seen(found)})


def _seen(found: Manuscript) -> str:
    if found.revision is None:
        raise Http404
    return found.revision.sha256


def _page(
    request: HttpRequest, found: Manuscript, story: Story, form: CorrectionForm, status: int = 200
) -> HttpResponse:
    corrections = shown_corrections(found.revision.content) if found.revision else []
    read = len(published_corrections(story))
    shown = {"read": corrections[:read], "unread": corrections[read:], "seen": _seen(found)}
    context = {"submission": found.submission, "manuscript": found, "story": story, "form": form, **shown}
    return page(request, "correction", "queue", context, status)
