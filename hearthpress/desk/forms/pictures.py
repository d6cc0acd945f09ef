"""What stays in view where a picture is cropped."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hearthpress.editing.models import Picture

# How wide the picture to click on stands, in pixels, on every screen: a click is told in pixels (HTML, 4.10.5.1.19),
# and without script nobody could say how wide the picture was. It fits a phone of 360.
CLICKED_WIDTH = 300


class FocusForm(forms.Form):
    x = forms.IntegerField(
        label=_("From the left, in percent"),
        min_value=0,
        max_value=100,
        error_messages={"min_value": _("0 is the left edge."), "max_value": _("100 is the right edge.")},
    )
    y = forms.IntegerField(
        label=_("From the top, in percent"),
        min_value=0,
        max_value=100,
        error_messages={"min_value": _("0 is the top edge."), "max_value": _("100 is the bottom edge.")},
    )


def clicked_height(picture: Picture) -> int:
    return max(1, round(picture.height * CLICKED_WIDTH / picture.width))


def clicked_point(sent: QueryDict, picture: Picture) -> list[Any]:
    """Where the picture was clicked, in percent from its left and top; None for what is no number."""
    sides = {"at.x": CLICKED_WIDTH, "at.y": clicked_height(picture)}
    return [_percent(sent.get(name, ""), side) for name, side in sides.items()]


def _percent(sent: str, side: int) -> int | None:
    try:
        return min(100, max(0, round(100 * int(sent) / side)))
    except ValueError:
        return None
