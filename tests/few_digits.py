"""A few digits in a file, which are learned within a moment."""

from pathlib import Path

import numpy as np

from mnist_lab.experiment import Experiment

SMALL = Experiment(hidden_units=(8,), epochs=3, batch_size=25, dropout=0.2, optimizer="adam", validation="held_out")
"""Of eighty images eight are kept aside: three updates an epoch."""


def write_few_digits(folder: Path) -> Path:
    """Eighty images to train on and forty to test on: on class c the row 2c is bright."""
    labels = np.tile(np.arange(10, dtype=np.uint8), 12)
    images = np.random.default_rng(0).integers(0, 60, (120, 28, 28), dtype=np.uint8)
    images[np.arange(120), 2 * labels] = 255
    path = folder / "few.npz"
    np.savez(path, x_train=images[:80], y_train=labels[:80], x_test=images[80:], y_test=labels[80:])
    return path
