"""Addresses of this room."""

from django.urls import path

from commonweal.accounts.views import sign_in

app_name = "accounts"
urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("leave/", sign_in.leave, name="leave"),
    path("you/", sign_in.you, name="you"),
]
