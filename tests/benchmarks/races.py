"""Races beside runs alone: `python -m tests.benchmarks.races`.

The chapter's network on all of MNIST, nobody watching, every run kept, a process for each repeat. In each, races of
four and the same runs one after the other take turns; the updates a second of all racers together are divided by those
of the runs alone, turn by turn, and the median counts. From when the networks stand to the last one's end.

same settings:      four racers with the chapter's settings, at equal updates; alone: one run of them.
four optimizers:    momentum, Adagrad, RMSprop and Adam, each at its usual rate; alone: each of them.
equal seconds:      as the first, by equal seconds of training.
by processor time:  the same ratio, of updates for a second of processors: it says something on a busy machine, too.
"""

import argparse
import sys

from tests.benchmarks.processes import Case, full_set, medians, show_json, show_table, take_turns

_LEAST_RATIO = 0.9


def main() -> None:
    options = _options()
    case = Case("races", "tests.benchmarks.races_case", (str(full_set()), str(options.turns), str(options.epochs)))
    results = take_turns([case], options.repeats)["races"]
    middle = medians(results)
    if options.json:
        show_json({"medians": middle, "runs": results, "least_ratio": _LEAST_RATIO})
    else:
        rows = []
        for name, value in middle.items():
            values = [run[name] for run in results]
            digits = 0 if name.endswith("updates/s") else 2
            budget = f"{_LEAST_RATIO} at least" if name.endswith("ratio") else ""
            rows.append((name, *(f"{one:,.{digits}f}" for one in (value, min(values), max(values))), budget))
        show_table("Four racers together", ("", "median", "least", "most", "budget"), rows)
    if options.check and any(value < _LEAST_RATIO for name, value in middle.items() if name.endswith("ratio")):
        sys.exit(1)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Updates a second of four racers together, beside runs alone.")
    parser.add_argument("--repeats", type=int, default=3, help="processes (default %(default)s)")
    parser.add_argument("--turns", type=int, default=3, help="pairs in each (default %(default)s)")
    parser.add_argument("--epochs", type=int, default=2, help="of each racer (default %(default)s)")
    parser.add_argument("--check", action="store_true", help="exit status 1 if a budget is missed")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    options = parser.parse_args()
    if min(options.repeats, options.turns, options.epochs) < 1:
        parser.error("--repeats, --turns and --epochs must be 1 or more")
    return options


if __name__ == "__main__":
    main()
