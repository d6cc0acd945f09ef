"""How a form field is drawn: label, help, control, and an error beside it."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    field_template_name = "masthead/field.html"
