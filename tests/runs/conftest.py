"""A home for the store's tests."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from mnist_lab.runs.store import RunStore

MEMORY = Path("/dev/shm") if Path("/dev/shm").is_dir() else None
"""A folder in memory, where the system has one."""


@pytest.fixture
def home() -> Iterator[Path]:
    """An empty folder, in memory where the system has such: what is written is waited for, which takes a disk long."""
    with tempfile.TemporaryDirectory(prefix="mnist-lab-home-", dir=MEMORY) as folder:
        yield Path(folder)


@pytest.fixture
def store(home: Path) -> RunStore:
    """An empty store in `home`."""
    return RunStore(home)
