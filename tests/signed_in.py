"""Signing in by force: with every step at the door done, as if a moment ago."""

from typing import Any

from django.test import Client


def sign_in_by_force(client: Client, account: Any, backend: str | None = None) -> Any:
    """Gives the client a session of an account on a device that has shown everything; returns the device."""
    from commonweal.accounts.models import Device
    from commonweal.common.clock import now

    at = now()
    device = Device.objects.create(
        account=account,
        words="Firefox · Linux",
        own=True,
        begun_on=at.date(),
        seen_at=at,
        second_step_at=at,
        confirmed_at=at,
    )
    session = client.session
    session["device"] = str(device.pk)
    session.save()
    return device
