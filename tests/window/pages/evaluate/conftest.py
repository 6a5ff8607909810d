"""What the tests of the Evaluate page share."""

import pytest

from tests.window.conftest import Driver
from tests.window.pages.evaluate.looker import Looker


@pytest.fixture
def looker(driver: Driver) -> Looker:
    return Looker(driver)
