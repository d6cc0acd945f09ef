"""What the owner alone changes: the magazine, its subjects."""

from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BaseModelFormSet, modelformset_factory
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from hearthpress.care.models import HelpLine, Subject
from hearthpress.common import clock
from hearthpress.common.money import exponent
from hearthpress.desk.forms.plain_words import PlainWords
from hearthpress.desk.house_style import rule_choices
from hearthpress.desk.zone import zone_choices
from hearthpress.masthead.models import Masthead, Section


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
        fields += ["days_to_publish", "balances", "style_rules"]
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
        self.fields["style_rules"] = forms.MultipleChoiceField(
            label=_("House style"),
            help_text=_("What is looked for in a text. Nothing is changed before an editor chooses it."),
            choices=rule_choices(),
            required=False,
            widget=forms.CheckboxSelectMultiple,
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


class SubjectForm(PlainWords, forms.ModelForm):
    class Meta:
        model = Subject
        fields = ["name", "content_note", "of_loss", "cooling_hours", "never_beside", "position"]
        labels = {
            "name": _("Subject"),
            "content_note": _("Content note"),
            "of_loss": _("It is a loss"),
            "cooling_hours": _("Hours to think it over"),
            "never_beside": _("Never beside stories about"),
            "position": _("Place in lists"),
        }
        help_texts = {
            "content_note": _("Short, specific, undramatic. Stories already approved keep theirs."),
            "of_loss": _("A decision about such a story carries a line written for its writer alone."),
            "cooling_hours": _(
                "A story goes live no sooner after its writer’s yes, unless the writer does not need the time. "
                "0 means at once. A change holds for every yes from then on."
            ),
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
