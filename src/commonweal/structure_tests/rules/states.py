"""The life of a structure test: planned, open, closed; and what may be done with it in each of them."""

PLANNED, OPEN, CLOSED = "planned", "open", "closed"
STATES = (PLANNED, OPEN, CLOSED)

NEXT: dict[str, dict[str, str]] = {
    PLANNED: {"open": OPEN},
    OPEN: {"close": CLOSED},
    CLOSED: {},
}
"""From each state, where each step leads. No step leads back: what was wrong is corrected by a mark."""

ALLOWED: dict[str, frozenset[str]] = {
    "change": frozenset({PLANNED}),
    "draw": frozenset({PLANNED}),
    "set_standing": frozenset({PLANNED}),
    "predict": frozenset({PLANNED}),
    "remove": frozenset({PLANNED}),
    "assign": frozenset({PLANNED, OPEN}),
    "print": frozenset({PLANNED, OPEN}),
    "mark": frozenset({OPEN, CLOSED}),
}
"""In which states each thing may be done."""


def state_after(step: str, now: str) -> str | None:
    """Where a step leads from a state; None when it cannot be taken there."""
    return NEXT[now].get(step)


def may(act: str, now: str) -> bool:
    """May this be done with a test in that state?"""
    return now in ALLOWED[act]


def check_table(table: dict[str, dict[str, str]], allowed: dict[str, frozenset[str]]) -> None:
    """Refuses a table with a state unknown or never reached, or an act that is never allowed."""
    if set(table) != set(STATES):
        raise ValueError(f"states: {sorted(set(table) ^ set(STATES))}")
    reached = {PLANNED}
    for state in STATES:
        for step, after in table[state].items():
            if after not in STATES or after in reached:
                raise ValueError(f"{state} {step} → {after}")
            reached.add(after)
    if reached != set(STATES):
        raise ValueError(f"never reached: {sorted(set(STATES) - reached)}")
    for act, where in allowed.items():
        if not where or not where <= set(STATES):
            raise ValueError(act)


check_table(NEXT, ALLOWED)
