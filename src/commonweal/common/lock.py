"""The panic lock of the whole place: while it is closed no page shows a person and no work goes on.

Every process asks the database at most once a second, so the lock holds everywhere within that time;
a process that finds it closed drops its keys and refuses to read them again until it is opened.
"""

import threading
import time

from django.apps import apps

from commonweal.common.sealed import bar_keys, free_keys

ASKED_EVERY = 1.0  # seconds

_answer: tuple[float, bool] = (float("-inf"), False)
_guard = threading.Lock()


def is_locked(*, fresh: bool = False) -> bool:
    """Whether the list is locked; asked anew once a second, or at once with `fresh`."""
    global _answer
    asked_at, locked = _answer
    if not fresh and time.monotonic() - asked_at < ASKED_EVERY:
        return locked
    # The organization is a noun of the hall, above this room; its one lock is everybody's business.
    organization = apps.get_model("commonweal", "Organization")
    locked = organization._default_manager.filter(locked_at__isnull=False).exists()
    with _guard:
        _answer = (time.monotonic(), locked)
        if locked:
            bar_keys()
        else:
            free_keys()
    return locked
