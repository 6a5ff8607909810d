"""Where a program loads the digits from that the lab trains on."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mnist_lab.data import idx
from mnist_lab.data.checks import ARRAYS
from mnist_lab.data.digits import Digits
from mnist_lab.data.hand import HandDigits
from mnist_lab.data.places import resource
from mnist_lab.data.sources import keras_cache_file, lab_cache_file
from mnist_lab.data.starter import STARTER_FILE


@dataclass(frozen=True)
class IdxArray:
    """One of MNIST's four IDX files, as NumPy reads it.

    Attributes:
        path: absolute.
        is_packed: whether it is gzipped, whatever its name says.
        dtype: its numbers.
        offset: bytes before the first of them.
    """

    path: Path
    is_packed: bool
    dtype: str
    offset: int


@dataclass(frozen=True)
class AddedDigits:
    """Training digits of a person's own, behind those of others.

    Attributes:
        path: absolute, of an .npz file that is written for the program: `x_train` (n, 28, 28) uint8, `y_train` (n,).
        images: how many images the others are that were loaded before.
        others: how many of those stay, for who learns a hand; else all of them.
        seed: decides which.
    """

    path: Path
    images: int
    others: int
    seed: int = 0


@dataclass(frozen=True)
class Source:
    """Where a program loads its digits from.

    Attributes:
        training_images: how many there are, added ones included.
        test_images: how many there are.
        npz: absolute path of a file that `numpy.load` reads: the starter set's, or one that a person opened.
        idx: the four arrays in the order of `checks.ARRAYS` where they are IDX files. Where neither these nor `npz`
            are, Keras loads MNIST itself, and downloads it once.
        was_binary: whether 0 and 1 stand there for 0 and 255.
        added: what a person has added to them.
    """

    training_images: int
    test_images: int
    npz: Path | None = None
    idx: tuple[IdxArray, ...] = ()
    was_binary: bool = False
    added: AddedDigits | None = None

    @property
    def is_mnist(self) -> bool:
        """Whether Keras loads it."""
        return self.npz is None and not self.idx


MNIST = Source(60_000, 10_000)
"""All of MNIST, by Keras."""


def source_of(digits: Digits) -> Source:
    """Where the same digits are loaded from again. IDX files are read for it.

    The starter set is read from the lab's own file, wherever the lab is; all of MNIST by Keras where the lab found it
    by itself, from its file where a person named one.

    Args:
        digits: as `data.sources.load` gives them; where a person has added own ones, see `source_with_added`.

    Raises:
        DataError: IDX files that were there are gone or damaged.
        OSError: they cannot be opened.
    """
    counts = len(digits.train_images), len(digits.test_images)
    if digits.kind == "starter":
        return Source(*counts, npz=resource(STARTER_FILE).absolute())
    path = Path(digits.origin)
    if digits.kind == "full" and path in (lab_cache_file(), keras_cache_file()):
        return MNIST
    if not path.is_dir():
        return Source(*counts, npz=path.absolute(), was_binary=digits.was_binary)
    files = idx.idx_files(path.absolute())
    arrays = tuple(_idx_array(files[name]) for name in ARRAYS)
    return Source(*counts, idx=arrays, was_binary=digits.was_binary)


def source_with_added(digits: Digits, own_digits: int, path: Path) -> tuple[Source, dict[str, NDArray[np.uint8]]]:
    """Where digits are loaded from to which a person has added own ones, and what must stand in `path` for it.

    Args:
        digits: all of them.
        own_digits: how many of the training images are the person's own, at their end; a hand's need not be counted.
        path: of an .npz file beside the program.

    Returns:
        the source, and the arrays to be written to `path` by their names; none where nothing was added.

    Raises:
        DataError: IDX files that were there are gone or damaged.
        OSError: they cannot be opened.
    """
    source, count = source_of(digits), len(digits.train_images)
    path = path.absolute()
    if isinstance(digits, HandDigits):
        hand = digits.hand
        first, added = hand.others, AddedDigits(path, hand.base_images, hand.others, hand.seed)
    elif own_digits:
        first = count - own_digits
        added = AddedDigits(path, first, first)
    else:
        return source, {}
    arrays = {"x_train": digits.train_images[first:], "y_train": digits.train_labels[first:]}
    return replace(source, training_images=count, added=added), arrays


def _idx_array(path: Path) -> IdxArray:
    array = idx.read_idx(path)
    dtype = array.dtype.name if array.dtype.itemsize == 1 else array.dtype.str
    return IdxArray(path, idx.is_packed(path), dtype, idx.header_bytes(array.ndim))
