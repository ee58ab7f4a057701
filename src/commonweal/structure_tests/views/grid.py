"""The grid: a whole unit or a whole chain, one key a person."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from commonweal.common.clock import now
from commonweal.common.counts import counted
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.ids import new_id
from commonweal.common.once import once_only
from commonweal.common.sent import id_in, number_in
from commonweal.people.reads.people import names_within
from commonweal.people.words import Outcome
from commonweal.structure_tests.models import StructureTest
from commonweal.structure_tests.reads.chains import Chain, in_chain, parts_and_chains
from commonweal.structure_tests.reads.marks import State, states_of
from commonweal.structure_tests.reads.outcomes import contested_entries
from commonweal.structure_tests.reads.roll import Line, Page, RollUnit, page_of, units_on
from commonweal.structure_tests.reads.tests import inside_roll, names_nobody, test_of
from commonweal.structure_tests.views.no_words import not_now_in_words, sent_away
from commonweal.structure_tests.views.typed_marks import (
    ASKER,
    LEADER,
    NOBODY,
    STAYS,
    NotReadable,
    as_marks,
    lines_of_marks,
    marks_in_form,
    marks_in_json,
)
from commonweal.structure_tests.words import How
from commonweal.structure_tests.writes.marks import record_marks
from commonweal.structure_tests.writes.refusals import NotNow

KEYS = (Outcome.DID, Outcome.DID_NOT, Outcome.COULD_NOT, Outcome.UNKNOWN)
CONTESTED = "contested"


@organizers
@once_only
def grid(request: ScopedRequest, test: UUID) -> HttpResponse:
    here = test_of(request.scope, test)
    if away := sent_away(request, here, "mark"):
        return away
    if request.method == "POST":
        return _keep_form(request, here)
    parts, chains = parts_and_chains(request.scope, here)
    units = units_on(parts)
    of = section_in(request, units, chains)
    only = request.GET.get("only") == CONTESTED
    after = number_in(request.GET.get("after"))
    page = page_of(request.scope, here, Q(pk__in=contested_entries(here)) if only else lines_in(of), after=after)
    request.named = {line.glance.id for line in page.lines}
    states = states_of(here, {line.entry: line.glance.id for line in page.lines})
    names = {chain.id: chain.name for chain in chains}
    known = names.keys() | {one for line in page.lines for one in (line.asker_id, line.leader_id)}
    names |= names_within(request.scope, {state.asker for state in states.values() if state.asker} - known)
    context: dict[str, Any] = {
        "test": here,
        "occasion": here.occasion,
        "units": units,
        "chains": chains,
        "of": None if only else of,
        "only": only,
        "page": page,
        "rows": [row_of(line, states[line.entry], names) for line in page.lines],
        "keys": [(outcome.value, outcome.label, place) for place, outcome in enumerate(KEYS, start=1)],
        "recorded": sum(1 for state in states.values() if state.outcome),
        "askers": askers_on(page),
        "by_chain": isinstance(of, Chain),
        **around(here, chains if isinstance(of, Chain) else units, None if only else of, page, after),
    }
    return render(request, "structure_tests/grid.html", context)


@organizers
@require_POST
def grid_record(request: ScopedRequest, test: UUID) -> HttpResponse:
    """Takes marks that the page sends while one goes on typing; each counts once, so that it may send them again."""
    here, at = test_of(request.scope, test), now()
    try:
        sent = marks_in_json(request.body, at)
    except NotReadable:
        return JsonResponse({"problem": _("What was sent cannot be read. Load the page again.")}, status=400)
    if names_nobody(here):
        return JsonResponse({"problem": _("Of a secret ballot nobody's name is written down.")}, status=409)
    lines = lines_of_marks(sent, Q(inside_roll(request.scope), test=here))
    marks = as_marks(request.scope, sent, lines)
    try:
        kept = record_marks(here, marks, how=How.GRID, by=request.account.pk, at=at)
    except NotNow as no:
        return JsonResponse({"problem": not_now_in_words(no)}, status=409)
    return JsonResponse(answer(sent, kept))


def answer(sent: list[dict[str, Any]], kept: Any) -> dict[str, Any]:
    """What a page that sent marks learns: which are kept, which lines two people recorded differently."""
    return {
        "kept": [str(mark["id"]) for mark in sent],
        "contested": [str(entry) for entry in kept.contested],
        "late": kept.late,
    }


def row_of(line: Line, state: State, names: Mapping[UUID, str]) -> dict[str, Any]:
    """A line as the grid draws it."""
    asker = asker_word(line, state)
    choices: list[tuple[str, str]] = []
    if line.asker_there:
        choices.append((ASKER, line.asker.name if line.asker else _("somebody outside your units")))
    if line.leader_there and line.leader_id != line.asker_id:
        choices.append((LEADER, line.leader.name if line.leader else _("somebody outside your units")))
    choices.append((NOBODY, _("nobody asked her")))
    if asker not in dict(choices):
        found = names.get(state.asker) if state.asker else None
        choices.append((asker if found else STAYS, found or _("somebody outside your units")))
        asker = choices[-1][0]
    was = ",".join(
        (state.outcome, asker, "1" if state.asked_again else "", "1" if state.contested else "", str(new_id()))
    )
    return {
        "line": line,
        "state": state,
        "key": str(line.entry),
        "asker": asker,
        "choices": choices,
        "was": was,
        "said": [(said.who, Outcome(said.outcome).label) for said in state.said],
        "differs": bool(state.outcome),
    }


def asker_word(line: Line, state: State) -> str:
    """Who asked, as the form names her."""
    if not state.outcome:
        return ASKER if line.asker_there else NOBODY
    if state.asker is None:
        return NOBODY
    if state.asker == line.asker_id:
        return ASKER
    return LEADER if state.asker == line.leader_id else str(state.asker)


def askers_on(page: Page) -> list[tuple[str, str]]:
    """Everybody who asks on this page, to be chosen for others too."""
    found = {str(line.asker.id): line.asker.name for line in page.lines if line.asker}
    return sorted(found.items(), key=lambda item: item[1])


def section_in(request: ScopedRequest, units: Sequence[RollUnit], chains: Sequence[Chain]) -> RollUnit | Chain | None:
    """The unit or the chain that the address names; else the first unit."""
    wanted = id_in(request.GET.get("of") or request.GET.get("unit"))
    both: list[RollUnit | Chain] = [*units, *chains]
    return next((one for one in both if one.id == wanted), both[0] if both else None)


def lines_in(of: RollUnit | Chain | None) -> Q:
    """The lines of a unit or of a chain."""
    if isinstance(of, Chain):
        return in_chain(of.id)
    return Q(unit=of.id) if of else Q(pk=None)


def around(
    test: StructureTest, row: Sequence[RollUnit | Chain], of: RollUnit | Chain | None, page: Page, after: int
) -> dict[str, str]:
    """The addresses of this page, and of those before and after it in the row of units or of chains."""
    address = reverse("structure_tests:grid", args=[test.pk])
    if of is None:
        return {"here": f"{address}?only={CONTESTED}", "before": "", "following": ""}
    place = row.index(of)
    here = f"{address}?of={of.id}"
    following = ""
    if page.next is not None:
        following = f"{here}&after={page.next}"
    elif place + 1 < len(row):
        following = f"{address}?of={row[place + 1].id}"
    before = here if after else f"{address}?of={row[place - 1].id}" if place else ""
    return {"here": f"{here}&after={after}" if after else here, "before": before, "following": following}


def _keep_form(request: ScopedRequest, test: StructureTest) -> HttpResponse:
    sent = marks_in_form(request.POST)
    lines = lines_of_marks(sent, Q(inside_roll(request.scope), test=test))
    marks = as_marks(request.scope, sent, lines)
    kept = record_marks(test, marks, how=How.GRID, by=request.account.pk, at=now())
    say_kept(request, kept.new, len(kept.contested))
    back = reverse("structure_tests:grid", args=[test.pk])
    query = {name: request.GET[name] for name in ("of", "unit", "after", "only") if name in request.GET}
    return redirect(reverse("structure_tests:grid", args=[test.pk], query=query) if query else back)


def say_kept(request: ScopedRequest, number: int, contested: int) -> None:
    """How many were kept, and how many of them somebody else recorded differently."""
    said = ngettext("One person recorded.", "%(number)s people recorded.", number)
    messages.success(request, said % {"number": counted(number)})
    if contested:
        messages.warning(request, contested_in_words(contested))


def contested_in_words(number: int) -> str:
    """That two people recorded the same person differently."""
    said = ngettext(
        "One person was recorded differently by somebody else: she counts as not known until somebody settles it here.",
        "%(number)s people were recorded differently by somebody else: they count as not known until somebody settles it "
        "here.",
        number,
    )
    return said % {"number": counted(number)}
