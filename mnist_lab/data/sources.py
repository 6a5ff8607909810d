"""Where digits come from: the starter set, a full copy of MNIST on this computer, or files that a person opens.

Everything here reads only; `network.download` fetches a full copy to `lab_cache_file()`.
"""

import hashlib
import logging
import os
import stat
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from mnist_lab.data import idx
from mnist_lab.data.checks import make_digits
from mnist_lab.data.digits import DataError, Digits
from mnist_lab.data.npz import read_npz
from mnist_lab.data.places import keras_home, lab_home
from mnist_lab.data.starter import load_starter
from mnist_lab.files.npz import RawArray
from mnist_lab.words import QT_TRANSLATE_NOOP

__all__ = [
    "FullSet",
    "FullSetMissing",
    "is_full_at_hand",
    "is_full_mnist",
    "keras_cache_file",
    "lab_cache_file",
    "load",
    "load_automatic",
    "load_full",
    "load_path",
    "load_starter",
]

_logger = logging.getLogger(__name__)

# How many images of each digit, 0 to 9, MNIST has.
_TRAIN_COUNTS = (5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949)
_TEST_COUNTS = (980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009)

# SHA-256 of the pixels of MNIST's 10,000 test images in their own order (not of a file: files differ in packing).
_TEST_IMAGES_SHA256 = "6d87418db22cc8025d05968bec9bd5c3932904b23485740db143a061a2c9d161"


class FullSetMissing(DataError):  # noqa: N818 - an answer to "full", as FileNotFound is
    """No usable copy of the full MNIST set is on this computer; it can be downloaded."""


@dataclass(frozen=True, eq=False)
class FullSet:
    """What looking for the full set found.

    Attributes:
        digits: the first usable copy, or None.
        problem: why a copy that is there was passed over, to be told to the learner, or None. A copy that is
            simply not there is no problem.
    """

    digits: Digits | None
    problem: DataError | None


def keras_cache_file() -> Path:
    """Where Keras keeps MNIST once it has downloaded it."""
    return keras_home() / "datasets" / "mnist.npz"


def lab_cache_file() -> Path:
    """Where the lab keeps MNIST once it has downloaded it."""
    return lab_home() / "data" / "mnist.npz"


def load(choice: str) -> Digits:
    """Load "auto", "starter", "full", or the path of an .npz file or of a folder with IDX files.

    Raises:
        FullSetMissing: "full" was asked for and no usable copy is there.
        DataError: the path leads to nothing that can be used.
    """
    match choice:
        case "auto":
            return load_automatic()
        case "starter":
            return load_starter()
        case "full":
            full = load_full()
            if full.digits is None:
                raise _missing(full.problem) from full.problem
            return full.digits
        case _:
            return load_path(Path(os.path.expanduser(choice)))  # shells leave the ~ of --data=~/file.npz to the lab


def load_automatic() -> Digits:
    """The full set where a usable copy is there, else the starter set; a damaged copy is logged as a warning."""
    full = load_full()
    if full.problem is not None:
        _logger.warning("%s", full.problem)
    return full.digits or load_starter()


def is_full_at_hand() -> bool:
    """Whether there is a file in which a copy of the full set is looked for; it is not opened."""
    return lab_cache_file().exists() or keras_cache_file().exists()


def load_full() -> FullSet:
    """The full set from the lab's own cache or Keras's, whichever has a usable copy first.

    A copy is judged by what is in it (`is_full_mnist`), not by its bytes: it may be packed in many ways.
    """
    problem: DataError | None = None
    for path in (lab_cache_file(), keras_cache_file()):
        try:
            digits = _load_copy(path)
        except DataError as error:
            problem = problem or error
        else:
            if digits is not None:
                return FullSet(digits, problem)
    return FullSet(None, problem)


def load_path(path: Path) -> Digits:
    """A Keras-style .npz file, or a folder with MNIST's four IDX files.

    The set is "full" if it is MNIST itself: MNIST's numbers of each digit, and its very test images; "own" if not.

    Raises:
        DataError: one sentence on what is wrong with it.
    """
    digits = _read(path)
    if is_full_mnist(digits) and hashlib.sha256(digits.test_images.tobytes()).hexdigest() == _TEST_IMAGES_SHA256:
        return replace(digits, kind="full")
    return digits


def is_full_mnist(digits: Digits) -> bool:
    """Whether there are as many images of each digit as in MNIST: 60,000 to train, 10,000 to test."""
    counts = (np.bincount(labels, minlength=10) for labels in (digits.train_labels, digits.test_labels))
    return all(map(np.array_equal, counts, (_TRAIN_COUNTS, _TEST_COUNTS)))


def _load_copy(path: Path) -> Digits | None:
    """The full set in `path`, or None if there is no such file."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _unreadable(path, error) from error
    digits = _read(path)
    if is_full_mnist(digits):
        return replace(digits, kind="full")
    raise DataError(
        QT_TRANSLATE_NOOP(
            "errors",
            "“{path}” is not the full MNIST set of 60,000 and 10,000 digits: delete the file, or download it again.",
        ),
        path=path,
    )


def _read(path: Path) -> Digits:
    try:
        return make_digits(_read_arrays(path), "own", path, origin=str(path))
    except MemoryError as error:
        raise DataError(
            QT_TRANSLATE_NOOP("errors", "“{path}” does not fit into this computer's memory: choose a smaller set."),
            path=path,
        ) from error
    except OSError as error:
        raise _unreadable(path, error) from error


def _read_arrays(path: Path) -> dict[str, RawArray]:
    mode = _mode(path)
    if stat.S_ISDIR(mode):
        return idx.read_idx_folder(path)
    if not stat.S_ISREG(mode):
        raise DataError(  # opening a pipe or a device could wait for ever
            QT_TRANSLATE_NOOP("errors", "“{path}” is no ordinary file: choose an .npz file or a folder."),
            path=path,
        )
    if idx.is_idx_name(path.name):
        raise DataError(
            QT_TRANSLATE_NOOP(
                "errors", "“{path}” is one of MNIST's four IDX files: choose the folder that holds all four."
            ),
            path=path,
        )
    return read_npz(path)


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except ValueError as error:  # a name that no file can have, with a null character for instance
        raise _unreadable(path, FileNotFoundError()) from error


def _missing(problem: DataError | None) -> FullSetMissing:
    if problem is None:
        return FullSetMissing(
            QT_TRANSLATE_NOOP(
                "errors",
                "The full MNIST set is not on this computer: use File > Get all 70,000 digits, "
                "or train on the starter digits.",
            )
        )
    return FullSetMissing(
        QT_TRANSLATE_NOOP("errors", "{problem} Or use File > Get all 70,000 digits, or train on the starter digits."),
        problem=problem,
    )


def _unreadable(path: Path, error: OSError) -> DataError:
    if isinstance(error, FileNotFoundError):
        return DataError(
            QT_TRANSLATE_NOOP(
                "errors", "“{path}” does not exist: choose an .npz file or a folder with MNIST's IDX files."
            ),
            path=path,
        )
    return DataError(
        QT_TRANSLATE_NOOP("errors", "“{path}” cannot be read ({reason}): allow it, or choose another file."),
        path=error.filename or path,
        reason=error.strerror or error,
    )
