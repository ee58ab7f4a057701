"""The one form of a conversation, in six steps; what is typed may be unfinished until it is kept."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from commonweal.listening import words
from commonweal.listening.rules.heard import Heard, IssueHeard, MadeReady, Promised
from commonweal.listening.rules.typed import Typed
from commonweal.people.forms.fields import DayField, PlainForm

STEP_OF = {
    "on": "open", "where": "open", "minutes": "open", "opened": "open",
    "cause": "issues", "hope": "hope",
    "occasion": "ask", "asked_for": "ask", "answer": "ask", "said": "ask",
    "objections": "ready",
    "hers": "task", "hers_due": "task", "ours": "task", "ours_due": "task", "next_on": "task",
    "stance": "task", "reason": "task",
}  # fmt: skip
"""On which step a field stands."""
MOST_ISSUES = 60


def long_text(label: Any, help_text: Any = "", rows: int = 3, most: int = 2000) -> forms.CharField:
    """A field for several sentences in somebody's own words."""
    area = forms.Textarea(attrs={"rows": rows, "maxlength": most})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=most, widget=area)


class ConversationForm(PlainForm):
    """What was heard, asked and promised. The issues, what she was made ready for, and the mentions stand beside it."""

    on = DayField(label=_("When"))
    where = forms.ChoiceField(label=_("Where"), choices=words.Where, widget=forms.RadioSelect, required=False)
    minutes = forms.IntegerField(label=_("For how many minutes"), min_value=1, max_value=600, required=False)
    opened = long_text(_("Who she is, in her words"), _("Her work, her people, what she cares about."))
    cause = long_text(_("Who causes it, and who could mend it, as she sees it"), rows=2)
    hope = long_text(_("What it could be like, in her words"))
    occasion = forms.ChoiceField(label=_("What you ask her to"), required=False)
    asked_for = forms.CharField(
        label=_("Or, in your words"),
        max_length=300,
        required=False,
        help_text=_("One thing, with a day on it."),
    )
    answer = forms.ChoiceField(label=_("The answer"), choices=words.Answer, widget=forms.RadioSelect, required=False)
    said = long_text(pgettext_lazy("her answer", "In her own words"))
    objections = long_text(_("What holds her back"), _("In her own words; do not argue it away."), rows=2)
    hers = forms.CharField(
        label=_("The task she takes"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"list": "tasks"}),
        help_text=_("Small, real, with a day on it."),
    )
    hers_due = DayField(label=_("By when, she says"), required=False)
    ours = forms.CharField(
        label=_("What you promised her"),
        max_length=300,
        required=False,
        help_text=_("It comes up on your first page."),
    )
    ours_due = DayField(label=_("By when, you said"), required=False)
    next_on = DayField(label=_("When to talk again"), required=False)
    stance = forms.ChoiceField(label=_("Where she stands, by what she said"), widget=forms.RadioSelect, required=False)
    reason = long_text(_("What shows it"), _("What she said, not what you think of her."), rows=2, most=300)

    def __init__(
        self,
        *args: Any,
        occasions: Iterable[tuple[str, str]],
        stances: Iterable[tuple[str, str]],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["occasion"].choices = [("", gettext("nothing of these")), *occasions]  # type: ignore[attr-defined]
        self.fields["stance"].choices = [("", gettext("I cannot say yet")), *stances]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        on = cleaned.get("on")
        if on and on > self.today:
            self.add_error("on", gettext("That day has not come yet."))
        asked = cleaned.get("answer") not in ("", words.Answer.NOT_ASKED)
        if asked and not (cleaned.get("occasion") or cleaned.get("asked_for")):
            self.add_error("asked_for", gettext("Say what you asked her, or choose “I did not ask”."))
        if cleaned.get("stance") and not cleaned.get("reason"):
            self.add_error("reason", gettext("Write what she said that shows it, or leave open where she stands."))
        self._check_days(cleaned, on)
        return cleaned

    def _check_days(self, cleaned: dict[str, Any], on: date | None) -> None:
        """A promise has a day on it, and no day lies before the conversation."""
        for what, due in (("hers", "hers_due"), ("ours", "ours_due")):
            if cleaned.get(what) and not cleaned.get(due) and due not in self.errors:
                self.add_error(due, gettext("By when? A promise has a day on it."))
            if cleaned.get(due) and not cleaned.get(what) and what not in self.errors:
                self.add_error(what, gettext("There is a day, but not what is promised."))
        for name in ("hers_due", "ours_due", "next_on"):
            if on and cleaned.get(name) and cleaned[name] < on:
                self.add_error(name, gettext("That is before the conversation."))

    @property
    def step_to_mend(self) -> str:
        """The first step on which something is wrong, "" where nothing is."""
        steps = {STEP_OF[name] for name in self.errors if name in STEP_OF}
        return next((step for step in words.Step.values if step in steps), "")


def posted(typed: Typed) -> QueryDict:
    """The fields of a draft as if they had been sent now."""
    sent = QueryDict(mutable=True)
    for name, values in typed.fields.items():
        sent.setlist(name, values)
    return sent


def issues_of(typed: Typed) -> list[IssueHeard]:
    """The issues as they are typed, empty rows left out."""
    said, topics = typed.fields.get("issue_said", []), typed.fields.get("issue_topic", [])
    pairs = zip(said, [*topics, *[""] * len(said)], strict=False)
    rows = [IssueHeard(one.strip()[:2000], " ".join(topic.split())[:80]) for one, topic in pairs]
    return [one for one in rows if one.said or one.topic][:MOST_ISSUES]


def ready_of(typed: Typed) -> list[MadeReady]:
    """What she was made ready for, by the ticks."""
    talked, rehearsed = typed.fields.get("ready", []), typed.fields.get("rehearsed", [])
    return [
        MadeReady(one, one in rehearsed, typed.first(f"how_{one}").strip()[:500])
        for one in words.ReadyFor.values
        if one in talked or one in rehearsed or typed.first(f"how_{one}").strip()
    ]


def heard_from(form: ConversationForm, typed: Typed) -> Heard:
    """What a valid form and the mentions of its draft say."""
    kept = form.cleaned_data
    heard = Heard(
        on=kept["on"],
        where=kept["where"] or words.Where.WORK,
        minutes=kept["minutes"],
        occasion=UUID(kept["occasion"]) if kept["occasion"] else None,
        answer=kept["answer"] or words.Answer.NOT_ASKED,
        next_on=kept["next_on"],
        issues=tuple(issues_of(typed)),
        ready=tuple(ready_of(typed)),
        hers=Promised(kept["hers"], kept["hers_due"]) if kept["hers"] else None,
        ours=Promised(kept["ours"], kept["ours_due"]) if kept["ours"] else None,
        people=typed.people,
        places=typed.places,
    )
    texts = ("opened", "cause", "hope", "asked_for", "said", "objections", "stance", "reason")
    return replace(heard, **{name: kept[name] for name in texts})
