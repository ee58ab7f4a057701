"""Whom to talk with next, and what the talk would teach or win.

Takes plain arrays: who stands with whom in a unit and shift, who named whom, who was talked with, known ties, chains
and institutions. Gives for everybody the worth of a talk with her in one currency, in parts that a sentence can be
made of, and a choice that does not crowd into one corner.
"""

from commonweal.reckoning.next_talks.belief import Belief, belief_of
from commonweal.reckoning.next_talks.choice import NextTalk, choose
from commonweal.reckoning.next_talks.known import Hole, Known, Reason, TalksRefused
from commonweal.reckoning.next_talks.worth import Worth, worth_of

__all__ = [
    "Belief",
    "Hole",
    "Known",
    "NextTalk",
    "Reason",
    "TalksRefused",
    "Worth",
    "belief_of",
    "choose",
    "worth_of",
]
