"""Counting failures at the door, in the database, so that restarts and many processes forget nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from django.db import connection, transaction

from commonweal.accounts.models import FailedTry
from commonweal.accounts.rules import TRIES_AN_HOUR, TRIES_OF_A_NETWORK_AN_HOUR, wait_before_try
from commonweal.common.refusals import Refusal
from commonweal.common.sealed import keyring, keys_for_the_door


@dataclass(frozen=True)
class TooSoon(Refusal):
    """Too many failures: wait this long. Nothing was looked at."""

    wait: timedelta


def network_of(address: str) -> str:
    """The neighbourhood of an address (/24 or /56), so that one house is one; "?" for none."""
    try:
        ip = ip_address(address.strip())
    except ValueError:
        return "?"
    if ip.version == 6 and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return str(ip_network(f"{ip}/{24 if ip.version == 4 else 56}", strict=False))


def try_key(*parts: str) -> str:
    """A keyed hash of who tries and from where; without the key nobody reads a network out of it."""
    with keys_for_the_door():
        return keyring().blind("\0".join(parts), "door")


def begin_try(key: str, *, at: datetime, most: int = TRIES_AN_HOUR, slower: bool = True) -> FailedTry:
    """Counts a try as failed before it is looked at, so that many at once count as many.

    Raises TooSoon, and counts nothing, while she must wait. Take them back with `forgive_tries`, or this
    one alone by deleting the row.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [key])
        FailedTry.objects.filter(at__lt=at - timedelta(hours=1)).delete()
        wait = wait_before_try(
            list(FailedTry.objects.filter(key=key).values_list("at", flat=True)), at, most, slower=slower
        )
        if wait > timedelta():
            raise TooSoon(wait)
        return FailedTry.objects.create(key=key, at=at)


def begin_try_from(network: str, key: str, *, at: datetime, most: int = TRIES_AN_HOUR) -> FailedTry:
    """Counts a try under `key` and among all tries of that network, whoever they say they are; the row of the
    network, to be deleted when it was she. Raises TooSoon, and counts nothing, while either must wait."""
    with transaction.atomic():
        of_network = begin_try(try_key("network", network), at=at, most=TRIES_OF_A_NETWORK_AN_HOUR, slower=False)
        begin_try(key, at=at, most=most)
        return of_network


def forgive_tries(*keys: str) -> None:
    """Forgets the failures under these keys: it was she."""
    FailedTry.objects.filter(key__in=keys).delete()
