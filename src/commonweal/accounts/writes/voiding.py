"""After an old backup was put back: nothing that opened a door on that day opens one now."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction

from commonweal.accounts.models import Device, FailedTry, Invitation, OpeningVoice, SignInLink


def void_every_way_in(*, at: datetime) -> int:
    """Ends every session and device, removes sign-in links, withdraws open invitations; how many invitations.

    Passphrases and second factors stay as they were on the day of the backup.
    """
    with transaction.atomic():
        Session.objects.all().delete()
        Device.objects.all().delete()
        FailedTry.objects.all().delete()
        OpeningVoice.objects.all().delete()
        SignInLink.objects.filter(demo=False).delete()
        return Invitation.objects.filter(used_at=None, withdrawn_at=None).update(withdrawn_at=at)
