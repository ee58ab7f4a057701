"""What crosses rooms: one file for each journey, which calls the rooms' own writes in order.

Words: journey.
Leaves in the hall: what the rooms it calls leave there.
Takes from the hall: nothing by itself; it holds no query.
Not here: calculation (reckoning), rules (the rooms).
"""
