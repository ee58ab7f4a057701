"""The note that the last verified backup leaves beside the database, for the status page."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

NOTE = "last-backup.json"


@dataclass(frozen=True)
class Verified:
    """A backup that was read back: when, how many bytes, people and ledger entries it holds; is it encrypted?"""

    at: datetime
    size: int
    people: int
    entries: int
    sealed: bool = False


def note_verified_backup(backup: Verified) -> None:
    """Remember a backup that was read back and found whole."""
    text = json.dumps(asdict(backup) | {"at": backup.at.isoformat()})
    (Path(settings.DATA) / NOTE).write_text(text)


def last_verified_backup() -> Verified | None:
    """The last backup that was verified from this place; None when none ever was."""
    try:
        noted = json.loads((Path(settings.DATA) / NOTE).read_text())
        return Verified(**(noted | {"at": datetime.fromisoformat(noted["at"])}))
    except (OSError, ValueError, TypeError, KeyError):
        return None
