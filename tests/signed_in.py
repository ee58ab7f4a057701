"""Signing in by force: with every step at the door done, as if a moment ago; and forms sent once."""

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


def signed_in(account: Any) -> Client:
    """A client in which somebody is signed in."""
    client = Client()
    client.force_login(account)
    return client


def send(client: Client, address: str, **typed: Any) -> Any:
    """A form sent once, and what it led to."""
    from commonweal.common.ids import new_id

    return client.post(address, {"once": str(new_id()), **typed}, follow=True)
