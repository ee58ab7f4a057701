"""The `commonweal` command: one word of the command line, one module here, imported only when it is asked for.

A command's module offers `arguments(parser)`, which declares its options, and `run(options) -> int`, which does the
work and returns the exit status. To add one: write the module and add its line to `commands`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from commonweal.cli import place
from commonweal.cli.words import gettext as _
from commonweal.cli.words import speak_to_the_terminal


def commands() -> dict[str, str]:
    """The commands that need no place, each with what it does, in the language of the terminal."""
    return {"reckon": _("leaders, list, chains and forecasts from plain files; needs no server and no database")}


def main(words: Sequence[str] | None = None) -> int:
    """Run the command named by the first word; its exit status."""
    given = list(sys.argv[1:] if words is None else words)
    with speak_to_the_terminal():
        every = commands() | place.commands()
        parser = argparse.ArgumentParser(
            prog="commonweal",
            description=_("Free software that people who organize run for themselves."),
            epilog=_("commands:") + "\n" + "\n".join(f"  {name:<14}{what}" for name, what in every.items()),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        parser.add_argument("--version", action="store_true", help=_("print the version and stop"))
        parser.add_argument("command", nargs="?", choices=sorted(every), metavar=_("command"))
        options = parser.parse_args(given[:1])
        if options.version:
            from importlib.metadata import version

            print(f"commonweal {version('commonweal')}")
            return 0
        if options.command is None:
            parser.print_help()
            return 2
        if options.command in commands():
            command = import_module(f"commonweal.cli.{options.command}")
            own = argparse.ArgumentParser(prog=f"commonweal {options.command}", description=every[options.command])
            command.arguments(own)
            return int(command.run(own.parse_args(given[1:])))
        if not place.is_understood(options.command, given[1:], every[options.command]):
            return 1
    return place.run(options.command, given[1:])
