"""What editors write into a story's thread. The two boxes have names of their own: no text lands in the other one."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from hearthpress.correspondence.models import LONGEST
from hearthpress.desk.forms.plain_words import PlainWords

NOT_TOO_LONG = MaxLengthValidator(LONGEST, _("Please keep this to %(limit_value)d characters; it has %(show_value)d."))


class MessageForm(PlainWords, forms.Form):
    use_required_attribute = False

    to_writer = forms.CharField(
        label=_("Your words to the writer"),
        help_text=_("They go out by letter, from the editors: your name and your address are not in it."),
        validators=[NOT_TOO_LONG],
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class RemarkForm(PlainWords, forms.Form):
    use_required_attribute = False

    among_editors = forms.CharField(
        label=_("Your words to the other editors"),
        help_text=_("The writer never sees them, and no letter is sent."),
        validators=[NOT_TOO_LONG],
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def empty_forms() -> dict[str, Any]:
    """Both forms, as a page shows them where nothing has been typed."""
    return {"message_form": MessageForm(), "remark_form": RemarkForm()}
