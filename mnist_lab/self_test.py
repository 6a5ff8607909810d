"""`--self-test`: what works on this machine, one line each, with the cure where something does not.

Qt and TensorFlow can end the whole process where the machine lacks what they need, and Python cannot catch that. So
each is tried in a process of its own, and an end before its time is one more finding. Importing this module loads
neither of them.
"""

import multiprocessing
import os
import platform
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from typing import Literal

from mnist_lab import display
from mnist_lab.arguments import PROGRAM
from mnist_lab.data.places import lab_home
from mnist_lab.words import LabError

DONE = 0
FAILED = 1

OLDEST_PYTHON, NEWEST_PYTHON = (3, 11), (3, 13)
LEAST_FREE_BYTES = 200e6
"""The full set, unpacked, and room for what one makes."""
_UPDATES = 5
"""Of the tiny training, which is done twice."""
_PATIENCE_SECONDS = 300.0
"""How long one answer may take: importing TensorFlow for the first time on a slow disk takes a minute."""
_INSTALL_AGAIN = "install the lab again as the README says"

State = Literal["ok", "missing", "problem"]


@dataclass(frozen=True)
class Finding:
    """One line of the self-test.

    Attributes:
        state: "ok"; "missing" for what can be had; "problem" for what is there and does not work.
        text: what it is and, where it is not "ok", what helps.
        is_needed: whether the lab cannot do its work without it.
    """

    state: State
    text: str
    is_needed: bool = True

    def __str__(self) -> str:
        return f"{self.state:<8} {' '.join(self.text.split())}"


Findings = Iterator[Finding]


@dataclass(frozen=True)
class Check:
    """A part of the self-test.

    Attributes:
        name: what it is about; stands before what went wrong.
        find: yields the findings.
    """

    name: str
    find: Callable[[], Findings]

    def findings(self) -> Findings:
        """All findings; an error on the way is one of them."""
        try:
            yield from self.find()
        except LabError as error:
            yield Finding("problem", f"{self.name}: {error}")
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what a self-test is for
            yield Finding("problem", f"{self.name}: {type(error).__name__}: {error}; {_INSTALL_AGAIN}.")


def run_self_test(checks: Sequence[Check] | None = None) -> int:
    """Write a line for every finding to stdout, as soon as it is known.

    Returns:
        the exit status: 0 where all that is needed works, else 1.
    """
    status = DONE
    for check in CHECKS if checks is None else checks:
        for finding in check.findings():
            sys.stdout.write(f"{finding}\n")
            sys.stdout.flush()
            if finding.is_needed and finding.state != "ok":
                status = FAILED
    return status


def check_python(version: tuple[int, int] = sys.version_info[:2]) -> Findings:
    """Whether the lab is made for this Python."""
    told = f"Python {platform.python_version()} on {platform.system()}, {platform.machine()}"
    if OLDEST_PYTHON <= version <= NEWEST_PYTHON:
        yield Finding("ok", told)
    else:
        oldest, newest = (".".join(map(str, one)) for one in (OLDEST_PYTHON, NEWEST_PYTHON))
        yield Finding("problem", f"{told}: the lab needs Python {oldest} to {newest}; install one of them.")


def check_window() -> Findings:
    """Whether Qt can be loaded and paint, and whether a window can be opened here."""
    found = Finding("ok", "display: the window can be opened")
    try:
        display.check_display(os.environ)
    except display.NoDisplayError as obstacle:
        found = Finding("missing", f"display: {obstacle} Without one the lab trains in the terminal.", is_needed=False)
    except display.MissingLibrariesError as obstacle:
        found = Finding("missing", f"display: {obstacle}")
    except display.NoWindowError as obstacle:
        found = Finding("problem", f"display: {obstacle}")
    load = partial(load_qt, is_offscreen=found.state != "ok")
    yield from in_a_process(Check("Qt", load), "The system's libraries for graphics may be damaged.")
    yield found


def load_qt(is_offscreen: bool) -> Findings:
    """Load Qt's widgets and begin to use them, for a display or without one; for a process of its own."""
    if is_offscreen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        import PySide6
        from PySide6.QtWidgets import QApplication
    except ImportError as error:
        is_missing = isinstance(error, ModuleNotFoundError)
        yield Finding("missing" if is_missing else "problem", f"Qt: {display.explain_import_error(error)}")
        return
    application = QApplication.instance() or QApplication(["mnist-lab"])
    assert isinstance(application, QApplication)
    yield Finding("ok", f"Qt, by PySide6 {PySide6.__version__}, paints on “{application.platformName()}”")


def check_digits() -> Findings:
    """Whether the digits that come with the lab can be read, and where all of MNIST is."""
    from mnist_lab.data import sources

    starter = sources.load_starter()
    count = len(starter.train_labels) + len(starter.test_labels)
    yield Finding("ok", f"starter digits: {count:,} can be read")
    full = sources.load_full()
    if full.problem is not None:
        yield Finding("problem", f"all of MNIST: {full.problem}", is_needed=False)
    if full.digits is not None:
        yield Finding("ok", f"all of MNIST: in “{full.digits.origin}”")
    elif full.problem is None:
        cure = f"“{PROGRAM} train --data full” downloads it; the starter digits do without it"
        yield Finding("missing", f"all of MNIST: not on this computer; {cure}.", is_needed=False)


def check_home() -> Findings:
    """Whether the lab can write into its home folder."""
    home = lab_home()
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home) as file:
            file.write(b"MNIST Lab")
    except OSError as error:
        cure = "allow it, or let MNIST_LAB_HOME name another folder"
        yield Finding("problem", f"home folder: “{home}” cannot be written into ({error.strerror or error}); {cure}.")
    else:
        yield Finding("ok", f"home folder: “{home}” can be written into")


def check_disk() -> Findings:
    """Whether there is room for what the lab keeps."""
    home = lab_home()
    # `os.path.exists`: where the system refuses even to look (a name too long, no permission), `Path.exists` raises.
    folder = next(one for one in (home, *home.parents) if os.path.exists(one))
    free = shutil.disk_usage(folder).free
    told = f"disk: {free / 1e9:,.1f} GB free for “{home}”"
    if free >= LEAST_FREE_BYTES:
        yield Finding("ok", told)
    else:
        cure = "make room, or let MNIST_LAB_HOME name a folder on another disk"
        yield Finding("problem", f"{told}, and the lab needs {LEAST_FREE_BYTES / 1e9:.1f}; {cure}.")


def check_network() -> Findings:
    """Whether Keras and TensorFlow can be loaded, and train exactly."""
    check = Check("Keras and TensorFlow", train_twice)
    yield from in_a_process(check, "TensorFlow needs a processor with AVX, and 1 GB of free memory.")


def train_twice() -> Findings:
    """Load Keras, and train one tiny network twice; for a process of its own."""
    from mnist_lab.network.backend import keras_and_tensorflow
    from mnist_lab.network.errors import KerasError

    try:
        keras, tensorflow = keras_and_tensorflow()
    except KerasError as error:
        is_missing = isinstance(error.__cause__, ModuleNotFoundError)
        yield Finding("missing" if is_missing else "problem", str(error))
        return
    yield Finding("ok", f"Keras {keras.__version__} with TensorFlow {tensorflow.__version__}")
    first, second = _trained_sha256(), _trained_sha256()
    if first == second:
        yield Finding("ok", f"training: {_UPDATES} gradient updates, twice, gave one network, weights_sha256 {first}")
    else:
        cure = "please report it, with these lines"
        yield Finding("problem", f"training: the same settings gave two networks, {first} and {second}; {cure}.")


def _trained_sha256() -> str:
    from mnist_lab.data.starter import load_starter
    from mnist_lab.experiment import Experiment
    from mnist_lab.network.session import TrainingSession

    session = TrainingSession(Experiment(hidden_units=(8,)), load_starter())
    try:
        session.advance(_UPDATES)
        return session.weights().sha256()
    finally:
        session.close()


def in_a_process(check: Check, hint: str, patience_seconds: float = _PATIENCE_SECONDS) -> Findings:
    """The findings of `check`, made in a process of its own; one more if that ends, or falls silent, too early.

    `hint` says what may help then.
    """
    context = multiprocessing.get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(check, sending), daemon=True)
    process.start()
    sending.close()
    try:
        while True:
            if not receiving.poll(patience_seconds):
                yield Finding("problem", f"{check.name}: no answer within {patience_seconds:.0f} seconds. {hint}")
                return
            finding: Finding | None = receiving.recv()
            if finding is None:
                return
            yield finding
    except (EOFError, OSError):  # a pipe whose other end is gone: the first everywhere, the second on Windows
        process.join()
        yield Finding("problem", f"{check.name}: its process ended at once ({_ending(process.exitcode)}). {hint}")
    finally:
        process.kill()
        process.join()
        receiving.close()


def _answer(check: Check, sending: Connection) -> None:
    """Send every finding, and None as the last (in the process of its own)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is answered by the one that waits
    for finding in check.findings():
        sending.send(finding)
    sending.send(None)


def _ending(exit_code: int | None) -> str:
    """How a process ended, in words."""
    if exit_code is not None and exit_code < 0:
        try:
            return signal.Signals(-exit_code).name
        except ValueError:
            pass
    return f"status {exit_code}"


CHECKS = (
    Check("Python", check_python),
    Check("Qt", check_window),
    Check("digits", check_digits),
    Check("home folder", check_home),
    Check("disk", check_disk),
    Check("Keras and TensorFlow", check_network),
)
