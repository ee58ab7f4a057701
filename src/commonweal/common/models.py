from django.db import models

from commonweal.common.ids import new_id


class Work(models.Model):
    """Something the computer still has to do, or did; the row is the queue, so nothing is lost."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=120)
    """Dotted name of the function that does it, inside this package."""
    subject = models.UUIDField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    cancel_asked = models.BooleanField(default=False)
    once_more = models.BooleanField(default=False)
    """Asked for again while it ran: what changed since is read by another piece right after."""
    problem = models.CharField(max_length=200, blank=True)
    """Kind of the error and its place in the code; never a person's data."""
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_by = models.UUIDField(null=True, blank=True)
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "asked_at"], name="work_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="asked_once_at_a_time",
            )
        ]


class Once(models.Model):
    """A form that was sent with success, and where its answer led; kept for a day."""

    key = models.CharField(primary_key=True, max_length=64)
    location = models.CharField(max_length=500, default="/")
    at = models.DateTimeField(db_index=True)
