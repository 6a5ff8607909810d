"""The digits that come with the lab, so that the first network needs no download."""

from mnist_lab.data.checks import make_digits
from mnist_lab.data.digits import DataError, Digits
from mnist_lab.data.npz import read_npz
from mnist_lab.data.places import resource
from mnist_lab.words import QT_TRANSLATE_NOOP

STARTER_FILE = "starter_digits.npz"


def load_starter() -> Digits:
    """The starter set: 4,000 training and 1,000 test digits of MNIST's training images, as many of each digit.

    Raises:
        DataError: the file is not there, or is damaged.
    """
    path = resource(STARTER_FILE)
    try:
        return make_digits(read_npz(path), "starter", path, origin="")
    except (OSError, MemoryError) as error:
        raise DataError(
            QT_TRANSLATE_NOOP(
                "errors",
                "The starter digits “{path}”, which come with the lab, cannot be read ({reason}): install the lab "
                "again as the README says, or open other digits.",
            ),
            path=path,
            reason=(error.strerror if isinstance(error, OSError) else None) or type(error).__name__,
        ) from error
