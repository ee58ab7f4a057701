"""Addresses of this room."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def begun(request: HttpRequest) -> HttpResponse:
    return HttpResponse("…")


app_name = "exchange"
urlpatterns = [
    path("exchange/imports/", begun, name="imports"),
]
