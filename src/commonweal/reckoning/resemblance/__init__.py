"""Might these two records be one person?

Takes plain values: names as written, normalized contact points or their fingerprints, units, birthday. Gives pairs with
the reasons as codes, their weight of evidence, and how sure that makes us in a word. A human decides.
"""

from commonweal.reckoning.resemblance.comparison import Code, Reason, Resemblance, Sureness, compare
from commonweal.reckoning.resemblance.frequencies import Frequencies, Record
from commonweal.reckoning.resemblance.search import resembling_pairs

__all__ = ["Code", "Frequencies", "Reason", "Record", "Resemblance", "Sureness", "compare", "resembling_pairs"]
