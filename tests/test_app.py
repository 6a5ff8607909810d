import hashlib
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from mnist_lab import __version__, app, terminal
from mnist_lab.commands import TrainCommand
from mnist_lab.data import sources
from mnist_lab.display import NoWindowError
from mnist_lab.experiment import Experiment
from mnist_lab.one_line_parser import UsageError
from mnist_lab.words import LabError
from tests.few_digits import write_few_digits
from tests.network.runs import train_on_batches

ROOT = Path(__file__).resolve().parents[1]
on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can lack a display")


@pytest.fixture(scope="module")
def few_digits(tmp_path_factory) -> Path:
    return write_few_digits(tmp_path_factory.mktemp("digits"))


@pytest.fixture
def environment(tmp_path) -> dict[str, str]:
    """What a child process gets: no display, and a home of its own."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "QT_QPA_PLATFORM")
    kept = {name: value for name, value in os.environ.items() if name not in names}
    return kept | {"MNIST_LAB_HOME": str(tmp_path / "home"), "KERAS_HOME": str(tmp_path / "keras")}


def calls_to(module: ModuleType, name: str, monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """Put a function in this place that does nothing, gives 0, and notes what it is called with."""
    calls: list[tuple[object, ...]] = []

    def note(*given: object) -> int:
        calls.append(given)
        return 0

    monkeypatch.setattr(module, name, note)
    return calls


def start(environment: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def run(environment: dict[str, str], *arguments: str) -> tuple[int, str, str]:
    with start(environment, *arguments) as process:
        output, errors = process.communicate(timeout=90)
    return process.returncode, output, errors


@pytest.mark.parametrize(
    "line",
    [
        "train --epochs 0",
        "train --data no/such/file.npz",
        "train --optimizer newton",
        "train --frobnicate",
        "fly",
        "screenshots",
        "screenshots out --size huge",
        "--learning-rate fast",
    ],
)
def test_bad_input_is_one_line_on_stderr_and_status_2(line, capsys):
    assert app.main(line.split()) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.count("\n") == 1
    assert output.err.endswith("\n")
    assert "Traceback" not in output.err


def test_a_sentence_stays_one_line_whatever_a_name_brings(capsys):
    assert app.main(["train", "--data", "two\nlines.npz"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_train_passes_on_what_was_asked_for(monkeypatch):
    calls = calls_to(terminal, "train_in_terminal", monkeypatch)
    assert app.main(["train", "--epochs", "2", "--data", "starter", "--json", "--plain"]) == 0
    assert calls == [(TrainCommand(Experiment(epochs=2), "starter", as_json=True, is_plain=True),)]


def test_an_interruption_is_status_130_and_silent(monkeypatch, capsys):
    def interrupt(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(terminal, "train_in_terminal", interrupt)
    assert app.main(["train"]) == 130
    assert capsys.readouterr() == ("", "")


def test_a_mistake_of_the_lab_itself_is_not_hidden(monkeypatch):
    def fail(*_arguments):
        raise ZeroDivisionError

    monkeypatch.setattr(terminal, "train_in_terminal", fail)
    with pytest.raises(ZeroDivisionError):
        app.main(["train"])


def test_letters_the_terminal_lacks_are_escaped(monkeypatch):
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", narrow)
    monkeypatch.setattr(terminal, "train_in_terminal", lambda *_arguments: narrow.write("Zürich\n") and 0)
    assert app.main(["train"]) == 0
    assert narrow.buffer.getvalue() == b"Z\\xfcrich\n"


@on_linux
@pytest.mark.parametrize("display", [{}, {"DISPLAY": ":4711"}])
def test_without_a_display_the_same_settings_are_trained_in_the_terminal(display, monkeypatch, capfd):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in display.items():
        monkeypatch.setenv(name, value)
    calls = calls_to(terminal, "train_in_terminal", monkeypatch)
    assert app.main(["--epochs", "2", "--hidden-units", "8,4", "--data", "starter"]) == 0
    assert calls == [(TrainCommand(Experiment(epochs=2, hidden_units=(8, 4)), "starter"),)]
    told = capfd.readouterr().err
    assert told.endswith(" Training in the terminal instead.\n")
    assert told.count("\n") == 1


def test_where_qt_lacks_libraries_the_terminal_trains(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")

    def fail_to_import() -> None:
        raise NoWindowError("Qt lacks libraries.")

    monkeypatch.setattr(app, "_import_qt", fail_to_import)
    monkeypatch.setattr(terminal, "train_in_terminal", lambda *_arguments: 0)
    assert app.main([]) == 0
    assert capsys.readouterr().err == "Qt lacks libraries. Training in the terminal instead.\n"
    assert app.main(["screenshots", "pictures"]) == 2
    capsys.readouterr()
    lesson = tmp_path / "lesson.md"
    lesson.write_text("# L\n\n## S\n\n### Why\nSo.\n\n### Do\nIt.\n")
    assert app.main(["--lesson", str(lesson)]) == 0
    assert capsys.readouterr().err == (
        "Qt lacks libraries. Training in the terminal instead, without the lesson, which needs the window.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "page"), [([], None), (["--page", "draw"], "drawPage"), (["--page", "drawPage"], "drawPage")]
)
def test_a_page_is_named_in_short_or_in_full(arguments, page, monkeypatch):
    monkeypatch.setattr("mnist_lab.display.check_display", lambda _environment: None)
    calls = calls_to(app, "run_window", monkeypatch)
    assert app.main(arguments) == 0
    assert [given[1:] for given in calls] == [(None, None, None, page, None, ())]


def test_an_unknown_page_is_refused_with_those_there_are(capsys):
    assert app.main(["--page", "Page"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("The page cannot be Page: it must be one of data, train,")
    assert told.count("\n") == 1


def test_the_window_opens_at_the_page_and_the_lesson_with_our_qt_binding(environment, tmp_path):
    """Whatever PYQTGRAPH_QT_LIB names."""
    lesson = tmp_path / "lesson.md"
    lesson.write_text('# L\n\n## S\n\n### Why\nSo.\n\n### Do\nIt.\n\n### Step\n```json\n{"page": "draw"}\n```\n')
    program = """
from PySide6.QtWidgets import QApplication, QStackedWidget
from mnist_lab import app
from mnist_lab.window.shell.course.panel import CoursePanel

def look(*_):
    (window,) = [widget for widget in QApplication.topLevelWidgets() if widget.objectName() == "mainWindow"]
    print(window.isVisible(), window.findChild(QStackedWidget, "pages").currentWidget().objectName())
    print(window.findChild(CoursePanel).step_id)
    window.close()
    import pyqtgraph
    print(pyqtgraph.Qt.QT_LIB)
    return 0

QApplication.exec = look
import sys
raise SystemExit(app.main(["--page", "descent", "--data", "starter", "--lesson", sys.argv[1]]))
"""
    others = {"PYQTGRAPH_QT_LIB": "PyQt5", "QT_QPA_PLATFORM": "offscreen"}
    told = "True descentPage\nlesson.step_1\nPySide6\n"
    process = subprocess.run(
        [sys.executable, "-c", program, str(lesson)],
        cwd=ROOT,
        env={**environment, **others},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (process.returncode, process.stdout) == (0, told), process.stderr


def test_screenshots_into_a_folder_that_cannot_be_made_are_refused(tmp_path, monkeypatch, capsys):
    for name in ("QT_QPA_PLATFORM", "QT_SCALE_FACTOR"):
        monkeypatch.setenv(name, os.environ.get(name, ""))  # the command sets both; put them back afterwards
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert app.main(["screenshots", str(tmp_path / "file" / "pictures")]) == 2
    assert "pictures" in capsys.readouterr().err


def test_every_refusal_can_be_translated():
    for kind in (app.FolderError, UsageError, NoWindowError):
        assert issubclass(kind, LabError)


def test_help_and_version_start_without_qt_or_keras(environment):
    status, output, errors = run(environment, "--version")
    assert (status, output, errors) == (0, f"MNIST Lab {__version__}\n", "")
    status, output, errors = run(environment, "-h")
    assert (status, errors) == (0, "")
    assert "screenshots" in output


def test_output_that_nobody_reads_is_no_traceback(environment):
    program = """
from mnist_lab import app, terminal
terminal.train_in_terminal = lambda *_arguments: print("a result") or 0
raise SystemExit(app.main(["train"]))
"""
    reading, writing = os.pipe()
    os.close(reading)
    process = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
    )
    os.close(writing)
    assert process.returncode == 2
    assert process.stderr.count("\n") == 1
    assert "Traceback" not in process.stderr


@on_linux
@pytest.mark.parametrize(
    ("redirection", "sentence"),
    [(">/dev/full", "The output cannot be written (No space left on device)"), ("<&- >&-", "The output is closed")],
)
def test_output_without_a_place_is_one_sentence(redirection, sentence, environment):
    program = """
import os, sys
from mnist_lab import app, terminal
terminal.train_in_terminal = lambda _command: print('result') or 0
status = app.main(['train'])
os.fstat(0), os.fstat(1)  # they are open: no file of the lab gets what somebody prints
sys.exit(status)
"""
    process = subprocess.run(
        ["sh", "-c", f'exec "$0" -c "$1" {redirection}', sys.executable, program],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
    )
    assert process.returncode == 2
    assert process.stderr.startswith(sentence)
    assert process.stderr.count("\n") == 1


@pytest.mark.keras
@pytest.mark.timeout(180)
def test_json_is_all_that_stdout_gets_and_its_numbers_agree(environment, few_digits):
    line = f"train --hidden-units 16 --epochs 30 --batch-size 25 --learning-rate 0.01 --json --data {few_digits}"
    status, output, errors = run(environment, *line.split())
    assert status == 0, errors
    assert errors == ""
    result = json.loads(output)
    assert result["samples"] == 80
    assert result["updates_per_epoch"] == 4  # 25 + 25 + 25 + 5
    assert result["gradient_updates"] == 120
    assert result["data"] == str(few_digits)
    assert result["parameters"] == 784 * 16 + 16 + 16 * 10 + 10
    assert result["test_accuracy"] > 0.9
    assert result["test_accuracy"] == result["history"][-1]["validation_accuracy"]
    assert result["updates_per_second"] == pytest.approx(120 / result["training_seconds"])
    assert len(result["history"]) == 30


@pytest.mark.keras
def test_plain_training_tells_the_weights_that_plain_keras_has(few_digits, capsys):
    experiment = Experiment(hidden_units=(16,), epochs=3, batch_size=25, dropout=0.2)
    line = f"train --hidden-units 16 --epochs 3 --batch-size 25 --dropout 0.2 --json --plain --data {few_digits}"
    assert app.main(line.split()) == 0
    output = capsys.readouterr().out
    model = train_on_batches(experiment, sources.load(str(few_digits)))
    digest = hashlib.sha256(b"".join(array.astype("<f4").tobytes() for array in model.get_weights()))
    assert json.loads(output)["weights_sha256"] == digest.hexdigest()


@pytest.mark.keras
def test_training_is_told_to_a_person(few_digits, capsys):
    assert app.main(f"train --hidden-units 4 --epochs 2 --data {few_digits}".split()) == 0
    output, errors = capsys.readouterr()
    assert errors == ""
    assert "Epoch 2/2: while learning loss" in output
    assert "Test loss" in output
    assert "(40 images)" in output


@pytest.mark.keras
@pytest.mark.timeout(180)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot send Ctrl-C to one process")
def test_main_without_a_display_trains_until_ctrl_c_ends_it_with_130(environment, few_digits):
    command = [] if sys.platform.startswith("linux") else ["train"]  # elsewhere there is always a display
    settings = f"--hidden-units 8 --epochs 10000 --data {few_digits}".split()
    with start(environment, *command, *settings) as process:
        assert process.stdout is not None
        for told in process.stdout:
            if told.startswith("Epoch 1/"):
                break
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert output.splitlines()[-1].startswith("Stopped after ")
    sentences = errors.splitlines(keepends=True)
    assert len(sentences) == (not command)
    assert all(line.endswith("Training in the terminal instead.\n") for line in sentences)


@pytest.mark.keras
def test_a_run_that_diverges_says_what_to_try(few_digits, capsys):
    line = f"train --activation linear --optimizer sgd --learning-rate 1000 --epochs 200 --json --data {few_digits}"
    assert app.main(line.split()) == 2
    output, errors = capsys.readouterr()
    assert output == ""
    assert errors.count("\n") == 1
    assert "learning rate well below 1000" in errors


@pytest.mark.acceptance
@on_linux
def test_ctrl_c_ends_a_window_without_output_with_130(environment):
    program = """
import signal, sys
from PySide6.QtWidgets import QApplication
from mnist_lab import app

wait = QApplication.exec
QApplication.exec = lambda *_: signal.raise_signal(signal.SIGINT) or wait()
sys.exit(app.main(["--data", "starter"]))
"""
    for redirection in (">&-", ">&- 2>&-", ">/dev/full"):
        line = ["sh", "-c", f'exec "$0" -c "$1" {redirection}', sys.executable, program]
        process = subprocess.run(line, cwd=ROOT, env={**environment, "QT_QPA_PLATFORM": "offscreen"}, timeout=60)
        assert process.returncode == 130, redirection
