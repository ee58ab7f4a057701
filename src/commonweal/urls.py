"""Addresses: each room keeps its own."""

from django.urls import include, path

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("commonweal.common.status", namespace="common")),
    path("", include("commonweal.people.urls", namespace="people")),
    path("", include("commonweal.accounts.urls", namespace="accounts")),
    path("", include("commonweal.leaders.urls", namespace="leaders")),
    path("", include("commonweal.listening.urls", namespace="listening")),
    path("", include("commonweal.structure_tests.urls", namespace="structure_tests")),
    path("", include("commonweal.exchange.urls", namespace="exchange")),
    path("", include("commonweal.journeys.urls", namespace="journeys")),
]
