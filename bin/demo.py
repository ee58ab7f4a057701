#!/usr/bin/env python3
"""The demo place: load it once into .demo/, serve it, print the ways in. Called by `make demo`.

--reset       begin with a fresh place
--port N      instead of 8000 or the next free one
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
        DJANGO_SETTINGS_MODULE="commonweal.settings",
    )
    port = options.port or free_port()
    if port is None or (options.port and is_busy(options.port)):
        busy = options.port or f"{FIRST_PORT} to {FIRST_PORT + PORTS - 1}"
        print(f"Port {busy} is in use by another program. Name another one: make demo PORT=9000")
        return 1
    if options.reset:
        shutil.rmtree(DATA, ignore_errors=True)
    DATA.mkdir(mode=0o700, exist_ok=True)
    os.umask(0o077)
    codes = prepare()
    return serve(port, codes)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Start the demo place.")
    parser.add_argument("--reset", action="store_true")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 0))
    return parser.parse_args()


def prepare() -> dict[str, tuple[str, str]]:
    """Bring the database to this version, load the place when it is empty; each visitor's way in."""
    import django
    from django.core.management import call_command

    django.setup()
    from commonweal.accounts.models import Account
    from commonweal.accounts.writes.links import make_demo_link
    from commonweal.common.clock import now
    from commonweal.demo.loading import is_loaded
    from commonweal.demo.settle.doors import VISITORS
    from commonweal.ledger.models import Entry

    call_command("migrate", interactive=False, verbosity=0)
    if not is_loaded():
        if Entry.objects.exists():
            print("This folder holds something else than a demo; `make demo-reset` begins afresh.")
            raise SystemExit(1)
        print("Loading the demo place (half a minute) …", flush=True)
        call_command("load_demo")
    ways = {}
    for visitor in VISITORS:
        account = Account.objects.get(email=visitor.email)
        code = make_demo_link(account, at=now(), code=kept_code(visitor.email))
        ways[code] = (visitor.name, visitor.says)
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

    command = [sys.executable, "-m", "django", "serve", "--port", str(port)]
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    for caught in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(caught, lambda *_: server.terminate())
    while not is_busy(port):
        if server.poll() is not None:
            return server.returncode or 1
        time.sleep(0.1)
    base = f"http://127.0.0.1:{port}"
    print(f"\nCommonweal is running. Its first page:\n  {base}/\n\nSign in as (open the address, press the button):")
    for code, (name, says) in codes.items():
        print(f"  {name}, {says}:\n  {base}{reverse('accounts:enter', args=[code])}")
    print(f"\nEverything in it is invented and lies in {DATA}. Stop with Ctrl-C.", flush=True)
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
