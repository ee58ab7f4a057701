"""Listening: one-to-one conversations, what was heard in them, and what was promised.

Words: conversation, step, prompt, issue, inoculation, the ask and its answer, promise, draft, next conversation,
stated and observed support.
Leaves in the hall: nominations, ties, affiliations, people met, stated assessments.
Takes from the hall: people, placements, institutions, evidence, chain links.
Not here: who is on the list (leaders); whether they came (structure_tests); the arithmetic (reckoning).
"""
