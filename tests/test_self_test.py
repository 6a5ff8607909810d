import importlib.abc
import json
import os
import shutil
import subprocess
import sys
import time
import tomllib
from collections import namedtuple
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

from mnist_lab import display, self_test
from mnist_lab.data import sources
from mnist_lab.data.digits import DataError
from mnist_lab.network import backend
from mnist_lab.self_test import Check, Finding, run_self_test
from mnist_lab.words import LabError
from tests.conftest import REPOSITORY
from tests.test_environment import run_python

DiskUsage = namedtuple("DiskUsage", "total used free")


def found(find: Callable[[], Iterable[Finding]]) -> list[tuple[str, bool]]:
    """State and whether it is needed, of each finding."""
    return [(finding.state, finding.is_needed) for finding in find()]


def only(find: Callable[[], Iterable[Finding]]) -> Finding:
    (finding,) = find()
    return finding


# A whole run


def test_a_finding_is_one_line_whatever_a_message_brings() -> None:
    assert str(Finding("ok", "two\nlines")) == "ok       two lines"
    assert str(Finding("missing", "a thing")).split(maxsplit=1) == ["missing", "a thing"]


@pytest.mark.parametrize(
    ("finding", "status"),
    [
        (Finding("ok", "a"), 0),
        (Finding("missing", "a", is_needed=False), 0),
        (Finding("problem", "a", is_needed=False), 0),
        (Finding("missing", "a"), 1),
        (Finding("problem", "a"), 1),
    ],
)
def test_the_status_is_0_where_all_that_is_needed_works(finding: Finding, status: int, capsys) -> None:
    checks = (Check("one", lambda: iter([finding])), Check("two", lambda: iter([Finding("ok", "b")])))
    assert run_self_test(checks) == status
    assert capsys.readouterr().out == f"{finding}\nok       b\n"


def test_an_error_in_a_check_is_a_line_and_the_next_check_follows(capsys) -> None:
    def fail():
        yield Finding("ok", "the first half")
        raise ZeroDivisionError("by nothing")

    def refuse():
        raise LabError("Turn it on.")
        yield

    assert run_self_test((Check("sums", fail), Check("lamp", refuse))) == 1
    first, second, third = capsys.readouterr().out.splitlines()
    assert first == "ok       the first half"
    assert second.startswith("problem  sums: ZeroDivisionError: by nothing")
    assert third == "problem  lamp: Turn it on."


def test_importing_it_loads_neither_qt_nor_keras() -> None:
    program = "import json, sys, mnist_lab.self_test; print(json.dumps(sorted(sys.modules)))"
    loaded = {name.partition(".")[0] for name in json.loads(run_python(program))}
    assert "mnist_lab" in loaded
    assert not loaded & {"PySide6", "pyqtgraph", "keras", "tensorflow", "numpy"}


@pytest.mark.keras
@pytest.mark.timeout(300)
def test_without_a_display_and_the_full_set_all_that_is_needed_works(tmp_path: Path) -> None:
    names = ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in names}
    process = subprocess.run(
        [sys.executable, str(REPOSITORY / "main.py"), "--self-test"],
        cwd=tmp_path,
        env=environment | {"MNIST_LAB_HOME": str(tmp_path / "home"), "KERAS_HOME": str(tmp_path / "keras")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=280,
        check=False,
    )
    assert process.returncode == 0, process.stdout + process.stderr
    assert process.stderr == ""
    lines = process.stdout.splitlines()
    assert {line.split()[0] for line in lines} <= {"ok", "missing"}
    assert any(line.startswith("missing  all of MNIST:") for line in lines)
    for words in ("Python 3.", "Qt, by PySide6", "starter digits: 5,000", "disk:", "Keras 3.", "weights_sha256"):
        assert any(line.startswith("ok ") and words in line for line in lines), words


# Python, Qt and the display


def test_the_oldest_and_the_newest_python_are_those_of_the_project() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (_, oldest), (_, newest) = self_test.OLDEST_PYTHON, self_test.NEWEST_PYTHON
    assert project["requires-python"] == f">=3.{oldest},<3.{newest + 1}"


@pytest.mark.parametrize(
    ("version", "state"), [((3, 10), "problem"), ((3, 11), "ok"), ((3, 13), "ok"), ((3, 14), "problem")]
)
def test_another_python_is_a_problem_with_its_cure(version: tuple[int, int], state: str) -> None:
    finding = only(lambda: self_test.check_python(version))
    assert finding.state == state
    assert ("3.11 to 3.13" in finding.text) == (state == "problem")


@pytest.mark.parametrize(
    ("obstacle", "state", "is_needed"),
    [
        (None, "ok", True),
        (display.NoDisplayError("There is no display."), "missing", False),
        (display.MissingLibrariesError("Qt lacks libraries."), "missing", True),
        (display.NoWindowError("No X server answers."), "problem", True),
    ],
)
def test_only_the_lack_of_any_display_is_no_failure(obstacle, state: str, is_needed: bool, monkeypatch) -> None:
    loaded = []

    def check_display(_environment) -> None:
        if obstacle is not None:
            raise obstacle

    def in_a_process(check: Check, _hint: str):
        assert isinstance(check.find, partial)
        loaded.append(check.find.keywords["is_offscreen"])
        yield Finding("ok", "Qt")

    monkeypatch.setattr(display, "check_display", check_display)
    monkeypatch.setattr(self_test, "in_a_process", in_a_process)
    assert found(self_test.check_window) == [("ok", True), (state, is_needed)]
    assert loaded == [obstacle is not None]
    if obstacle is not None:
        assert str(obstacle) in list(self_test.check_window())[1].text


def test_qt_tells_its_version_and_its_platform(qapp, monkeypatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    finding = only(lambda: self_test.load_qt(is_offscreen=True))
    assert finding.state == "ok"
    assert "“offscreen”" in finding.text


def test_a_missing_pyside_is_told_with_its_cure(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6", None)
    finding = only(lambda: self_test.load_qt(is_offscreen=False))
    assert finding.state == "missing"
    assert "PySide6" in finding.text
    assert "uv sync" in finding.text


# Digits, home, disk


def test_the_full_set_is_missing_but_not_needed(monkeypatch) -> None:
    monkeypatch.setattr(sources, "load_full", lambda: sources.FullSet(None, None))
    starter, full = self_test.check_digits()
    assert starter.state == "ok"
    assert (full.state, full.is_needed) == ("missing", False)
    assert "train --data full" in full.text


def test_a_damaged_full_set_is_a_problem_but_not_needed(monkeypatch) -> None:
    problem = DataError("It is damaged: download it again.")
    monkeypatch.setattr(sources, "load_full", lambda: sources.FullSet(None, problem))
    _, full = self_test.check_digits()
    assert (full.state, full.is_needed) == ("problem", False)
    assert str(problem) in full.text


def test_where_the_full_set_is_stands_there(monkeypatch) -> None:
    digits = sources.load_starter()
    object.__setattr__(digits, "origin", "/somewhere/mnist.npz")
    monkeypatch.setattr(sources, "load_full", lambda: sources.FullSet(digits, None))
    _, full = self_test.check_digits()
    assert full.state == "ok"
    assert "/somewhere/mnist.npz" in full.text


def test_starter_digits_that_cannot_be_read_are_a_failure(monkeypatch) -> None:
    def fail():
        raise FileNotFoundError("no starter_digits.npz")

    monkeypatch.setattr(sources, "load_starter", fail)
    finding = only(Check("digits", self_test.check_digits).findings)
    assert (finding.state, finding.is_needed) == ("problem", True)
    assert "install the lab again" in finding.text


def test_the_home_folder_is_made_and_nothing_is_left_in_it(lab_home: Path) -> None:
    assert only(self_test.check_home).state == "ok"
    assert list(lab_home.iterdir()) == []


def test_a_home_folder_that_cannot_be_written_is_a_problem_with_its_cure(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("MNIST_LAB_HOME", str(tmp_path / "file" / "home"))
    finding = only(self_test.check_home)
    assert finding.state == "problem"
    assert "MNIST_LAB_HOME" in finding.text
    assert str(tmp_path) in finding.text


def test_a_full_disk_is_a_problem_with_its_cure(monkeypatch) -> None:
    assert self_test.LEAST_FREE_BYTES > 1e6
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: DiskUsage(1e12, 1e12, 1e6))
    finding = only(self_test.check_disk)
    assert finding.state == "problem"
    assert "make room" in finding.text
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: DiskUsage(1e12, 0, 1e12))
    assert only(self_test.check_disk).state == "ok"


# Keras and the training


@pytest.mark.keras
@pytest.mark.timeout(180)
def test_the_tiny_training_gives_one_network_twice() -> None:
    keras, training = self_test.train_twice()
    assert (keras.state, training.state) == ("ok", "ok")
    assert "weights_sha256" in training.text


def _stand_in_for_keras(monkeypatch) -> None:
    module = SimpleNamespace(__version__="3.0")
    monkeypatch.setattr(backend, "keras_and_tensorflow", lambda: (module, module))


def test_two_networks_from_one_seed_are_a_problem(monkeypatch) -> None:
    _stand_in_for_keras(monkeypatch)
    hashes = iter(["a1", "b2"])
    monkeypatch.setattr(self_test, "_trained_sha256", lambda: next(hashes))
    _, training = self_test.train_twice()
    assert training.state == "problem"
    assert "a1" in training.text
    assert "b2" in training.text


def test_a_missing_keras_is_told_with_its_cure(monkeypatch) -> None:
    class NoKeras(importlib.abc.MetaPathFinder):
        def find_spec(self, fullname, path, target=None):
            if fullname == "keras":
                raise ModuleNotFoundError("No module named 'keras'", name="keras")

    monkeypatch.delitem(sys.modules, "keras", raising=False)
    monkeypatch.setattr(sys, "meta_path", [NoKeras(), *sys.meta_path])
    finding = only(self_test.train_twice)
    assert finding.state == "missing"
    assert "“keras”" in finding.text
    assert "install the lab again" in finding.text


# In a process of its own


def _two_lines():
    yield Finding("ok", "one")
    yield Finding("missing", "two", is_needed=False)


def _one_line_then_the_end():
    yield Finding("ok", "one")
    os.abort()


def _silence():
    time.sleep(60)
    yield Finding("ok", "too late")


def _mistake():
    raise ZeroDivisionError
    yield


def test_findings_come_from_a_process_of_its_own() -> None:
    assert list(self_test.in_a_process(Check("it", _two_lines), "")) == list(_two_lines())


def test_a_process_that_ends_too_early_is_a_problem_with_its_cure() -> None:
    first, second = self_test.in_a_process(Check("it", _one_line_then_the_end), "Buy another one.")
    assert first == Finding("ok", "one")
    assert (second.state, second.is_needed) == ("problem", True)
    assert second.text.startswith("it: ")
    assert second.text.endswith("Buy another one.")
    assert "SIGABRT" in second.text or sys.platform == "win32"


def test_a_process_that_falls_silent_is_ended() -> None:
    begin = time.monotonic()
    finding = only(lambda: self_test.in_a_process(Check("it", _silence), "Wait.", patience_seconds=0.2))
    assert finding.state == "problem"
    assert finding.text == "it: no answer within 0 seconds. Wait."
    assert time.monotonic() - begin < 30


def test_a_mistake_in_the_process_is_a_line() -> None:
    finding = only(lambda: self_test.in_a_process(Check("it", _mistake), ""))
    assert finding.text.startswith("it: ZeroDivisionError")
