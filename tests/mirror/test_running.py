"""A checked program in a process of its own: its hash, and what is said where there is none."""

import os
from pathlib import Path

import pytest

from mnist_lab.mirror.errors import MirrorError
from mnist_lab.mirror.lines import Program, ProgramStep, line
from mnist_lab.mirror.program import program
from mnist_lab.mirror.running import ProgramRun, hash_in
from mnist_lab.mirror.source import source_of
from mnist_lab.network.environment import without_settings
from mnist_lab.network.plain_run import plain_weights
from tests.mirror.files import opened
from tests.network.runs import SMALL, made_up_digits

HASH = "0123456789abcdef" * 4


def made(*texts: str) -> Program:
    return Program((ProgramStep("load", "Load the data", tuple(map(line, texts))),))


def result(*texts: str) -> str | None:
    with ProgramRun(lambda _path: (made(*texts), {})) as run:
        return run.result(lambda: True)


@pytest.mark.keras
def test_it_ends_with_the_bits_of_the_labs_run_without_xla(tmp_path: Path) -> None:
    digits = opened(made_up_digits(), tmp_path / "own.npz")
    reported: list[int] = []
    with ProgramRun(lambda _path: (program(SMALL, source_of(digits), checks=True), {})) as run:
        ours = plain_weights(SMALL, digits, reported.append)
        assert ours is not None
        assert run.result(lambda: True) == ours.sha256()
    assert reported == [20, 40]
    assert plain_weights(SMALL, digits, is_wanted=lambda: False) is None


def test_what_it_prints_and_what_it_does_not() -> None:
    assert result(f'print(\'{{"weights_sha256": "{HASH}"}}\')') == HASH
    with pytest.raises(MirrorError, match="NameError"):
        result("nonsense")
    with pytest.raises(MirrorError, match="without a result"):
        result("print(1)")


def test_nobody_waits_and_nothing_is_left() -> None:
    with ProgramRun(lambda _path: (made("import time", "while True: time.sleep(1)"), {})) as run:
        assert run.result(lambda: False) is None
        folder = Path(run._folder.name)
        assert folder.is_dir()
    assert not folder.exists()


def test_a_hash_is_found_in_what_one_pastes() -> None:
    assert hash_in(f'{{"history": {{}}, "test_accuracy": 0.98, "weights_sha256": "{HASH}"}}') == HASH
    assert hash_in(f"  {HASH}\n") == HASH
    assert hash_in(HASH[:-1]) is None
    assert hash_in(HASH + "0") is None
    assert hash_in("") is None


def test_plain_keras_gets_nothing_of_what_the_lab_sets() -> None:
    plain = without_settings(os.environ, Path("there"))
    assert plain["KERAS_HOME"] == "there"
    assert not [name for name in plain if name.startswith(("TF_", "XLA_", "KERAS_B"))]
    assert plain.keys() - {"KERAS_HOME"} <= os.environ.keys()
