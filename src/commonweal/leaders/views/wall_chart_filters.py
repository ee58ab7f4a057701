"""What stands above the chart: the news, what one may choose, and whom a choice leaves lit."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from commonweal.common.doors import ScopedRequest
from commonweal.common.marks import stance_words
from commonweal.leaders.reads.wall_chart import people_without_place
from commonweal.leaders.reads.wall_chart_drawing import Drawing
from commonweal.leaders.rules import wall_chart as rules
from commonweal.leaders.rules.wall_chart import BLANK, Node, Square
from commonweal.leaders.rules.wall_chart_choice import BY_ACTS
from commonweal.leaders.views import wall_chart_words as words
from commonweal.leaders.views.wall_chart_askers import outcome_words
from commonweal.leaders.views.wall_chart_stickers import sticker
from commonweal.people.models import Occasion, Organization
from commonweal.people.rules.outcomes import DID_NOT, UNASKED
from commonweal.people.words import UnitKind


def filters(request: ScopedRequest, drawing: Drawing) -> dict[str, Any]:
    choice, sums = drawing.choice, drawing.chart.totals
    first, second = words.headline(sums, choice, drawing.occasion)
    acts_shown = bool(drawing.occasion) or choice.by == BY_ACTS
    leaders = sorted((square for square in drawing.squares if square.flag), key=lambda square: square.sort_name)
    return {
        "choice": choice,
        "ground": drawing.ground,
        "today": drawing.today,
        "totals": sums,
        "headline": first,
        "headline_second": second,
        "where": drawing.unit_name(drawing.tops[0]) if len(drawing.tops) == 1 else "",
        "unit_options": list(unit_options(drawing)),
        "path": list(path_to(drawing)),
        "row_count": len(drawing.chart.rows),
        "levels": level_names(drawing),
        "level": drawing.level,
        "shifts": drawing.ground.shifts,
        "some_without_shift": any(square.shift is None for square in drawing.squares) and drawing.ground.shifts,
        "occasions": drawing.occasions,
        "occasion": drawing.occasion,
        "leader_options": leaders,
        "without_place": 0 if drawing.choice.unit else people_without_place(request.scope),
        "to_chart": choice.address(page=""),
        "to_table": choice.address(page="table", show="", q="", zoom="", by=choice.by if acts_shown else ""),
        "to_paper": choice.address(page="", show="", q="", zoom="", by=""),
        "acts": drawing.acts,
        "act": drawing.act,
        "outcome_key": [(sticker(outcome), said) for outcome, said in outcome_words().items()],
        "everyone": choice.address(show=""),
        "stance_key": (key := stance_key()),
        "show_options": show_options(key, drawing.act),
    }


def stance_key() -> list[tuple[str, str, str]]:
    """(code, number shown, word) of each mark, blank last; the number follows the organization's direction."""
    organization = Organization.objects.first()
    forward = organization is None or organization.strongest_is_one
    said = stance_words()
    return [
        (stance, "" if stance == BLANK else stance if forward else str(6 - int(stance)), said[stance])
        for stance in rules.STANCES
    ]


def show_options(key: list[tuple[str, str, str]], act: Occasion | None) -> list[tuple[str, str]]:
    """(value, words) of what can be shown alone; of one act where there is one."""
    of_act = {"act": act.name if act else ""}
    return [
        ("talks", _("Talks, does not walk")),
        *(
            [
                ("missed", _("Said yes, did not come to %(act)s") % of_act),
                ("unasked", _("Not asked to %(act)s") % of_act),
            ]
            if act
            else []
        ),
        ("blank", _("Blank, not asked")),
        ("alone", _("In no chain")),
        ("leaders", _("Leaders")),
        ("won", _("Leaders we have won")),
        ("open", _("Leaders not yet won")),
        ("stale", _("Judged over %(weeks)s weeks ago") % {"weeks": rules.STALE_AFTER_DAYS // 7}),
        *((stance, f"{number} {word}") for stance, number, word in key if number),
    ]


def unit_options(drawing: Drawing) -> Iterator[tuple[UUID, str]]:
    names = {node.id: node.name for node in drawing.ground.nodes}
    for unit, level, _parent in rules.walk(drawing.ground.nodes, rules.tops_of(drawing.ground.nodes)):
        yield unit, "\u2002" * (level - 1) + names[unit]


def path_to(drawing: Drawing) -> Iterator[tuple[str, str]]:
    """(name, address) of what stands above the chosen unit, from the top."""
    nodes = {node.id: node for node in drawing.ground.nodes}
    above: list[Node] = []
    node = nodes.get(drawing.choice.unit) if drawing.choice.unit else None
    while node and node.parent in nodes and len(above) < len(nodes):
        node = nodes[node.parent]
        above.append(node)
    for one in reversed(above):
        yield one.name, drawing.choice.address(unit=one.id, level=None)


def level_names(drawing: Drawing) -> list[tuple[int, str]]:
    """(level, what its units are called), for choosing how far the tree is folded."""
    kinds: dict[int, list[str]] = {}
    by_id = {node.id: node for node in drawing.nodes}
    for unit, level, _parent in rules.walk(drawing.nodes, drawing.tops):
        kinds.setdefault(level, []).append(by_id[unit].kind)
    labels = dict(UnitKind.choices)
    named = {level: str(labels.get(max(set(of), key=of.count), "")) for level, of in kinds.items()}
    doubled = len(set(named.values())) < len(named)
    return [(level, f"{level} · {name}" if doubled else name) for level, name in named.items()]


def lit_people(drawing: Drawing) -> set[UUID] | None:
    """Whom `show only` leaves lit; None for everyone."""
    show, today = drawing.choice.show, drawing.today
    if not show:
        return None
    leader = drawing.choice.leader
    if leader:
        return {square.person for square in drawing.squares if square.person == leader or square.walks_with == leader}
    tests: dict[str, Callable[[Square], bool]] = {
        "blank": lambda square: square.stance == BLANK,
        "alone": lambda square: square.alone,
        "leaders": lambda square: bool(square.flag),
        "won": lambda square: square.flag == rules.WON,
        "open": lambda square: square.flag == rules.OPEN,
        "stale": lambda square: square.is_stale(today),
        "talks": lambda square: square.talks,
        "missed": lambda square: square.said_yes and drawing.outcome(square) == DID_NOT,
        "unasked": lambda square: drawing.act is not None and drawing.outcome(square) == UNASKED,
    }
    test = tests.get(show, lambda square: square.stance == show)
    return {square.person for square in drawing.squares if test(square)}


def found_people(drawing: Drawing) -> list[Square]:
    """Whose name holds the sought letters, accents apart."""
    if not drawing.choice.sought:
        return []
    sought = rules.plain(drawing.choice.sought)
    return sorted(
        (square for square in drawing.squares if sought in rules.plain(square.name)),
        key=lambda square: (square.sort_name, square.person),
    )
