"""What all benchmarks share: cases as processes that take turns, the full data set, percentiles, the table."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil

from mnist_lab.data import places, sources

PROJECT = Path(__file__).resolve().parents[2]
TIME_LIMIT_SECONDS = 900
Figures = dict[str, float]
_STARTED = "MNIST_LAB_BENCHMARK_STARTED"


@dataclass(frozen=True)
class Case:
    """One thing to measure, in a process of its own.

    Attributes:
        name: for the table.
        module: run as `python -m module`; it prints its figures as one JSON object on the last line of stdout.
        arguments: for that module.
        environment: set in addition to this process's own.
    """

    name: str
    module: str
    arguments: tuple[str, ...] = ()
    environment: Mapping[str, str] | None = None


def full_set() -> Path:
    """The 60,000 + 10,000 images as an .npz file: from ../shared/data, else from Keras's cache.

    Raises:
        SystemExit: neither is there; says where it was looked for.
    """
    places_to_look = (
        PROJECT.parent / "shared" / "data" / "mnist.npz",
        places.keras_home() / "datasets" / "mnist.npz",
        sources.lab_cache_file(),
    )
    for path in places_to_look:
        if path.exists():
            return path
    looked = ", ".join(str(path) for path in places_to_look)
    raise SystemExit(f"This benchmark needs the full MNIST set. Looked for it in: {looked}")


def take_turns(cases: Sequence[Case], repeats: int) -> dict[str, list[Figures]]:
    """Run every case `repeats` times, one after the other and again from the first, so that noise hits all alike."""
    results: dict[str, list[Figures]] = {case.name: [] for case in cases}
    for turn in range(repeats):
        for case in cases:
            sys.stderr.write(f"{case.name}, {turn + 1} of {repeats} …\n")
            results[case.name].append(run_case(case))
    return results


def run_case(case: Case) -> Figures:
    """Run a case once, in an empty home without a screen.

    Raises:
        SystemExit: it failed; its stderr was passed on.
    """
    with tempfile.TemporaryDirectory(prefix="mnist-lab-benchmark-") as home:
        environment = {**environment_in(home), **(case.environment or {}), _STARTED: repr(time.time())}
        noise = Noise()
        finished = subprocess.run(
            [sys.executable, "-m", case.module, *case.arguments],
            cwd=PROJECT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=TIME_LIMIT_SECONDS,
            check=False,
        )
    if finished.returncode:
        raise SystemExit(f"{finished.stderr}\n{case.name} ended with status {finished.returncode}.")
    figures: Figures = json.loads(finished.stdout.splitlines()[-1])
    return figures | {"other_cores_busy": noise.other_cores_busy()}


def environment_in(home: str) -> dict[str, str]:
    """The environment of this process, with `home` for the lab's files and without a screen."""
    return {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "MNIST_LAB_HOME": home,
    }


class Noise:
    """How many cores were busy for others than this process and its children: under load, figures mean little."""

    def __init__(self) -> None:
        self._wall, self._busy, self._own = time.perf_counter(), *self._read()

    @staticmethod
    def _read() -> tuple[float, float]:
        machine, own = psutil.cpu_times(), psutil.Process().cpu_times()
        return machine.user + machine.system, own.user + own.system + own.children_user + own.children_system

    def other_cores_busy(self) -> float:
        """Mean since this was made; a child counts once it has ended."""
        busy, own = self._read()
        return max((busy - self._busy) - (own - self._own), 0.0) / (time.perf_counter() - self._wall)


def seconds_since_start() -> float:
    """In a case: since just before its process was started (the system's own note is a second too coarse)."""
    return time.time() - float(os.environ[_STARTED])


def report(figures: Figures) -> None:
    """Print a case's figures as its last line of stdout."""
    sys.stdout.write("\n" + json.dumps(figures) + "\n")


def medians(results: Iterable[Figures]) -> Figures:
    """The median of every figure over several runs."""
    runs = list(results)
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def percentiles(milliseconds: Sequence[float], prefix: str) -> Figures:
    """p50, p95, p99 and the longest, named `prefix p50` and so on; zeros if there is nothing."""
    values = np.asarray(milliseconds or [0.0])
    shares = np.percentile(values, [50, 95, 99])
    return {
        **{f"{prefix} p{share}": float(value) for share, value in zip((50, 95, 99), shares, strict=True)},
        f"{prefix} longest": float(values.max()),
    }


def show_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table on stdout, the first column to the left and numbers to the right."""
    from rich.console import Console  # not above: the cases need no table, and start-up is one of them
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    for index, column in enumerate(columns):
        table.add_column(column, justify="left" if index == 0 else "right")
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def show_json(figures: object) -> None:
    """Print one JSON object on stdout."""
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")
