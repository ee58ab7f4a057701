"""The ledger: what users did with the software and whom they looked at; append-only and hash-chained.

Words: entry (one act), verb (what was done), facts (ids, counts and words; never names or contacts).
Leaves in the hall: nothing. Takes from the hall: nothing (it keeps ids, no foreign keys).
Not here: what was seen in the world; that is evidence, in the hall.
"""
