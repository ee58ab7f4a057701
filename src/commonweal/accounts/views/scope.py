"""Puts the account and her scope on every request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from commonweal.accounts.models import Account
from commonweal.accounts.reads import scope_of
from commonweal.common.scope import NOBODY


class ScopeOfRequest:
    """Sets `request.account` (None for strangers) and `request.scope`, fresh on every request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        account = request.user if isinstance(request.user, Account) else None
        request.account = account if account and account.is_active else None  # type: ignore[attr-defined]
        request.scope = scope_of(account) if account else NOBODY  # type: ignore[attr-defined]
        return self.get_response(request)
