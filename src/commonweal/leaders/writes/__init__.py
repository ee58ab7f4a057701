"""Verbs of the list and the chains."""
