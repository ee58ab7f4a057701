"""The demo place: an invented hospital, so that every page can be tried before real people are put in.

Words: hospital (its units, shifts and jobs), invention (who is there and what happened, from a lot),
hidden truth (the pulls that the arithmetic is to find).
Leaves in the hall: invented people and everything about them, on an empty database only.
Takes from the hall: nothing.
Not here: anything that a page, a write or a read needs. Nothing imports this room.
"""
