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
