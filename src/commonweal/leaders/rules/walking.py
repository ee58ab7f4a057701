"""Who may walk with whom. A committee may vote to change what counts for more."""

WORTH = {"asked": 1.0, "named": 0.8, "tie": 0.7}
"""What makes it likely that she walks with her: she came when asked, she names her, they know each other.

The worth of a tie is also multiplied with its strength (0 to 1).
"""
WEAKEST = 0.2
"""A tie worth less than this says nothing about who would walk with whom."""


def is_full(walking: int, capacity: int) -> bool:
    """Does she walk with as many as one can?"""
    return walking >= capacity


FEWEST_WHO_COULD = 2
"""Whom fewer people could follow is proposed to nobody as a leader: with herself alone on the list nothing is reached."""
INSTEAD_SHOWN = 3
"""So many names are kept of those who could step in for a leader."""
INSTEAD_SHARE = 0.5
"""Who could reach a smaller share of a leader's people does not step in for her."""
