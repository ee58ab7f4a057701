"""What the arithmetic said last, how old that is, and what was seen since."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Sum

from commonweal.common.models import Work
from commonweal.common.work import latest
from commonweal.leaders.models import GroupReading, Reading
from commonweal.leaders.reads.campaigns import Part
from commonweal.people.models import Ask, BareYes, Nomination, Tie
from commonweal.people.reads.evidence import standing

COMPUTE = "commonweal.leaders.writes.reading.compute"
MANY = 1000
"""Up to here what is new since the reading is counted; beyond it is "many"."""


@dataclass(frozen=True)
class Since:
    """Evidence about the people of a part that was entered after a reading."""

    asks: int
    yeses: int
    nominations: int
    ties: int

    @property
    def any(self) -> bool:
        return bool(self.asks or self.yeses or self.nominations or self.ties)


@dataclass(frozen=True)
class Needed:
    """How many leaders the shortest list has: what was found, and between what the true number lies."""

    found: int
    low: int
    high: int


def current_reading(part: Part) -> Reading | None:
    """The reading that holds now."""
    return Reading.objects.filter(campaign=part.campaign, current=True).first()


def new_since(part: Part, at: datetime) -> Since:
    """What was entered since; four queries that each stop at a thousand rows."""
    asks = Ask.objects.filter(part.holds("asked"), entered_at__gt=at)
    yeses = BareYes.objects.filter(part.holds("person"), entered_at__gt=at)
    nominations = Nomination.objects.filter(part.holds("nominee"), entered_at__gt=at)
    ties = Tie.objects.filter(part.holds("person"), entered_at__gt=at)
    counts = [rows.order_by()[:MANY].count() for rows in (asks, yeses, nominations, ties)]
    return Since(*counts)


def evidence_has_begun(part: Part) -> bool:
    """Is there anything to read: an ask, a nomination or a tie of somebody of the part? Up to three queries."""
    found = (
        standing(Nomination).filter(part.holds("nominee")),
        standing(Ask).filter(part.holds("asked")),
        standing(Tie).filter(part.holds("person")),
    )
    return any(rows.order_by().exists() for rows in found)


def reading_at_work(campaign: UUID) -> Work | None:
    """The reading that is waiting or running now, or the last one if it failed."""
    work = latest(COMPUTE, campaign)
    if work is None or work.state in (Work.State.DONE, Work.State.CANCELLED):
        return None
    return work


def needed_for(part: Part, reading: Reading) -> Needed:
    """The size of the shortest list for a part. Only for the whole campaign is the lower bound proven."""
    size = reading.facts.get("size", {})
    if part.whole:
        return Needed(size.get("found", 0), size.get("low", 0), size.get("high", 0))
    here = GroupReading.objects.filter(reading=reading, unit__in=part.units).aggregate(all=Sum("leaders"))["all"] or 0
    return Needed(here, here, here)
