"""The digits that come with the lab, so that the first network needs no download."""

from mnist_lab.data.checks import make_digits
from mnist_lab.data.digits import Digits
from mnist_lab.data.npz import read_npz
from mnist_lab.data.places import resource

STARTER_FILE = "starter_digits.npz"


def load_starter() -> Digits:
    """The starter set: 4,000 training and 1,000 test digits of MNIST's training images, as many of each digit."""
    path = resource(STARTER_FILE)
    return make_digits(read_npz(path), "starter", path, origin="")
