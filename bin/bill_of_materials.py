"""What the program is made of, as a CycloneDX bill of materials (JSON), from the lock alone; no network is asked.

    .venv/bin/python bin/bill_of_materials.py > bill-of-materials.json

Every package that runs in a place is in it with its version, its hashes and, where it is installed here, its licence.
"""

import json
import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^ ;\\]+)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def packages(lock: Path) -> list[dict[str, Any]]:
    """The packages of a lock file in its order, each with name, version, hashes and licence."""
    found: list[dict[str, Any]] = []
    for line in lock.read_text().splitlines():
        if pin := PINNED.match(line):
            name = re.sub(r"[-_.]+", "-", pin[1]).lower()
            found.append(
                {
                    "type": "library",
                    "name": name,
                    "version": pin[2],
                    "purl": f"pkg:pypi/{name}@{pin[2]}",
                    "hashes": [],
                    **licence(name),
                }
            )
        elif (one := HASH.search(line)) and found:
            found[-1]["hashes"].append({"alg": "SHA-256", "content": one[1]})
    return found


SAID_ELSEWHERE = {"pyrage": "MIT", "tzdata": "Apache-2.0"}
"""Where the package here does not say it, or is not installed on every system."""


def licence(name: str) -> dict[str, Any]:
    if name in SAID_ELSEWHERE:
        return {"licenses": [{"license": {"name": SAID_ELSEWHERE[name]}}]}
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return {}
    words = said.get("License-Expression") or said.get("License") or ""
    kinds = [one.rpartition(" :: ")[2] for one in said.get_all("Classifier") or [] if one.startswith("License ::")]
    text = words.splitlines()[0][:80] if words else ", ".join(kinds)
    return {"licenses": [{"license": {"name": text}}]} if text else {}


def bill() -> dict[str, Any]:
    """The whole bill: what a place with either engine runs."""
    version = re.search(r'^version = "([^"]+)"', (ROOT / "pyproject.toml").read_text(), re.M)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "name": "commonweal", "version": version[1] if version else ""}
        },
        "components": packages(ROOT / "requirements" / "postgres.txt"),
    }


if __name__ == "__main__":
    json.dump(bill(), sys.stdout, indent=2)
