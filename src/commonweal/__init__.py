"""Commonweal: one graph of people, units, institutions and ties, and the practices that read it."""

__version__ = "0.1.0"
