"""A program as a file: Python or a notebook, with what it reads."""

from pathlib import Path

import numpy as np
import pytest

from mnist_lab.experiment import Experiment
from mnist_lab.mirror.changes import changed_lines
from mnist_lab.mirror.errors import MirrorError
from mnist_lab.mirror.notebook import notebook
from mnist_lab.mirror.program import program
from mnist_lab.mirror.saving import save_program
from mnist_lab.mirror.source import MNIST

MADE = program(Experiment(), MNIST)


def test_the_ending_says_what_is_written_and_the_files_come_along(tmp_path: Path) -> None:
    arrays = {"x_train": np.arange(6, dtype=np.uint8), "y_train": np.zeros(2, np.uint8)}
    save_program(tmp_path / "run.py", MADE, {tmp_path / "run_digits.npz": arrays})
    assert (tmp_path / "run.py").read_text(encoding="utf-8") == MADE.text
    with np.load(tmp_path / "run_digits.npz") as read:
        assert read.files == list(arrays)
        assert np.array_equal(read["x_train"], arrays["x_train"])
    save_program(tmp_path / "run.ipynb", MADE, {}, str.upper)
    assert (tmp_path / "run.ipynb").read_text(encoding="utf-8") == notebook(MADE, str.upper)
    with pytest.raises(MirrorError, match=r"end in \.py or \.ipynb"):
        save_program(tmp_path / "run.txt", MADE, {})
    assert len(list(tmp_path.iterdir())) == 3


def test_lines_that_have_changed() -> None:
    def changed(**fields: object) -> list[str]:
        after = program(Experiment().changed(**fields), MNIST)
        return [after.lines[number].text for number in changed_lines(MADE, after)]

    assert changed(batch_size=64) == [
        line.text for line in program(Experiment(batch_size=64), MNIST).lines if "batch_size=64" in line.text
    ]
    added = changed(dropout=0.5)
    assert len(added) == 1
    assert "Dropout(0.5" in added[0]
    assert changed() == []
    with_dropout = program(Experiment(dropout=0.5), MNIST)
    gone = changed_lines(with_dropout, MADE)
    assert [MADE.lines[number].text.startswith("network.add(layers.Dense(512") for number in gone] == [True]
