"""`settings`: a line that can be pasted, and a file that can be opened."""

import json

import pytest

from mnist_lab.app import main
from mnist_lab.experiment import Experiment
from mnist_lab.experiment_text import read


def test_settings_are_printed_as_a_line_and_as_json(capsys, tmp_path):
    assert main(["settings", "--hidden-units", "128,64", "--dropout", "0.2"]) == 0
    line = capsys.readouterr().out
    assert line == (
        "MNIST Lab v1: hidden-units=128+64 optimizer=rmsprop learning-rate=0.001 epochs=5 batch-size=128 seed=0"
        " dropout=0.2\n"
    )
    told = Experiment(hidden_units=(128, 64), dropout=0.2)
    assert read(line) == told
    assert main(["settings", "--settings", line, "--json"]) == 0
    told_as_json = capsys.readouterr().out
    assert Experiment.parse(json.loads(told_as_json)) == told
    (tmp_path / "settings.json").write_text(told_as_json)
    assert main(["settings", "--experiment", str(tmp_path / "settings.json")]) == 0
    assert capsys.readouterr().out == line


@pytest.mark.parametrize("words", [["--settings", "epochs=none"], ["--preset", "tiny"]])
def test_what_is_wrong_is_one_line(capsys, words):
    assert main(["settings", *words]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
