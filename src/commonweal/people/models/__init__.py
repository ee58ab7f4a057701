"""The nouns of the hall."""

from commonweal.people.models.campaign import Campaign, ChainLink
from commonweal.people.models.evidence import Ask, Assessment, BareYes, Nomination, Occasion, Tie
from commonweal.people.models.former import FormerRow
from commonweal.people.models.institution import Affiliation, Institution
from commonweal.people.models.organization import Organization, Shift, StanceName
from commonweal.people.models.person import ContactPoint, Forgotten, Person, PersonName, SearchKey, SearchWord
from commonweal.people.models.resemblance import Merge, Resemblance
from commonweal.people.models.unit import Placement, Unit

__all__ = [
    "Affiliation",
    "Ask",
    "Assessment",
    "BareYes",
    "Campaign",
    "ChainLink",
    "ContactPoint",
    "Forgotten",
    "FormerRow",
    "Institution",
    "Merge",
    "Nomination",
    "Occasion",
    "Organization",
    "Person",
    "PersonName",
    "Placement",
    "Resemblance",
    "SearchKey",
    "SearchWord",
    "Shift",
    "StanceName",
    "Tie",
    "Unit",
]
