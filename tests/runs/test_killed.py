"""A process that writes runs is killed at any moment: nothing is corrupt, and all that it said was written is there."""

import os
import random
import signal
import subprocess
import sys
import threading
import uuid
from pathlib import Path

import numpy as np
import pytest

from mnist_lab.runs.store import RunStore
from tests.conftest import REPOSITORY
from tests.runs.kept import DATA, EXPERIMENT

_SUITE, _ACCEPTANCE = 5, 100
"""Kills."""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="each writer is forked, or it would take seconds")


def _written_until_killed(maker: "subprocess.Popen[str]", home: Path, run_id: str, seed: int) -> int:
    """Let a writer go on with the run, kill it, and return how many updates it said it had written."""
    maker.stdin.write(f"{home}\t{run_id}\t{seed}\n")
    maker.stdin.flush()
    writer, written = int(maker.stdout.readline()), 0
    # From its first moment on; most often in the middle of a transaction.
    killer = threading.Timer(random.Random(seed).uniform(0, 0.15), os.kill, (writer, signal.SIGKILL))
    killer.start()
    for line in iter(maker.stdout.readline, "killed\n"):
        written = int(line)
    killer.join()
    return written


def _check(home: Path, run_id: str, written: int) -> None:
    store = RunStore(home)
    rows = store.refresh()
    if not rows:  # a run without an update leaves no file
        assert not written
        return
    assert [(row.id, row.state) for row in rows] == [(run_id, "interrupted")]
    assert store.check(run_id) == []
    kept = store.load(run_id)
    assert written <= kept.updates == rows[0].updates
    np.testing.assert_array_equal(kept.losses, np.arange(kept.updates, dtype=np.float32))
    assert len(kept.epochs) == kept.updates // 10
    assert not list(store.folder.glob("*.new*"))


def _kill(home: Path, count: int) -> None:
    """Again and again on one run, which goes on each time; a new one now and then."""
    command = [sys.executable, "-m", "tests.runs.killed_writer"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=REPOSITORY, stdin=pipe, stdout=pipe, text=True) as maker:
        for seed in range(count):
            if seed % 10 == 0:
                folder, run_id = home / str(seed), uuid.uuid4().hex
            written = _written_until_killed(maker, folder, run_id, seed)
            _check(folder, run_id, written)
        maker.stdin.close()


def test_a_killed_writer_corrupts_nothing(home: Path) -> None:
    _kill(home, _SUITE)


def test_a_run_killed_before_its_first_update_leaves_no_file(home: Path) -> None:
    process = os.fork()
    if not process:  # the index knows the run, and its file does not change any more
        RunStore(home).begin(EXPERIMENT, DATA)
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(process, 0)
    store = RunStore(home)
    assert list(store.folder.glob("*.run"))
    assert store.refresh() == []
    assert not list(store.folder.glob("*.run*"))


@pytest.mark.acceptance
@pytest.mark.timeout(600)
def test_a_hundred_kills_corrupt_nothing(tmp_path: Path) -> None:
    _kill(tmp_path, _ACCEPTANCE)
