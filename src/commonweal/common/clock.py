"""The one place that asks what time it is. Writes and below take the answer as `at`."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return timezone.now()
