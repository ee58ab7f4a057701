"""Invented workplaces with hidden true pulls, to try the arithmetic on where the truth is known.

Nothing here describes real people. The demo place, the tests and the benchmarks draw from it.
"""

from commonweal.reckoning.worlds.carelessness import careless, lose_refusals, only_yes
from commonweal.reckoning.worlds.organization import organization
from commonweal.reckoning.worlds.workplace import workplace
from commonweal.reckoning.worlds.world import World

__all__ = ["World", "careless", "lose_refusals", "only_yes", "organization", "workplace"]
