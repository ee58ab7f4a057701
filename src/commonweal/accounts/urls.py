"""Addresses of this room."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def begun(request: HttpRequest) -> HttpResponse:
    return HttpResponse("…")


app_name = "accounts"
urlpatterns = [
    path("accounts/sign_in/", begun, name="sign_in"),
    path("accounts/leave/", begun, name="leave"),
    path("accounts/you/", begun, name="you"),
]
