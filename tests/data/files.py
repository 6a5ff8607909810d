"""Small valid sets, and ways to write them as files."""

import gzip
import struct
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]

IDX_NAMES = {
    "x_train": "train-images-idx3-ubyte",
    "y_train": "train-labels-idx1-ubyte",
    "x_test": "t10k-images-idx3-ubyte",
    "y_test": "t10k-labels-idx1-ubyte",
}

TRAIN_COUNTS = (5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949)
TEST_COUNTS = (980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009)


def small_set(train: int = 12, test: int = 5) -> Arrays:
    generator = np.random.default_rng(3)
    return {
        "x_train": generator.integers(0, 256, (train, 28, 28), dtype=np.uint8),
        "y_train": (np.arange(train) % 10).astype(np.uint8),
        "x_test": generator.integers(0, 256, (test, 28, 28), dtype=np.uint8),
        "y_test": (np.arange(test) % 10).astype(np.uint8),
    }


def as_large_as_mnist() -> Arrays:
    """As many images of each digit as MNIST has, all of them blank."""
    return {
        "x_train": np.zeros((60_000, 28, 28), np.uint8),
        "y_train": np.repeat(np.arange(10, dtype=np.uint8), TRAIN_COUNTS),
        "x_test": np.zeros((10_000, 28, 28), np.uint8),
        "y_test": np.repeat(np.arange(10, dtype=np.uint8), TEST_COUNTS),
    }


def write_npz(path: Path, arrays: Arrays) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, allow_pickle=True, **arrays)
    return path


def idx_bytes(array: NDArray[np.generic], code: int = 0x08) -> bytes:
    header = struct.pack(f">HBB{array.ndim}I", 0, code, array.ndim, *array.shape)
    return header + array.tobytes()


def write_idx_folder(folder: Path, arrays: Arrays, *, joint: str = "-", packed: bool = False) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for array, name in IDX_NAMES.items():
        stem, _, ending = name.rpartition("-idx")
        data = idx_bytes(arrays[array])
        file = folder / f"{stem}{joint}idx{ending}{'.gz' if packed else ''}"
        file.write_bytes(gzip.compress(data) if packed else data)
    return folder
