"""Whom and what she mentioned, as the page of a conversation lists it and takes it."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from commonweal.common.scope import Scope
from commonweal.listening.reads.mentions import seen_of
from commonweal.listening.rules.heard import PlaceMentioned, SomebodyMentioned
from commonweal.people.reads.glances import Glance
from commonweal.people.words import DIRECTED_TIES, AffiliationRole, InstitutionKind, Question, TieKind


@dataclass(frozen=True)
class Mention:
    """A line of the list: who, and how she came up. `glance` is None for somebody new or somebody not to be seen."""

    number: int
    name: str
    how: str
    glance: Glance | None = None
    place: str = ""


def ways() -> list[tuple[str, list[tuple[str, str]]]]:
    """The choices of how somebody came up, in groups: named for a question, a tie, a tie that runs to her."""
    named = [(f"named:{value}", str(label)) for value, label in Question.choices]
    ties = [(f"tie:{value}", str(label)) for value, label in TieKind.choices]
    back = [(f"tie_to:{value}", str(label)) for value, label in TieKind.choices if value in DIRECTED_TIES]
    return [
        (_("She names somebody: you asked …"), named),
        (_("She knows somebody: she …"), ties),
        (_("Somebody turns to her: the other …"), back),
    ]


def way_in_words(how: str) -> str:
    """How somebody came up, as people say it."""
    way, _colon, what = how.partition(":")
    if way == "named":
        return str(Question(what).label)
    label = str(TieKind(what).label)
    if what not in DIRECTED_TIES:
        return label
    return _("the other: %(tie)s") % {"tie": label} if way == "tie_to" else _("she: %(tie)s") % {"tie": label}


def is_way(how: str) -> bool:
    """True for one of the choices."""
    return any(how == value for _group, choices in ways() for value, _label in choices)


def people_listed(scope: Scope, people: tuple[SomebodyMentioned, ...]) -> list[Mention]:
    """The people mentioned, each in a line; whom the reader may not see is listed without her name."""
    seen = seen_of(scope, people)
    return [_listed(one, seen) for one in people]


def _listed(one: SomebodyMentioned, seen: dict[UUID, Glance]) -> Mention:
    how = way_in_words(one.how)
    if one.person is None:
        return Mention(one.number, one.name, how, place=_("new on the list"))
    glance = seen.get(one.person)
    if glance is None:
        return Mention(one.number, _("somebody outside your units"), how)
    return Mention(one.number, glance.name, how, glance, glance.place)


def places_listed(places: tuple[PlaceMentioned, ...]) -> list[Mention]:
    """The institutions mentioned, each in a line."""
    return [
        Mention(
            one.number,
            one.name,
            str(AffiliationRole(one.role).label),
            place=str(InstitutionKind(one.kind).label),
        )
        for one in places
    ]
