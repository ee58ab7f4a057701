"""The village with something of everything in it, which can be made to hold as much again."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from commonweal.accounts.models import Invitation, RecoveryCode, SecondFactor
from commonweal.common.ids import new_id
from commonweal.exchange.models import Export
from commonweal.leaders.models import ChainSheet, CoinToss, ListedLeader
from commonweal.leaders.writes.reading import compute
from commonweal.ledger.writes import record
from commonweal.people.models import (
    Affiliation,
    Ask,
    Assessment,
    BareYes,
    ChainLink,
    Institution,
    Merge,
    PersonName,
    Placement,
    Resemblance,
    Unit,
)
from commonweal.people.writes.search_keys import refresh
from commonweal.structure_tests.models import (
    Forecast,
    Mark,
    Prediction,
    RollEntry,
    Rung,
    SignatureLine,
    StructureTest,
)
from tests.exchange.bringing import as_csv, brought
from tests.leaders.small_mill import Silent, ask, names, occasion, tie
from tests.village import THEN, Village, account, person, phone

CROWD = 12


def grow(village: Village, lot: int) -> dict[str, UUID]:
    """Adds a crowd with all that is known of crowds, and reads the campaign anew; what each parameter of a path may be.

    Everything stands in numbers that grow with each lot: units, institutions, acts, leaders, pairs, imports.
    """
    unit = Unit.objects.create(name=f"Hall {lot}", parent=village.mill, position=5 + lot)
    crowd = [
        person(f"Hand{lot}{place:02d} Weaver", (unit, village.weaving)[place % 2], (village.day, village.night)[place % 3 == 0])
        for place in range(CROWD)
    ]  # fmt: skip
    for place, one in enumerate(crowd):
        known(village, crowd, one, lot * 100 + place)
    leaders = [village.bo_person, *crowd[:3]]
    listed = lead(village, leaders, crowd[3:])
    found = (
        belong(village, crowd, lot) | doors(village, crowd, lot) | papers(village, lot) | tested(village, crowd, lot)
    )
    compute(village.campaign.pk, Silent(), by=None, at=THEN)  # type: ignore[arg-type]
    refresh([one.pk for one in (village.bo_person, *crowd)])
    first, second = sorted((village.bo_person.pk, crowd[0].pk))
    toss(village, first, second, crowd[4])
    stands = Placement.objects.filter(person=village.bo_person)[0]
    return found | {
        "person": village.bo_person.pk,
        "leader": village.bo_person.pk,
        "unit": village.weaving.pk,
        "campaign": village.campaign.pk,
        "shift": village.day.pk,
        "listed": listed,
        "place": stands.pk,
    }


def known(village: Village, crowd: list[Any], one: Any, number: int) -> None:
    """What is known of one of them: names, telephone, ties, who named whom, asks, marks."""
    PersonName.objects.create(person=one, name=f"Also {number}", source="hand:also")
    phone(one, f"+1212555{number:04d}")
    for other in (village.bo_person, crowd[(crowd.index(one) + 1) % len(crowd)]):
        tie(one, other, f"tie:{other.pk}:{number}")
        names(one, other)
    act = occasion(village, f"Act {number}", THEN.date() - timedelta(days=number % 90))
    for asker in (village.bo_person, crowd[0]):
        if asker != one:
            ask(act, asker, one, ("did", "did_not", "could_not")[number % 3])
    BareYes.objects.create(
        occasion=act, person=one, carried_by=village.bo_person, source=f"yes:{number}", entered_at=THEN
    )
    for basis in ("stated", "observed"):
        Assessment.objects.create(
            person=one, stance="2", basis=basis, on=THEN.date(), source=f"seen:{basis}:{number}", entered_at=THEN
        )
    record("changed_person", by=village.ana.pk, at=THEN, subject_kind="person", subject=village.bo_person.pk)


def lead(village: Village, leaders: list[Any], others: list[Any]) -> UUID:
    """Leaders on the list, each with a life, a chain and a sheet; Bo's place on the list."""
    for number, one in enumerate(leaders):
        made, new = ListedLeader.objects.get_or_create(
            campaign=village.campaign,
            person=one,
            off_since=None,
            defaults={"stage": ("won", "target")[number % 2], "listed_at": THEN, "stage_since": THEN},
        )
        made.steps.create(stage="won", on=THEN.date(), note="yes", entered_at=THEN, entered_by=village.ana.pk)
        sheet = {"printed_at": THEN, "printed_by": village.ana.pk, "back_by": date(2026, 4, 1)}
        number = ChainSheet.objects.count() + 1
        ChainSheet.objects.create(campaign=village.campaign, leader=one, number=number, **sheet)
    for number, one in enumerate(others):
        ChainLink.objects.create(
            campaign=village.campaign, leader=leaders[number % len(leaders)], follower=one, since=THEN, why="claimed",
            source="hand:chain",
        )  # fmt: skip
    return ListedLeader.objects.get(person=village.bo_person).pk


def belong(village: Village, crowd: list[Any], lot: int) -> dict[str, UUID]:
    """An institution with members, pairs that look alike, a merge."""
    circle = Institution.objects.create(kind="savings", name=f"Circle {lot}", added_at=THEN, source="hand:circle")
    rows = [Affiliation.objects.create(person=one, institution=circle, source="hand:belongs") for one in crowd]
    hers, _ = Affiliation.objects.get_or_create(person=village.bo_person, institution=circle, source="hand:belongs")
    for one, other in zip(crowd, crowd[1:], strict=False):
        Resemblance.objects.create(first=one, second=other, weight=4.0, reasons=["same_phone"], found_at=THEN)
    gone = person(f"Twin{lot} Weaver")
    gone.merged_into = village.bo_person
    gone.save()
    merge = Merge.objects.create(kept=village.bo_person, taken_in=gone, before="{}", at=THEN, by=village.ana.pk)
    assert rows
    return {
        "institution": circle.pk,
        "affiliation": hers.pk,
        "first": crowd[0].pk,
        "second": crowd[1].pk,
        "merge": merge.pk,
    }


def doors(village: Village, crowd: list[Any], lot: int) -> dict[str, UUID]:
    """More accounts and invitations; Ana's and Root's second factors and codes."""
    for one in crowd[:3]:
        account(f"Door{one.name.replace(' ', '')}", "leader", one)
    made = account(f"Organizer{lot}", "organizer", None, village.mill)
    for number in range(2):
        invitation = Invitation.objects.create(
            fingerprint=f"{lot}:{number}", name=f"Guest {number}", role="organizer", made_by=village.root, made_at=THEN,
            ends_at=THEN + timedelta(days=999),
        )  # fmt: skip
    for who in (village.ana, village.root):
        SecondFactor.objects.create(account=who, kind="totp", name=f"Phone {lot}", added_on=THEN.date())
        RecoveryCode.objects.create(account=who, fingerprint=f"{who.pk}"[:20] + str(lot))
    assert invitation
    return {"number": made.pk}


def tested(village: Village, crowd: list[Any], lot: int) -> dict[str, UUID]:
    """A step of the ladder with a test that closed and one that is planned; everybody asked, marked, foretold."""
    rung = Rung.objects.create(
        campaign=village.campaign, name=f"Step {lot}", position=lot, kind="button", threshold="0.65"
    )
    made = {}
    for state in ("closed", "planned"):
        act = occasion(village, f"Test {lot} {state}", THEN.date() + timedelta(days=lot - 9 * (state == "closed")))
        moments = {"opened_at": THEN, "closed_at": THEN, "opened_by": village.ana.pk, "closed_by": village.ana.pk}
        test = StructureTest.objects.create(
            occasion=act, rung=rung, state=state, threshold="0.65", unit_threshold="0.50",
            **(moments if state == "closed" else {}),
        )  # fmt: skip
        made[state] = test.pk
        for number, one in enumerate([village.bo_person, *crowd]):
            on_roll(village, test, one, crowd[number % 4], number)
        said = dict.fromkeys(("median", "low", "high", "reaches", "every_unit", "both"), 0.4) | {"runs": [0.4] * 20}
        facts = {"tests": 2, "answers": 3, "refusals": 1, "plan": "chains", "overall": said, "units": {}}
        score = {"share": 0.4, "inside": True, "people": 3, "brier": 0.2} if state == "closed" else None
        Forecast.objects.create(
            test=test, scenario="as_last", current=True, made_at=THEN, lot=7, facts=facts, score=score
        )
        SignatureLine.objects.create(
            test=test, sheet=1, line=1, written="Hand Weaver", other_reading="", read_at=THEN, read_by=village.ana.pk
        )
    return {"test": made["closed"], "rung": rung.pk}


def on_roll(village: Village, test: StructureTest, one: Any, leader: Any, number: int) -> None:
    """Her line on the roll of a test, what was expected of her and what was recorded."""
    stands = one.placements.filter(until=None)[0]
    leader = None if leader == one else leader
    entry = RollEntry.objects.create(
        test=test, person=one, unit=stands.unit, shift=stands.shift, leader=leader, asker=leader, stance="2",
        line=number + 1,
    )  # fmt: skip
    Prediction.objects.create(entry=entry, expectation=("sure", "no")[number % 2], made_at=THEN, by=village.ana.pk)
    if test.state == "planned":
        return
    outcome = ("did", "did_not", "unknown")[number % 3]
    late = THEN + timedelta(hours=number)
    for by in (village.ana.pk, village.root.pk)[: 1 + (outcome == "unknown")]:
        marked = outcome if outcome != "unknown" else ("did", "did_not")[by == village.root.pk]
        Mark.objects.create(
            entry=entry, outcome=marked, asker=leader, how="phone", seen_at=late, received_at=late, by=by
        )
    Ask.objects.create(
        occasion=test.occasion, asker=leader, asked=one, outcome=outcome, source=f"test:{entry.pk}", entered_at=late
    )


def papers(village: Village, lot: int) -> dict[str, UUID]:
    """An import with rows and a file that was taken out."""
    rows = [
        ("Name", "Unit", "Phone"),
        *((f"New{lot}{row} Comer", f"Hall {lot}", f"212555{lot}{row:03d}") for row in range(CROWD)),
    ]
    batch = brought(village.root, as_csv(*rows))
    for form in ("csv", "xlsx"):
        Export.objects.create(
            account=village.ana.pk,
            once=str(new_id()),
            what="people",
            form=form,
            rows=3,
            content_print="0",
            asked_at=THEN,
        )
    return {"batch": batch.pk}


def toss(village: Village, first: UUID, second: UUID, whom: Any) -> None:
    """A coin was tossed for somebody whom both could ask."""
    coin = {"fell_to_first": True, "lot": 7, "at": THEN, "by": village.ana.pk}
    CoinToss.objects.create(campaign=village.campaign, first_id=first, second_id=second, asked=whom, **coin)
