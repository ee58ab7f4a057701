"""Who walks with which leader.

Takes ties and the leaders on the list; gives everyone one leader, as many people as can be placed, by the strongest
ties, moving existing chains only where something is gained, and says why for everybody moved or left out.
"""

from commonweal.reckoning.chains.walk import Chains, Claim, Move, MoveWhy, Unplaced, UnplacedWhy, walk_with

__all__ = ["Chains", "Claim", "Move", "MoveWhy", "Unplaced", "UnplacedWhy", "walk_with"]
