"""Plain files in, an answer out: ties, nominations, asks, tests and people from spreadsheets saved as text.

`docs/reckon.md` says which columns a file has and what comes back. A file that cannot be trusted is refused with
file, line, column and reason, and nothing is answered.
"""

from commonweal.reckoning.plain_files.answer import Answer, leaders_from_files
from commonweal.reckoning.plain_files.coming_test import forecast_from_files
from commonweal.reckoning.plain_files.table import FilesRefused, Problem

__all__ = ["Answer", "FilesRefused", "Problem", "forecast_from_files", "leaders_from_files"]
