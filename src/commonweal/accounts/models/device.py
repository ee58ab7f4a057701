from django.db import models

from commonweal.accounts.models.account import Account
from commonweal.common.ids import new_id


class Device(models.Model):
    """A browser on which an account is signed in. Ending it acts on its very next request."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="devices")
    words = models.CharField(max_length=60, blank=True)
    """"Firefox on Android"; no address and no version is kept."""
    own = models.BooleanField(default=False)
    """She says it is hers: it stays signed in for 30 days; any other ends with the browser."""
    demo = models.BooleanField(default=False)
    """Came in by a link of a demo place; worth nothing anywhere else."""
    begun_on = models.DateField()
    seen_at = models.DateTimeField()
    """Last use, to the minute, for the lock after half an hour."""
    second_step_at = models.DateTimeField(null=True, blank=True)
    """When the second factor was shown; null while it still is to be."""
    confirmed_at = models.DateTimeField(null=True, blank=True)
    """When she last showed that it is she."""
    locked_at = models.DateTimeField(null=True, blank=True)
    """Since when it lies idle and asks again who she is."""

    class Meta:
        indexes = [models.Index(fields=["account", "seen_at"], name="device_of_account")]


class FailedTry(models.Model):
    """A try at the door that failed; kept for an hour, under a keyed hash of who and from where."""

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=32)
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["key", "at"], name="failed_try_key")]
