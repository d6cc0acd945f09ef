"""What a call says, asks and pays; and when it opens and closes."""

from datetime import datetime, tzinfo
from typing import Any

from django import forms
from django.forms import modelformset_factory
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hearthpress.agreements.enums import PayKind
from hearthpress.agreements.models import RateCard
from hearthpress.common import clock
from hearthpress.desk.forms.later import needed_later
from hearthpress.desk.forms.owner import MoneyField
from hearthpress.desk.forms.plain_words import PlainWords
from hearthpress.desk.forms.wall_times import WallTimeField, WhichMomentField, moment_meant
from hearthpress.desk.zone import zone_choices
from hearthpress.documents.notation import from_notation
from hearthpress.documents.schema import BadDocument
from hearthpress.submissions.enums import CallState, QuestionKind, SubmissionState
from hearthpress.submissions.models import Call, Question
from hearthpress.submissions.opening_times import place_of

NOW, LATER = "now", "later"
FOR_STORIES = ("rights", "pieces", "circle_only", "takes_mail")  # an application has none of these
MOST_CHOICES = 20
LONGEST_CHOICE = 120

IN_NOTATION = ("guidelines", "rights", "what_happens")


class CallForm(PlainWords, forms.ModelForm):
    class Meta:
        model = Call
        fields = ["title", "guidelines", "rights", "what_happens", "reply_days", "time_zone"]
        fields += ["min_words", "max_words", "pieces", "cap", "cap_per_person"]
        fields += ["anonymous", "scored", "circle_only", "takes_mail"]
        labels = {
            "title": _("Title"),
            "guidelines": _("What we look for"),
            "rights": _("The rights we ask for"),
            "what_happens": _("What happens to what is sent"),
            "reply_days": _("Days until the writer hears from us"),
            "min_words": _("Words, at least"),
            "max_words": _("Words, at most"),
            "pieces": _("Pieces that may be sent together"),
            "cap": _("Close it when so many pieces were sent"),
            "cap_per_person": _("How often one writer may send"),
            "anonymous": _("Read without names first"),
            "scored": _("Readings carry a score from 1 to 5"),
            "circle_only": _("For our circle of regular writers alone"),
            "takes_mail": _("Stories may be sent by e-mail too"),
        }
        help_texts = {
            "reply_days": _("Stories that were sent before keep the date in their receipt."),
            "pieces": _("Each gets an answer of its own."),
            "cap": _("Counted from when it opens. Leave it empty for no end."),
            "cap_per_person": _("What was taken back does not count."),
            "anonymous": _("Whose a piece is, an editor sees once their own vote is in."),
            "scored": _("Beside the vote. Writers never see it."),
            "circle_only": _("It stands on no public page; the circle finds it in the writing room."),
            "takes_mail": _("The call’s own address then stands on its page."),
        }
        widgets = {name: forms.Textarea(attrs={"rows": 6}) for name in IN_NOTATION}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.is_application:
            for name in FOR_STORIES:
                del self.fields[name]
        zone = forms.ChoiceField(
            label=_("Time zone"),
            required=False,
            choices=[("", _("The magazine’s own")), *zone_choices(self.instance.time_zone)],
            help_text=_("In which its opening and closing are told."),
        )
        needed_later(self, *(name for name in ("min_words", "max_words", "cap", "cap_per_person")))
        self.fields["time_zone"] = zone
        needed_later(self, "time_zone")
        self._keep_anonymous()

    @property
    def halves(self) -> tuple[list[Any], list[Any]]:
        """What the public page says, and below it what is done with what comes."""
        words = ("title", "guidelines", "rights", "what_happens", "reply_days", "time_zone")
        said = [self[name] for name in words if name in self.fields]
        return said, [self[name] for name in self.fields if name not in words]

    def clean_reply_days(self) -> int:
        return self._at_least_one("reply_days", _("Give yourselves at least one day."))

    def clean_pieces(self) -> int:
        return self._at_least_one("pieces", _("At least one piece is sent."))

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        for name in IN_NOTATION:
            self._must_be_readable(name)
        least, most = given.get("min_words"), given.get("max_words")
        if least is not None and most is not None and least > most:
            self.add_error("max_words", _("That is fewer than the words at least."))
        for name in ("max_words", "cap", "cap_per_person"):
            if given.get(name) == 0:
                self.add_error(name, _("Leave it empty for no limit."))
        return given

    def _must_be_readable(self, name: str) -> None:
        """What is typed in the notation must be a document: a passage that begins with GENTLE: has an end."""
        try:
            from_notation(self.cleaned_data.get(name) or "")
        except BadDocument as error:
            self.add_error(name, str(error))

    def _at_least_one(self, name: str, sentence: Any) -> int:
        number = int(self.cleaned_data[name])
        if number == 0:
            raise forms.ValidationError(sentence)
        return number

    def _keep_anonymous(self) -> None:
        """What writers were promised when they sent something stays."""
        sent = Call(pk=self.instance.pk).submissions.exclude(state=SubmissionState.DRAFT) if self.instance.pk else None
        if sent is not None and sent.exists():
            self.fields["anonymous"].disabled = True
            self.fields["anonymous"].help_text = _("It stays as it is: something was sent in trust of it.")


class RateForm(PlainWords, forms.Form):
    """What the call pays, in the magazine's currency."""

    kind = forms.ChoiceField(label=_("How it pays"), choices=PayKind, widget=forms.RadioSelect)
    window_days = forms.IntegerField(label=_("Days that a story earns"), min_value=1, max_value=3650, required=False)

    def __init__(self, *args: Any, card: RateCard, **kwargs: Any) -> None:
        self.card = card
        names = ["kind", "per_thousand", "cap", "window_days", "flat"]
        kwargs["initial"] = {name: getattr(card, name) for name in (*names, "kill_fee")}
        super().__init__(*args, **kwargs)
        for name, label in self._amounts():
            self.fields[name] = MoneyField(currency=card.currency, label=f"{label} ({card.currency})", required=False)
        self.order_fields(names)
        needed_later(self, *names[1:])
        self.fields["kill_fee"].help_text = _(
            "Owed when a writer has signed, and you then decide not to publish. Leave it empty if you pay none."
        )

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        needed = ["flat"] if given.get("kind") == PayKind.FLAT else ["per_thousand", "cap", "window_days"]
        for name in needed:
            if name in given and not given[name]:
                self.add_error(name, _("Say how much."))
        return given

    @property
    def rate(self) -> dict[str, Any]:
        """The columns of the rate card that was asked for; what the other way to pay needs is left at nothing."""
        given = self.cleaned_data
        same = {"kind": given["kind"], "kill_fee": given["kill_fee"] or 0}
        if given["kind"] == PayKind.FLAT:
            return {**same, "flat": given["flat"], "per_thousand": 0, "cap": 0, "window_days": 30}
        return {**same, "flat": 0, **{name: given[name] for name in ("per_thousand", "cap", "window_days")}}

    def _amounts(self) -> list[tuple[str, Any]]:
        return [
            ("per_thousand", _("For 1,000 reader-days")),
            ("cap", _("The most that one story earns")),
            ("flat", _("Flat fee for a story")),
            ("kill_fee", _("Fee for a story that is accepted and never published")),
        ]


class TimesForm(PlainWords, forms.Form):
    """When a call opens and closes, typed as clocks in the call's own zone show it.

    `opens_at` and `closes_at` are the moments (UTC); None for now, and for no closing time.
    """

    when = forms.ChoiceField(
        label=_("When it opens"),
        choices=[(NOW, _("Now")), (LATER, _("At a date and time. It is shown from now on, and opens by itself"))],
        initial=NOW,
        widget=forms.RadioSelect,
    )
    opens = WallTimeField(label=_("It opens"), required=False)
    which_opens = WhichMomentField()
    closes = WallTimeField(label=_("It closes"), required=False)
    which_closes = WhichMomentField()

    def __init__(self, call: Call, data: Any = None) -> None:
        self.zone: tzinfo = call.zone
        super().__init__(data, initial=self._times_of(call))
        self.opens_at: datetime | None = None
        self.closes_at: datetime | None = None
        needed_later(self, *(name for name in ("opens", "closes") if name in self.fields))
        place = {"place": place_of(self.zone)}
        if "opens" in self.fields:
            self.fields["opens"].help_text = _("In %(place)s time.") % place
        self.fields["closes"].help_text = _("In %(place)s time. Leave it empty for no closing date.") % place

    def clean(self) -> dict[str, Any]:
        with timezone.override(self.zone):
            if self.opens_later:
                self._read_opening()
            self.closes_at = moment_meant(self, "closes", "which_closes")
        begins = self.opens_at or clock.now()
        if self.closes_at is not None and self.closes_at <= begins:
            self.add_error("closes", _("A call closes after it opens, and not in the past."))
        return self.cleaned_data

    def _times_of(self, call: Call) -> dict[str, Any]:
        """What the form begins with: the times that an announced call has, as clocks in its zone show them."""
        if call.stands != CallState.ANNOUNCED:
            return {}
        return {"when": LATER, "opens": self._wall(call.opens_at), "closes": self._wall(call.closes_at)}

    def _wall(self, moment: datetime | None) -> datetime | None:
        return moment.astimezone(self.zone).replace(tzinfo=None) if moment is not None else None

    @property
    def opens_later(self) -> bool:
        return self.cleaned_data.get("when") == LATER

    def _read_opening(self) -> None:
        if "opens" in self.cleaned_data and self.cleaned_data["opens"] is None:
            self.add_error("opens", _("Choose a date and a time."))
            return
        self.opens_at = moment_meant(self, "opens", "which_opens")
        if self.opens_at is not None and self.opens_at <= clock.now():
            self.add_error("opens", _("That is in the past. Choose a time to come."))


class ClosingForm(TimesForm):
    """Closing by hand, and when it opens next."""

    when = forms.ChoiceField(
        label=_("And then"),
        choices=[(NOW, _("It stays closed until somebody opens it")), (LATER, _("It opens again at a date and time"))],
        initial=NOW,
        widget=forms.RadioSelect,
    )

    def _times_of(self, call: Call) -> dict[str, Any]:  # noqa: ARG002  whatever it has: it is to open at another time
        return {}


class ExtensionForm(TimesForm):
    """Another closing time for a call that is open."""

    when = None  # type: ignore[assignment]  # Django's way to leave a field out
    opens = None  # type: ignore[assignment]
    which_opens = None  # type: ignore[assignment]

    def _times_of(self, call: Call) -> dict[str, Any]:
        return {"closes": self._wall(call.closes_at)}


class QuestionForm(PlainWords, forms.ModelForm):
    """One question. `answered` has the numbers of those that somebody answered: these stay what they ask for."""

    choices = forms.CharField(
        label=_("The answers to choose from"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One on each line. Only for a question with several answers."),
    )
    gone = forms.BooleanField(label=_("Ask it no more"), required=False)

    class Meta:
        model = Question
        fields = ["label", "help", "kind", "choices", "needed", "names_writer", "position"]
        labels = {
            "kind": _("What answers it"),
            "needed": _("When it has to be answered"),
            "names_writer": _("The answer says who the writer is"),
            "position": _("Place in the list"),
        }
        help_texts = {"names_writer": _("In an anonymous reading it is shown after the own vote.")}

    def __init__(self, *args: Any, answered: frozenset[int] = frozenset(), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["choices"] = "\n".join(self.instance.choices)
        if self.instance.pk is None:
            del self.fields["gone"]
        elif self.instance.pk in answered:
            self.fields["kind"].disabled = True
            self.fields["gone"].help_text = _("What was answered is kept, and editors go on seeing it.")
        needed_later(self, "choices")

    def clean_choices(self) -> list[str]:
        lines = [line.strip() for line in str(self.cleaned_data["choices"]).splitlines()]
        choices = list(dict.fromkeys(filter(None, lines)))
        if len(choices) > MOST_CHOICES or any(len(choice) > LONGEST_CHOICE for choice in choices):
            raise forms.ValidationError(_("At most 20 answers, each with at most 120 characters."))
        return choices

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("kind") == QuestionKind.CHOICE and len(given.get("choices", ["", ""])) < 2:
            self.add_error("choices", _("Write at least two answers, one on each line."))
        return given


Questions = modelformset_factory(Question, form=QuestionForm, extra=1, max_num=30)
