"""What a server does once before it answers, so that its first visitor does not wait for it."""

import gc
from pathlib import Path

from django.template import engines
from django.urls import get_resolver


def get_warm() -> int:
    """Loads every page and reads every template. What stands in memory then stays for good, so the search for circles
    of dead objects leaves it out from now on: walking through it took a tenth of a second in the middle of requests.

    Returns how many templates were read. Takes two or three seconds.
    """
    len(get_resolver().url_patterns)  # reading them loads the pages
    read = 0
    for folder in engines["django"].dirs:
        for file in Path(folder).rglob("*.html"):
            engines["django"].get_template(file.relative_to(folder).as_posix())
            read += 1
    gc.collect()
    gc.freeze()
    return read
