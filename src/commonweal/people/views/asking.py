"""The page that holds one form: every edit of the hall is one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from commonweal.common.doors import ScopedRequest
from commonweal.people.forms.picking import Picker


@dataclass(frozen=True)
class Other:
    """Another thing that may be done from this page, by a form of its own or a link."""

    words: str
    address: str
    kind: str = "plain"
    post: bool = True


def ask(
    request: ScopedRequest,
    form: Form | None,
    *,
    headline: str,
    keep: str,
    back: str,
    lede: str = "",
    pickers: tuple[Picker, ...] = (),
    others: tuple[Other, ...] = (),
    version: int | None = None,
    seen: Any = None,
    conflict: Any = None,
    bad: bool = False,
) -> HttpResponse:
    """The form on a page of its own; `keep` is the word on its button, `back` where to go otherwise."""
    context = {
        "form": form,
        "headline": headline,
        "lede": lede,
        "keep": keep,
        "back": back,
        "pickers": pickers,
        "others": others,
        "version": version,
        "seen": seen,
        "conflict": conflict,
        "bad": bad,
    }
    return render(request, "people/form.html", context)


def says_now(form: Form, current: Mapping[str, Any]) -> str:
    """What stands in the record now where it differs from what was typed, field by field."""
    typed = form.cleaned_data
    said = []
    for name, value in current.items():
        if name in form.fields and typed.get(name) != value and str(typed.get(name) or "") != str(value or ""):
            field = form.fields[name]
            choices = dict(getattr(field, "choices", ()))
            if isinstance(value, list):
                value = ", ".join(str(one) for one in value)
            elif isinstance(value, bool):
                value = _("yes") if value else _("no")
            said.append(f"{field.label}: {choices.get(str(value or ''), value) or _('nothing')}")
    return "; ".join(said) or _("the same as you typed")


def version_sent(request: ScopedRequest) -> int:
    """The version of the record that the form was opened with; -1 where none was sent, which fits no record."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdigit() and len(sent) < 10 else -1
