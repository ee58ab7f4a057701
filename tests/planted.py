"""What lies outside somebody's scope, planted everywhere it could leak from.

`plant` gives a person a row of every kind that hangs on people: names, contacts, places, institutions, evidence
of every kind, also together with people whom the reader does see, chains, the list, a reading, sheets, merges,
imports, exports, an account with its devices. Every text holds her sentinel. `PARAMETERS` says, for each
parameter of an address, which of these rows it names.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max

from commonweal.accounts.models import Account, Device, Invitation, SecondFactor
from commonweal.accounts.words import FactorKind
from commonweal.exchange.models import Export, ImportBatch, ImportRow
from commonweal.leaders.models import (
    Candidate,
    ChainProposal,
    ChainSheet,
    CoinToss,
    GroupReading,
    ListedLeader,
    ListedStep,
    Reading,
)
from commonweal.leaders.words import Verdict
from commonweal.listening.models import (
    CalendarFeed,
    CallFor,
    Conversation,
    Draft,
    EmployerMove,
    Inoculation,
    Issue,
    NotNow,
    Promise,
)
from commonweal.listening.rules.typed import Typed
from commonweal.people.models import (
    Affiliation,
    Ask,
    Assessment,
    BareYes,
    Campaign,
    ChainLink,
    Institution,
    Nomination,
    Occasion,
    Person,
    PersonName,
    Resemblance,
    Tie,
    Unit,
)
from commonweal.people.writes.former import keep_former
from commonweal.people.writes.merging import merge
from commonweal.people.writes.search_keys import refresh
from commonweal.structure_tests.models import (
    BallotCount,
    Forecast,
    Mark,
    Prediction,
    RollEntry,
    Rung,
    SignatureLine,
    StructureTest,
)
from tests.village import THEN, Village, account, person, phone

SEEN = ["named_by", "named_across", "named_apart", "named_opposed", "asked", "came", "expected", "ties"]
COUNTS = dict.fromkeys([*SEEN, "like_them_asked", "like_them_came", "her_people", "stand_ins"], 1)


@dataclass
class Planted:
    """Somebody and everything that hangs on her; `rows` by the parameter of an address that names them."""

    sentinel: str
    person: Person
    partner: Person
    rows: dict[str, UUID]


# What a parameter of an address names, as `Planted.rows` calls it; "route parameter" where a route means it otherwise.
# Shared things (a campaign, a shift, an institution, an occasion, a test of its campaign) are there for everybody who organizes: of these
# only the people in them are hidden. Everything else is, for who may not see its person, as if it were not there.
HIDDEN = {
    "person": "person",
    "unit": "unit",
    "first": "person",
    "second": "partner",
    "merge": "merge",
    "former": "former",
    "name": "name",
    "point": "point",
    "place": "place",
    "affiliation": "affiliation",
    "row": "tie",
    "batch": "batch",
    "export": "export",
    "listed": "listed",
    "sheet": "sheet",
    "factor": "factor",
    "device": "device",
    "accounts:invitation number": "invitation",
    "accounts:account number": "account",
    "conversation": "conversation",
    "draft": "draft",
    "promise": "promise",
    "call": "call",
    "move": "move",
    "line": "line",
}
SHARED = {
    "campaign": "campaign",
    "shift": "shift",
    "institution": "institution",
    "occasion": "occasion",
    "test": "test",
    "rung": "rung",
}
# What the words in an address can be; one of them is walked.
WORDS = {
    "paper": "a4",
    "format": "csv",
    "size": "a4",
    "kind": "tie",
    "exchange:blank_sheet kind": "people",
    "code": "abcde",
    "listening:feed token": "abcde",
}


def plant(village: Village, sentinel: str, where: Unit, near: Person, keeper: Account) -> Planted:
    """A person in `where`, kept by the organizer `keeper`, with evidence that also names `near`, who is elsewhere."""
    at, on, by = THEN, THEN.date(), keeper.pk
    whom = person(f"Greta {sentinel}", where, village.day, note=f"note {sentinel}", outside_number=sentinel)
    partner = person(f"Hana {sentinel}", where, village.day)
    number = f"+1212555{1000 + sum(map(ord, sentinel)) % 9000}"
    rows: dict[str, Any] = {"person": whom, "partner": partner, "unit": where, "shift": village.day}
    rows["name"] = PersonName.objects.create(person=whom, name=f"Gretchen {sentinel}", source="hand:planted")
    rows["point"] = phone(whom, number)
    rows["place"] = whom.placements.get()
    rows["institution"] = Institution.objects.get_or_create(
        kind="choir", name="Sunday choir", defaults={"added_at": at, "source": "hand:planted"}
    )[0]
    rows["affiliation"] = Affiliation.objects.create(
        person=whom, institution=rows["institution"], source="hand:planted"
    )
    Affiliation.objects.get_or_create(person=near, institution=rows["institution"], defaults={"source": "hand:planted"})
    rows["former"] = keep_former(rows["name"], by=by, at=at)
    rows |= evidence(village, sentinel, whom, partner, near, by)
    rows |= chains(village, sentinel, whom, partner, near, where, keeper)
    rows |= tested(village, sentinel, whom, partner, near, where, keeper)
    rows |= talks(village, sentinel, whom, partner, near, where, keeper)
    taken = person(f"Greta T. {sentinel}", where)
    versions = (whom.version, taken.version)
    rows["merge"] = merge(kept=whom, taken_in=taken, versions=versions, values={}, by=by, at=at)
    first, second = sorted([whom, partner], key=lambda one: one.pk)
    Resemblance.objects.create(first=first, second=second, weight=9, reasons=["same_phone"], found_at=at)
    first, second = sorted([whom, near], key=lambda one: one.pk)
    Resemblance.objects.create(first=first, second=second, weight=8, reasons=["same_name"], found_at=at)
    rows["batch"] = ImportBatch.objects.create(
        kind="people",
        state="looked",
        file_name=f"{sentinel}.csv",
        brought_by=by,
        brought_at=at,
        found={"new": 1, "units": [sentinel]},
    )
    ImportRow.objects.create(
        batch=rows["batch"], line=2, verdict="bad", person=whom.pk, values=json.dumps({"name": sentinel})
    )
    rows["export"] = Export.objects.create(
        account=by, once=sentinel, state="waiting", what="people", form="csv", rows=1, reason=sentinel, asked_at=at
    )
    hers = account(f"Greta{sentinel}", "leader", whom)
    rows["account"] = hers
    rows["device"] = Device.objects.create(account=hers, words=sentinel, begun_on=on, seen_at=at)
    CalendarFeed.objects.create(account=hers, fingerprint=sentinel, made_at=at)
    rows["factor"] = SecondFactor.objects.create(
        account=hers, kind=FactorKind.CODES_APP, name=sentinel, secret="JBSWY3DP", added_on=on
    )
    rows["invitation"] = Invitation.objects.create(
        fingerprint=sentinel,
        name=sentinel,
        role="member",
        person=partner,
        made_by=keeper,
        made_at=at,
        ends_at=at.replace(year=2999),
    )
    refresh([whom.pk, partner.pk])
    return Planted(sentinel, whom, partner, {name: one.pk for name, one in rows.items()})


def evidence(village: Village, sentinel: str, whom: Person, partner: Person, near: Person, by: UUID) -> dict[str, Any]:
    """Every kind of evidence about her, alone, with her partner and with somebody whom the reader sees."""
    at, on = THEN, THEN.date()
    day = Occasion.objects.get_or_create(
        name="Button day", defaults={"kind": "button", "on": on, "source": "hand:planted", "campaign": village.campaign}
    )[0]
    common = {"entered_at": at, "entered_by": by}
    pairs = [(whom, partner), (near, whom), (whom, near)]
    for number, (one, other) in enumerate(pairs):
        source = f"hand:{sentinel}:{number}"
        tie = Tie.objects.create(person=one, other=other, kind="goes_to", source=source, **common)
        Nomination.objects.create(nominator=one, nominee=other, question="faces", source=source, **common)
        Ask.objects.create(occasion=day, asker=one, asked=other, outcome="did", source=source, **common)
        BareYes.objects.create(occasion=day, person=one, carried_by=other, source=source, **common)
    Assessment.objects.create(
        person=whom, stance="2", basis="observed", reason=sentinel, on=on, source=f"hand:{sentinel}:4", **common
    )
    return {"occasion": day, "tie": tie}


def tested(
    village: Village, sentinel: str, whom: Person, partner: Person, near: Person, where: Unit, keeper: Account
) -> dict[str, Any]:
    """A closed test on whose roll she, her partner and `near` stand, each with marks that differ, corrections,
    expectations, lines of a sheet, a count of the ballot and a forecast."""
    at, by = THEN, keeper.pk
    rung = Rung.objects.get_or_create(
        campaign=village.campaign, name="Buttons", defaults={"position": 1, "kind": "button", "threshold": "0.65"}
    )[0]
    act = Occasion.objects.get_or_create(
        name="Sticker day",
        defaults={"kind": "button", "on": at.date(), "source": "hand:planted", "campaign": village.campaign},
    )[0]
    test = StructureTest.objects.get_or_create(
        occasion=act,
        defaults={"rung": rung, "state": "closed", "threshold": "0.65", "unit_threshold": "0.50"}
        | {"opened_at": at, "closed_at": at, "opened_by": by, "closed_by": by},
    )[0]
    first = 1 + RollEntry.objects.filter(test=test).count()
    late = at + timedelta(hours=2)
    people = ((whom, near, partner), (partner, whom, near), (near, whom, whom))
    for number, (one, leader, asker) in enumerate(people):
        stands = one.placements.filter(until=None).first()
        entry = RollEntry.objects.create(
            test=test, person=one, unit=stands.unit, shift=stands.shift, leader=leader, asker=asker, stance="2",
            line=first + number,
        )  # fmt: skip
        for outcome, marker in (("did", by), ("did_not", village.root.pk)):
            Mark.objects.create(
                entry=entry, outcome=outcome, asker=asker, how="grid", seen_at=late, received_at=late, by=marker
            )
        Prediction.objects.create(entry=entry, expectation="sure", made_at=at, by=by)
        common = {"occasion": act, "asker": asker, "asked": one, "source": f"test:{entry.pk}", "entered_by": by}
        now = Ask(outcome="unknown" if number else "did", entered_at=late, **common)
        before = Ask.objects.create(
            outcome="did_not", entered_at=at, replaced_by=None, **common | {"source": f"{sentinel}:{number}"}
        )
        now.save()
        Ask.objects.filter(pk=before.pk).update(replaced_by=now, source=now.source)
    sheet = sum(map(ord, sentinel))
    line = SignatureLine.objects.create(
        test=test, sheet=sheet, line=1, written=f"Greta {sentinel}", other_reading="", state="settled", person=whom,
        carried_by=near, read_at=at, read_by=by, settled_at=late, settled_by=by,
    )  # fmt: skip
    BallotCount.objects.create(test=test, unit=where, entitled=12, cast=11, yes=10, at=at, by=by)
    said = {"median": 0.4, "low": 0.3, "high": 0.5, "reaches": 0.1, "every_unit": 0.1, "both": 0.1, "runs": [0.4] * 20}
    units = {str(where.pk): {"size": 3, "median": 0.4, "low": 0.3, "high": 0.5, "reaches": 0.1, "only_one_short": 0.1}}
    facts = {"tests": 2, "answers": 3, "refusals": 1, "newcomers": 0, "plan": "chains", "overall": said, "units": units}
    score = {"share": 0.4, "inside": True, "units": 1, "units_inside": 1, "people": 3, "brier": 0.2, "log": 0.5}
    Forecast.objects.get_or_create(
        test=test, scenario="as_last", current=True, defaults={"made_at": at, "lot": 7, "facts": facts, "score": score}
    )
    return {"test": test, "rung": rung, "line": line}


def talks(
    village: Village, sentinel: str, whom: Person, partner: Person, near: Person, where: Unit, keeper: Account
) -> dict[str, Any]:
    """What was said in a conversation with her, and a conversation with `near` in which she is mentioned."""
    at, on, by = THEN, THEN.date(), keeper.pk
    common = {"on": on, "entered_at": at, "entered_by": by, "account": keeper}
    held = Conversation.objects.create(
        person=whom, opened=sentinel, cause=sentinel, hope=sentinel, asked_for=sentinel, answer="yes", said=sentinel,
        objections=sentinel, next_on=on, **common,
    )  # fmt: skip
    Issue.objects.create(conversation=held, said=sentinel, unit=where, on=on)
    Inoculation.objects.create(conversation=held, ready_for="fees", how=sentinel)
    kept = {"due": on, "first_due": on, "made_at": at, "what": sentinel}
    promise = Promise.objects.create(person=whom, account=keeper, conversation=held, whose="ours", **kept)
    Promise.objects.create(person=partner, account=None, whose="hers", **kept)
    draft = Draft.objects.create(
        person=whom, account=keeper, typed=Typed(fields={"opened": [sentinel]}).as_text(), begun_at=at, changed_at=at
    )
    NotNow.objects.create(person=whom, account=keeper, until=on, why=sentinel, at=at)
    call = CallFor.objects.create(person=whom, why="did_not_come", at=at, by=by)
    move = EmployerMove.objects.create(on=on, kind="fees", what=sentinel, unit=where, entered_at=at, entered_by=by)
    other = Conversation.objects.create(person=near, on=on, entered_at=at, entered_by=by, account=None)
    source = f"conversation:{other.pk}:1"
    Nomination.objects.create(
        nominator=near, nominee=whom, question="checks", source=source, entered_at=at, entered_by=by
    )
    return {"conversation": held, "draft": draft, "promise": promise, "call": call, "move": move}


def chains(
    village: Village, sentinel: str, whom: Person, partner: Person, near: Person, where: Unit, keeper: Account
) -> dict[str, Any]:
    """Her place on the list and in the chains of the village's campaign, and what a reading says of her."""
    at, on, by, campaign = THEN, THEN.date(), keeper.pk, village.campaign
    listed = ListedLeader.objects.create(
        campaign=campaign, person=whom, stage="won", responsible=keeper, listed_at=at, stage_since=at
    )
    ListedStep.objects.create(listed=listed, stage="won", on=on, note=sentinel, entered_at=at, entered_by=by)
    common = {"campaign": campaign, "since": at, "why": "claimed"}
    ChainLink.objects.create(leader=whom, follower=partner, source=f"hand:{sentinel}", **common)
    reading = Reading.objects.get_or_create(campaign=campaign, current=True, defaults={"at": at, "lot": 7})[0]
    for place, (one, instead) in enumerate(((whom, partner), (partner, near), (near, whom))):
        seen = COUNTS | {"questions": {}, "instead": [[str(instead.pk), 1]]}
        Candidate.objects.create(
            reading=reading, person=one, place=place, verdict=Verdict.TOO_EARLY, evidence=seen, proposed=True
        )
    for follower, leader, rival in ((partner, whom, near), (near, whom, None)):
        ChainProposal.objects.get_or_create(
            reading=reading, follower=follower, defaults={"leader": leader, "why": "tie", "rival": rival}
        )
    GroupReading.objects.create(
        reading=reading, unit=where, shift=village.day, people=2, wanted=2, reached=1, listed_reach=1, leaders=1
    )
    number = 1 + (ChainSheet.objects.filter(campaign=campaign).aggregate(most=Max("number"))["most"] or 0)
    sheet = ChainSheet.objects.create(
        campaign=campaign, leader=whom, number=number, printed_at=at, printed_by=by, back_by=on
    )
    CoinToss.objects.create(
        campaign=campaign, first=whom, second=near, asked=partner, fell_to_first=True, lot=7, at=at, by=by
    )
    return {"listed": listed, "sheet": sheet, "campaign": Campaign.objects.get(pk=campaign.pk)}
