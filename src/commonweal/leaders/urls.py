"""Addresses of this room."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from commonweal.leaders.views.wall_chart import wall_chart


def begun(request: HttpRequest) -> HttpResponse:
    return HttpResponse("…")


app_name = "leaders"
urlpatterns = [
    path("leaders/wall_chart/", wall_chart, name="wall_chart"),
    path("leaders/board/", begun, name="board"),
    path("leaders/ties_map/", begun, name="ties_map"),
]
