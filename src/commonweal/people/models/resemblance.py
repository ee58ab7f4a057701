from django.db import models

from commonweal.common.ids import new_id
from commonweal.common.sealed import SealedTextField


class Resemblance(models.Model):
    """Two records that may be one person, with the reasons; open, put aside as not the same, or merged."""

    class State(models.TextChoices):
        OPEN = "open"
        NOT_THE_SAME = "not_same"
        MERGED = "merged"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    first = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="+")
    weight = models.FloatField()
    """Log-odds-like sum of the reasons; larger means more alike."""
    reasons = models.JSONField(default=list)
    """Codes such as `same_phone`; no names, no values."""
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="pair_once"),
            models.CheckConstraint(condition=~models.Q(first=models.F("second")), name="pair_of_two"),
        ]
        indexes = [models.Index(fields=["state", "-weight"], name="resemblance_open")]


class Merge(models.Model):
    """One record was taken into another; what is needed to undo it, sealed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kept = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="merges")
    taken_in = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="+")
    before = SealedTextField()
    """JSON of the rows moved and the fields changed."""
    at = models.DateTimeField()
    by = models.UUIDField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.UUIDField(null=True, blank=True)
