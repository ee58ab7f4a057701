"""The page that holds one form: every edit of the hall is one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from commonweal.common.doors import ScopedRequest
from commonweal.common.languages import spoken
from commonweal.people.forms.picking import Picker

AnyForm = TypeVar("AnyForm", bound=Form)


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
    title: str = "",
    lede: str = "",
    pickers: tuple[Picker, ...] = (),
    others: tuple[Other, ...] = (),
    version: int | None = None,
    seen: Any = None,
    conflict: Any = None,
    bad: bool = False,
) -> HttpResponse:
    """The form on a page of its own; `keep` is the word on its button, `back` where to go otherwise.

    `title` is what the browser writes on the tab and keeps in its history: the headline, without anybody's name.
    """
    context = {
        "form": form,
        "title": title or headline,
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
                value = spoken(value)
            elif isinstance(value, bool):
                value = _("yes") if value else _("no")
            now_there = choices.get(str(value or ""), value) or _("nothing")
            said.append(f"{field.label}: {now_there}")
    return "; ".join(said) or _("the same as you typed")


def remembering(form: AnyForm) -> AnyForm:
    """A form that carries along what stood in each field when it was opened, so that two who write at once can
    be told apart field by field."""
    for field in form.fields.values():
        field.show_hidden_initial = True
    return form


def with_theirs(form: Form, current: Mapping[str, Any]) -> QueryDict:
    """What was typed, with what stands in the record now in every field that she left as she found it; sent
    again, it undoes nothing that somebody else wrote meanwhile."""
    sent = QueryDict(mutable=True)
    sent.update(form.data)
    typed = set(form.changed_data)
    for name, value in current.items():
        if name not in form.fields:
            continue
        now = form.fields[name].prepare_value(value)
        sent[form.add_initial_prefix(name)] = "" if now is None else str(now)
        if name not in typed:
            sent[form.add_prefix(name)] = "" if now in (None, False) else str(now)
    return sent


def version_sent(request: ScopedRequest) -> int:
    """The version of the record that the form was opened with; -1 where none was sent, which fits no record."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdigit() and len(sent) < 10 else -1
