"""The life of a listed leader: which stage may follow which. A committee may vote to change this table."""

TARGET, IDENTIFIED, APPROACHED, WON, TESTED, LOST = "target", "identified", "approached", "won", "tested", "lost"
STAGES = (TARGET, IDENTIFIED, APPROACHED, WON, TESTED, LOST)

NEXT = {
    TARGET: (IDENTIFIED, APPROACHED, LOST),
    IDENTIFIED: (APPROACHED, TARGET, LOST),
    APPROACHED: (WON, TARGET, LOST),
    WON: (TESTED, APPROACHED, LOST),
    TESTED: (WON, LOST),
    LOST: (APPROACHED, TARGET),
}
"""From each stage, where one may go; the first is the usual next step."""

BEGINNINGS = (TARGET, IDENTIFIED, APPROACHED, WON)
"""A person comes onto the list in one of these: tested and lost must have been seen."""

WITH_US = frozenset({WON, TESTED})
"""The stages in which she has said yes in front of others."""


def may_follow(stage: str, now: str) -> bool:
    """May somebody at `now` move to `stage`?"""
    return stage in NEXT[now]


def may_begin(stage: str) -> bool:
    """May somebody come onto the list at this stage?"""
    return stage in BEGINNINGS


def check_table(table: dict[str, tuple[str, ...]]) -> None:
    """Refuses a table that leads nowhere, to itself, or to a stage that does not exist."""
    for stage, following in table.items():
        if stage not in STAGES or not following:
            raise ValueError(f"{stage}: unknown, or nothing follows")
        for one in following:
            if one not in table or one == stage:
                raise ValueError(f"{stage} → {one}")
    reached, todo = set(), [TARGET]
    while todo:
        stage = todo.pop()
        if stage not in reached:
            reached.add(stage)
            todo.extend(table[stage])
    if reached != set(STAGES):
        raise ValueError(f"never reached: {sorted(set(STAGES) - reached)}")


check_table(NEXT)
