from django.db import models

from commonweal.accounts.models.account import Account


class Looking(models.Model):
    """How many different people the pages of an account showed in ten minutes; it cannot say whom.

    Kept for two hours. What it leads to, an entry "looked at many", stays in the ledger.
    """

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="looking")
    begun_at = models.DateTimeField()
    """The beginning of the ten minutes."""
    named = models.BinaryField()
    """The board (`common/distinct.py`) of everybody whom a page named."""
    opened = models.BinaryField()
    """The board of those whose own pages were opened."""
    latest_at = models.DateTimeField()
    """When a page last showed somebody not seen in the hour before."""
    reported = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "begun_at"], name="looking_once_in_ten_minutes")]
