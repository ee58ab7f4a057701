"""Addresses of this room."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def begun(request: HttpRequest) -> HttpResponse:
    return HttpResponse("…")


app_name = "people"
urlpatterns = [
    path("", begun, name="home"),
    path("people/more/", begun, name="more"),
    path("people/people/", begun, name="people"),
    path("people/search/", begun, name="search"),
    path("people/person/", begun, name="person"),
    path("people/unit/", begun, name="unit"),
    path("people/units/", begun, name="units"),
    path("people/institutions/", begun, name="institutions"),
    path("people/institution/", begun, name="institution"),
]
