"""A form sent too late: what was typed waits, sealed, in the session until she has shown that it is she."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from commonweal.common.sealed import SealBroken, keyring, keys_for_the_door

NAME, BOUND_TO = "form", "session:kept-form"
KEPT = timedelta(days=1)
MOST_FIELDS, MOST_LETTERS = 2000, 64_000
SECRETS = {"passphrase", "password", "code", "secret", "credential", "token"}
NOT_CARRIED = {"csrfmiddlewaretoken"}


@dataclass(frozen=True)
class KeptForm:
    """Fields in their order, the address they were sent to, and the page on which they were typed."""

    address: str
    page: str
    fields: list[tuple[str, str]]


def keep_form(request: HttpRequest, account: UUID, *, page: str, at: datetime) -> bool:
    """Keep the fields of this POST for that account; False, and nothing kept, where it must not or cannot be.

    Secrets and files are never kept: whoever typed a passphrase types it again. Call it inside a view only,
    where the form's CSRF token has been found right.
    """
    request.session.pop(NAME, None)
    if request.method != "POST" or request.FILES or SECRETS & set(request.POST):
        return False
    fields = [
        (name, value) for name, values in request.POST.lists() if name not in NOT_CARRIED for value in map(str, values)
    ]
    if len(fields) > MOST_FIELDS or sum(len(name) + len(value) for name, value in fields) > MOST_LETTERS:
        return False
    kept = [str(account), at.timestamp(), request.get_full_path(), page, fields]
    with keys_for_the_door():
        request.session[NAME] = keyring().seal(json.dumps(kept), BOUND_TO).hex()
    return True


def kept_form(request: HttpRequest, account: UUID, *, at: datetime) -> KeptForm | None:
    """The form that waits for this account in this session; None without one, and after a day."""
    sealed = request.session.get(NAME)
    if sealed is None:
        return None
    try:
        whose, since, address, page, fields = json.loads(keyring().open(bytes.fromhex(sealed), BOUND_TO))
    except SealBroken:
        return None
    if whose != str(account) or abs(at.timestamp() - since) > KEPT.total_seconds():
        return None
    return KeptForm(address, page, [(name, value) for name, value in fields])


def forget_form(request: Any) -> None:
    """A form that is sent takes the place of the one that waited."""
    if request.method == "POST" and NAME in request.session:
        del request.session[NAME]
