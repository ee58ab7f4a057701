"""The background work that reads a campaign, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np

from commonweal.common.rows import as_id
from commonweal.common.work import Report, ask_for
from commonweal.leaders.models import Candidate, ChainProposal, GroupReading, Reading
from commonweal.leaders.rules.tosses import lot_of
from commonweal.leaders.writes.reading.candidates import candidates_of
from commonweal.leaders.writes.reading.claims import Arcs, arcs_of
from commonweal.leaders.writes.reading.decisions import Decisions, decisions_of
from commonweal.leaders.writes.reading.evidence import (
    AskRows,
    NominationRows,
    TieRows,
    asks_of,
    nominations_of,
    opposed_of,
    ties_of,
)
from commonweal.leaders.writes.reading.keeping import clear_earlier, keep_rows, make_current
from commonweal.leaders.writes.reading.pairs import close_pairs
from commonweal.leaders.writes.reading.records import degree_of, named_by, records_of
from commonweal.leaders.writes.reading.roll import Roll, roll_of
from commonweal.leaders.writes.reading.shortest import Proposed, propose_list
from commonweal.leaders.writes.reading.trust import trust_in
from commonweal.leaders.writes.reading.voices import voices_of
from commonweal.ledger.writes import record
from commonweal.people.models import Campaign
from commonweal.people.words import CampaignState
from commonweal.reckoning.chains import Chains, walk_with
from commonweal.reckoning.pull import PullReading, read_pull

COMPUTE = "commonweal.leaders.writes.reading.compute"
STEPS = 6


@dataclass
class Gathered:
    """Everything a reading starts from."""

    roll: Roll
    ties: TieRows
    named: NominationRows
    asks: AskRows
    decisions: Decisions
    arcs: Arcs


def ask_to_read(campaign: UUID, *, by: UUID | None, at: datetime) -> None:
    """The campaign will be read anew in the background; asking twice asks once."""
    ask_for(COMPUTE, subject=campaign, by=by, at=at, anew=True)


def read_open_campaigns(*, by: UUID | None, at: datetime) -> None:
    """Every open campaign will be read anew, as after an import."""
    for campaign in Campaign.objects.filter(state=CampaignState.OPEN).values_list("pk", flat=True):
        ask_to_read(campaign, by=by, at=at)


def compute(subject: UUID, report: Report, *, by: UUID | None, at: datetime) -> None:
    """Reads the campaign `subject`: its candidates, the shortest list and the chains, as of `at`.

    Nothing of the earlier reading changes until the new one is whole; then it takes its place at one stroke.
    """
    campaign = Campaign.objects.get(pk=subject)
    clear_earlier(campaign.pk)
    lot = lot_of(campaign.pk, at.isoformat())
    report.step(0, STEPS)
    found = _gather(campaign, at)
    report.step(1, STEPS)
    records = records_of(found.roll, found.asks, found.named, found.ties)
    pull = None if records is None else read_pull(records, lot=lot)
    trust = trust_in(records, found.asks, lot)
    report.step(2, STEPS)
    proposed = propose_list(campaign, found.roll, found.arcs, found.decisions, pull, named_by(found.roll, found.named))
    report.step(3, STEPS)
    chains = walk_with(
        found.arcs.ties,
        np.array(sorted(proposed.leaders | set(found.decisions.listed)), dtype=np.int64),
        capacity=campaign.chain_capacity,
        existing=found.decisions.walks,
        first=proposed.served,
    )
    report.step(4, STEPS)
    reading = Reading.objects.create(campaign=campaign, at=at, lot=lot)
    candidates = candidates_of(
        reading.pk,
        found.roll,
        pull,
        voices_of(found.roll, found.named, found.ties, opposed_of(found.roll)),
        found.named,
        degree_of(found.roll, found.ties),
        also=set(found.decisions.listed) | set(found.decisions.lost),
        proposed=proposed.instead,
    )
    keep_rows(Candidate, iter(candidates), lambda kept: report.step(4, STEPS))
    keep_rows(GroupReading, _groups(reading.pk, found.roll, proposed), lambda kept: None)
    keep_rows(ChainProposal, _proposals(reading.pk, found, chains), lambda kept: report.step(5, STEPS))
    pairs = close_pairs(found.roll, found.arcs, pull, candidates)
    make_current(reading, _facts(found, pull, proposed, chains, pairs) | trust)
    record("read_campaign", by=by, at=at, subject_kind="campaign", subject=campaign.pk, facts={"lot": lot})


def _gather(campaign: Campaign, at: datetime) -> Gathered:
    roll = roll_of(campaign)
    named = nominations_of(roll)
    asks = asks_of(roll)
    ties = ties_of(roll, at)
    decisions = decisions_of(campaign, roll)
    return Gathered(roll, ties, named, asks, decisions, arcs_of(roll, ties, named, asks, decisions.aside))


def _groups(reading: UUID, roll: Roll, proposed: Proposed) -> Iterator[GroupReading]:
    for number, (unit, shift) in enumerate(roll.groups):
        yield GroupReading(
            reading_id=reading,
            unit_id=as_id(unit),
            shift_id=None if shift is None else as_id(shift),
            people=int(proposed.people[number]),
            wanted=int(proposed.wanted[number]),
            reached=int(proposed.reached[number]),
            listed_reach=int(proposed.listed_reach[number]),
            leaders=int(proposed.standing[number]),
        )


def _proposals(reading: UUID, found: Gathered, chains: Chains) -> Iterator[ChainProposal]:
    """One row for everybody who would walk with somebody else than now, or with nobody, or could with either of two."""
    roll, walks = found.roll, found.decisions.walks
    moves = {move.person: move.why.value for move in chains.moves}
    rivals = {
        claim.person: next((leader for leader in claim.leaders if leader != claim.walks_with), None)
        for claim in chains.contested
    }
    unplaced = {one.person: one.why.value for one in chains.unplaced}
    for person in range(roll.n_own):
        leader = int(chains.leader_of[person])
        rival = rivals.get(person)
        if person in unplaced or (leader >= 0 and (leader != walks[person] or rival is not None)):
            yield ChainProposal(
                reading_id=reading,
                follower_id=roll.id_of(person),
                leader_id=None if leader < 0 else roll.id_of(leader),
                why=unplaced[person] if leader < 0 else found.arcs.reason(person, leader),
                move=moves.get(person, ""),
                rival_id=None if rival is None or leader < 0 else roll.id_of(rival),
            )


def _facts(
    found: Gathered, pull: PullReading | None, proposed: Proposed, chains: Chains, pairs: list[list[str]]
) -> dict[str, Any]:
    return {
        "people": found.roll.n_own,
        "ties": len(found.ties.from_),
        "nominations": len(found.named.nominee),
        "asks": len(found.asks.asked),
        "yeses": len(found.asks.yes_person),
        "occasions": _occasions(found.asks, pull),
        "tests": 0 if pull is None else pull.tests,
        "size": {"found": len(proposed.leaders), "low": proposed.least, "high": len(proposed.leaders)},
        "spare": [str(found.roll.id_of(person)) for person in sorted(set(found.decisions.listed) - proposed.leaders)],
        "optimal_chains": chains.optimal,
        "placed": int((chains.leader_of >= 0).sum()),
        "pairs": pairs,
    }


def _occasions(asks: AskRows, pull: PullReading | None) -> list[dict[str, Any]]:
    return [
        {
            "id": str(as_id(occasion)),
            "difficulty": None if pull is None else round(float(pull.difficulty[place]), 2),
        }
        for place, occasion in enumerate(asks.occasions)
    ]
