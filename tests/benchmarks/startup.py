"""How long until one can look, and until one sees it learn: `python -m tests.benchmarks.startup`.

window painted: from the start of the process to the first picture of the window (offscreen, 1280×800), by way of
                the lab's own `main`; the benchmark adds about 0.1 s of its own imports.
first batch:    from the start of the process to the first gradient updates, Start pressed with the mouse as soon as
                the window is painted; the import of Keras, loading the digits, building and compiling lie between.
waiting:        gaps between beats of a 5 ms timer in the window's thread in that time.

Cases take turns, each in a process of its own; medians are shown. The first process of all warms the disk's cache and
is not counted, unless `--cold` keeps it.
"""

import argparse

from tests.benchmarks.processes import Case, Figures, full_set, medians, run_case, show_json, show_table, take_turns

_WAITING = ("waiting p50", "waiting p95", "waiting p99", "waiting longest")


def main() -> None:
    options = _options()
    path = str(full_set())
    cases = [Case(name, "tests.benchmarks.startup_case", (path, name)) for name in ("paint", "press")]
    if not options.cold:
        run_case(cases[-1])
    results = take_turns(cases, options.repeats)
    middle = {name: medians(runs) for name, runs in results.items()}
    if options.json:
        show_json({"medians": middle, "runs": results})
        return
    rows = [
        _row("window painted", "window_painted_seconds", results["paint"] + results["press"]),
        _row("first batch", "first_batch_seconds", results["press"]),
    ]
    show_table("Seconds from the start of the process", ("", "median", "best", "worst"), rows)
    waiting = tuple(f"{middle['press'][name]:.1f}" for name in _WAITING)
    show_table(
        "Milliseconds between beats of a 5 ms timer", ("", "p50", "p95", "p99", "longest"), [("waiting", *waiting)]
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time to the first picture and to the first batch.")
    parser.add_argument("--repeats", type=int, default=3, help="processes for each case (default %(default)s)")
    parser.add_argument("--cold", action="store_true", help="count the first process too")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    options = parser.parse_args()
    if options.repeats < 1:
        parser.error("--repeats must be 1 or more")
    return options


def _row(name: str, figure: str, runs: list[Figures]) -> tuple[str, ...]:
    seconds = [run[figure] for run in runs]
    return (name, f"{medians(runs)[figure]:.2f}", f"{min(seconds):.2f}", f"{max(seconds):.2f}")


if __name__ == "__main__":
    main()
