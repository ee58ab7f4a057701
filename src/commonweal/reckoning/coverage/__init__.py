"""The shortest list of leaders that reaches a chosen share of every unit and every shift.

Takes ties, groups and what people have already decided (pinned, vetoed); gives a list, whom each on it would lead,
how far every group is reached, who stays out and why, and how much shorter any other list could be.
"""

from commonweal.reckoning.coverage.question import ListRefused
from commonweal.reckoning.coverage.report import CoverList, GroupReach, Unreached, UnreachedWhy
from commonweal.reckoning.coverage.shortest import shortest_list

__all__ = ["CoverList", "GroupReach", "ListRefused", "Unreached", "UnreachedWhy", "shortest_list"]
