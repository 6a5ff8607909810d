"""`script` prints the Keras program of what is typed; what it says is tested in tests/mirror."""

from pathlib import Path

import pytest

from mnist_lab import app
from mnist_lab.data import sources
from mnist_lab.experiment import Experiment
from mnist_lab.mirror.notebook import notebook
from mnist_lab.mirror.program import program
from mnist_lab.mirror.source import MNIST, source_of
from tests.mirror.files import opened
from tests.network.runs import made_up_digits


def test_it_prints_the_program_and_nothing_else(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    own = opened(made_up_digits(training=20, test=10), tmp_path / "own.npz")
    for typed, expected in {
        ("--data=full",): program(Experiment(), MNIST),  # it is not on this computer, and need not be
        (): program(Experiment(), source_of(sources.load("starter"))),
        ("--hidden-units=64,32", "--learning-rate=0.01", "--check", f"--data={own.origin}"): program(
            Experiment(hidden_units=(64, 32), learning_rate=0.01), source_of(own), checks=True
        ),
    }.items():
        assert app.main(["script", *typed]) == 0
        assert capsys.readouterr() == (expected.text, "")


def test_it_prints_a_notebook(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["script", "--data=full", "--epochs=2", "--check", "--notebook"]) == 0
    expected = notebook(program(Experiment(epochs=2), MNIST, checks=True))
    assert capsys.readouterr() == (expected, "")


def test_it_says_where_the_last_bits_may_differ(capsys: pytest.CaptureFixture[str]) -> None:
    settings = ["script", "--data=starter", "--activation=silu", "--dropout=0.3"]
    for more, is_said in (
        ([], False),
        (["--check"], True),
        (["--check", "--batch-size=100"], False),  # no batch is short: it has the lab's bits
    ):
        assert app.main([*settings, *more]) == 0
        said = capsys.readouterr().err
        assert said.count("\n") == is_said
        assert ("with silu, dropout and a short last batch" in said) == is_said


def test_a_path_becomes_absolute(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(made_up_digits(training=20, test=10), tmp_path / "own.npz")
    monkeypatch.chdir(tmp_path)
    assert app.main(["script", "--data=own.npz"]) == 0
    assert f'digits = np.load("{tmp_path / "own.npz"}")\n' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("--epochs=0",), "The epochs cannot be 0: it must be a whole number from 1 to 10,000."),
        (("--data=nowhere.npz",), "“nowhere.npz” does not exist"),
        (("--data=one.npz", "--validation=held_out"), "A single training image cannot be trained on and kept aside"),
    ],
    ids=["setting", "file", "single image"],
)
def test_what_cannot_be_is_one_line_and_status_2(
    typed: tuple[str, ...],
    said: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened(made_up_digits(training=1, test=1), tmp_path / "one.npz")
    monkeypatch.chdir(tmp_path)
    assert app.main(["script", *typed]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith(said)
    assert output.err.count("\n") == 1
