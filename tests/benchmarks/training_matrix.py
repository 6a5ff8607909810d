"""The engine against plain `model.fit` in many settings: `python -m tests.benchmarks.training_matrix`.

Every single change from the chapter's network (784-512-10 relu, RMSprop 0.001, batches of 128), and some changes
together. fit, engine and floor take turns in three processes that stay, one at work at a time; medians are shown.

fit:    updates a second of `model.fit` with validation, TensorFlow's defaults (see `fit_worker`).
engine: the same of the lab's `train` (see `engine_worker`). Both are measured from the end of their first epoch to
        the end of a later one's validation, at least half a second, on the same numbers of images. Those are so few
        that an epoch has no more updates than the chapter's, and fewer where an update takes long.
floor:  updates a second of nothing but the matrix products (see `floor_worker`). Divided by fit's it is about the most
        that any engine could win.
bound:  what a single change is to win over fit: 2.5 times as fast, the chapter's own network 3.0 times; where the
        floor ratio is below 3.3, three quarters of it. Combinations have no bound.
"""

import argparse
import statistics
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from tests.benchmarks.matrix_settings import CHAPTER, Setting, all_settings
from tests.benchmarks.processes import Figures, full_set, show_json, show_table
from tests.benchmarks.workers import CannotMeasureError, Worker

_SINGLE_BOUND, _CHAPTER_BOUND = 2.5, 3.0
_LOW_FLOOR_RATIO, _FLOOR_SHARE = 3.3, 0.75


@dataclass(frozen=True)
class Result:
    """What was measured of one setting.

    Attributes:
        setting: that setting.
        runs: the figures of "fit", "engine" and "floor", one for each repeat; none if there is a problem.
        problem: why it could not be measured, or "".
    """

    setting: Setting
    runs: Mapping[str, list[Figures]]
    problem: str = ""

    def speed(self, worker: str) -> float:
        """The worker's median of updates a second."""
        return statistics.median(run["updates_per_second"] for run in self.runs[worker])

    @property
    def ratio(self) -> float:
        """How many times as fast as fit the engine is."""
        return self.speed("engine") / self.speed("fit")

    @property
    def ratios(self) -> list[float]:
        """The same for each repeat alone."""
        pairs = zip(self.runs["engine"], self.runs["fit"], strict=True)
        return [engine["updates_per_second"] / fit["updates_per_second"] for engine, fit in pairs]

    @property
    def floor_ratio(self) -> float:
        """How many times as fast as fit the bare matrix products are."""
        return self.speed("floor") / self.speed("fit")

    @property
    def bound(self) -> float | None:
        """The least ratio that is good enough; None for a combination."""
        if self.setting.group != "singles":
            return None
        if self.floor_ratio < _LOW_FLOOR_RATIO:
            return _FLOOR_SHARE * self.floor_ratio
        return _CHAPTER_BOUND if self.setting.name == CHAPTER else _SINGLE_BOUND

    @property
    def is_ok(self) -> bool | None:
        """Whether the bound is met; None without one."""
        if self.problem:
            return False
        return None if self.bound is None else self.ratio >= self.bound

    def row(self) -> tuple[str, ...]:
        """For the table."""
        if self.problem:
            return (self.setting.name, *[""] * 5, "failed")
        spread = f" ({min(self.ratios):.2f} to {max(self.ratios):.2f})" if len(self.ratios) > 1 else ""
        return (
            self.setting.name,
            f"{self.speed('fit'):.0f}",
            f"{self.speed('engine'):.0f}",
            f"{self.ratio:.2f}{spread}",
            f"{self.floor_ratio:.2f}",
            "" if self.bound is None else f"{self.bound:.2f}",
            {True: "yes", False: "NO", None: ""}[self.is_ok],
        )

    def figures(self) -> dict[str, object]:
        """For JSON."""
        setting = self.setting
        known: dict[str, object] = {
            "name": setting.name,
            "group": setting.group,
            "experiment": setting.experiment.model_dump(mode="json", exclude={"epochs"}),
            "images": setting.images,
            "test_images": setting.test_images,
            "updates_per_epoch": setting.updates,
            "ok": self.is_ok,
        }
        if self.problem:
            return known | {"problem": self.problem}
        return known | {
            **{name: self.speed(name) for name in self.runs},
            "ratio": self.ratio,
            "ratios": self.ratios,
            "ratio_least": min(self.ratios),
            "ratio_most": max(self.ratios),
            "floor_ratio": self.floor_ratio,
            "bound": self.bound,
            "runs": self.runs,
        }


def main() -> None:
    options, settings = _options()
    results = _measure(settings, options.repeats)
    if options.json:
        show_json({"settings": [result.figures() for result in results], "summary": _summary(results)})
    else:
        columns = ("setting", "fit /s", "engine /s", "ratio (spread)", "floor ratio", "bound", "ok")
        show_table("Gradient updates", columns, [result.row() for result in results])
        _show_summary(results)
    if options.check and any(result.is_ok is False for result in results if result.setting.group == "singles"):
        sys.exit(1)


def _options() -> tuple[argparse.Namespace, list[Setting]]:
    parser = argparse.ArgumentParser(description="Training speed against plain model.fit, in many settings.")
    parser.add_argument("--repeats", type=int, default=3, help="measurements of each (default %(default)s)")
    parser.add_argument("--only", default="", metavar="TEXT", help="settings whose name contains this")
    parser.add_argument("--group", choices=("singles", "combinations", "all"), default="all")
    parser.add_argument("--check", action="store_true", help="exit status 1 if a single change misses its bound")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    options = parser.parse_args()
    if options.repeats < 1:
        parser.error("--repeats must be 1 or more")
    in_group = [setting for setting in all_settings() if options.group in (setting.group, "all")]
    chosen = [setting for setting in in_group if options.only in setting.name]
    if not chosen:
        parser.error(f"no name contains “{options.only}”; there are: {'; '.join(each.name for each in in_group)}")
    return options, chosen


def _measure(settings: Sequence[Setting], repeats: int) -> list[Result]:
    path = str(full_set())
    results = []
    with ExitStack() as stack:
        # Some machines name an old kind of core for an OpenBLAS that does not know theirs; NumPy's own does.
        without = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
        workers = [
            stack.enter_context(worker)
            for worker in (
                Worker("fit", "tests.benchmarks.fit_worker", (path,)),
                Worker("engine", "tests.benchmarks.engine_worker", (path,)),
                Worker("floor", "tests.benchmarks.floor_worker", without=without),
            )
        ]
        for number, setting in enumerate(settings, start=1):
            result = _measure_one(workers, setting, repeats)
            results.append(result)
            told = result.problem or f"{result.ratio:.2f} × fit, floor {result.floor_ratio:.2f}"
            busy = f"{_noise([result]):.1f} cores busy for others"
            sys.stderr.write(f"{number} of {len(settings)}: {setting.name}: {told} ({busy})\n")
    return results


def _measure_one(workers: Sequence[Worker], setting: Setting, repeats: int) -> Result:
    """Every worker `repeats` times, one after the other and again from the first, so that noise hits all alike."""
    runs: dict[str, list[Figures]] = {worker.name: [] for worker in workers}
    try:
        for _ in range(repeats):
            for worker in workers:
                runs[worker.name].append(worker.ask(setting))
    except CannotMeasureError as error:
        return Result(setting, {}, str(error))
    return Result(setting, runs)


def _summary(results: Sequence[Result]) -> dict[str, object]:
    """Of the single changes: how many there are and meet their bound, the median ratio, the lowest, the worst."""
    singles = [result for result in results if result.setting.group == "singles"]
    measured = {result.setting.name: result for result in singles if not result.problem}
    summary: dict[str, object] = {"singles": len(singles), "ok": sum(result.is_ok is True for result in singles)}
    if measured:
        shares = {name: result.ratio / (result.bound or 1) for name, result in measured.items()}
        worst = min(shares, key=lambda name: shares[name])
        summary |= {
            "median_ratio": statistics.median(result.ratio for result in measured.values()),
            "worst": worst,
            "worst_ratio": measured[worst].ratio,
            "worst_share_of_bound": shares[worst],
        }
    return summary | {"other_cores_busy": _noise(results)}


def _noise(results: Sequence[Result]) -> float:
    """How many cores were busy for others meanwhile (median)."""
    runs = [run for result in results for several in result.runs.values() for run in several]
    return statistics.median([run["other_cores_busy"] for run in runs] or [0.0])


def _show_summary(results: Sequence[Result]) -> None:
    summary = _summary(results)
    lines = [f"{result.setting.name} failed: {result.problem}" for result in results if result.problem]
    if summary["singles"]:
        lines.append(f"{summary['ok']} of {summary['singles']} single changes meet their bound.")
    if "worst" in summary:
        lines.append(
            f"Median ratio {summary['median_ratio']:.2f}; worst {summary['worst']} with {summary['worst_ratio']:.2f}, "
            f"{summary['worst_share_of_bound']:.0%} of its bound."
        )
    lines.append(f"Cores busy for others meanwhile: {summary['other_cores_busy']:.1f} (median).")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
