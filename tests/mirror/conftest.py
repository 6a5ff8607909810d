"""One process that runs all programs of the mirror: importing Keras takes longer than any of them."""

from collections.abc import Iterator

import pytest

from tests.mirror.programs import Programs


@pytest.fixture(scope="session")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Programs]:
    """For the tests of one xdist group."""
    runner = Programs(tmp_path_factory.mktemp("programs"))
    yield runner
    runner.end()
