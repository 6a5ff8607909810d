"""`runs import`: what is typed is what is done, and everything is told in one line each."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mnist_lab import app
from mnist_lab.arguments import read
from mnist_lab.commands import ExportCommand, ImportCommand, WindowCommand
from mnist_lab.data import own_digits_file
from mnist_lab.data.own_digits import new_digit
from mnist_lab.display import NoWindowError
from mnist_lab.imports import ENDINGS, import_file
from mnist_lab.inspection.network_file import write_network
from mnist_lab.runs.facts import Batch
from mnist_lab.runs.store import RunStore
from tests.network.keras_files import keras_file
from tests.runs.kept import DATA, EXPERIMENT, keep, told
from tests.runs.test_own_facts import own


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A file with a run and a network of another home."""
    from mnist_lab.lab_file.writing import write_lab_file
    from tests.lab_file.homes import network

    store, path = RunStore(tmp_path / "elsewhere"), tmp_path / "two.lab"
    keep(store)
    write_lab_file(path, store, [keep(store, run_id="a" * 32, name="narrow").id, network(store)])
    return path


def done(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert app.main(["runs", *map(str, arguments)]) == 0
    output = capsys.readouterr()
    assert output.err == ""
    return output.out


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert app.main(["runs", *map(str, arguments)]) == 2
    output = capsys.readouterr()
    assert output.err.count("\n") == 1
    return output.err.strip()


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("import a.lab", ImportCommand((Path("a.lab"),))),
        ("import a.lab b.keras --json", ImportCommand((Path("a.lab"), Path("b.keras")), True)),
        ("export 7 8 --to a.lab --own-digits all", ExportCommand(("7", "8"), Path("a.lab"), own_digits="all")),
    ],
)
def test_what_is_typed_is_what_is_done(line: str, command: object) -> None:
    assert read(["runs", *line.split()]) == command


def test_what_has_become_of_each_is_told(elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert done(capsys, "import", elsewhere).splitlines() == [
        "Run 2 of “two.lab” is number 1 here.",
        "Run 3 of “two.lab” is number 2 here.",
    ]
    assert done(capsys, "import", elsewhere).splitlines() == [
        "Run 2 of “two.lab” is here already, as number 1.",
        "Run 3 of “two.lab” is here already, as number 2.",
    ]
    assert "“narrow”" in done(capsys, "show", "1")


def test_as_json(elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def told() -> Any:
        return json.loads(done(capsys, "import", elsewhere, "--json"))

    first = told()
    assert first["own_digits"] == 0
    assert [(run["number"], run["standing"]) for run in first["runs"]] == [(1, "new"), (2, "new")]
    assert first["runs"][0] == {
        "file": str(elsewhere),
        "id": "a" * 32,
        "number": 1,
        "standing": "new",
        "note": "Run 2 of “two.lab” is number 1 here.",
    }
    assert [(run["number"], run["standing"]) for run in told()["runs"]] == [(1, "same"), (2, "same")]


def test_what_is_not_taken_in_ends_with_2(elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done(capsys, "import", elsewhere)
    done(capsys, "delete", "1")
    words = "Run 2 of “two.lab” is number 1 in the lab's bin: restore it from there."
    assert refused(capsys, "import", elsewhere) == words
    assert app.main(["runs", "import", str(elsewhere), "--json"]) == 2
    output = capsys.readouterr()
    assert [run["standing"] for run in json.loads(output.out)["runs"]] == ["deleted", "same"]
    assert output.err == words + "\n"
    done(capsys, "restore", "1")
    assert "is here already, as number 1" in done(capsys, "import", elsewhere)
    writer = RunStore().resume("a" * 32)
    writer.write(Batch([told(20, 4)]))
    writer.close()
    assert "is number 1 here with other content, 24 gradient updates in place of 20" in refused(
        capsys, "import", elsewhere
    )


def test_models_and_networks_are_kept_under_the_names_of_their_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = keras_file(tmp_path / "my model.keras")
    assert done(capsys, "import", model) == "The network of “my model.keras” is number 1 here.\n"
    assert done(capsys, "import", model) == "The network of “my model.keras” is here already, as number 1.\n"
    (row,) = RunStore().refresh()
    assert (row.kind, row.name) == ("network", "my model")
    weights = RunStore().network_weights(row.id)
    write_network(tmp_path / "same.npz", weights)
    assert "is here already, as number 1" in done(capsys, "import", tmp_path / "same.npz")
    done(capsys, "delete", "1")
    assert "number 1 in the lab's bin" in refused(capsys, "import", model)
    (RunStore().folder / f"{row.id}.run").write_bytes(b"odd")
    assert "is here, but damaged" in refused(capsys, "import", model)


def test_what_is_nothing_to_be_taken_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a.run", "a.txt", "lab", "a.h5", "a.lab", "a.keras", "a.npz"):
        path = tmp_path / name
        path.write_bytes(b"words")
        sentence = refused(capsys, "import", path)
        assert name in sentence
    assert "name a file that ends in .lab, .keras, .npz." in refused(capsys, "import", tmp_path / "a.run")
    np.savez(tmp_path / "digits.npz", x_train=np.zeros(3))
    assert "is no network of this lab" in refused(capsys, "import", tmp_path / "digits.npz")
    assert set(ENDINGS) == {".lab", ".keras", ".npz"}


def test_what_runs_export_writes_runs_import_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store, there = RunStore(), RunStore(tmp_path / "there")
    ids = [keep(store).id, keep(store).id]
    drawn = new_digit(own(1).images[0], 3)
    own_digits_file.change(own_digits_file.usual_path(), own_digits_file.Kept(), lambda own: own.added(drawn))
    out = tmp_path / "out.lab"
    assert "run 1" in done(capsys, "export", "1", "2", "--to", out).lower()
    imported = import_file(there, out)
    assert [run.id for run in imported.runs] == ids
    assert "is there already" in refused(capsys, "export", "1", "--to", out)
    done(capsys, "export", "1", "--to", out, "--force", "--own-digits", "all")
    own_digits_file.change(
        own_digits_file.usual_path(), own_digits_file.Kept(), lambda own: own.without(drawn.identifier)
    )
    assert import_file(there, out).own_digits == 1
    done(capsys, "export", "1", "--to", out, "--force", "--own-digits", "none")
    assert import_file(there, out).own_digits == 0
    assert "tells of the whole run: leave out the update" in refused(
        capsys, "export", "1", "--to", out, "--force", "--update", "3"
    )
    assert "they must be used, all or none" in refused(capsys, "export", "1", "--to", out, "--own-digits", "some")
    assert "leave out --own-digits" in refused(capsys, "export", "1", "--to", tmp_path / "a.csv", "--own-digits", "all")


def test_own_digits_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from mnist_lab.lab_file.writing import write_lab_file

    store = RunStore(tmp_path / "elsewhere")
    write_lab_file(tmp_path / "one.lab", store, [keep(store).id], own=own(2))
    assert done(capsys, "import", tmp_path / "one.lab").splitlines()[-1] == "2 digits more among your own."


def test_a_run_that_still_goes_on_is_exported_with_a_remark(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    writer = RunStore().begin(EXPERIMENT, DATA)
    writer.write(Batch([told(0, 5)]))
    assert "still goes on: this is what it was after update 5" in done(
        capsys, "export", "1", "--to", tmp_path / "one.lab"
    )
    writer.close()


# Files without a command


@pytest.mark.parametrize(
    ("line", "files"),
    [
        ("a.lab", ["a.lab"]),
        ("--page runs ./a b.keras", ["./a", "b.keras"]),
        ("--shuffled-labels a.lab --theme dark", ["a.lab"]),
        ("a.lab --data=own.npz --lesson step.md", ["a.lab"]),
        ("--data own.npz --lesson e.json --learning-rate 0.1", []),
        ("--hidden-units 12,3 C:\\a.lab", ["C:\\a.lab"]),
    ],
)
def test_files_are_opened_in_the_window(line: str, files: list[str]) -> None:
    command = read(line.split())
    assert isinstance(command, WindowCommand)
    assert command.files == tuple(map(Path, files))


def test_a_home_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert read(["~/a.lab"]).files == (tmp_path / "a.lab",)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("a.lab train", "Only the window opens “a.lab”: leave out train."),
        ("a.lab --self-test", "--self-test stands alone: leave out a.lab."),
        ("runz", "invalid choice"),
        ("--page a.lab b c", "invalid choice"),
    ],
)
def test_words_that_are_neither(line: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(line.split()) == 2
    error = capsys.readouterr().err
    assert words in error
    assert error.count("\n") == 1


def test_the_window_gets_the_files(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Any] = []

    def run_window(*arguments: object) -> int:
        given.append(arguments[-1])
        return 0

    monkeypatch.setattr("mnist_lab.display.check_display", lambda _environment: None)
    monkeypatch.setattr(app, "run_window", run_window)
    assert app.main(["a.lab"]) == 0
    assert given == [(Path("a.lab"),)]


def test_without_a_display_the_files_are_taken_in(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def no_display(_environment: object) -> None:
        raise NoWindowError("There is no display.")

    monkeypatch.setattr("mnist_lab.display.check_display", no_display)
    assert app.main([str(elsewhere)]) == 0
    output = capsys.readouterr()
    assert output.err == "There is no display. Taking the files in, as “runs import” does, instead.\n"
    assert output.out.startswith("Run 2 of “two.lab” is number 1 here.")
    assert len(RunStore().refresh()) == 2


def test_the_window_opens_at_the_run(elsewhere: Path, lab_home: Path) -> None:
    program = """
import sys
from PySide6.QtWidgets import QApplication, QStackedWidget
from mnist_lab import app
from mnist_lab.window.state.lab import Lab

Lab.prepare_keras = lambda lab: None  # nothing is trained: it would be imported for three seconds

def look(*_):
    (window,) = [widget for widget in QApplication.topLevelWidgets() if widget.objectName() == "mainWindow"]
    while window.lab.look.chosen is None:
        QApplication.processEvents()
    print(window.lab.look.chosen.name, window.findChild(QStackedWidget, "pages").currentWidget().objectName())
    window.close()
    return 0

QApplication.exec = look
raise SystemExit(app.main(["--data", "starter", sys.argv[1]]))
"""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", program, str(elsewhere)]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=100)
    assert told.stdout == "edited weightsPage\n", "the network came last"
    assert (lab_home / "runs").is_dir()
