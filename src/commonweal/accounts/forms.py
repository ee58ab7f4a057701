"""What is typed at the door."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(forms.Form):
    """E-mail and passphrase."""

    email = forms.EmailField(max_length=254)
    passphrase = forms.CharField(max_length=1000, strip=False)
    no_match = _("That e-mail and passphrase do not belong together.")
