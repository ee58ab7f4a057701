"""What came of somebody on an act, and which of several outcomes of hers counts."""

DID, DID_NOT, COULD_NOT, UNKNOWN = "did", "did_not", "could_not", "unknown"
UNASKED = ""
"""Nobody saw her asked."""
OUTCOMES = (DID, DID_NOT, COULD_NOT, UNKNOWN, UNASKED)
"""The strongest first: having come outranks all else, then what is known outranks what is not."""
PLACE = {outcome: place for place, outcome in enumerate(OUTCOMES)}


def stronger(one: str, other: str) -> str:
    """Of two outcomes of one person on one act the one that counts."""
    return one if PLACE[one] <= PLACE[other] else other
