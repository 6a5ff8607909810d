"""How many gradient updates a second, against the chapter's own cell: `python -m tests.benchmarks.training`.

784-512-10, RMSprop, batches of 128, 60,000 images, float32, all 10,000 test images measured after every epoch.

fit:    `model.fit` with validation_data, float32 images and one-hot labels, verbose=0, TensorFlow's defaults. One
        epoch is trained first; then all updates ÷ the time from its end to the end of the last epoch's validation.
engine: the lab's `train` in the main thread of a process. All updates ÷ the time from `Prepared` (everything is
        compiled, nothing is trained) to the end of the last epoch's validation.
window: the same with the lab's window open (offscreen, 1280×800, the Train page plotting), Start pressed with the
        mouse; and the gaps between beats of a 5 ms timer in the window's thread while Keras is imported, while
        the network is built and compiled, and from the first batches to the end of training.

Cases take turns, each in a process of its own; medians are shown.
Other networks, optimizers and batches than the chapter's: `python -m tests.benchmarks.training_matrix`.
"""

import argparse
from collections.abc import Mapping

from tests.benchmarks.processes import Case, Figures, full_set, medians, show_json, show_table, take_turns

_CASES = {
    "fit": "tests.benchmarks.fit_case",
    "engine": "tests.benchmarks.engine_case",
    "window": "tests.benchmarks.window_case",
}
_PHASES = ("importing", "compiling", "training")
_MEASURES = ("p50", "p95", "p99", "longest")


def main() -> None:
    options = _options()
    path = str(full_set())
    names = options.cases.split(",")
    cases = [Case(name, _CASES[name], (path, str(options.epochs))) for name in names]
    results = take_turns(cases, options.repeats)
    middle = {name: medians(runs) for name, runs in results.items()}
    if options.json:
        show_json({"medians": middle, "ratios": _ratios(middle), "runs": results})
        return
    _show_speed(middle, results)
    if "window" in middle:
        _show_gaps(middle["window"])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Training speed against plain model.fit.")
    parser.add_argument("--repeats", type=int, default=3, help="processes for each case (default %(default)s)")
    parser.add_argument("--epochs", type=int, default=2, help="epochs measured in each (default %(default)s)")
    parser.add_argument("--cases", default=",".join(_CASES), help="which, with commas between (default %(default)s)")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    options = parser.parse_args()
    unknown = set(options.cases.split(",")) - set(_CASES)
    if unknown:
        parser.error(f"there is no case {', '.join(sorted(unknown))}; there are {', '.join(_CASES)}")
    if min(options.repeats, options.epochs) < 1:
        parser.error("--repeats and --epochs must be 1 or more")
    return options


def _ratios(middle: Mapping[str, Figures]) -> Figures:
    """How many times as fast as `fit` each case is."""
    if "fit" not in middle:
        return {}
    fit = middle["fit"]["updates_per_second"]
    return {name: figures["updates_per_second"] / fit for name, figures in middle.items()}


def _show_speed(middle: Mapping[str, Figures], results: Mapping[str, list[Figures]]) -> None:
    ratios = _ratios(middle)
    rows = []
    for name, figures in middle.items():
        speeds = [run["updates_per_second"] for run in results[name]]
        rows.append(
            (
                name,
                f"{figures['updates_per_second']:.0f}",
                f"{min(speeds):.0f} to {max(speeds):.0f}",
                f"{ratios[name]:.2f}" if ratios else "",
                f"{figures['test_accuracy']:.4f}",
                f"{figures['other_cores_busy']:.1f}",
            )
        )
    show_table("Gradient updates", ("", "a second", "range", "× fit", "test accuracy", "cores busy for others"), rows)


def _show_gaps(figures: Figures) -> None:
    rows = [(phase, *(f"{figures[f'{phase} {measure}']:.1f}" for measure in _MEASURES)) for phase in _PHASES]
    show_table("Milliseconds between beats of a 5 ms timer in the window", ("while", *_MEASURES), rows)


if __name__ == "__main__":
    main()
