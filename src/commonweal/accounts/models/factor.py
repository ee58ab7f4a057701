from django.db import models

from commonweal.accounts.models.account import Account
from commonweal.accounts.words import FactorKind
from commonweal.common.ids import new_id
from commonweal.common.sealed import SealedTextField


class SecondFactor(models.Model):
    """Something she has: an app that shows codes, or a passkey on a telephone, computer or key."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="second_factors")
    kind = models.CharField(max_length=10, choices=FactorKind)
    name = models.CharField(max_length=60)
    secret = SealedTextField()
    """Of a codes app: its shared secret in base32. Of a passkey: its public key in base64."""
    credential = models.CharField(max_length=64, null=True, blank=True, unique=True)  # noqa: DJ001 unique where given
    """Of a passkey: SHA-256 of the credential's id."""
    counter = models.BigIntegerField(default=0)
    """Of a codes app: the last half-minute that was used. Of a passkey: its signature counter."""
    added_on = models.DateField()


class RecoveryCode(models.Model):
    """A code on paper that stands for the second factor once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="recovery_codes")
    fingerprint = models.CharField(max_length=32, unique=True)
    used_at = models.DateTimeField(null=True, blank=True)
