"""What every test gets: no screen, an empty home, and a check that nothing is left running."""

import gc
import itertools
import logging
import os
import signal
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

# Before Qt and Keras are imported anywhere: no screen, and no look into the home of whoever runs the tests.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
_SESSION_HOME = tempfile.TemporaryDirectory(prefix="mnist-lab-tests-")
os.environ["KERAS_HOME"] = str(Path(_SESSION_HOME.name) / "keras")

import hypothesis
import pytest

from mnist_lab.network import environment

environment.prepare()  # before anything imports TensorFlow, whichever test comes first

from PySide6.QtCore import QEvent, QThread, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mnist_lab.window import plain_imports

plain_imports.restore()  # before all that the tests import

from mnist_lab.network import workbench
from mnist_lab.window import translation
from mnist_lab.window.application import LabApplication

# On a machine that also runs other tests, drawing an example may take long; that says nothing of the lab.
_PATIENT: dict[str, Any] = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
# The same examples each time: more of them would find nothing new. `--acceptance` seeks among others, and more.
hypothesis.settings.register_profile("lab", derandomize=True, max_examples=40, **_PATIENT)
hypothesis.settings.register_profile("search", **_PATIENT)

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED_DATA = REPOSITORY.parent / "shared" / "data"
PATIENCE = 60_000
"""Milliseconds that a state may be waited for: what hangs fails, what is slow on a busy machine does not."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--acceptance", action="store_true", help="also run what needs the full set and minutes")


def pytest_configure(config: pytest.Config) -> None:
    """The same examples in every run, so that a change is judged by itself; with `--acceptance` new ones are sought."""
    hypothesis.settings.load_profile("search" if config.getoption("--acceptance") else "lab")


_LONGEST_ID = 60


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """What is long or deep is named by its beginning: both processes tell each other the name of each test."""
    if isinstance(val, str | bytes) and len(val) > _LONGEST_ID:
        return f"{val[:_LONGEST_ID]!r}, {len(val)} in all"
    return None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Say what is tested together and what is skipped.

    What takes longest begins first (`--no-loadscope-reorder` keeps it so): then both processes end at about one time.
    """
    is_whole = config.getoption("--acceptance")
    skip = pytest.mark.skip(reason="needs the full set, builds a wheel, or takes minutes: run with --acceptance")
    effort: Counter[str] = Counter()
    for item in items:
        group = _group(item)
        item.add_marker(pytest.mark.xdist_group(group))
        if "acceptance" in item.keywords and not is_whole:
            item.add_marker(skip)
        else:
            effort[group] += _expected_effort(item)
    items.sort(key=lambda item: (-effort[_group(item)], _group(item)))


def _group(item: pytest.Item) -> str:
    """A file's tests share its fixtures; those of the engine share what they have compiled."""
    is_of_engine = item.path.is_relative_to(REPOSITORY / "tests" / "network")
    return "network" if is_of_engine else item.nodeid.split("::")[0]


def _expected_effort(item: pytest.Item) -> int:
    """About how many plain tests take as long: a network that is trained takes a second, a window some tenths."""
    if "keras" in item.keywords:
        return 20
    return 5 if "driver" in getattr(item, "fixturenames", ()) else 1


def pytest_collection_finish() -> None:
    """The tests themselves stay to the end: half a million objects that no collection need look through."""
    gc.collect()
    gc.freeze()


_TESTS_A_FULL_COLLECTION, _TESTS_A_THOROUGH_ONE = 50, 500
_finished_tests = itertools.count(1)


@pytest.fixture(scope="session", autouse=True)
def no_garbage_collection_in_threads() -> Iterator[None]:
    """As in the lab itself (window/garbage.py): collected in the main thread alone, here between two tests."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def garbage_is_collected_between_tests() -> Iterator[None]:
    """What a test leaves behind goes in the main thread: what is new each time, everything now and then.

    What is left after everything was collected, as the 400,000 objects of TensorFlow, stays to the end: it is looked
    through no more, but for a few times: what was held by a test of then may be garbage by now. Otherwise the hundred
    full collections of a run take longer than most tests.
    """
    is_new = "tensorflow" not in sys.modules
    yield
    has_imported = is_new and "tensorflow" in sys.modules
    finished = next(_finished_tests)
    if has_imported or finished % _TESTS_A_FULL_COLLECTION == 0:
        if finished % _TESTS_A_THOROUGH_ONE == 0:
            gc.unfreeze()
        gc.collect()
        gc.freeze()
    else:
        gc.collect(0)


@pytest.fixture(scope="session", autouse=True)
def compiled_networks_are_kept() -> Iterator[None]:
    """Compiling takes longer than most tests: what one has compiled, all later ones of the same shape lease."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workbench, "MOST_IDLE", 1000)
        yield


@pytest.fixture(autouse=True)
def lab_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for everything that the lab keeps."""
    home = tmp_path / "lab-home"
    monkeypatch.setenv("MNIST_LAB_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def no_logged_errors(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """An error that the lab only logs fails the test all the same."""
    yield
    errors = [record for record in caplog.get_records("call") if record.levelno >= logging.ERROR]
    assert not errors, [record.getMessage() for record in errors]


@pytest.fixture(scope="session")
def mnist_file() -> Path:
    """The full MNIST set, where it is at hand."""
    path = SHARED_DATA / "mnist.npz"
    if not path.exists():
        pytest.skip("the full MNIST set is not in ../shared/data")
    return path


@pytest.fixture
def signals_are_heard() -> Iterator[None]:
    """Also where the tests are to outlive their terminal (nohup): SIGHUP is ignored there, in their children, too."""
    wanted = [signal.Signals[name] for name in ("SIGHUP", "SIGTERM") if name in signal.Signals.__members__]
    before = {number: signal.signal(number, signal.SIG_DFL) for number in wanted}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


class PatientBot(QtBot):
    """Waits as long as a busy machine may need, not for 5 seconds."""

    def waitUntil(self, *arguments: Any, timeout: int = PATIENCE, **others: Any) -> None:
        super().waitUntil(*arguments, timeout=timeout, **others)

    def waitSignal(self, *arguments: Any, timeout: int = PATIENCE, **others: Any) -> Any:
        return super().waitSignal(*arguments, timeout=timeout, **others)

    def waitExposed(self, *arguments: Any, timeout: int = PATIENCE, **others: Any) -> Any:
        return super().waitExposed(*arguments, timeout=timeout, **others)

    def waitActive(self, *arguments: Any, timeout: int = PATIENCE, **others: Any) -> Any:
        return super().waitActive(*arguments, timeout=timeout, **others)


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """What pytest-qt makes."""
    return LabApplication


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """pytest-qt's own, with the texts of the lab as `main.py` loads them: plurals come from there."""
    translation.install(qapp)
    return qapp


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """pytest-qt's own, but patient."""
    return PatientBot(request)


@pytest.fixture(autouse=True)
def nothing_left_running(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A thread or timer that outlives its test fails it, and the failure names the line that started it."""
    if "qtbot" not in request.fixturenames:
        yield
        return
    started: list[tuple[QThread | QTimer, _Places]] = []
    _record(monkeypatch, QThread, started)
    _record(monkeypatch, QTimer, started)
    yield
    left = ["".join(traceback.format_list(places[::-1])) for thing, places in started if _is_alive(thing)]
    assert not left, "left running, started at:\n" + "\n".join(left)
    # What pytest-qt has closed would live on until a test enters an event loop, and be dressed anew with every theme.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


_Places = list[tuple[str, int, str, str | None]]
"""Where a call came from, innermost first; the source is read when it is to be told: timers start all the time."""


def _record(
    monkeypatch: pytest.MonkeyPatch, kind: type[QThread | QTimer], started: list[tuple[QThread | QTimer, _Places]]
) -> None:
    original: Callable[..., None] = kind.start

    def start(self: QThread | QTimer, *arguments: object) -> None:
        callers = itertools.islice(traceback.walk_stack(sys._getframe(1)), 2)
        places: _Places = [(one.f_code.co_filename, line, one.f_code.co_name, None) for one, line in callers]
        started.append((self, places))
        original(self, *arguments)

    monkeypatch.setattr(kind, "start", start)


def _is_alive(thing: QThread | QTimer) -> bool:
    try:
        return thing.isRunning() if isinstance(thing, QThread) else thing.isActive()
    except RuntimeError:  # Qt has deleted it: as gone as can be
        return False
