import pytest

from mnist_lab.data.digits import Digits
from tests.network.runs import SMALL, Run, made_up_digits, run


@pytest.fixture(scope="session")
def digits() -> Digits:
    """620 training and 150 test images that nobody wrote."""
    return made_up_digits()


@pytest.fixture(scope="session")
def small_run(digits: Digits) -> Run:
    """The small experiment, trained once without disturbance; not to be changed by tests."""
    return run(SMALL, digits)
