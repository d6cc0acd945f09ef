"""What the owner alone changes: the magazine, its call, its subjects."""

from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BaseModelFormSet, modelformset_factory
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from hearthpress.agreements.enums import PayKind
from hearthpress.agreements.models import RateCard
from hearthpress.care.models import HelpLine, Subject
from hearthpress.common import clock
from hearthpress.common.money import exponent
from hearthpress.desk.forms.later import needed_later
from hearthpress.desk.forms.plain_words import PlainWords
from hearthpress.desk.forms.publication import LocalTimeField
from hearthpress.desk.zone import zone_choices
from hearthpress.masthead.models import Masthead, Section
from hearthpress.submissions.models import Call


class MoneyField(forms.DecimalField):
    """An amount typed in whole units ("6.00"), kept in minor units of `currency` (600)."""

    def __init__(self, *, currency: str, **kwargs: Any) -> None:
        self.currency = currency
        places = exponent(currency)
        super().__init__(min_value=Decimal(0), max_digits=12, decimal_places=places, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return Decimal(value).scaleb(-exponent(self.currency)) if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        amount = super().clean(value)
        return None if amount is None else int(amount.scaleb(exponent(self.currency)))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class MagazineForm(PlainWords, forms.ModelForm):
    class Meta:
        model = Masthead
        fields = ["name", "tagline", "letters_from", "time_zone", "payout_threshold", "days_to_sign"]
        fields += ["days_to_publish", "balances"]
        labels = {
            "name": _("The magazine’s name"),
            "tagline": _("Tagline"),
            "letters_from": _("Letters come from"),
            "days_to_sign": _("Days to sign an agreement"),
            "days_to_publish": _("Days to publish an accepted story"),
            "balances": _("Give new stories to editors by themselves"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("Time zone"),
            help_text=_("Where the magazine’s day begins. Agreements made before keep the zone they were signed with."),
            choices=zone_choices(self.instance.time_zone),
        )
        self.fields["payout_threshold"] = MoneyField(
            currency=self.instance.currency,
            label=_("Smallest payout (%(currency)s)") % {"currency": self.instance.currency},
            help_text=_("Pay below this is carried over to the next month."),
        )
        self.fields["days_to_sign"].min_value = 1  # type: ignore[attr-defined]


class SectionForm(PlainWords, forms.ModelForm):
    class Meta:
        model = Section
        fields = ["name", "description", "position"]
        labels = {"name": _("Section"), "description": _("What stands in it"), "position": _("Place in the menu")}

    def clean_name(self) -> str:
        """A section keeps its web address when it gets another name."""
        name = str(self.cleaned_data["name"])
        if self.instance.pk is None:
            self.instance.slug = slugify(name)[:80].strip("-")
            if not self.instance.slug or Section.objects.filter(slug=self.instance.slug).exists():
                raise forms.ValidationError(_("There is a section with this name already, or it has no letters."))
        return name


class SectionsBase(BaseModelFormSet):
    def clean(self) -> None:
        """Two new sections must not ask for one address."""
        super().clean()
        fresh = [form.instance.slug for form in self.forms if form.instance.pk is None and form.instance.slug]
        if len(fresh) != len(set(fresh)):
            raise forms.ValidationError(_("Two of the new sections have the same web address."))


Sections = modelformset_factory(Section, form=SectionForm, formset=SectionsBase, extra=1, max_num=40)


class CallForm(PlainWords, forms.ModelForm):
    opens_at = LocalTimeField(label=_("Opens"))
    closes_at = LocalTimeField(label=_("Closes"), required=False)

    class Meta:
        model = Call
        fields = ["title", "guidelines", "rights", "what_happens", "opens_at", "closes_at", "reply_days"]
        labels = {
            "title": _("Title"),
            "guidelines": _("What we look for"),
            "rights": _("The rights we ask for"),
            "what_happens": _("What happens to your story"),
            "reply_days": _("Days until the writer hears from us"),
        }
        help_texts = {"reply_days": _("Stories that were sent before keep the date in their receipt.")}
        widgets = {name: forms.Textarea(attrs={"rows": 6}) for name in ("guidelines", "rights", "what_happens")}

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        opens, closes = given.get("opens_at"), given.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("A call closes after it opens."))
        if given.get("reply_days") == 0:
            self.add_error("reply_days", _("Give yourselves at least one day."))
        return given


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


class SubjectForm(PlainWords, forms.ModelForm):
    class Meta:
        model = Subject
        fields = ["name", "content_note", "of_loss", "never_beside", "position"]
        labels = {
            "name": _("Subject"),
            "content_note": _("Content note"),
            "of_loss": _("It is a loss"),
            "never_beside": _("Never beside stories about"),
            "position": _("Place in lists"),
        }
        help_texts = {
            "content_note": _("Short, specific, undramatic. Stories already approved keep theirs."),
            "of_loss": _("A decision about such a story carries a line written for its writer alone."),
            "never_beside": _(
                "Related lines, the stories after a story and the front page never put the two together."
            ),
        }
        widgets = {"never_beside": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = self.fields["never_beside"]
        others.queryset = Subject.objects.exclude(pk=self.instance.pk)  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if self.instance.pk is None:
            self.instance.slug = slugify(name)[:80].strip("-")
            if self.instance.slug in ("", "new") or Subject.objects.filter(slug=self.instance.slug).exists():
                raise forms.ValidationError(_("There is a subject with this name already, or it has no letters."))
        return name


class HelpLineForm(PlainWords, forms.ModelForm):
    url = forms.URLField(label=_("Web address"), required=False, assume_scheme="https", max_length=200)
    gone = forms.BooleanField(label=_("Take it away from this subject"), required=False)

    class Meta:
        model = HelpLine
        fields = ["name", "contact", "url", "verified_on"]
        labels = {
            "name": _("Help line"),
            "contact": _("How to reach it"),
            "verified_on": _("Checked on"),
        }
        widgets = {"verified_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {"verified_on": _("The day on which somebody last called or looked.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["gone"]

    def clean_verified_on(self) -> Any:
        day = self.cleaned_data["verified_on"]
        if day > clock.today(Masthead.current().time_zone):
            raise forms.ValidationError(_("That day has not come yet."))
        return day


HelpLines = modelformset_factory(HelpLine, form=HelpLineForm, extra=1, max_num=30)
