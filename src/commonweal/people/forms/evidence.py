"""Forms for what was seen; who the other person is, a picker beside the form says."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonweal.common.marks import stance_choices
from commonweal.people import words
from commonweal.people.forms.fields import DayField, PlainForm, choices_with_blank
from commonweal.people.models import Occasion

STRENGTHS = [("0.25", _("They know each other")), ("0.5", _("They count on each other")), ("1.0", _("Very close"))]


class NewTie(PlainForm):
    """How she knows somebody."""

    kind = forms.ChoiceField(label=_("How"), choices=words.TieKind)
    strength = forms.ChoiceField(label=_("How close"), choices=STRENGTHS, initial="0.5")
    turned = forms.BooleanField(label=_("The other way round: it is the other who goes to her"), required=False)
    since = DayField(label=_("Since"), required=False)
    until = DayField(label=_("Until, if it is over"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("That is before it began."))
        return cleaned


class NewNomination(PlainForm):
    """For what question somebody was named."""

    question = forms.ChoiceField(label=_("What was asked"), choices=words.Question, initial=words.Question.FACES)
    on = DayField(label=_("When"), required=False)


class NewAsk(PlainForm):
    """Asked to what, and what was seen."""

    occasion = forms.ChoiceField(label=_("To what"))
    outcome = forms.ChoiceField(label=_("What was seen"), choices=words.Outcome, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "occasion" in self.fields:
            self.fields["occasion"].choices = occasion_choices()  # type: ignore[attr-defined]


class NewYes(PlainForm):
    """Did it, as on a petition sheet."""

    occasion = forms.ChoiceField(label=_("What she did"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["occasion"].choices = occasion_choices()  # type: ignore[attr-defined]


class NewAssessment(PlainForm):
    """Where she stands, and the behaviour that shows it."""

    stance = forms.ChoiceField(label=_("Where she stands"), choices=stance_choices, widget=forms.RadioSelect)
    basis = forms.ChoiceField(label=_("How we know"), choices=words.AssessmentBasis, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("What shows it"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What she did or said, not what we think of her."),
    )
    on = DayField(label=_("When"))


def occasion_choices() -> list[tuple[str, str]]:
    """The occasions, the latest first."""
    rows = Occasion.objects.order_by("-on", "name").values_list("pk", "name")
    return choices_with_blank([(str(pk), name) for pk, name in rows], _("choose"))
