from django.db import models

from commonweal.common.ids import new_id
from commonweal.common.sealed import SealedTextField


class FormerRow(models.Model):
    """A row about a person as it was before somebody changed or removed it; sealed, and kept for thirty days,
    so that the change can be taken back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="former_rows")
    kind = models.CharField(max_length=20)
    """The noun that the row was: contactpoint, personname, affiliation."""
    before = SealedTextField()
    """JSON of its columns."""
    at = models.DateTimeField()
    by = models.UUIDField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["at"], name="former_row_at")]
