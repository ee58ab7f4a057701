"""The page on which a conversation is written down, step by step."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commonweal.common.doors import ScopedRequest
from commonweal.common.ids import new_id
from commonweal.common.marks import stance_choices
from commonweal.common.sealed import keyring
from commonweal.listening import words
from commonweal.listening.forms.conversation import STEP_OF, ConversationForm, issues_of, posted
from commonweal.listening.models import Draft
from commonweal.listening.reads.asking import occasions_to_ask_to
from commonweal.listening.reads.calls import calls_to_settle
from commonweal.listening.reads.prompts import prompts_in, topic_names
from commonweal.listening.rules.heard import IssueHeard
from commonweal.listening.rules.typed import Typed
from commonweal.listening.views.gap_words import call_in_words
from commonweal.listening.views.mentions import people_listed, places_listed, ways
from commonweal.people.forms.picking import Picker
from commonweal.people.reads.institutions import institutions_within
from commonweal.people.reads.organization import country_of_place
from commonweal.people.words import AffiliationRole, InstitutionKind

STEPS = list(words.Step.values)
SUGGESTED = 300


@dataclass(frozen=True)
class Place:
    """One step in the row of steps: its number, and whether it lies before the present one."""

    key: str
    label: str
    number: int
    now: bool
    done: bool
    summary: str


def step_asked(text: str, draft: Draft) -> str:
    """The step to show: the one asked for, else where the writer was."""
    return text if text in STEPS else draft.step


def form_of(typed: Typed, *, check: bool, at: datetime) -> ConversationForm:
    """The form with what was typed; `check` has it judged and its errors shown."""
    today = localdate(at)
    choices: dict[str, Any] = {
        "occasions": occasions_to_ask_to(today, typed.first("occasion")),
        "stances": stance_choices(),
        "today": today,
    }
    if check:
        return ConversationForm(posted(typed), **choices)
    initial = {name: typed.first(name) for name in typed.fields}
    return ConversationForm(initial={"where": words.Where.WORK, "answer": words.Answer.NOT_ASKED} | initial, **choices)


def show(
    request: ScopedRequest,
    draft: Draft,
    typed: Typed,
    form: ConversationForm,
    *,
    step: str,
    picker: Picker | None = None,
    conflict: bool = False,
    to_settle: bool = False,
) -> HttpResponse:
    """The page of a draft at a step. With `to_settle` a name waits of which nobody has said who she is."""
    picker = picker or Picker(request, request.scope, country_of_place(), near=draft.person_id, optional=True)
    if not picker.text:
        picker.text = typed.first("other_text")
    people = people_listed(request.scope, typed.people)
    context = {
        "draft": draft,
        "her": draft.person,
        "form": form,
        **_place_in_the_row(step, typed),
        "prompts": prompts_in(get_language() or "en"),
        "issues": [*issues_of(typed), IssueHeard("")],
        "topics": topic_names(),
        "ready": _ready(typed),
        "people": people,
        "tasks": list(dict.fromkeys(_("Introduce me to %(name)s") % {"name": one.name} for one in people)),
        "places": places_listed(typed.places),
        "ways": ways(),
        "noted": typed.first("noted"),
        "way": typed.first("how") or "named:checks",
        "place": {name: typed.first(f"place_{name}") for name in ("name", "kind", "role")},
        "kinds": InstitutionKind.choices,
        "roles": AffiliationRole.choices,
        "institutions": institutions_within(request.scope).values_list("name", flat=True)[:SUGGESTED],
        "picker": picker,
        "page": new_id().hex,
        "last": typed.last,
        "key": key_for(draft.pk, request.account.pk),
        "calls": [] if typed.corrects else _calls(request, draft, typed),
        "conflict": conflict,
        "mend": to_mend(form),
        "to_settle": to_settle,
        "corrects": typed.corrects,
    }
    return render(request, "listening/draft.html", context, status=409 if conflict else 200)


def is_settled(call: UUID, typed: Typed) -> bool:
    """Whether the talk settles a call: it does unless the page offered the call and the tick was taken away."""
    return str(call) in typed.fields.get("settled", []) or str(call) not in typed.fields.get("calls", [])


def _calls(request: ScopedRequest, draft: Draft, typed: Typed) -> list[tuple[UUID, str, bool]]:
    calls = calls_to_settle(request.account, draft.person_id)
    return [(one.pk, call_in_words(one), is_settled(one.pk, typed)) for one in calls]


def to_mend(form: ConversationForm) -> list[tuple[str, str, str, str]]:
    """What keeps a form that was judged from being kept: the step, the field, its label and what is wrong, in order."""
    found = [
        (step, str(form[name].auto_id), str(form[name].label), str(wrong[0]))
        for name, step in STEP_OF.items()
        if (wrong := form.errors.get(name))
    ]
    return sorted(found, key=lambda one: STEPS.index(one[0]))


def key_for(draft: UUID, account: UUID) -> str:
    """The key under which this account's browser keeps what is typed while there is no connection. It follows from
    the place's keys and is given to a signed-in page only; the browser never stores it."""
    return keyring().key_for(f"{account}:{draft}", "draft-on-phone")


def _place_in_the_row(step: str, typed: Typed) -> dict[str, Any]:
    """The steps with the present one among them, and where back and on lead."""
    here, last = STEPS.index(step), len(STEPS) - 1
    return {
        "step": step,
        "steps": [
            Place(key, str(words.Step(key).label), number + 1, key == step, number < here, _summary(key, typed))
            for number, key in enumerate(STEPS)
        ],
        "before": STEPS[max(0, here - 1)],
        "after": STEPS[min(last, here + 1)],
        "after_number": here + 2,
        "is_first": here == 0,
        "is_last": here == last,
    }


def _summary(step: str, typed: Typed) -> str:
    """What a finished step says, in a line."""
    if step == "issues":
        said = ", ".join(one.topic or one.said for one in issues_of(typed))
    elif step == "ask":
        answer = typed.first("answer")
        label = str(words.Answer(answer).label) if answer in words.Answer.values else ""
        said = " · ".join(part for part in (label, typed.first("said")) if part)
    elif step == "ready":
        said = ", ".join(
            str(words.ReadyFor(one).label) for one in typed.fields.get("ready", []) if one in words.ReadyFor
        )
    else:
        said = typed.first({"open": "opened", "hope": "hope", "task": "hers"}[step])
    return said if len(said) <= 90 else f"{said[:89]}…"


def _ready(typed: Typed) -> list[dict[str, Any]]:
    talked, rehearsed = typed.fields.get("ready", []), typed.fields.get("rehearsed", [])
    return [
        {
            "value": value,
            "label": label,
            "talked": value in talked,
            "rehearsed": value in rehearsed,
            "how": typed.first(f"how_{value}"),
        }
        for value, label in words.ReadyFor.choices
    ]
