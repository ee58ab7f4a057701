"""Whom to talk with next, and why, within a scope."""

from commonweal.listening.reads.next_talks.offer import Advice, Offer, next_talks, offer_of
from commonweal.listening.reads.next_talks.parts import parts_of

__all__ = ["Advice", "Offer", "next_talks", "offer_of", "parts_of"]
