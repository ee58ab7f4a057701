"""The `commonweal` command: one word of the command line, one module here, imported only when it is asked for.

A command's module offers `arguments(parser)`, which declares its options, and `run(options) -> int`, which does the
work and returns the exit status. To add one: write the module and add its line to COMMANDS.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from commonweal.cli import place

COMMANDS = {
    "reckon": "leaders, list and chains from plain files; needs no server and no database",
}


def main(words: Sequence[str] | None = None) -> int:
    """Run the command named by the first word; its exit status."""
    given = list(sys.argv[1:] if words is None else words)
    every = COMMANDS | place.COMMANDS
    parser = argparse.ArgumentParser(
        prog="commonweal",
        description="Free software that people who organize run for themselves.",
        epilog="commands:\n" + "\n".join(f"  {name:<14}{what}" for name, what in every.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="store_true", help="print the version and stop")
    parser.add_argument("command", nargs="?", choices=sorted(every), metavar="command")
    options = parser.parse_args(given[:1])
    if options.version:
        from importlib.metadata import version

        print(f"commonweal {version('commonweal')}")
        return 0
    if options.command is None:
        parser.print_help()
        return 2
    if options.command in place.COMMANDS:
        return place.run(options.command, given[1:])
    command = import_module(f"commonweal.cli.{options.command.replace('-', '_')}")
    own = argparse.ArgumentParser(prog=f"commonweal {options.command}", description=COMMANDS[options.command])
    command.arguments(own)
    return int(command.run(own.parse_args(given[1:])))
