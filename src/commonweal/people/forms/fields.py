"""Fields that several forms of the hall share."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

SMALL_DATE = {"type": "date"}


class DayField(forms.DateField):
    """A day, chosen or typed."""

    widget = forms.DateInput(attrs=SMALL_DATE, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"], **kwargs)


class PlainForm(forms.Form):
    """A form whose text holds no control characters and no spaces at its ends, and whose selects are
    drawn as rows of choices where they are short."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for bound in self:
            bound.field.widget.attrs.setdefault("autocomplete", "off")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, value in cleaned.items():
            if isinstance(value, str):
                cleaned[name] = "".join(letter for letter in value if letter >= " " or letter in "\n\t")
        return cleaned


def choices_with_blank(choices: Any, blank: Any = "") -> list[tuple[str, str]]:
    """Choices after one that means none."""
    return [("", blank or _("not known")), *choices]
