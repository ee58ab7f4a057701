"""Sessions whose keys lie in the database only as hashes: a copy of the database opens no session."""

import hashlib
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone


def stored(key: str | None) -> str:
    """The name under which the session of a cookie lies in the table."""
    return hashlib.sha256(f"session\0{key}".encode()).hexdigest()[:40]


class SessionStore(DatabaseStore):
    """Django's database sessions, with every look-up by the hash of the key."""

    def _get_session_from_db(self) -> Any:
        row = self.model.objects.filter(session_key=stored(self.session_key), expire_date__gt=timezone.now()).first()
        if row is None:
            self._session_key = None
        return row

    def exists(self, session_key: str | None = None) -> bool:
        return self.model.objects.filter(session_key=stored(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row = super().create_model_instance(data)
        row.session_key = stored(self._get_or_create_session_key())  # type: ignore[attr-defined]
        return row

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            self.model.objects.filter(session_key=stored(key)).delete()
