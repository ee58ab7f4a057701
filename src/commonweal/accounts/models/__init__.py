"""The nouns of the door."""

from commonweal.accounts.models.account import Account
from commonweal.accounts.models.device import Device, FailedTry
from commonweal.accounts.models.factor import RecoveryCode, SecondFactor
from commonweal.accounts.models.invitation import Invitation, OpeningVoice, SignInLink
from commonweal.accounts.models.looking import Looking

__all__ = [
    "Account",
    "Device",
    "FailedTry",
    "Invitation",
    "Looking",
    "OpeningVoice",
    "RecoveryCode",
    "SecondFactor",
    "SignInLink",
]
