"""A calendar of neutral reminders, written as RFC 5545 wants it, and how often one may fetch it."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from commonweal.common.content_lines import escaped, folded_line

MOST_KEYS = 4096


@dataclass(frozen=True)
class Reminder:
    """A whole day with something due, and its neutral title. `number` tells days apart and nothing else."""

    on: date
    title: str
    number: str


def calendar_text(reminders: Iterable[Reminder], *, name: str, stamp: datetime) -> str:
    """The whole calendar. Each reminder is a day that blocks no time; an alarm would tell whoever sees the screen."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Commonweal//Reminders//EN", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT6H"]
    for one in reminders:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{one.number}",
            f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{one.on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{one.on + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{escaped(one.title)}",
            "CLASS:PRIVATE",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(folded_line(line) for line in lines)


def number_of_day(fingerprint: str, on: date) -> str:
    """What tells a day of one feed from all others, without saying whose it is."""
    return hashlib.sha256(f"{fingerprint}\0{on.isoformat()}".encode()).hexdigest()[:32]


class Visits:
    """How often each key came within a time, in the memory of this process alone."""

    def __init__(self, most: int, within: timedelta) -> None:
        self.most, self.within = most, within
        self._seen: OrderedDict[str, tuple[datetime, int]] = OrderedDict()
        self._guard = threading.Lock()

    def allows(self, key: str, at: datetime) -> bool:
        """Counts one more visit; False when that is too many."""
        with self._guard:
            since, count = self._seen.pop(key, (at, 0))
            if at - since >= self.within:
                since, count = at, 0
            self._seen[key] = (since, count + 1)
            while len(self._seen) > MOST_KEYS:
                self._seen.popitem(last=False)
            return count < self.most
