from typing import TYPE_CHECKING

from django.db import models

from commonweal.accounts.models.account import Account
from commonweal.accounts.words import Role
from commonweal.common.ids import new_id

if TYPE_CHECKING:
    from commonweal.people.models import Unit


class Invitation(models.Model):
    """A way in for somebody who has no account yet: one use, some days, one role."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    fingerprint = models.CharField(max_length=64, unique=True)
    """SHA-256 of the code; the code itself is only on the sheet that was handed over."""
    name = models.CharField(max_length=120)
    """For whom it is, as the one who invites calls her."""
    role = models.CharField(max_length=16, choices=Role)
    units: "models.ManyToManyField[Unit, models.Model]" = models.ManyToManyField("Unit", blank=True, related_name="+")
    person = models.ForeignKey("Person", null=True, blank=True, on_delete=models.CASCADE, related_name="invitations")
    made_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    account = models.OneToOneField(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="invitation")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(role__in=["leader", "member"]) | models.Q(person__isnull=False),
                name="invited_leader_and_member_are_people",
            )
        ]


class SignInLink(models.Model):
    """A link that stands for the passphrase once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="sign_in_links")
    fingerprint = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    demo = models.BooleanField(default=False)
    """Opens again and again and stands for the second factor too; only in a demo place."""


class OpeningVoice(models.Model):
    """One of the two organizers whose word opens a locked list."""

    account = models.OneToOneField(Account, primary_key=True, on_delete=models.CASCADE, related_name="opening_voice")
    at = models.DateTimeField()
