"""Addresses of this room."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from commonweal.exchange.views import paper


def begun(request: HttpRequest) -> HttpResponse:
    return HttpResponse("…")


app_name = "exchange"
urlpatterns = [
    path("exchange/paper/wall_chart/", paper.wall_chart_paper, name="wall_chart_paper"),
    path("exchange/paper/wall_chart/pdf/", paper.wall_chart_pdf, name="wall_chart_pdf"),
    path("exchange/imports/", begun, name="imports"),
]
