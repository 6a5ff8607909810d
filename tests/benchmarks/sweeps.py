"""A sweep by two workers beside one: `python -m tests.benchmarks.sweeps`.

Several learning rates each, every run kept, a process for each repeat. One worker and two take turns, from
when each has trained a network to the last run's end; starting is left out. The seconds of one are divided by those
of two, turn by turn, and the median counts. Both train the same networks to the last bit.

starter set:  64 units on the starter set, four times as many runs; the budget is for this one.
64 units:     on all of MNIST.
512 units:    the chapter's network on all of MNIST.

An update is shared by two threads, always, since that decides its bits. So one worker on two processors is busy on more
than one of them, the more so the larger its network: of the chapter's network 1,030 updates a second on two processors,
600 on one (measured). Two workers cannot gain more than what is left.
"""

import argparse
import sys

from tests.benchmarks.processes import Case, full_set, medians, show_json, show_table, take_turns

_JUDGED, _LEAST_RATIO = "starter set: ratio", 1.6


def main() -> None:
    options = _options()
    arguments = (str(full_set()), str(options.turns), str(options.runs), str(options.epochs))
    results = take_turns([Case("sweeps", "tests.benchmarks.sweeps_case", arguments)], options.repeats)["sweeps"]
    middle = medians(results)
    if options.json:
        show_json({"medians": middle, "runs": results, "least_ratio": _LEAST_RATIO})
    else:
        rows = []
        for name, value in middle.items():
            values = [run[name] for run in results]
            budget = f"{_LEAST_RATIO} at least" if name == _JUDGED else ""
            rows.append((name, *(f"{one:,.2f}" for one in (value, min(values), max(values))), budget))
        show_table("A sweep by two workers beside one", ("", "median", "least", "most", "budget"), rows)
    if options.check and middle[_JUDGED] < _LEAST_RATIO:
        sys.exit(1)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="A sweep by two workers beside one.")
    parser.add_argument("--repeats", type=int, default=3, help="processes (default %(default)s)")
    parser.add_argument("--turns", type=int, default=1, help="pairs in each (default %(default)s)")
    parser.add_argument("--runs", type=int, default=8, help="of each sweep (default %(default)s)")
    parser.add_argument("--epochs", type=int, default=3, help="of each run (default %(default)s)")
    parser.add_argument("--check", action="store_true", help="exit status 1 if the budget is missed")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    options = parser.parse_args()
    if min(options.repeats, options.turns, options.epochs) < 1 or options.runs < 2:
        parser.error("--repeats, --turns and --epochs must be 1 or more, --runs 2 or more")
    return options


if __name__ == "__main__":
    main()
