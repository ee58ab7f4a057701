#!/usr/bin/env python3
"""Every check and every test, on each engine there is; the last lines say what was tested on what.

Called by `make test` and `make check`. What is required but missing fails:
COMMONWEAL_TEST_REQUIRE=postgres,browser. A PostgreSQL to use: COMMONWEAL_TEST_POSTGRES=postgresql://….
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON = sys.executable
CHECKS: dict[str, Sequence[str]] = {
    "lint (ruff)": (str(BIN / "ruff"), "check", "--quiet", "."),
    "format (ruff)": (str(BIN / "ruff"), "format", "--quiet", "--check", "."),
    "import contracts": (str(BIN / "lint-imports"), "--no-logo"),
    "types (mypy)": (str(BIN / "mypy"), "--no-error-summary"),
    "migrations complete": (
        *(PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run"),
        *("--settings", "tests.settings", "--pythonpath", str(ROOT)),
    ),
    "translations complete": (PYTHON, "bin/translations.py", "check"),
}
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# These ask no database, so once is enough.
ON_ONE_ENGINE = ("tests/reckoning", "tests/browser")


def main(argv: Sequence[str]) -> int:
    """Run the checks, then the tests on PostgreSQL where there is one, then all of them on SQLite."""
    os.chdir(ROOT)
    failed = [name for name, command in CHECKS.items() if not passes(name, command)]
    if "--checks-only" in argv:
        print(f"\n{len(CHECKS) - len(failed)} passed, {len(failed)} failed")
        return 1 if failed else 0
    required = os.environ.get("COMMONWEAL_TEST_REQUIRE", "").replace(",", " ").split()
    says = []
    browser = bring_chromium()
    if browser:
        says.append(f"Browser: {first_line([browser, '--version'])}")
    else:
        says.append("NOT RUN: the browser tests (no Chromium here, and no right to install it)")
        failed += ["Chromium is required"] if "browser" in required else []
    with postgres() as address:
        if address:
            ignored = [f"--ignore={path}" for path in ON_ONE_ENGINE]
            went_well = pytest(ignored, {"COMMONWEAL_TEST_DATABASE": address})
            says.append(f"PostgreSQL: {'passed, see above' if went_well else 'FAILED, see above'}")
            failed += [] if went_well else ["tests on PostgreSQL"]
        else:
            says.append("NOT RUN: the tests on PostgreSQL (no server answers, none can be started here)")
            failed += ["PostgreSQL is required"] if "postgres" in required else []
    says.append(f"Checks: {', '.join(CHECKS)}")
    says += [f"FAILED: {name}" for name in failed]
    went_well = pytest([], {"COMMONWEAL_TEST_SAYS": "\n".join(says)})
    return 0 if went_well and not failed else 1


def passes(name: str, command: Sequence[str]) -> bool:
    """Run one check; print what it says only when it fails."""
    began = time.monotonic()
    run = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        env=plain_environment(),
    )
    took = time.monotonic() - began
    print(f"{'ok    ' if run.returncode == 0 else 'FAILED'} {name} ({took:.0f} s)", flush=True)
    if run.returncode:
        print((run.stdout + run.stderr)[-6000:], flush=True)
    return run.returncode == 0


def pytest(arguments: Sequence[str], extra: dict[str, str]) -> bool:
    """Run pytest in its own process; true when everything passed."""
    print(flush=True)
    command = [PYTHON, "-m", "pytest", "-q", *arguments]
    return subprocess.run(command, env=plain_environment() | extra, check=False).returncode == 0


def plain_environment() -> dict[str, str]:
    """The environment without what would point a test at somebody's real place."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COMMONWEAL_")}
    kept |= {name: value for name, value in os.environ.items() if name.startswith("COMMONWEAL_TEST_")}
    if "COMMONWEAL_CHROMIUM" in os.environ:
        kept["COMMONWEAL_CHROMIUM"] = os.environ["COMMONWEAL_CHROMIUM"]
    kept.pop("COMMONWEAL_TEST_DATABASE", None)
    # Two processes whose linear algebra each takes every core wait on each other.
    kept.setdefault("OPENBLAS_NUM_THREADS", "1")
    return kept


# ── The browser ─────────────────────────────────────────────────────────────────────────────────


def bring_chromium() -> str | None:
    """Chromium's path, after installing it by Debian's package manager where that is allowed."""
    if found := chromium():
        return found
    privilege = may_install()
    if privilege is None or not shutil.which("apt-get"):
        return None
    print("Bringing Chromium for the browser tests (a minute or so) …", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    packages = ["install", "-y", "-q", "--no-install-recommends", "chromium", "fonts-noto-core"]
    for words in (["update", "-q"], packages):
        run = subprocess.run(
            [*privilege, "apt-get", *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env=environment,
        )
        if run.returncode:
            print(run.stderr[-1000:], flush=True)
    return chromium()


def chromium() -> str | None:
    named = os.environ.get("COMMONWEAL_CHROMIUM")
    return named or next((found for name in CHROMIUM if (found := shutil.which(name))), None)


def may_install() -> list[str] | None:
    """The words before a command that installs: none as root, sudo where it asks no password."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and quietly(["sudo", "-n", "true"]):
        return ["sudo", "-n"]
    return None


# ── PostgreSQL ──────────────────────────────────────────────────────────────────────────────────


@contextmanager
def postgres() -> Iterator[str | None]:
    """The address of a PostgreSQL on which databases may be made: named, found, or started for this run."""
    named = os.environ.get("COMMONWEAL_TEST_POSTGRES")
    if named:
        yield named if may_make_databases(named) else None
        return
    for address in (
        f"postgresql://{os.environ.get('USER', 'postgres')}@127.0.0.1:5432/postgres",
        "postgresql://postgres@127.0.0.1:5432/postgres",
    ):
        if may_make_databases(address):
            yield address
            return
    programs = server_programs()
    if programs is None:
        yield None
        return
    with private_server(programs) as address:
        yield address


def may_make_databases(address: str) -> bool:
    import psycopg

    try:
        with psycopg.connect(address, connect_timeout=3) as connection:
            asked = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            row = connection.execute(asked).fetchone()
            return bool(row and row[0])
    except psycopg.Error:
        return False


def server_programs() -> Path | None:
    """The folder of PostgreSQL's server programs, the newest where there are several."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4]))
    if folders:
        return folders[-1].parent
    found = shutil.which("initdb")
    return Path(found).parent if found else None


@contextmanager
def private_server(programs: Path) -> Iterator[str | None]:
    """A server for this run alone, in a folder of its own, on a free port of this machine."""
    as_owner: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        if not quietly(["id", "postgres"]):
            yield None
            return
        as_owner = ["runuser", "-u", "postgres", "--"]
    folder = Path(tempfile.mkdtemp(prefix="commonweal-postgres-"))
    if as_owner:
        shutil.chown(folder, "postgres")
    port = free_port()
    place = str(folder / "cluster")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    start = ["start", "-D", place, "-w", "-t", "60", "-l", str(folder / "log"), "-o", options]
    try:
        made = quietly(
            [*as_owner, str(programs / "initdb"), "-D", place, "-A", "trust", "-U", "postgres", "-E", "UTF8"]
        ) and quietly([*as_owner, str(programs / "pg_ctl"), *start])
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres" if made else None
    finally:
        quietly([*as_owner, str(programs / "pg_ctl"), "stop", "-D", place, "-m", "immediate"])
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def quietly(command: Sequence[str]) -> bool:
    """Run a command from a folder everybody may enter, showing nothing; true when it went well."""
    try:
        run = subprocess.run(
            command,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
    except OSError:
        return False
    return run.returncode == 0


def first_line(command: Sequence[str]) -> str:
    run = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    return run.stdout.strip().splitlines()[0] if run.stdout.strip() else command[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
