"""Addresses of this room."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def begun(request: HttpRequest) -> HttpResponse:
    return HttpResponse("…")


app_name = "leaders"
urlpatterns = [
    path("leaders/wall_chart/", begun, name="wall_chart"),
    path("leaders/board/", begun, name="board"),
    path("leaders/ties_map/", begun, name="ties_map"),
]
