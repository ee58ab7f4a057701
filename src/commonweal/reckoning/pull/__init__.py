"""Who moves whom.

The records say who was asked by whom for which test and who came. The reading says for everybody who asks
or is named how much her asking moves people, how sure that is, and on what evidence.
"""

from commonweal.reckoning.pull.acceptance import Acceptance, pull_holds_for_others
from commonweal.reckoning.pull.apart import Pairs, not_told_apart, sets_not_told_apart, worth_a_coin
from commonweal.reckoning.pull.blocks import Variances
from commonweal.reckoning.pull.draws import PullDraws
from commonweal.reckoning.pull.reading import PullReading, read_pull
from commonweal.reckoning.pull.records import NOBODY, AskRecords, RecordsRefused
from commonweal.reckoning.pull.verdicts import FEWEST_ASKS, FEWEST_TESTS, Verdict

__all__ = [
    "FEWEST_ASKS",
    "FEWEST_TESTS",
    "NOBODY",
    "Acceptance",
    "AskRecords",
    "Pairs",
    "PullDraws",
    "PullReading",
    "RecordsRefused",
    "Variances",
    "Verdict",
    "not_told_apart",
    "pull_holds_for_others",
    "read_pull",
    "sets_not_told_apart",
    "worth_a_coin",
]
