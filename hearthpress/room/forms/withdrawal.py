"""Which of the pieces that were sent together are taken back, and whether another magazine has accepted them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearthpress.room.standing import standing
from hearthpress.submissions.enums import WithdrawalReason
from hearthpress.submissions.models import Submission

REASONS = (WithdrawalReason.CHANGED_MIND, WithdrawalReason.ELSEWHERE)


class WithdrawalForm(forms.Form):
    """Of one piece alone nothing is asked. `everything` is the second button: all of them, whatever is ticked."""

    pieces = forms.MultipleChoiceField(
        label=gettext_lazy("Which of them"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick what you take back.")},
    )
    why = forms.ChoiceField(choices=[(why.value, why.label) for why in REASONS], required=False)

    use_required_attribute = False

    def __init__(self, pieces: Iterable[Submission], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._pieces = {piece.key: piece for piece in pieces}
        which = self.fields["pieces"]
        assert isinstance(which, forms.MultipleChoiceField)
        which.choices = [(key, _named(piece)) for key, piece in self._pieces.items()]
        which.required = len(self._pieces) > 1 and "everything" not in self.data

    @property
    def chosen(self) -> list[Submission]:
        if len(self._pieces) == 1 or "everything" in self.data:
            return list(self._pieces.values())
        return [self._pieces[key] for key in self.cleaned_data["pieces"]]


def _named(piece: Submission) -> str:
    return _("%(title)s (%(state)s)") % {"title": piece, "state": standing(piece).label}
