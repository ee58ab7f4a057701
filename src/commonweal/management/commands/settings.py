"""The settings of the environment, from the one table that also reads them."""

from typing import Any

from commonweal.common.environment import VARIABLES, in_words
from commonweal.management.spoken import SpokenCommand


class Command(SpokenCommand):
    help = "Print every environment variable with its meaning, its default and whether it is set."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(in_words(VARIABLES))
