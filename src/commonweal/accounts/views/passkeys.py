"""Passkeys travel inside ordinary forms: the question in an attribute, the answer in a hidden field."""

import json
from typing import Any

from django.http import HttpRequest
from fido2.webauthn import PublicKeyCredentialUserEntity, ResidentKeyRequirement, UserVerificationRequirement

from commonweal.accounts.models import Account
from commonweal.accounts.writes.factors import add_passkey, fido_server, passkeys_of, show_passkey
from commonweal.common.clock import now


def host_for_passkeys(request: HttpRequest) -> str:
    """The host name that passkeys are bound to; empty where browsers allow none (a bare address, plain http)."""
    host = request.get_host().rpartition(":")[0] or request.get_host()
    bare = host.startswith("[") or host.replace(".", "").isdigit()
    local = host == "localhost" or host.endswith(".localhost")
    return host if not bare and (request.is_secure() or local) else ""


def asked_passkey(request: HttpRequest, account: Account) -> str:
    """The question to a passkey of hers, as JSON for the browser; its challenge stays in the session."""
    options, state = fido_server(host_for_passkeys(request)).authenticate_begin(
        passkeys_of(account), user_verification=UserVerificationRequirement.PREFERRED
    )
    request.session["challenge"] = state
    return json.dumps(dict(options))


def asked_new_passkey(request: HttpRequest, account: Account) -> str:
    """The question for a new passkey, as JSON for the browser."""
    user = PublicKeyCredentialUserEntity(id=account.pk.bytes, name=account.email, display_name=account.name)
    options, state = fido_server(host_for_passkeys(request)).register_begin(
        user,
        passkeys_of(account),
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    request.session["challenge"] = state
    return json.dumps(dict(options))


def sent_credential(request: HttpRequest) -> Any:
    """What the browser's passkey answered; an empty answer when it is not JSON."""
    try:
        return json.loads(request.POST.get("credential", ""))
    except ValueError:
        return {}


def shown_passkey(request: HttpRequest, account: Account) -> bool:
    """Whether the POST proves one of her passkeys; each question is answered once."""
    state = request.session.pop("challenge", None)
    host = host_for_passkeys(request)
    return bool(state and host) and show_passkey(account, sent_credential(request), state, host=host)


def add_sent_passkey(request: HttpRequest, account: Account, name: str) -> None:
    """Keeps the passkey that the POST brings. Raises WrongPasskey or KnownPasskey."""
    add_passkey(
        account,
        sent_credential(request),
        request.session.pop("challenge", None),
        host=host_for_passkeys(request),
        name=name,
        by=account.pk,
        at=now(),
    )
