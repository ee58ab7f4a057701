"""Polya-Gamma draws: the random weights that turn a yes-or-no question into an exact bell-curve one."""

from __future__ import annotations

import numpy as np
from scipy.special import log_ndtr

from commonweal.reckoning.pull.records import Flags, Floats

SPLIT = 0.64


def polya_gamma(rng: np.random.Generator, tilt: Floats) -> Floats:
    """Draw one Polya-Gamma(1, tilt) number for each entry.

    A proposal from an exponential tail or a cut-off inverse Gaussian is accepted by squeezing the density
    between partial sums of an alternating series: exact, no truncation.

    Shapes: one draw per entry of `tilt`, same shape (flat); empty in, empty out.
    Units and ranges: positive; mean tanh(tilt / 2) / (2 tilt), a quarter at tilt 0. Exact up to rounding.
    Ties: none arise.
    Cost: O(entries), about 1.2 proposals each.
    Source: Polson, Scott and Windle 2013, after Devroye 2009; ours proposes for all entries at once.

    >>> round(float(polya_gamma(np.random.default_rng(1), np.zeros(100_000)).mean()), 2)
    0.25
    """
    half = 0.5 * np.abs(tilt)
    out = np.empty_like(half)
    left = np.arange(len(half))
    while len(left):
        z = half[left]
        proposal = _proposals(rng, z)
        good = _accepted(rng, proposal)
        out[left[good]] = 0.25 * proposal[good]
        left = left[~good]
    return out


def _proposals(rng: np.random.Generator, z: Floats) -> Floats:
    rate = np.pi**2 / 8 + z**2 / 2
    tail = np.pi / (2 * rate) * np.exp(-rate * SPLIT)
    root = 1 / np.sqrt(SPLIT)
    near = np.exp(-z + log_ndtr(root * (SPLIT * z - 1))) + np.exp(z + log_ndtr(-root * (SPLIT * z + 1)))
    far = rng.random(len(z)) < tail / (tail + 2 * near)
    out = np.empty_like(z)
    out[far] = SPLIT + rng.standard_exponential(int(far.sum())) / rate[far]
    out[~far] = _short_inverse_gaussian(rng, z[~far])
    return out


def _short_inverse_gaussian(rng: np.random.Generator, z: Floats) -> Floats:
    """Inverse Gaussian with mean 1/z and shape 1, cut off above SPLIT."""
    out = np.empty_like(z)
    left = np.arange(len(z))
    while len(left):
        at = z[left]
        wide = at < 1 / SPLIT
        found, good = np.empty_like(at), np.zeros(len(at), dtype=bool)
        found[wide], good[wide] = _from_chi_square(rng, at[wide])
        found[~wide] = rng.wald(1 / at[~wide], 1.0)
        good[~wide] = found[~wide] <= SPLIT
        out[left[good]] = found[good]
        left = left[~good]
    return out


def _from_chi_square(rng: np.random.Generator, z: Floats) -> tuple[Floats, Flags]:
    one, other = rng.standard_exponential((2, len(z)))
    found = SPLIT / (1 + SPLIT * one) ** 2
    return found, (one**2 <= 2 * other / SPLIT) & (rng.random(len(z)) <= np.exp(-0.5 * z**2 * found))


def _accepted(rng: np.random.Generator, x: Floats) -> Flags:
    total = _term(0, x)
    bar = rng.random(len(x)) * total
    accepted, open_ = np.zeros(len(x), dtype=bool), np.ones(len(x), dtype=bool)
    n = 0
    while open_.any():
        n += 1
        term = _term(n, x)
        total = total - term if n % 2 else total + term
        settled = open_ & (bar <= total if n % 2 else bar > total)
        accepted |= settled & bool(n % 2)
        open_ &= ~settled
    return accepted


def _term(n: int, x: Floats) -> Floats:
    step = n + 0.5
    short = (2 / (np.pi * x)) ** 1.5 * np.exp(-2 * step**2 / x)
    return np.pi * step * np.where(x > SPLIT, np.exp(-0.5 * step**2 * np.pi**2 * x), short)
