"""What every room needs and no practice owns: clock, ids, scope, refusals, sealed fields, background work.

Words: scope (what a person may see), refusal (a no that a user can cause), sealed (encrypted at rest),
work (something the computer still has to do).
Leaves in the hall: nothing. Takes from the hall: nothing.
Not here: anything with a practice's name in it; that belongs to the practice's own room.
"""
