"""Long-lived processes that measure one setting after another, so that nothing is imported again.

Driver and worker speak in lines of JSON by the worker's stdin and stdout: a setting there, its figures (or why there
are none) back. A worker that is not asked waits for the next line and takes no time from the others.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.benchmarks.matrix_settings import Setting
from tests.benchmarks.processes import PROJECT, TIME_LIMIT_SECONDS, Figures, Noise, environment_in

LEAST_SECONDS = 0.5
"""How long one measurement lasts at least: whole epochs are trained until then."""
MOST_EPOCHS = 10_000
"""What a run is told; it is ended once it was measured for long enough."""
_ENDING_SECONDS = 30


class CannotMeasureError(Exception):
    """A worker could not measure a setting; it can go on with others."""


class Worker:
    """A worker's end in the driver; it is ended with the `with` block."""

    def __init__(self, name: str, module: str, arguments: Iterable[str] = (), without: Iterable[str] = ()) -> None:
        """Start `python -m module`; `without` names variables that its environment must not have."""
        self.name = name
        self._home = tempfile.TemporaryDirectory(prefix="mnist-lab-benchmark-")
        self._errors = Path(self._home.name, "stderr.txt")
        environment = {key: value for key, value in environment_in(self._home.name).items() if key not in set(without)}
        with self._errors.open("w") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", module, *arguments],
                cwd=PROJECT,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is not None:  # it may be in the middle of a measurement that nobody waits for
            self._process.kill()
        try:
            self._process.communicate(timeout=_ENDING_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._home.cleanup()

    def ask(self, setting: Setting) -> Figures:
        """Its figures for that setting.

        Raises:
            CannotMeasureError: it has none, with the reason.
            SystemExit: the worker ended or took too long; its stderr was passed on.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        watchdog = threading.Timer(TIME_LIMIT_SECONDS, self._process.kill)
        watchdog.start()
        try:
            self._process.stdin.write(setting.model_dump_json() + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        finally:
            watchdog.cancel()
        if not line:
            status, errors = self._process.wait(), self._errors.read_text(errors="replace")
            raise SystemExit(f"{errors}\n{self.name} ended with status {status} at {setting.name}.")
        answer = json.loads(line)
        if "problem" in answer:
            raise CannotMeasureError(f"{self.name}: {answer['problem']}")
        figures: Figures = answer
        return figures


def serve(measure: Callable[[Setting], Figures]) -> None:
    """A worker's whole life: answer every line of stdin with one of stdout, until there are no more."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a library prints must not be taken for an answer
    for line in sys.stdin:
        noise = Noise()
        try:
            answer = dict[str, object](measure(Setting.model_validate_json(line)))
            answer["other_cores_busy"] = noise.other_cores_busy()
        except Exception as error:  # noqa: BLE001 - whatever it is, the other settings are measured all the same
            answer = {"problem": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()
