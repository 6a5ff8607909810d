"""Experiments in files come back exactly; what is wrong is one sentence. More of them: `test_arguments.py`."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from mnist_lab.experiment import Experiment
from mnist_lab.experiment_file import ExperimentFileError, read, write
from tests.test_experiment import experiments


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(experiments)
def test_every_experiment_comes_back_exactly(tmp_path: Path, experiment: Experiment) -> None:
    path = tmp_path / "settings.json"
    write(experiment, path)
    assert read(path) == experiment


def test_the_file_can_be_read_and_changed_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    write(Experiment(dropout=0.2), path)
    text = path.read_text(encoding="utf-8")
    assert '\n "dropout": 0.2,\n' in text
    path.write_text(text.replace('"epochs": 5', '"epochs": 7'), encoding="utf-8")
    assert read(path) == Experiment(dropout=0.2, epochs=7)


def test_a_place_where_nothing_can_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExperimentFileError, match=r"cannot be saved as “.*” \(Is a directory\): choose another"):
        write(Experiment(), tmp_path)
