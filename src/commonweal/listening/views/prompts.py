"""The prompts of the conversation, in the organization's words."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.once import once_only
from commonweal.listening.reads.prompts import prompts_in
from commonweal.listening.rules.prompts import Said, ours
from commonweal.listening.words import Step
from commonweal.listening.writes.prompts import write_prompts
from commonweal.people.forms.fields import PlainForm

MOST = 8


class PromptLines(PlainForm):
    """The prompts of a step: one in each line, what to mind after a bar."""

    lines = forms.CharField(required=False, max_length=5000, widget=forms.Textarea)


@organizers
@once_only
def prompts(request: ScopedRequest) -> HttpResponse:
    known = [code for code, _name in settings.LANGUAGES]
    asked = request.GET.get("language", get_language() or "en").partition("-")[0]
    language = asked if asked in known else "en"
    if request.method == "POST":
        return _change(request, language)
    said = prompts_in(language)
    context = {
        "language": language,
        "languages": [(code, name, code == language) for code, name in settings.LANGUAGES],
        "steps": [
            (
                step,
                label,
                _as_lines(said[step]),
                min(12, 2 + len(said[step])),
                said[step] == list(ours(language, step)),
            )
            for step, label in Step.choices
        ],
    }
    return render(request, "listening/prompts.html", context)


def _change(request: ScopedRequest, language: str) -> HttpResponse:
    sent, at, by = request.POST, now(), request.account.pk
    back = reverse("listening:prompts", query={"language": language})
    step, form = sent.get("step", ""), PromptLines(sent)
    if step in Step.values and form.is_valid():
        said = [] if sent.get("act") == "ours" else _from_lines(form.cleaned_data["lines"])
        write_prompts(step=step, language=language, said=said, by=by, at=at)
        messages.success(request, _("Kept."))
        return redirect(f"{back}#{step}")
    messages.warning(request, _("That is too long."))
    return redirect(back)


def _as_lines(said: list[Said]) -> str:
    return "\n".join(f"{one.text} | {one.hint}" if one.hint else one.text for one in said)


def _from_lines(lines: str) -> list[Said]:
    found = []
    for line in lines.splitlines()[: MOST * 2]:
        text, _bar, hint = line.partition("|")
        if text.strip():
            found.append(Said(text.strip()[:300], hint.strip()[:300]))
    return found[:MOST]
