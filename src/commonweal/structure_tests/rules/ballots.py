"""What may be kept of a secret ballot: counts, never how anybody voted."""

BALLOT_KINDS = frozenset({"strike_vote"})
SMALLEST = 10
"""Of a unit with fewer who may vote, how it voted would tell how somebody in it voted."""


def is_ballot(kind: str) -> bool:
    """True for an act of which nobody's vote may be written down."""
    return kind in BALLOT_KINDS


def may_name(kind: str, turnout_named: bool) -> bool:
    """May it be written down of a person whether she took part?"""
    return not is_ballot(kind) or turnout_named


def may_count_yes(cast: int, whole: bool) -> bool:
    """May the yeses be kept: of all together, or of a unit where enough voted to hide everybody?"""
    return whole or cast >= SMALLEST


def gives_some_away(counts: list[tuple[int, int | None]], whole: tuple[int, int | None] | None) -> bool:
    """True when what is left of all together, without the units whose yeses are kept, is too small to hide anybody.

    Shapes: counts are (cast, yes or None) by unit; `whole` is the same of all together.
    """
    if whole is None or whole[1] is None:
        return False
    left = whole[0] - sum(cast for cast, yes in counts if yes is not None)
    return 0 < left < SMALLEST
