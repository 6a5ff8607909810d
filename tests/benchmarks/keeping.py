"""What keeping a run costs: `python -m tests.benchmarks.keeping`.

The chapter's network on all of MNIST, nobody watching, in one process. Runs that are kept and runs that are not take
turns; each pair gives the share of the updates a second that keeping takes (noise makes single ones negative), and the
median counts. The runs lie in the temporary folder: a slow disk costs no updates, the end alone waits for it.
"""

import argparse

from tests.benchmarks.budgets import Judged, exit_by, names_in, show_judged
from tests.benchmarks.processes import Case, full_set, run_case, show_json


def main() -> None:
    options = _options()
    arguments = (str(full_set()), str(options.turns), str(options.epochs))
    figures = run_case(Case("keeping", "tests.benchmarks.keeping_case", arguments))
    judged = [Judged.of(figures, name) for name in names_in(figures)]
    if options.json:
        show_json({"figures": figures, "judged": [each.figures() for each in judged]})
    else:
        show_judged(f"Keeping a run of {options.epochs} epochs", ("median", "p95"), judged)
    exit_by(judged, options.check)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What keeping a run costs training.")
    parser.add_argument("--turns", type=int, default=20, help="pairs of runs (default %(default)s)")
    parser.add_argument("--epochs", type=int, default=5, help="of each run (default %(default)s)")
    parser.add_argument("--check", action="store_true", help="exit status 1 if a budget is missed")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    options = parser.parse_args()
    if min(options.turns, options.epochs) < 1:
        parser.error("--turns and --epochs must be 1 or more")
    return options


if __name__ == "__main__":
    main()
