"""How long each page takes and how many queries it asks, by the pattern of its path, never the path."""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

from commonweal.common.clock import now

SLOW = 0.2  # seconds: what we promise with 100,000 people
KEPT = 50


@dataclass(frozen=True)
class Took:
    """One answered request: the pattern, the time in seconds, the queries and the time they took."""

    method: str
    pattern: str
    status: int
    seconds: float
    queries: int
    in_database: float
    at: datetime


@dataclass
class Pattern:
    """All requests of one pattern since this process began."""

    pattern: str
    requests: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    most_queries: int = 0

    @property
    def mean(self) -> float:
        """Seconds a request took on average."""
        return self.seconds / self.requests if self.requests else 0.0


class Measurements:
    """What this process has measured: totals for each pattern and a ring of the last slow requests."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._patterns: dict[str, Pattern] = {}
        self._slow: deque[Took] = deque(maxlen=KEPT)
        self.since = now()
        self.requests = 0

    def add(self, took: Took) -> None:
        """Count one request in."""
        with self._lock:
            self.requests += 1
            pattern = self._patterns.setdefault(took.pattern, Pattern(took.pattern))
            pattern.requests += 1
            pattern.seconds += took.seconds
            pattern.slowest = max(pattern.slowest, took.seconds)
            pattern.most_queries = max(pattern.most_queries, took.queries)
            if took.seconds >= SLOW:
                self._slow.append(took)

    def slow(self) -> list[Took]:
        """The last slow requests, newest first."""
        with self._lock:
            return list(self._slow)[::-1]

    def patterns(self, most: int = 20) -> list[Pattern]:
        """The patterns whose slowest request took longest."""
        with self._lock:
            return sorted(self._patterns.values(), key=lambda one: -one.slowest)[:most]


measurements = Measurements()


class QueryCount:
    """Counts and times the queries of one request; put around the connection's execution."""

    def __init__(self) -> None:
        self.queries = 0
        self.seconds = 0.0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.queries += 1
            self.seconds += time.perf_counter() - began


class Measured:
    """Measures every request whose path has a pattern."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        count = QueryCount()
        began = time.perf_counter()
        with connection.execute_wrapper(count):
            response = self.get_response(request)
        seconds = time.perf_counter() - began
        match = request.resolver_match
        if match is not None:  # a file of the program's own has no pattern and is not measured
            method = request.method or ""
            took = Took(method, match.route, response.status_code, seconds, count.queries, count.seconds, now())
            measurements.add(took)
        return response
