"""Random use of the window breaks nothing; `python -m tests.monkey` does the same for longer."""

import subprocess
import sys

import pytest

from tests.conftest import REPOSITORY


@pytest.mark.acceptance
@pytest.mark.keras
@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_minute_of_random_events_breaks_nothing(seed: int) -> None:
    command = [sys.executable, "-m", "tests.monkey", "--seconds", "60", "--seed", str(seed), "--block", "3"]
    told = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=250, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
