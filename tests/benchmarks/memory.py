"""How much memory many runs in one window take: `python -m tests.benchmarks.memory`.

The lab's window (offscreen, 1280×800, the Train page plotting); Start is pressed with the mouse again and again, for
the chapter's network on the starter set, or with `--full` on all of MNIST. Resident memory of the process in MB
(millions of bytes) when a run is over and shown, after 1, 5, 10 and 20 of them, and the most that it ever was; 1,200
are allowed.
"""

import argparse

from tests.benchmarks.budgets import Judged, exit_by, show_judged
from tests.benchmarks.processes import Case, full_set, medians, show_json, take_turns

_BUDGET = 1_200


def main() -> None:
    options = _options()
    data = str(full_set()) if options.full else "starter"
    case = Case("memory", "tests.benchmarks.memory_case", (data, str(options.epochs), str(options.runs)))
    results = take_turns([case], options.repeats)["memory"]
    middle = medians(results)
    judged = []
    for name in middle:
        if name.endswith(", MB"):
            values = [run[name] for run in results]
            judged.append(Judged(name, (middle[name], min(values), max(values)), _BUDGET))
    if options.json:
        show_json({"medians": middle, "judged": [each.figures() for each in judged], "runs": results})
    else:
        where = "all of MNIST" if options.full else "the starter set"
        show_judged(f"Resident memory, runs of {options.epochs} epochs on {where}", ("median", "least", "most"), judged)
    exit_by(judged, options.check)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Memory of many runs in one window.")
    parser.add_argument("--full", action="store_true", help="train on all of MNIST")
    parser.add_argument("--epochs", type=int, default=2, help="of each run (default %(default)s)")
    parser.add_argument("--runs", type=int, default=20, help="in one window (default %(default)s)")
    parser.add_argument("--repeats", type=int, default=1, help="processes (default %(default)s)")
    parser.add_argument("--check", action="store_true", help="exit status 1 if the budget is missed")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    options = parser.parse_args()
    if min(options.epochs, options.runs, options.repeats) < 1:
        parser.error("--epochs, --runs and --repeats must be 1 or more")
    return options


if __name__ == "__main__":
    main()
