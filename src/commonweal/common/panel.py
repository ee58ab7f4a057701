"""For developers, with COMMONWEAL_DEBUG alone: queries, time, memory and profile under every page."""

import cProfile
import pstats
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from commonweal.common.place import memory_now

LINES = 25
END = b"</body>"


@dataclass
class Query:
    """One statement with its placeholders, and how long it took."""

    sql: str
    milliseconds: float
    times: int = 1


@dataclass
class Queries:
    """Keeps every statement of one request; put around the connection's execution."""

    all: list[Query] = field(default_factory=list)

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.all.append(Query(str(sql), (time.perf_counter() - began) * 1000))

    def marked(self) -> list[Query]:
        """The statements in order, each knowing how often the same one was asked."""
        counted = Counter(query.sql for query in self.all)
        for query in self.all:
            query.times = counted[query.sql]
        return self.all


class Panel:
    """Puts the panel at the end of every whole HTML page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        queries, profile, before = Queries(), cProfile.Profile(), memory_now()
        began = time.perf_counter()
        with connection.execute_wrapper(queries):
            try:
                profile.enable()
            except ValueError:  # another request of this process is being profiled
                return self.get_response(request)
            try:
                response = self.get_response(request)
            finally:
                profile.disable()
        seconds = time.perf_counter() - began
        html = response.headers.get("Content-Type", "").startswith("text/html")
        if not html or response.streaming or END not in response.content:
            return response
        shown = {
            "took": seconds * 1000,
            "queries": queries.marked(),
            "in_database": sum(query.milliseconds for query in queries.all),
            "memory": memory_now(),
            "grown": memory_now().now - before.now,
            "lines": busiest_lines(profile),
        }
        panel = render_to_string("common/panel.html", shown).encode()
        response.content = response.content.replace(END, panel + END)
        if response.has_header("Content-Length"):
            response.headers["Content-Length"] = str(len(response.content))
        return response


def busiest_lines(profile: cProfile.Profile) -> list[tuple[str, int, float, float]]:
    """The functions that took longest with what they called: place, calls, own and whole milliseconds."""
    rows = []
    collected: Any = pstats.Stats(profile)
    for (file, line, name), (_, calls, own, whole, _) in collected.stats.items():
        rows.append((f"{Path(file).name}:{line} {name}", calls, own * 1000, whole * 1000))
    return sorted(rows, key=lambda row: -row[3])[:LINES]
