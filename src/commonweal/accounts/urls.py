"""Addresses of this room."""

from django.urls import path

from commonweal.accounts.views import accounts, enter, factors, first_run, ledger, locking, looking, sign_in, you

app_name = "accounts"
urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/second-step/", sign_in.second_step, name="second_step"),
    path("sign-in/code/", sign_in.by_code, name="by_code"),
    path("sign-in/mail/", sign_in.by_mail, name="by_mail"),
    path("enter/<slug:code>/", enter.enter, name="enter"),
    path("begin/", first_run.begin, name="begin"),
    path("confirm/", sign_in.confirm, name="confirm"),
    path("leave/", sign_in.leave, name="leave"),
    path("panic/", locking.panic, name="panic"),
    path("locked/", locking.locked, name="locked"),
    path("you/", you.you, name="you"),
    path("you/go-on/", you.go_on, name="go_on"),
    path("you/copy/", you.take_own_copy, name="take_own_copy"),
    path("you/looks/", you.looks, name="looks"),
    path("you/passphrase/", you.passphrase, name="passphrase"),
    path("you/second-factors/", factors.second_factors, name="second_factors"),
    path("you/second-factors/<uuid:factor>/remove/", factors.remove, name="remove_factor"),
    path("you/codes/", factors.recovery_codes, name="recovery_codes"),
    path("you/devices/end-others/", you.end_others, name="end_others"),
    path("you/devices/<uuid:device>/end/", you.end_one, name="end_device"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/invite/", accounts.new_invitation, name="invite"),
    path("accounts/invitations/<uuid:number>/", accounts.invitation, name="invitation"),
    path("accounts/<uuid:number>/", accounts.account, name="account"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/many/", looking.many, name="many"),
]
