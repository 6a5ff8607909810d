"""Where each use of randomness draws from: a stream of its own, so that one never shifts another."""

import numpy as np

KERNEL, DROPOUT, ORDER, HELD_OUT, LABELS, MOVED = range(1, 7)
"""Initial weights of a layer, its dropout, an epoch's order, images kept aside, shuffled labels, moved copies."""


def derived_seed(seed: int, *stream: int) -> int:
    """A seed for one use of randomness, decided by the experiment's seed and the numbers of that use."""
    return int(np.random.SeedSequence([seed, *stream]).generate_state(1)[0] & 0x7FFFFFFF)
