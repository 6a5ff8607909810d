"""How soon any moment of a run is there: `python -m tests.benchmarks.moments`.

The chapter's network on all of MNIST, in one process, from asking to the exact network (no window, no pictures).

finished:       random updates of a run of five epochs that has ended; the first makes a session, and memory is empty.
live:           random updates of a run while it trains: its thread does them between two chunks.
beside a run:   random updates of the finished run while another trains, in that one's thread.
pause:          until a run waits that is paused while its thread replays something long.
hash, %:        what the hash of the weights at an epoch's end adds to the epoch.
"""

import argparse

from tests.benchmarks.budgets import Judged, exit_by, names_in, show_judged
from tests.benchmarks.processes import Case, full_set, run_case, show_json


def main() -> None:
    options = _options()
    arguments = (str(full_set()), str(options.moments))
    figures = run_case(Case("moments", "tests.benchmarks.moments_case", arguments))
    judged = [Judged.of(figures, name) for name in names_in(figures)]
    if options.json:
        show_json({"figures": figures, "judged": [each.figures() for each in judged]})
    else:
        show_judged("Moments of a run", ("median", "p95"), judged)
    exit_by(judged, options.check)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="How soon any moment of a run is there.")
    parser.add_argument("--moments", type=int, default=20, help="of each kind (default %(default)s)")
    parser.add_argument("--check", action="store_true", help="exit status 1 if a budget is missed")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    options = parser.parse_args()
    if options.moments < 1:
        parser.error("--moments must be 1 or more")
    return options


if __name__ == "__main__":
    main()
