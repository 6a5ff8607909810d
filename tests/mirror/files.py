"""Digits as files that a person might open."""

import gzip
from pathlib import Path

import numpy as np

from mnist_lab.data import sources
from mnist_lab.data.digits import Digits


def opened(digits: Digits, path: Path) -> Digits:
    """Written to an .npz file and read from there."""
    train, test = (digits.train_images, digits.train_labels), (digits.test_images, digits.test_labels)
    np.savez(path, x_train=train[0], y_train=train[1], x_test=test[0], y_test=test[1])
    return sources.load(str(path))


def write_binary_idx(digits: Digits, folder: Path) -> None:
    """Four IDX files, two of them packed, with pixels of 0 and 1, and the labels in more bytes than they need."""
    for name, code, array in (
        ("train-images-idx3-ubyte", 8, digits.train_images // 128),
        ("train-labels-idx1-ubyte", 12, digits.train_labels.astype(">i4")),
        ("t10k-images-idx3-ubyte.gz", 8, digits.test_images // 128),
        ("t10k-labels-idx1-ubyte.gz", 8, digits.test_labels),
    ):
        content = bytes([0, 0, code, array.ndim]) + np.array(array.shape, ">u4").tobytes() + array.tobytes()
        (folder / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
