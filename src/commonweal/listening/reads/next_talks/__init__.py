"""Whom to talk with next, and why, within a scope."""

from commonweal.listening.reads.next_talks.offer import Advice, Offer, PutOff, next_talks, offer_of, put_off_by
from commonweal.listening.reads.next_talks.parts import parts_of

__all__ = ["Advice", "Offer", "PutOff", "next_talks", "offer_of", "parts_of", "put_off_by"]
