"""Forms about one person: who she is, where she stands, how to reach her."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from commonweal.common.languages import LANGUAGES
from commonweal.common.scope import Scope
from commonweal.people import words
from commonweal.people.forms.fields import DayField, PlainForm, choices_with_blank
from commonweal.people.models import Shift
from commonweal.people.reads.units import unit_choices
from commonweal.people.rules import folded, normal_email, normal_phone


def shift_choices() -> list[tuple[str, str]]:
    """The shifts after "not known"."""
    return choices_with_blank([(str(pk), name) for pk, name in Shift.objects.values_list("pk", "name")])


class NewPerson(PlainForm):
    """A name and where she is; everything else can wait."""

    name = forms.CharField(label=_("Name"), max_length=160, help_text=_("As she is called. “Last, First” is read too."))
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    shift = forms.ChoiceField(label=_("Shift"), required=False)
    job = forms.CharField(label=_("Job"), max_length=120, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False, widget=forms.TextInput({"type": "tel"}))

    def __init__(self, *args: Any, scope: Scope, country: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country = country
        self.fields["unit"].choices = choices_with_blank(unit_choices(scope), _("not placed yet"))  # type: ignore[attr-defined]
        self.fields["shift"].choices = shift_choices()  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        return _phone(self.cleaned_data["phone"], self.country)


class Details(PlainForm):
    """Who a person is."""

    name = forms.CharField(label=_("Called"), max_length=160)
    given_name = forms.CharField(label=_("Given name"), max_length=80, required=False)
    family_name = forms.CharField(
        label=_("Family name"), max_length=80, required=False, help_text=_("Lists are ordered by it.")
    )
    languages = forms.CharField(
        label=_("Languages"),
        max_length=80,
        required=False,
        help_text=_("The one she likes best first: Spanish, English; codes such as es, en do too."),
    )
    born_on = DayField(label=_("Born on"), required=False)
    outside_number = forms.CharField(label=_("Number on another list"), max_length=80, required=False)

    def clean_languages(self) -> list[str]:
        written = [part.strip() for part in self.cleaned_data["languages"].replace(";", ",").split(",")]
        codes = [code for part in written for code in _codes_of(part)]
        if any(not code.isascii() or not code.replace("-", "").isalpha() or not 2 <= len(code) <= 8 for code in codes):
            raise forms.ValidationError(_("Write languages by name, such as Spanish, or codes such as es, en."))
        return list(dict.fromkeys(codes))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        born = cleaned.get("born_on")
        if isinstance(born, date) and born.year < 1900:
            self.add_error("born_on", _("Check the year."))
        return cleaned


class OtherName(PlainForm):
    """Another name by which she is found."""

    name = forms.CharField(label=_("Name"), max_length=160)
    kind = forms.ChoiceField(label=_("What kind of name"), choices=words.NameKind)


class Note(PlainForm):
    """The sealed note."""

    note = forms.CharField(
        label=_("Note"),
        max_length=4000,
        required=False,
        widget=forms.Textarea,
        help_text=_("Encrypted where it lies. Write nothing that she should not read one day."),
    )


class Contact(PlainForm):
    """A way to reach her."""

    kind = forms.ChoiceField(label=_("What kind"), choices=words.ContactKind)
    value = forms.CharField(label=_("Number or address"), max_length=300)
    preferred = forms.BooleanField(label=_("Try this one first"), required=False)
    stopped = forms.BooleanField(label=_("Do not use it: it is wrong, or she asked us not to"), required=False)

    def __init__(self, *args: Any, country: str, known_kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country = country
        if known_kind:
            self.fields["kind"].disabled, self.fields["kind"].initial = True, known_kind
        else:
            del self.fields["preferred"], self.fields["stopped"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind, value = cleaned.get("kind"), cleaned.get("value", "")
        try:
            if kind == words.ContactKind.PHONE:
                cleaned["value"] = _phone(value, self.country)
            elif kind == words.ContactKind.EMAIL and value:
                cleaned["value"] = _email(value)
        except forms.ValidationError as wrong:
            self.add_error("value", wrong)
        return cleaned


class Place(PlainForm):
    """A place in a unit."""

    unit = forms.ChoiceField(label=_("Unit"))
    shift = forms.ChoiceField(label=_("Shift"), required=False)
    job = forms.CharField(label=_("Job"), max_length=120, required=False)
    since = DayField(label=_("Since"), required=False)
    main = forms.BooleanField(label=_("This is her main place, where the chart draws her"), required=False)

    def __init__(self, *args: Any, scope: Scope, fixed_unit: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if fixed_unit:
            del self.fields["unit"]
        else:
            self.fields["unit"].choices = choices_with_blank(unit_choices(scope), _("choose"))  # type: ignore[attr-defined]
        self.fields["shift"].choices = shift_choices()  # type: ignore[attr-defined]


class Move(PlainForm):
    """From one unit to another on a day."""

    to = forms.ChoiceField(label=_("To which unit"))
    shift = forms.ChoiceField(label=_("Shift"), required=False)
    on = DayField(label=_("On which day"))

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = choices_with_blank(unit_choices(scope), _("choose"))  # type: ignore[attr-defined]
        self.fields["shift"].choices = shift_choices()  # type: ignore[attr-defined]


class LastDay(PlainForm):
    """Until when something went on."""

    on = DayField(label=_("Last day"))


def _codes_of(part: str) -> list[str]:
    """The code of a language written by its name, in the reader's language or in English; codes as they are."""
    wanted = folded(part)
    for language in (None, "en"):
        with override(language or get_language()):
            found = [code for code, name in LANGUAGES.items() if folded(str(name)) == wanted]
        if found:
            return found[:1]
    return part.lower().split()


def _phone(text: str, country: str) -> str:
    if not text:
        return ""
    number = normal_phone(text, country)
    if number is None:
        raise forms.ValidationError(_("Nobody could ring this number. Write it with its area code."))
    return number


def _email(text: str) -> str:
    address = normal_email(text)
    if address is None:
        raise forms.ValidationError(_("This is no e-mail address: name@place.org"))
    return address
