"""The hall: who people are, where they stand, what binds them, and what was seen of them.

Words: person, unit, placement, institution, affiliation, tie, nomination, occasion, ask, bare yes,
assessment, chain link, campaign.
Leaves in the hall: everything in it.
Takes from the hall: nothing; every practice takes from here.
Not here: who is on the list (leaders), what users did with the software (ledger), log-ins (accounts).
"""
