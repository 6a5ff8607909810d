"""What the tests of the Weights page share."""

import pytest


@pytest.fixture
def first_page() -> str:
    """A newcomer's: they look at what a run leaves on the Train page, and at what is computed once Weights is seen."""
    return ""
