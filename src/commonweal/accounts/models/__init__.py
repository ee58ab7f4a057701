"""The nouns of the door."""

from commonweal.accounts.models.account import Account

__all__ = ["Account"]
