"""Commonweal: one graph of people, units, institutions and ties, and the practices that read it."""

import os

# Two processes whose linear algebra each takes every core wait on each other; set before numpy loads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
