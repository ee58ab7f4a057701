"""The server: pages, static files and one supervised background worker, on one port."""

import errno
import fcntl
import hashlib
import os
import socket
import subprocess
import sys
import threading
from argparse import ArgumentParser
from importlib.metadata import version
from pathlib import Path
from typing import Any, TextIO

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import override

from commonweal.accounts.writes.first_run import set_up_code
from commonweal.common.environment import variable
from commonweal.common.in_use import SERVING, InUse, hold
from commonweal.common.readiness import LOOPBACK, reasons_not_to_serve, unapplied_migrations
from commonweal.management.spoken import SpokenCommand


class Command(SpokenCommand):
    help = "Serve the site, with its static files and its background work."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help=_("address to listen on (default 127.0.0.1)"))
        parser.add_argument("--port", type=int, default=8000, help=_("port to listen on (default 8000)"))
        parser.add_argument("--processes", type=int, default=1, help=_("server processes (PostgreSQL only)"))

    def handle(self, *args: Any, host: str, port: int, processes: int, **options: Any) -> None:
        refuse(reasons_not_to_serve(host=host))
        if connection.vendor == "sqlite" and processes > 1:
            raise CommandError(_("On SQLite one process serves; --processes is for PostgreSQL."))
        if missing := unapplied_migrations():
            lacks = _("The database lacks %(count)d migrations (%(first)s …): run `commonweal migrate`.")
            raise CommandError(lacks % {"count": len(missing), "first": missing[0]})
        if (code := set_up_code()) is not None:
            empty = _("This place is empty. Open it in a browser and type the set-up code: %(code)s")
            self.stdout.write(empty % {"code": code})
            self.stdout.flush()  # a journal reads it now, and not when the server ends
        connection.close()
        refuse_busy_port(host, port)
        if settings.INSECURE_HTTP and host not in LOOPBACK:
            self.stderr.write(_("Serving plain http beyond this machine: whoever shares the network can read it."))
        held = hold_to_serve()
        collect_static_files()
        worker = Supervised([sys.executable, "-m", "django", "work", "--parent", str(os.getpid())])
        if variable("COMMONWEAL_WORKER").on:
            worker.start()
        try:
            self.run(host, port, processes)
        finally:
            worker.stop()
            held.close()

    def run(self, host: str, port: int, processes: int) -> None:
        """Serve until told to stop, in the language of the place; says the address once the port answers."""
        import uvicorn

        address = {"address": f"http://{host}:{port}/", "processes": processes}
        serving = _("Serving on %(address)s (stop with Ctrl-C)") % address

        class Announcing(uvicorn.Server):
            async def startup(server, sockets: Any = None) -> None:  # noqa: N805
                await super().startup(sockets=sockets)
                self.stdout.write(serving)
                self.stdout.flush()

        choices: dict[str, Any] = {
            "host": host,
            "port": port,
            "log_level": "error",
            "access_log": False,  # no addresses and no query strings in any log
            "proxy_headers": False,  # Django reads the one header it trusts
            "server_header": False,
            "timeout_graceful_shutdown": 5,
        }
        if processes > 1:
            self.stdout.write(_("Serving on %(address)s with %(processes)d processes") % address)
            self.stdout.flush()
            uvicorn.run("commonweal.asgi:application", workers=processes, **choices)
            return
        with override(settings.LANGUAGE_CODE):
            Announcing(uvicorn.Config("commonweal.asgi:application", **choices)).run()


def refuse(reasons: list[str]) -> None:
    """End with every reason at once, so that the operator mends them in one go."""
    if reasons:
        raise CommandError("\n".join([_("Not served:"), *(f"  - {reason}" for reason in reasons)]))


def refuse_busy_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                busy = _("Port %(port)d is in use by another program: choose one with --port.")
                raise CommandError(busy % {"port": port}) from None
            deaf = _("Cannot listen on %(host)s port %(port)d: %(error)s.")
            raise CommandError(deaf % {"host": host, "port": port, "error": error.strerror}) from None


def hold_to_serve() -> TextIO:
    """A lock held while this place is served, so that nothing pulls the database away; on SQLite one server holds it."""
    try:
        return hold(Path(settings.DATA), SERVING, alone=connection.vendor == "sqlite")
    except InUse:
        raise CommandError(_("This place is already being served by another process.")) from None


def collect_static_files() -> None:
    """Put style, scripts and pictures where they are served from, unless they stand there already: a server that
    starts beside another one must not take a file away from under it."""
    folder = Path(settings.STATIC_ROOT)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    note, wanted = folder / "collected", fingerprint_of(settings.STATICFILES_DIRS)
    with (folder / "collecting.lock").open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if note.exists() and note.read_text() == wanted:
            return
        call_command("collectstatic", interactive=False, verbosity=0)
        note.write_text(wanted)


def fingerprint_of(folders: list[Path]) -> str:
    """What changes when a file in these folders does, or the program that prepares them."""
    seen = hashlib.sha256("\0".join(version(name) for name in ("Django", "whitenoise")).encode())
    for file in sorted(file for folder in folders for file in folder.rglob("*") if file.is_file()):
        seen.update(f"\0{file}\0".encode() + file.read_bytes())
    return seen.hexdigest()


class Supervised:
    """A program that is started again when it ends, after a pause that grows to half a minute."""

    def __init__(self, command: list[str]) -> None:
        self.command = command
        self.ended = threading.Event()
        self.process: subprocess.Popen[bytes] | None = None
        self.thread = threading.Thread(target=self._keep_running, daemon=True)

    def start(self) -> None:
        """Begin to keep it running."""
        self.thread.start()

    def stop(self) -> None:
        """End it and do not start it again."""
        self.ended.set()
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()

    def _keep_running(self) -> None:
        pause = 1.0
        while not self.ended.is_set():
            self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, env=child_environment())
            if self.process.wait() == 0:
                pause = 1.0
            self.ended.wait(pause)
            pause = min(pause * 2, 30.0)


def child_environment() -> dict[str, str]:
    return os.environ | {"DJANGO_SETTINGS_MODULE": "commonweal.settings"}
