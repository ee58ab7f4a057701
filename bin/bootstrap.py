#!/usr/bin/env python3
"""Set up what Commonweal needs in .venv, from the hashed lock in requirements/. Standard library only.

    python3 bin/bootstrap.py app        to run it
    python3 bin/bootstrap.py postgres   to run it on PostgreSQL
    python3 bin/bootstrap.py dev        to test and change it

The second time nothing is to be done and it says nothing. The fast installer (uv) gets a
folder of its own, .uv; where it cannot be had, pip reads the same files.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements"
VENV, UV = ROOT / ".venv", ROOT / ".uv"
STAMP = VENV / "commonweal-setup"
# What each kind of set-up also satisfies.
SATISFIES = {"app": ("app", "postgres", "dev"), "postgres": ("postgres", "dev"), "dev": ("dev",)}


def main(argv: Sequence[str]) -> int:
    """Bring .venv to the lock, unless it is there already."""
    kind = argv[0] if argv else "app"
    if kind not in SATISFIES:
        print(__doc__)
        return 2
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what an older Python meets first
        print(f"Commonweal needs Python 3.11 or newer; {sys.executable} is {sys.version.split()[0]}.")
        print("Name another one: make demo PYTHON=python3.11")
        return 1
    if STAMP.exists() and STAMP.read_text() in {fingerprint(ready) for ready in SATISFIES[kind]}:
        return 0
    began = time.monotonic()
    print("Setting up Commonweal (the first time takes a minute or two).", flush=True)
    STAMP.unlink(missing_ok=True)
    try:
        set_up(kind)
    except StepFailed as failure:
        print(f"\nThat did not work: {failure}\n", flush=True)
        return 1
    STAMP.write_text(fingerprint(kind))
    print(f"Set up in {time.monotonic() - began:.0f} s.", flush=True)
    return 0


def set_up(kind: str) -> None:
    """The four steps, the second of which may fail without harm."""
    if not (VENV / "bin" / "python").exists():
        step("1/4  A folder for the program", [sys.executable, "-m", "venv", str(VENV)])
    lock = [str(LOCK / f"{kind}.txt"), str(LOCK / "build.txt")]
    python = str(VENV / "bin" / "python")
    if has_uv():
        uv = str(UV / "bin" / "uv")
        step(
            "3/4  The libraries, checked against the lock",
            [uv, "pip", "sync", "--quiet", "--python", python, "--require-hashes", *lock],
            otherwise=[python, "-m", "pip", "install", "--quiet", "--require-hashes", *with_r(lock)],
        )
        here = [uv, "pip", "install", "--quiet", "--python", python]
    else:
        step(
            "3/4  The libraries, checked against the lock (by pip: some minutes)",
            [python, "-m", "pip", "install", "--quiet", "--require-hashes", *with_r(lock)],
        )
        here = [python, "-m", "pip", "install", "--quiet"]
    editable = ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    step(
        "4/4  Commonweal itself",
        [*here, *editable],
        otherwise=[python, "-m", "pip", "install", "--quiet", *editable],
    )


def has_uv() -> bool:
    """Is the pinned uv there, or can it be brought?"""
    if (UV / "bin" / "uv").exists():
        return True
    try:
        step("2/4  A fast installer", [sys.executable, "-m", "venv", str(UV)])
        step(
            "2/4  A fast installer",
            [
                *(str(UV / "bin" / "python"), "-m", "pip", "install", "--quiet"),
                *("--disable-pip-version-check", "--require-hashes", "-r", str(LOCK / "uv.txt")),
            ],
        )
    except StepFailed:
        print("     cannot be had here; pip does the same more slowly", flush=True)
        return False
    return True


def with_r(files: Sequence[str]) -> list[str]:
    return ["--disable-pip-version-check", *(word for file in files for word in ("-r", file))]


class StepFailed(Exception):
    """A step ended badly; the text is what it said."""


def step(title: str, command: Sequence[str], otherwise: Sequence[str] | None = None) -> None:
    """Run one step, saying every ten seconds that it is still at it; try `otherwise` when it fails."""
    print(f"  {title} …", flush=True)
    ended = threading.Event()
    threading.Thread(target=keep_saying, args=(ended,), daemon=True).start()
    try:
        run = subprocess.run(
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    except OSError as error:
        ended.set()
        raise StepFailed(str(error)) from error
    ended.set()
    if run.returncode and otherwise:
        print("     once more, by pip", flush=True)
        step(title, otherwise)
    elif run.returncode:
        raise StepFailed(f"{' '.join(command)}\n{run.stdout[-2000:]}")


def keep_saying(ended: threading.Event) -> None:
    began = time.monotonic()
    while not ended.wait(10):
        print(f"     still at it ({time.monotonic() - began:.0f} s)", flush=True)


def fingerprint(kind: str) -> str:
    """What .venv was made from: the kind, this Python, the lock, where the program lies."""
    parts = [kind, sys.version, str(ROOT)]
    parts += [(LOCK / f"{name}.txt").read_text() for name in (kind, "build")]
    parts.append((ROOT / "pyproject.toml").read_text().split("[tool.ruff]")[0])
    return f"{kind} {hashlib.sha256(chr(0).join(parts).encode()).hexdigest()}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
