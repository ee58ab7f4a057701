"""Who may: views declare the role they need; the scope says about whom."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from commonweal.accounts.models import Account
from commonweal.accounts.words import Role
from commonweal.common.scope import Scope

View = Callable[..., HttpResponseBase]


class ScopedRequest(HttpRequest):
    """A request of somebody signed in: `account` and her `scope` are set by the middleware."""

    account: Account
    scope: Scope


def for_roles(*roles: str) -> Callable[[Callable[..., HttpResponseBase]], View]:
    """A view that only these roles reach. Others get 'not found'; strangers are asked to sign in."""

    def decorate(view: Callable[..., HttpResponseBase]) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            account = getattr(request, "account", None)
            if account is None:
                return cast(HttpResponse, redirect_to_login(request.get_full_path()))
            if account.role not in roles:
                raise Http404
            return view(request, *args, **kwargs)

        guarded.roles = frozenset(roles)  # type: ignore[attr-defined]
        return guarded

    return decorate


anyone_signed_in = for_roles(*Role.values)
organizers = for_roles(Role.ADMINISTRATOR, Role.ORGANIZER)
administrators = for_roles(Role.ADMINISTRATOR)
organizers_and_leaders = for_roles(Role.ADMINISTRATOR, Role.ORGANIZER, Role.LEADER)
