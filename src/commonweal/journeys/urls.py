"""Addresses of what crosses rooms."""

from django.urls import path

from commonweal.journeys import views

app_name = "journeys"
TEST = "tests/<uuid:test>/"
urlpatterns = [
    path(TEST + "close/", views.close_test, name="close_test"),
    path(TEST + "holes/", views.work_the_holes, name="work_the_holes"),
    path(TEST + "signatures/", views.signatures, name="signatures"),
    path(TEST + "signatures/<uuid:line>/", views.signature, name="signature"),
    path(TEST + "signatures/<uuid:line>/nobody/", views.nobody_signed, name="nobody_signed"),
]
