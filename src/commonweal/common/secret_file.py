"""A secret that is made at the first start and kept in a file only its owner can read."""

import os
import secrets
from pathlib import Path


def made_once(path: Path) -> str:
    """The secret in `path`, written there first when the file is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        secret = secrets.token_urlsafe(48)
        file.write(secret)
    return secret
