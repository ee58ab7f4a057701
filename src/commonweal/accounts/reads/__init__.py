"""Questions about accounts."""

from commonweal.accounts.reads.scope import scope_of

__all__ = ["scope_of"]
