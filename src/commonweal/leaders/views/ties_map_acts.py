"""What the map of ties says of acts: how one chooses it, what the signs count up to, who reached whom in deeds."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.common.counts import counted
from commonweal.common.marks import stance_words
from commonweal.common.sent import id_in
from commonweal.leaders.reads.ties_map import Dot, asks_on
from commonweal.leaders.reads.wall_chart import Ground, occasions_of
from commonweal.leaders.rules.asks_map import Asked, around, on_map, reaches
from commonweal.leaders.rules.ties_map import TiesMap
from commonweal.leaders.rules.wall_chart import STANCES
from commonweal.leaders.views.ties_map_look import Look, key_sign
from commonweal.leaders.views.wall_chart_askers import outcome_words
from commonweal.people.models import Occasion
from commonweal.people.rules.outcomes import DID

BY_STANCE, ASKS = "stance", "asks"


@dataclass(frozen=True)
class Asking:
    """What somebody wants to see: the dots by list, by stance or by an act, and ties or asks between them."""

    by: str | Occasion
    occasions: Sequence[Occasion]
    act: Occasion | None
    """The act whose asks are drawn; None where ties are."""

    @property
    def written(self) -> str:
        """The colouring as it stands in the address."""
        return str(self.by.pk) if isinstance(self.by, Occasion) else self.by


def asking_of(asked: QueryDict, ground: Ground, today: date) -> Asking:
    """What the address asks for. Without an act chosen the asks are those of the last one; an act the reader is not
    offered is not found."""
    occasions = [act for act in occasions_of(ground.campaign) if act.on <= today]
    wanted = id_in(asked.get("by", ""))
    chosen = next((act for act in occasions if act.pk == wanted), None)
    if wanted and chosen is None:
        raise Http404
    by: str | Occasion = chosen or (BY_STANCE if asked.get("by") == BY_STANCE else "")
    act = (chosen or (occasions[0] if occasions else None)) if asked.get("lines") == ASKS else None
    return Asking(by, occasions, act)


def rest_of(asking: Asking, unit: UUID | None) -> str:
    """What follows a person in an address of the map, so that a link keeps what was chosen."""
    kept = {"unit": unit, "by": asking.written, "lines": ASKS if asking.act else ""}
    written = urlencode({name: str(value) for name, value in kept.items() if value})
    return f"&{written}" if written else ""


def look_of(asking: Asking, dots: Mapping[UUID, Dot], drawn: TiesMap) -> tuple[Look, list[Asked]]:
    """How the map is drawn, and every ask between people who would stand on it were they tied."""
    asks = asks_on(asking.act, dots) if asking.act else []
    return Look(bool(asking.by), on_map(asks, drawn.places) if asking.act else None), asks


def of_acts(
    asking: Asking, look: Look, asks: Sequence[Asked], dots: Mapping[UUID, Dot], units: Mapping[UUID, str]
) -> dict[str, Any]:
    """What the page shows besides the picture: the key, the same unit by unit, and the reach of everybody who asked."""
    signs = sign_words(asking)
    return {
        "sign_key": [(key_sign(sign), word) for sign, word in signs.items()],
        "sign_table": sign_table(signs, dots, units),
        "asks_elsewhere": len(asks) - len(look.asks or ()),
        "reach": [
            (dots[one.asker], one.asked, one.came)
            for one in sorted(reaches(asks), key=lambda one: (dots[one.asker].sort_name, one.asker))
        ],
    }


def sign_words(asking: Asking) -> dict[str, str]:
    """The word of each sign, in the order of the scale or of the outcomes; nothing where dots have none."""
    if isinstance(asking.by, Occasion):
        return outcome_words()
    if not asking.by:
        return {}
    stances = stance_words()
    return {stance: stances[stance] for stance in STANCES}


def sign_table(
    signs: Mapping[str, str], dots: Mapping[UUID, Dot], units: Mapping[UUID, str]
) -> list[tuple[str, list[int]]]:
    """(unit, how many of each sign) of every unit that has people, also of those who stand on no map for want of a
    tie; the last line is of all."""
    if not signs:
        return []
    counts: dict[UUID, Counter[str]] = {}
    for dot in dots.values():
        counts.setdefault(dot.unit, Counter())[dot.sign] += 1
    rows = [(name, [counts[unit][sign] for sign in signs]) for unit, name in units.items() if unit in counts]
    return [*rows, (_("All"), [sum(row[place] for _name, row in rows) for place in range(len(signs))])]


def near_in_asks(look: Look, chosen: UUID | None) -> set[UUID]:
    """Whom the chosen person asked or was asked by, for lighting them."""
    if chosen is None or look.asks is None:
        return set()
    asked, askers = around(look.asks, chosen)
    return asked | askers


def headline_of_asks(act: Occasion, asks: Sequence[Asked], chosen: Dot | None) -> str:
    """The news of a map of asks."""
    hers = [ask for ask in asks if chosen is None or ask.asker == chosen.person]
    number = len({ask.asked for ask in hers})
    facts = {
        "act": act.name,
        "askers": counted(len({ask.asker for ask in hers})),
        "asked": counted(number),
        "came": counted(len({ask.asked for ask in hers if ask.outcome == DID})),
        "name": chosen.name if chosen else "",
    }
    if not hers:
        if chosen:
            return _("%(name)s was not seen to ask anybody to %(act)s.") % facts
        return _("%(act)s: who asked whom was not written down.") % facts
    if chosen:
        return (
            ngettext(
                "%(name)s asked %(asked)s person to %(act)s; %(came)s came.",
                "%(name)s asked %(asked)s people to %(act)s; %(came)s came.",
                number,
            )
            % facts
        )
    return (
        ngettext(
            "%(act)s: %(askers)s asked %(asked)s person, and %(came)s of them came.",
            "%(act)s: %(askers)s asked %(asked)s people, and %(came)s of them came.",
            number,
        )
        % facts
    )
