"""What was done, for administrators."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from commonweal.accounts.reads.accounts import names_of, those_who_organize
from commonweal.accounts.views.scope import DoorRequest
from commonweal.accounts.words import Role
from commonweal.common.doors import administrators
from commonweal.ledger.models import Entry
from commonweal.ledger.reads import PAGE, entries, head_now
from commonweal.ledger.words import VERBS, counts_in_words, in_words, kind_in_words
from commonweal.people.reads.people import people_within


@administrators
def ledger(request: DoorRequest) -> HttpResponse:
    verb, before = request.GET.get("verb", ""), request.GET.get("before", "")
    actor, subject = number_asked(request, "actor"), number_asked(request, "subject")
    found = entries(
        before=int(before) if before.isdigit() and len(before) < 18 else None,
        verb=verb,
        actor=actor,
        subject=subject,
        most=PAGE + 1,
    )
    page = found[:PAGE]
    shown = {
        "rows": rows_of(request, page),
        "older": page[-1].number if len(found) > PAGE else None,
        "head": head_now(),
        "verbs": sorted(((one, in_words(one)) for one in VERBS), key=lambda pair: pair[1].casefold()),
        "actors": those_who_organize(),
        "verb": verb,
        "actor": actor,
        "subject": subject,
        "subject_name": names_of_people(request, [subject]).get(subject, "") if subject else "",
    }
    return render(request, "accounts/ledger.html", shown)


def rows_of(request: DoorRequest, page: list[Entry]) -> list[dict[str, object]]:
    """Entries with the names of those who did it and of the people it was about."""
    names = names_of(number for one in page for number in (one.actor, one.subject) if number)
    people = names_of_people(request, [one.subject for one in page if one.subject_kind == "person" and one.subject])
    return [
        {
            "entry": one,
            "who": names.get(one.actor, "") if one.actor else "",
            "what": in_words(one.verb),
            "kind": kind_in_words(one.subject_kind),
            "about": people.get(one.subject) or names.get(one.subject, "") if one.subject else "",
            "is_person": one.subject in people,
            "facts": ", ".join([*roles_in_words(one), *counts_in_words(one.facts)]),
        }
        for one in page
    ]


def roles_in_words(entry: Entry) -> list[str]:
    """The role an act gave, or from which role to which it led."""
    label = dict(Role.choices)
    if entry.verb == "changed_role":
        return [f"{label.get(entry.facts.get('from', ''), '?')} → {label.get(entry.facts.get('to', ''), '?')}"]
    role = label.get(entry.facts.get("role", ""))
    return [str(role)] if role else []


def names_of_people(request: DoorRequest, numbers: list[UUID]) -> dict[UUID, str]:
    return dict(people_within(request.scope).filter(pk__in=numbers).values_list("pk", "name"))


def number_asked(request: DoorRequest, name: str) -> UUID | None:
    asked = request.GET.get(name, "")
    if not asked:
        return None
    try:
        return UUID(asked)
    except ValueError:
        raise Http404 from None
