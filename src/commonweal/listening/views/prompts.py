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

MOST, LONGEST = 8, 300


class PromptLines(PlainForm):
    """The prompts of a step: one in each line, what to mind after a bar."""

    lines = forms.CharField(required=False, max_length=5000, widget=forms.Textarea)

    def clean_lines(self) -> str:
        lines: str = self.cleaned_data["lines"]
        said = _from_lines(lines)
        if len(said) > MOST:
            raise forms.ValidationError(_("At most %(most)s prompts fit on a step.") % {"most": MOST})
        for one in said:
            if max(len(one.text), len(one.hint)) > LONGEST:
                words = _("“%(start)s…” is too long: at most %(most)s letters before the bar, and as many after it.")
                raise forms.ValidationError(words % {"start": one.text[:40], "most": LONGEST})
        return lines


@organizers
@once_only
def prompts(request: ScopedRequest) -> HttpResponse:
    known = [code for code, _name in settings.LANGUAGES]
    asked = request.GET.get("language", get_language() or "en").partition("-")[0]
    language = asked if asked in known else "en"
    form = PromptLines(request.POST or None)
    step, wrong = request.POST.get("step", ""), ""
    if request.method == "POST" and step in Step.values:
        if form.is_valid() or request.POST.get("act") == "ours":
            return _change(request, language, step, form)
        wrong = " ".join(str(one) for one in form.errors["lines"])
    said = prompts_in(language)
    context = {
        "language": language,
        "languages": [(code, name, code == language) for code, name in settings.LANGUAGES],
        "steps": [
            (
                key,
                label,
                request.POST.get("lines", "") if wrong and step == key else _as_lines(said[key]),
                min(12, 2 + len(said[key])),
                said[key] == list(ours(language, key)),
                wrong if step == key else "",
            )
            for key, label in Step.choices
        ],
    }
    return render(request, "listening/prompts.html", context)


def _change(request: ScopedRequest, language: str, step: str, form: PromptLines) -> HttpResponse:
    said = [] if request.POST.get("act") == "ours" else _from_lines(form.cleaned_data["lines"])
    write_prompts(step=step, language=language, said=said, by=request.account.pk, at=now())
    messages.success(request, _("Kept."))
    return redirect(f"{reverse('listening:prompts', query={'language': language})}#{step}")


def _as_lines(said: list[Said]) -> str:
    return "\n".join(f"{one.text} | {one.hint}" if one.hint else one.text for one in said)


def _from_lines(lines: str) -> list[Said]:
    found = []
    for line in lines.splitlines():
        text, _bar, hint = line.partition("|")
        if text.strip():
            found.append(Said(text.strip(), hint.strip()))
    return found
