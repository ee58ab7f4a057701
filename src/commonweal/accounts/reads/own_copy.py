"""A copy of what is kept about somebody, for herself."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps

from commonweal.accounts.models import Account
from commonweal.accounts.reads.accounts import names_of
from commonweal.accounts.reads.devices import devices_of
from commonweal.ledger.models import Entry
from commonweal.people.models import (
    Affiliation,
    Ask,
    Assessment,
    BareYes,
    ChainLink,
    ContactPoint,
    Nomination,
    Person,
    PersonName,
    Placement,
    Tie,
)
from commonweal.people.reads.everything_on import ids_of
from commonweal.people.reads.evidence import standing

Rows = list[dict[str, Any]]
TOLD = {
    "Person", "PersonName", "ContactPoint", "Placement", "Affiliation", "ChainLink", "Ask", "BareYes", "Assessment",
    "Account", "Device", "Entry", "SecondFactor", "RecoveryCode", "Conversation", "Issue", "Promise",
}  # fmt: skip
"""Tables whose rows about her are in her copy."""
COUNTED = {"Tie", "Nomination"}
"""What others said of her in trust: how many, not who."""
READ_TO_HER = {
    "Candidate", "ChainProposal", "ChainSheet", "CoinToss", "ListedLeader", "ListedStep", "Veto", "Merge", "FormerRow",
    "ImportRow", "Resemblance", "Invitation", "Inoculation", "Draft", "NotNow", "CallFor", "RollEntry",
    "Mark", "SignatureLine", "Prediction",
}  # fmt: skip
"""What organizers work with and what names others; an administrator reads it to her. The copy says that there is such."""
NOTHING_ABOUT_HER = {
    "SearchKey", "SignInLink", "Looking", "OpeningVoice", "FailedTry", "Once", "Work", "ImportBatch", "SavedMapping",
    "Export", "ExportDay", "InventedPerson", "Reading", "GroupReading", "Campaign", "Occasion", "Institution",
    "Organization", "Shift", "Unit", "SearchWord", "Forgotten", "StanceName", "Prompt", "Topic", "CalendarFeed",
    "Rung", "StructureTest", "BallotCount", "Forecast", "EmployerMove",
}  # fmt: skip
"""Places, files and counts; words to find her by, which are in her names; ways in, which tell nothing about her."""


def own_copy(account: Account, at: datetime) -> dict[str, Any]:
    """What is kept about whoever has this account, by heading: her record, her contacts, where she stands, what she
    did, how she is seen, who opened her record, her account and devices; and what is kept besides, by number alone."""
    found: dict[str, Any] = {"account": _account(account, at)}
    if account.person_id:
        person, ids = Person.objects.get(pk=account.person_id), ids_of(account.person_id)
        found |= {"you": _person(person, ids)} | _evidence(person, ids) | _talks(ids) | {"who_looked": _looks(ids)}
    return found


def _account(account: Account, at: datetime) -> dict[str, Any]:
    devices = [
        {"device": one.words, "since": one.begun_on, "last_used": one.seen_at} for one in devices_of(account, at)
    ]
    factors = [{"kind": one.kind, "name": one.name, "since": one.added_on} for one in account.second_factors.all()]
    return {
        "name": account.name,
        "email": account.email,
        "role": account.role,
        "language": account.language,
        "since": account.created_at,
        "devices": devices,
        "second_factors": factors,
        "codes_on_paper_left": account.recovery_codes.filter(used_at=None).count(),
    }


def _person(person: Person, ids: set[UUID]) -> dict[str, Any]:
    places = Placement.objects.filter(person__in=ids).select_related("unit", "shift")
    points = ContactPoint.objects.filter(person__in=ids)
    belongs = Affiliation.objects.filter(person__in=ids).select_related("institution")
    return {
        "name": person.name,
        "other_names": [one.name for one in PersonName.objects.filter(person__in=ids)],
        "number_on_an_outside_list": person.outside_number,
        "languages": person.languages,
        "born_on": person.born_on,
        "written_down_at": person.added_at,
        "came_from": person.source.partition(":")[0],
        "contacts": [{"kind": one.kind, "value": str(one.value), "not_used_since": one.stopped_at} for one in points],
        "places": [
            {
                "unit": one.unit.name,
                "shift": one.shift.name if one.shift else "",
                "job": one.job,
                "since": one.since,
                "until": one.until,
            }
            for one in places
        ],
        "institutions": [{"name": one.institution.name, "role": one.role, "until": one.until} for one in belongs],
    }


def _evidence(person: Person, ids: set[UUID]) -> dict[str, Any]:
    asked = standing(Ask).filter(asked__in=ids).select_related("occasion")
    signed = standing(BareYes).filter(person__in=ids).select_related("occasion")
    seen = standing(Assessment).filter(person__in=ids)
    walks = ChainLink.objects.filter(follower__in=ids)
    ties = standing(Tie)
    return {
        "you_were_asked": [
            {"to": one.occasion.name, "on": one.occasion.on, "and": one.outcome} for one in asked.order_by("entered_at")
        ],
        "you_signed": [{"what": one.occasion.name, "on": one.occasion.on} for one in signed.order_by("entered_at")],
        "how_you_are_seen": [{"from_1_to_5": one.stance, "by": one.basis, "on": one.on} for one in seen.order_by("on")],
        "you_walk_with_a_leader": [{"since": one.since, "until": one.until} for one in walks.order_by("since")],
        "kept_besides": {
            "ties_with_others": ties.filter(person__in=ids).count() + ties.filter(other__in=ids).count(),
            "times_somebody_named_you": standing(Nomination).filter(nominee__in=ids).count(),
            "others_whom_you_asked": standing(Ask).filter(asker__in=ids).count(),
            "a_note": bool(person.note),
        },
    }


def _talks(ids: set[UUID]) -> dict[str, Any]:
    """What she said in conversations, in her own words, and what was promised; their nouns are of a room above."""
    conversations, issues, promises = (
        apps.get_model("commonweal", name)._default_manager for name in ("Conversation", "Issue", "Promise")
    )
    words = ("opened", "cause", "hope", "asked_for", "said", "objections")
    return {
        "you_talked": [
            {"on": row.on, "answer": row.answer} | {name: str(getattr(row, name)) for name in words}
            for row in conversations.filter(person__in=ids).order_by("on")
        ],
        "you_raised": [
            {"on": row.on, "what": str(row.said)} for row in issues.filter(conversation__person__in=ids).order_by("on")
        ],
        "promised": [
            {"by": "you" if row.whose == "hers" else "us", "what": str(row.what), "until": row.due, "now": row.state}
            for row in promises.filter(person__in=ids).order_by("due")
        ],
    }


def _looks(ids: set[UUID]) -> Rows:
    looks = Entry.objects.filter(subject__in=ids, subject_kind="person", verb="looked_at")
    rows = list(looks.order_by("number").values_list("at", "actor"))
    names = names_of(actor for _, actor in rows if actor)
    return [{"at": at, "who": names.get(actor, "") if actor else ""} for at, actor in rows]
