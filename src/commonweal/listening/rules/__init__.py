"""Judgements of this room on plain values."""
