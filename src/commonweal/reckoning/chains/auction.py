"""A first, nearly best placing by auction: followers bid for room with the leaders they are tied to."""

from __future__ import annotations

import numpy as np

from commonweal.reckoning.chains.market import FINE, NOWHERE, Market
from commonweal.reckoning.ties import BoolArray, IntArray

STEP = FINE // 30_000
PATIENCE = 3 * FINE
SOON = 32
LONGEST = 12


def hold_auction(market: Market) -> tuple[IntArray, IntArray]:
    """Let everyone bid until nobody is outbid; who got room with whom, and each leader's price.

    Each follower without room bids for the leader who is worth most to her after the price, and raises the price
    by what she would lose on her second choice plus a step, doubled whenever she has bid SOON times more; a full leader keeps the highest bids. A follower drops out when every price has passed her patience: then so many strong ties would have to yield to her that the
    exact search should decide.
    Shapes: one leader index per follower, NOWHERE without room; one price per leader, 0 while she has room.
    Errs: within the last step of each follower of the greatest worth among those it places.
    Ties: the option listed first, then the lower follower number, so the answer depends on the market alone.
    Cost: some hundred vectorised rounds, then short ones for the last contested places.
    Source: Bertsekas, "The auction algorithm" (1988), all bidders at once; ours are leaders with several places.
    """
    room = min(market.room, int(np.bincount(market.leader, minlength=1).max(initial=0)))
    slots = np.full((market.n_leaders, max(room, 1)), NOWHERE, dtype=np.int64)
    placed = np.full(market.n_followers, NOWHERE, dtype=np.int64)
    bid = np.zeros(market.n_followers, dtype=np.int64)
    price = np.zeros(market.n_leaders, dtype=np.int64)
    patience = PATIENCE * (market.need // market.unit)
    bids = np.zeros(market.n_followers, dtype=np.int64)
    bidders = np.flatnonzero(np.diff(market.pointer))
    while bidders.size:
        step = STEP << np.minimum(bids[bidders] // SOON, LONGEST)
        bids[bidders] += 1
        chosen, offers, willing = _bids(market, price, patience, step, bidders)
        bidders, chosen, offers = bidders[willing], chosen[willing], offers[willing]
        if not bidders.size:
            break
        bid[bidders] = offers
        bidders = _settle(slots, placed, bid, price, bidders, chosen)
    return placed, price


def _bids(
    market: Market, price: IntArray, patience: IntArray, step: IntArray, bidders: IntArray
) -> tuple[IntArray, IntArray, BoolArray]:
    """For each bidder the leader she bids for, her bid, and whether she still bids at all."""
    options, counts = market.options_of(bidders)
    starts = np.cumsum(counts) - counts
    value = market.worth[options] - price[market.leader[options]]
    best = np.maximum.reduceat(value, starts)
    at_best = np.flatnonzero(value == np.repeat(best, counts))
    owner = np.repeat(np.arange(bidders.size), counts)[at_best]
    first = np.zeros(bidders.size, dtype=np.int64)
    first[owner[::-1]] = at_best[::-1]
    value[first] = np.iinfo(np.int64).min
    out = -patience[bidders]
    second = np.maximum(np.maximum.reduceat(value, starts), out)
    chosen = market.leader[options[first]]
    return chosen, price[chosen] + best - second + step, best > out


def _settle(
    slots: IntArray, placed: IntArray, bid: IntArray, price: IntArray, bidders: IntArray, chosen: IntArray
) -> IntArray:
    """Give the room to the highest bids and set the new prices; who must bid again."""
    room = slots.shape[1]
    asked = np.unique(chosen)
    holders = slots[asked].ravel()
    held = holders >= 0
    people = np.concatenate([holders[held], bidders])
    wanted = np.concatenate([np.repeat(asked, room)[held], chosen])
    order = np.lexsort((people, -bid[people], wanted))
    people, wanted = people[order], wanted[order]
    starts = np.searchsorted(wanted, asked)
    counts = np.diff(np.append(starts, wanted.size))
    place = np.arange(wanted.size) - np.repeat(starts, counts)
    stays = place < room
    slots[asked] = NOWHERE
    slots[wanted[stays], place[stays]] = people[stays]
    placed[people] = np.where(stays, wanted, NOWHERE)
    full = counts >= room
    price[asked[full]] = bid[people[starts[full] + room - 1]]
    return people[~stays]
