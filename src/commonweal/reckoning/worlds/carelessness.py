"""How records differ from what happened."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from commonweal.reckoning.worlds.world import Flags, World


def lose_refusals(lot: int, world: World, *, share: float) -> Flags:
    """Which rows survive when a `share` of the asks that failed is never written down.

    Shapes: one entry per row of the world.
    Units and ranges: `share` 0..1; the same `lot` loses the same rows.
    Cost: O(rows).
    """
    failed = (world.row_asker >= 0) & ~world.row_came
    return ~(failed & (np.random.default_rng(lot).random(len(failed)) < share))


def only_yes(world: World) -> Flags:
    """Which rows survive where paper alone is kept: a sheet has no line for those who did not sign.

    Shapes: one entry per row of the world.
    Cost: O(rows).
    """
    return world.row_came.copy()


def careless(lot: int, world: World, *, unwritten: float = 0.3, wrong: float = 0.03) -> tuple[World, Flags]:
    """The world as careless hands wrote it down, and which of its rows they kept.

    A share `wrong` of all outcomes stands for its opposite; then a share `unwritten` of the asks that seem to have
    failed is left out. Who asked whom is right.

    Shapes: the same world with other outcomes; one flag per row.
    Units and ranges: shares 0..1; the same `lot` errs alike.
    Cost: O(rows).
    """
    slip = np.random.default_rng([lot, 1]).random(len(world.row_came)) < wrong
    written = replace(world, row_came=world.row_came ^ slip)
    return written, lose_refusals(lot, written, share=unwritten)
