"""Leaders: the list and the chains, the wall chart and the map of ties.

Words: candidate, listed leader, reading (what the arithmetic said on a day), chain, hole, coin toss.
Leaves in the hall: chain links.
Takes from the hall: people, placements, ties, nominations, asks, assessments.
Not here: the arithmetic itself (reckoning); conversations (listening); ladders of tests (structure_tests).
"""
