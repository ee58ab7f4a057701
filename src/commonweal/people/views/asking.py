"""The page that holds one form: every edit of the hall is one."""

from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render

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
        "conflict": conflict,
        "bad": bad,
    }
    return render(request, "people/form.html", context)


def version_sent(request: ScopedRequest) -> int:
    """The version of the record that the form was opened with; -1 where none was sent, which fits no record."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdigit() and len(sent) < 10 else -1
