"""Judgements of the list, on plain values."""
