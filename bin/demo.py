#!/usr/bin/env python3
"""The demo place: load it once into .demo/, serve it, print the ways in. Called by `make demo`.

--reset       begin with a fresh place
--port N      instead of 8000 or the next free one
--language L  es or en, for the names of units, shifts, jobs and institutions and for what is said here;
              else that of the terminal (LANGUAGE, LC_ALL, LC_MESSAGES, LANG)
"""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / ".demo"
FIRST_PORT, PORTS = 8000, 20


def main() -> int:
    """Load, serve and say how to get in."""
    options = arguments()
    for name in [name for name in os.environ if name.startswith("COMMONWEAL_")]:
        del os.environ[name]
    os.environ.update(
        COMMONWEAL_DATA=str(DATA),
        COMMONWEAL_DEMO="1",
        COMMONWEAL_INSECURE_HTTP="1",
        COMMONWEAL_LANGUAGE=options.language,
        DJANGO_SETTINGS_MODULE="commonweal.settings",
    )
    port = options.port or free_port()
    is_taken = port is None or (options.port and is_busy(options.port))
    if options.reset and not is_taken:
        shutil.rmtree(DATA, ignore_errors=True)
    DATA.mkdir(mode=0o700, exist_ok=True)
    os.umask(0o077)
    speak(options.language)
    from commonweal.demo import console

    if port is None or is_taken:
        print(console.port_is_taken(str(options.port or f"{FIRST_PORT}–{FIRST_PORT + PORTS - 1}")))
        return 1
    return serve(port, prepare(options.language))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Start the demo place.")
    parser.add_argument("--reset", action="store_true")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 0))
    parser.add_argument("--language", choices=["en", "es"], default=language_of_the_terminal())
    return parser.parse_args()


def language_of_the_terminal() -> str:
    """Spanish where the terminal speaks it, else English."""
    wanted = next(filter(None, map(os.environ.get, ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "es" if wanted[:2].lower() == "es" else "en"


def speak(language: str) -> None:
    """Make Django ready, and everything said from here on in that language."""
    import django
    from django.utils.translation import activate

    django.setup()
    activate(language)


def prepare(language: str) -> dict[str, tuple[str, str]]:
    """Bring the database to this version, load the place when it is empty; each visitor's way in."""
    from django.core.management import call_command

    from commonweal.accounts.models import Account
    from commonweal.accounts.writes.links import make_demo_link
    from commonweal.common.clock import now
    from commonweal.demo import console
    from commonweal.demo.loading import is_loaded
    from commonweal.demo.settle.doors import VISITORS
    from commonweal.ledger.models import Entry
    from commonweal.people.models import Organization

    call_command("migrate", interactive=False, verbosity=0)
    if not is_loaded():
        if Entry.objects.exists():
            print(console.holds_something_else())
            raise SystemExit(1)
        print(console.is_loading(), flush=True)
        call_command("load_demo", language=language)
    elif not Organization.objects.filter(language=language).exists():
        print(console.has_other_names(language))
    ways = {}
    for visitor in VISITORS:
        account = Account.objects.get(email=visitor.email)
        code = make_demo_link(account, at=now(), code=kept_code(visitor.email))
        ways[code] = (visitor.name, str(visitor.says))
    return ways


def kept_code(email: str) -> str:
    """The same code at every start, so that a link in the browser's history goes on opening."""
    file = DATA / f"way-in-{email.partition('@')[0]}"
    if not file.exists():
        alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
        file.write_text("".join(secrets.choice(alphabet) for _ in range(30)))
    return file.read_text().strip()


def serve(port: int, codes: dict[str, tuple[str, str]]) -> int:
    """Start the server, print the addresses once it answers, and stop with it."""
    from django.urls import reverse

    from commonweal.demo import console

    command = [sys.executable, "-m", "django", "serve", "--port", str(port)]
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    for caught in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(caught, lambda *_: server.terminate())
    while not is_busy(port):
        if server.poll() is not None:
            return server.returncode or 1
        time.sleep(0.1)
    base = f"http://127.0.0.1:{port}"
    ways = [(name, says, reverse("accounts:enter", args=[code])) for code, (name, says) in codes.items()]
    print(console.ways_in(base, ways, DATA), flush=True)
    server.wait()
    return 0 if server.returncode in (0, -signal.SIGTERM, -signal.SIGINT) else server.returncode


def free_port() -> int | None:
    return next((port for port in range(FIRST_PORT, FIRST_PORT + PORTS) if not is_busy(port)), None)


def is_busy(port: int) -> bool:
    with socket.socket() as one:
        one.settimeout(0.5)
        return one.connect_ex(("127.0.0.1", port)) == 0


if __name__ == "__main__":
    sys.exit(main())
