"""What is typed at the door, and what is said when it does not fit."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django import forms
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonweal.accounts.rules import SHORTEST_PASSPHRASE, Fault, faults_of_passphrase
from commonweal.accounts.words import Role
from commonweal.people.models import Unit

LANGUAGES = (("en", "English"), ("es", "Español"))


@cache
def known_passwords() -> frozenset[str]:
    """The twenty thousand passwords that were stolen and published most often; they lie in a file, nobody is asked."""
    return frozenset(CommonPasswordValidator().passwords) - {""}


def secret_input(autocomplete: str) -> forms.PasswordInput:
    return forms.PasswordInput(attrs={"autocomplete": autocomplete})


class SignInForm(forms.Form):
    """E-mail and passphrase."""

    email = forms.CharField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    passphrase = forms.CharField(
        label=gettext_lazy("Passphrase"), max_length=1000, strip=False, widget=secret_input("current-password")
    )
    own = forms.BooleanField(label=gettext_lazy("This is my own device"), required=False)


class CodeForm(forms.Form):
    """Six figures of a codes app, or a code from paper."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "code", "autocomplete": "one-time-code", "autocapitalize": "none"}),
    )


class PassphraseForm(forms.Form):
    """Her passphrase, once more."""

    passphrase = forms.CharField(
        label=gettext_lazy("Passphrase"), max_length=1000, strip=False, widget=secret_input("current-password")
    )


class PaperCodeForm(forms.Form):
    """The code of a link or an invitation, typed from paper."""

    code = forms.CharField(
        label=gettext_lazy("The code on your sheet"),
        help_text=gettext_lazy("Thirty letters and figures; spaces, hyphens and capitals do not matter."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )


class MailForm(forms.Form):
    """Where the link shall go."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )


class NewPassphrase(forms.Form):
    """A passphrase that is good enough."""

    passphrase = forms.CharField(
        label=gettext_lazy("Passphrase"),
        help_text=gettext_lazy("12 letters or more. Four words that nobody else would put together are good."),
        max_length=1000,
        strip=False,
        widget=secret_input("new-password"),
    )

    def __init__(self, *args: Any, hers: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hers = list(hers)

    def clean_passphrase(self) -> str:
        passphrase: str = self.cleaned_data["passphrase"]
        typed = [self.data.get(name, "") for name in ("name", "email", "organization")]
        hers = [word for text in [*self.hers, *typed] for word in text.replace("@", " ").split()]
        for fault in faults_of_passphrase(passphrase, hers=hers, known=known_passwords()):
            raise ValidationError(self.words_of(fault))
        return passphrase

    def words_of(self, fault: Fault) -> str:
        return {
            Fault.SHORT: _("That is too short: it takes %(least)s letters or more.") % {"least": SHORTEST_PASSPHRASE},
            Fault.FIGURES: _("Figures alone are guessed fast. Put words in it."),
            Fault.FEW: _("That is the same few letters over and over. Choose another."),
            Fault.ROW: _("That is a row of keys beside one another. Choose another."),
            Fault.KNOWN: _("That one was stolen elsewhere and published; it is among the first a stranger would try."),
            Fault.HERS: _("Your own name or address is the first a stranger would try. Choose another."),
        }[fault]


class JoinForm(NewPassphrase):
    """Somebody who was invited makes her account."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        help_text=gettext_lazy("As the others shall see it."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("You sign in with it. Do not use one that your employer gave you."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    field_order = ["name", "email", "passphrase"]


class BeginForm(JoinForm):
    """The first organizer of an empty place."""

    code = forms.CharField(
        label=gettext_lazy("Set-up code"),
        help_text=gettext_lazy("It stands in the window where the program was started."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    organization = forms.CharField(
        label=gettext_lazy("Name of your organization"),
        help_text=gettext_lazy("You can call it anything; only those who sign in see it."),
        max_length=120,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the place"), choices=LANGUAGES, widget=forms.RadioSelect
    )
    field_order = ["code", "organization", "language", "name", "email", "passphrase"]


class YouForm(forms.Form):
    """How she is called and what she reads."""

    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES, widget=forms.RadioSelect)
    theme = forms.ChoiceField(
        label=gettext_lazy("Light or dark"),
        choices=(
            ("", gettext_lazy("As the device does")),
            ("light", gettext_lazy("Light")),
            ("dark", gettext_lazy("Dark")),
        ),
        required=False,
        widget=forms.RadioSelect,
    )


class RoleForm(forms.Form):
    """A role with its units."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role, widget=forms.RadioSelect)
    units = forms.ModelMultipleChoiceField(
        queryset=Unit.objects.none(),
        required=False,
        label=gettext_lazy("Units"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, units: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if units is not None:
            self.fields["units"].queryset = units  # type: ignore[attr-defined]

    @property
    def picked(self) -> list[Any]:
        return [one.pk for one in self.cleaned_data["units"]]


class InviteForm(RoleForm):
    """Who is invited, and as what."""

    name = forms.CharField(
        label=gettext_lazy("Who it is for"),
        help_text=gettext_lazy("So that you recognize the invitation; she can change it when she comes in."),
        max_length=120,
    )
    field_order = ["name", "role", "units"]
