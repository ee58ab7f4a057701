"""The arithmetic: who moves whom, the shortest list, the chains. No Django, no database, no clock, no hidden dice.

Words: pull, list, coverage, chain, resemblance; every function takes plain values and arrays.
Leaves in the hall: nothing. Takes from the hall: nothing; callers bring the arrays.
Not here: by-laws that an assembly could vote to change; those are a room's rules.
"""
