"""Small sets of digits for the tests of tensors."""

import numpy as np

from mnist_lab.tensors.presets import DigitArrays


def some_digits(train: int = 40, test: int = 7, seed: int = 0) -> DigitArrays:
    """Random grey levels, labels that go round."""
    generator = np.random.default_rng(seed)
    return DigitArrays(
        generator.integers(0, 256, (train, 28, 28), dtype=np.uint8),
        (np.arange(train) % 10).astype(np.uint8),
        generator.integers(0, 256, (test, 28, 28), dtype=np.uint8),
        (np.arange(test) % 10).astype(np.uint8),
    )
