"""Fields that may be empty for now, and are needed before the next step."""

from django import forms


def needed_later(form: forms.BaseForm, *names: str) -> None:
    """Draw these fields (every one when none is named) without the words that call a field a matter of taste."""
    for name in names or form.fields:
        form.fields[name].template_name = "desk/field.html"  # type: ignore[attr-defined]  # the stubs are behind Django 5.0
