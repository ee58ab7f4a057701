"""By what the rows of the hall that an import made are known: their source, and the ids of new people."""

from functools import lru_cache
from uuid import UUID

from commonweal.common.sealed import keyring

NEIGHBOURS = 1000  # lines whose new people have ids that begin alike


def source_of(batch: UUID, line: int | None = None) -> str:
    """How the rows of the hall that an import made name their source; without a line, how they all begin."""
    return f"import:{batch.hex}:{'' if line is None else line}"


def made_id(batch: UUID, question: str, line: int | None = None) -> UUID:
    """The id that somebody new in this batch gets: the same however often the batch is read. Those of neighbouring
    lines begin alike, so that they lie together in every index."""
    drawn = keyring().blind(f"{batch}:{question}", "person-of-import")
    return UUID((drawn if line is None else _beginning(batch, line // NEIGHBOURS) + drawn[6:32]), version=4)


@lru_cache(maxsize=64)
def _beginning(batch: UUID, group: int) -> str:
    return keyring().blind(f"{batch}:{group}", "people-of-import")[:6]
