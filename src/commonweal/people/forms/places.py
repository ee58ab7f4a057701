"""Forms about units, shifts, institutions, occasions and the organization."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

from commonweal.common.scale import STEPS, figure_of, stances_in_order
from commonweal.common.scope import EVERYTHING, Scope
from commonweal.people import words
from commonweal.people.forms.fields import DayField, PlainForm, choices_with_blank
from commonweal.people.models import Campaign, Institution
from commonweal.people.reads.units import unit_choices

COUNTRIES = frozenset(region for regions in COUNTRY_CODE_TO_REGION_CODE.values() for region in regions)


class UnitForm(PlainForm):
    """A unit of the tree."""

    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("What it is"), choices=words.UnitKind, initial=words.UnitKind.DEPARTMENT)
    parent = forms.ChoiceField(label=_("Under which unit"), required=False)
    code = forms.CharField(
        label=_("Code"), max_length=60, required=False, help_text=_("What a list from outside calls it.")
    )
    position = forms.IntegerField(
        label=_("Order"),
        min_value=0,
        max_value=9999,
        required=False,
        help_text=_("The unit with the lowest number stands first."),
    )

    def __init__(
        self, *args: Any, scope: Scope, new: bool = False, leave_out: frozenset[str] = frozenset(), **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        over = [choice for choice in unit_choices(scope) if choice[0] not in leave_out]
        top = [("", _("none: it stands at the top"))] if scope.everything else []
        self.fields["parent"].choices = [*top, *over]  # type: ignore[attr-defined]
        if new:
            del self.fields["position"]


class SeveralUnits(PlainForm):
    """The names of several units, one a line, under one other."""

    names = forms.CharField(
        label=_("Names, one a line"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("For example: Emergency, Laboratory, Kitchen, each on its own line."),
    )
    kind = forms.ChoiceField(label=_("What they are"), choices=words.UnitKind, initial=words.UnitKind.DEPARTMENT)
    parent = forms.ChoiceField(label=_("Under which unit"), required=False)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        top = [("", _("none: they stand at the top"))] if scope.everything else []
        self.fields["parent"].choices = [*top, *unit_choices(scope)]  # type: ignore[attr-defined]

    def clean_names(self) -> list[str]:
        lines = [" ".join(line.split())[:120] for line in self.cleaned_data["names"].splitlines()]
        return list(dict.fromkeys(line for line in lines if line))


class ShiftForm(PlainForm):
    """A shift."""

    name = forms.CharField(label=_("Name"), max_length=60)
    hours = forms.CharField(label=_("Hours"), max_length=40, required=False, help_text=_("For example: 7 to 15."))
    position = forms.IntegerField(label=_("Order"), min_value=0, max_value=999, required=False)


class InstitutionForm(PlainForm):
    """An institution to which people already belong."""

    name = forms.CharField(label=_("Name"), max_length=160)
    kind = forms.ChoiceField(label=_("What it is"), choices=words.InstitutionKind)
    place = forms.CharField(label=_("Where"), max_length=160, required=False)


class RoleForm(PlainForm):
    """As what somebody belongs, and since when."""

    role = forms.ChoiceField(label=_("As what"), choices=words.AffiliationRole)
    since = DayField(label=_("Since"), required=False)


class AffiliationChange(RoleForm):
    """As what she belongs, and from when until when."""

    until = DayField(label=_("Until, if it is over"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("That is before it began."))
        return cleaned


class AffiliationForm(RoleForm):
    """To what she belongs: one that is known, or a new one."""

    field_order = ["institution", "name", "kind", "role", "since"]
    institution = forms.ChoiceField(label=_("To what she belongs"), required=False)
    name = forms.CharField(label=_("Or one that is not on the list"), max_length=160, required=False)
    kind = forms.ChoiceField(label=_("What that is"), choices=words.InstitutionKind)

    def __init__(self, *args: Any, institutions: list[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(str(one.pk), one.name) for one in institutions]
        self.fields["institution"].choices = choices_with_blank(known, _("choose"))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("institution") and not cleaned.get("name"):
            self.add_error("institution", _("Choose one, or write the name of a new one."))
        return cleaned


class OccasionForm(PlainForm):
    """An act to which people are asked."""

    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("What it is"), choices=words.OccasionKind)
    on = DayField(label=_("Day"))
    campaign = forms.ChoiceField(label=_("Campaign"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(str(pk), name) for pk, name in Campaign.objects.values_list("pk", "name")]
        self.fields["campaign"].choices = choices_with_blank(known, _("none"))  # type: ignore[attr-defined]


class OrganizationForm(PlainForm):
    """The place itself."""

    name = forms.CharField(label=_("Name"), max_length=120)
    country = forms.CharField(
        label=_("Country"),
        min_length=2,
        max_length=2,
        help_text=_("Two letters, such as US, MX, ES: where a telephone number without a country code rings."),
    )
    language = forms.ChoiceField(label=_("Language of the place"), choices=[("en", "English"), ("es", "Español")])
    strongest_is_one = forms.TypedChoiceField(
        label=_("On your assessment sheets"),
        coerce=lambda value: value == "1",
        choices=[("1", _("1 is the strongest")), ("", _("5 is the strongest"))],
        required=False,
        empty_value=False,  # type: ignore[arg-type]  # what `coerce` gives
        widget=forms.RadioSelect,
        help_text=_("How a sheet or file with figures is read. The marks on the chart stay as they are."),
    )

    support_weeks = forms.IntegerField(
        label=_("For how many weeks a word or a public act tells where somebody stands"),
        min_value=1,
        max_value=520,
        help_text=_("After that, what she said has to be asked anew, and what she did no longer counts."),
    )

    def clean_country(self) -> str:
        code: str = self.cleaned_data["country"].upper()
        if code not in COUNTRIES:
            raise forms.ValidationError(_("There is no country of these two letters."))
        return code


class CampaignForm(PlainForm):
    """What is organized, where, and what its list must reach."""

    name = forms.CharField(label=_("Name"), max_length=120)
    units = forms.MultipleChoiceField(label=_("Which units, with all below them"), widget=forms.CheckboxSelectMultiple)
    begun_on = DayField(label=_("Begun on"))
    cover_share = forms.IntegerField(
        label=_("The list must reach, in per cent of every unit and shift"), min_value=10, max_value=100
    )
    chain_capacity = forms.IntegerField(label=_("How many people one leader can walk with"), min_value=1, max_value=200)
    state = forms.ChoiceField(label=_("State"), choices=words.CampaignState, widget=forms.RadioSelect)

    def __init__(self, *args: Any, new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].choices = unit_choices(EVERYTHING)  # type: ignore[attr-defined]
        if new:
            del self.fields["state"]


class ScaleForm(PlainForm):
    """What the organization calls the steps of the scale, in each language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, language in settings.LANGUAGES:
            with override(code):
                ours = dict(words.Stance.choices)
                hints = {stance: str(ours[stance]) for stance in STEPS}
            for stance in stances_in_order():
                label = gettext("%(figure)s, in %(language)s") % {
                    "figure": figure_of(stance),
                    "language": gettext(str(language)),
                }
                self.fields[f"{code}_{stance}"] = forms.CharField(
                    label=label,
                    max_length=60,
                    required=False,
                    help_text=hints[stance],
                    widget=forms.TextInput(attrs={"lang": code}),
                )

    def names(self) -> dict[tuple[str, str], str]:
        """The names that were written, by language and stance."""
        known = [(code, stance) for code, _name in settings.LANGUAGES for stance in STEPS]
        return {key: name for key in known if (name := self.cleaned_data["_".join(key)])}
