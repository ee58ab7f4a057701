"""In which language a command speaks: that of the terminal it was typed in."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import override

from commonweal.cli.words import language_of_the_terminal


class SpokenCommand(BaseCommand):
    """A command whose help, answers and refusals are in the language of the terminal.

    Called from the program with `call_command` it speaks the language that is switched on there.
    """

    def run_from_argv(self, argv: list[str]) -> Any:
        with override(language_of_the_terminal()):
            return super().run_from_argv(argv)
