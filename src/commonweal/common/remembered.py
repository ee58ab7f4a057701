"""Answers that took long, kept in this process's memory as long as they hold."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Answer = TypeVar("Answer")
LONG = 0.03  # seconds from which an answer is worth keeping, those in which a database server worked among them
MOST = 200
OLDEST = 300.0  # seconds; should a change ever go unnoticed, its effect shows after this

_kept: "OrderedDict[Hashable, tuple[str, float, Any]]" = OrderedDict()
_turns: dict[Hashable, threading.Lock] = {}
_lock = threading.Lock()


def while_it_holds(
    asked: Hashable,
    state: str,
    count: Callable[[], Answer],
    amend: Callable[[Answer, str], Answer | None] | None = None,
    *,
    oldest: float = OLDEST,
) -> Answer:
    """What `count` answers now, or answered to the same `asked` in the same `state` of the world.

    `asked` must name everything else the answer depends on, the scope first of all. Callers must not change what they
    get. Only what took long is kept, so that a small place is counted anew each time. `amend` brings an answer from
    the state it was counted in up to date, or answers None where only counting all anew will do; it may not change
    the answer it is given either. `oldest`: seconds.
    """
    kept = _found(asked, state, oldest)
    if kept is not None:
        return kept[0]
    with _lock:
        turn = _turns.setdefault(asked, threading.Lock())
    with turn:  # who asks the same at the same time waits for the first, and does not count it all again
        kept = _found(asked, state, oldest)
        if kept is not None:
            return kept[0]
        try:
            answer = _amended(asked, state, amend, oldest) if amend is not None else None
            return _counted(asked, state, count) if answer is None else answer
        finally:
            with _lock:
                _turns.pop(asked, None)


def _counted(asked: Hashable, state: str, count: Callable[[], Answer]) -> Answer:
    began = time.monotonic()
    answer = count()
    if time.monotonic() - began >= LONG:
        _keep(asked, state, time.monotonic(), answer)
    return answer


def _amended(asked: Hashable, state: str, amend: Callable[[Any, str], Any], oldest: float) -> Any:
    """The answer of an earlier state brought up to date, as old as the count it goes back to; None without one."""
    with _lock:
        was, since, answer = _kept.get(asked, ("", 0.0, None))
    if answer is None or time.monotonic() - since >= oldest:
        return None
    answer = amend(answer, was)
    if answer is not None:
        _keep(asked, state, since, answer)
    return answer


def _keep(asked: Hashable, state: str, since: float, answer: Any) -> None:
    with _lock:
        _kept[asked] = (state, since, answer)
        while len(_kept) > MOST:
            _kept.popitem(last=False)


def _found(asked: Hashable, state: str, oldest: float) -> tuple[Any] | None:
    with _lock:
        found = _kept.get(asked)
        if not found or found[0] != state or time.monotonic() - found[1] >= oldest:
            return None
        _kept.move_to_end(asked)
        return (found[2],)


def forget_all() -> None:
    """Count everything anew, as when the database was changed from outside."""
    with _lock:
        _kept.clear()
