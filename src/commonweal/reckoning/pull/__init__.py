"""Who moves whom.

The records say who was asked by whom for which test and who came. The reading says for everybody who asks
or is named how much her asking moves people, how sure that is, and on what evidence.
"""

from commonweal.reckoning.pull.blocks import Variances
from commonweal.reckoning.pull.draws import PullDraws
from commonweal.reckoning.pull.reading import PullReading, Verdict, read_pull
from commonweal.reckoning.pull.records import NOBODY, AskRecords, RecordsRefused

__all__ = [
    "NOBODY",
    "AskRecords",
    "PullDraws",
    "PullReading",
    "RecordsRefused",
    "Variances",
    "Verdict",
    "read_pull",
]
