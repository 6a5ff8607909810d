"""How long a picture takes: `python -m tests.benchmarks.redraw`.

pages:    the lab's window (offscreen, 1280×800, the starter set, the chapter's network after a run). Of every tab
          of every page: a full repaint, and what new weights cost the window's thread, their refresh and what is
          painted for it. And from a move of the mouse on the pad to the bars that show the answer, and to the network.
pictures: single widgets with as much as they ever have to show: 46,900 batches, 2,048 units, 70,000 pictures.
network:  the picture of a whole network, for networks of 1 to 2,048 units and of four layers: a change while one draws,
          with all that the window's thread computes for it, and painting alone.
answers:  what is computed before something can be painted: the basin strip of every rule and function (the slowest is
          told), a drawing as 28×28 pixels, a map, an edited copy; what needs the full MNIST set is left out without it.

All in milliseconds but what is marked "×". Cases take turns, each in a process of its own; medians are shown. A redraw
of any page may take 8 ms, 2,048 tiles 16 ms. The median is judged; on a machine that does something else it may miss.
"""

import argparse

from tests.benchmarks.budgets import Judged, exit_by, names_in, show_judged
from tests.benchmarks.processes import Case, medians, show_json, take_turns

_CASES = {
    "pages": "tests.benchmarks.redraw_pages_case",
    "pictures": "tests.benchmarks.redraw_pictures_case",
    "network": "tests.benchmarks.redraw_network_case",
    "answers": "tests.benchmarks.redraw_answers_case",
}

_MOST_TIMES = 100
"""Each needs a gradient update on each tab, of a run that has 3,200."""


def main() -> None:
    options = _options()
    names = options.cases.split(",")
    cases = [Case(name, _CASES[name], (str(options.times),)) for name in names]
    runs = take_turns(cases, options.repeats)
    middle = {name: medians(results) for name, results in runs.items()}
    judged = {name: [Judged.of(figures, each) for each in names_in(figures)] for name, figures in middle.items()}
    everything = [each for results in judged.values() for each in results]
    if options.json:
        show_json({"medians": middle, "judged": [each.figures() for each in everything], "runs": runs})
    else:
        for name, results in judged.items():
            title = f"{name}, ms ({middle[name]['other_cores_busy']:.1f} cores busy for others)"
            show_judged(title, ("median", "p95"), results)
    exit_by(everything, options.check)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time of a redraw, and of what it waits for.")
    parser.add_argument("--repeats", type=int, default=1, help="processes for each case (default %(default)s)")
    parser.add_argument("--times", type=int, default=10, help="redraws in each process (default %(default)s)")
    parser.add_argument("--cases", default=",".join(_CASES), help="which, with commas between (default %(default)s)")
    parser.add_argument("--check", action="store_true", help="exit status 1 if a budget is missed")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    options = parser.parse_args()
    unknown = set(options.cases.split(",")) - set(_CASES)
    if unknown:
        parser.error(f"there is no case {', '.join(sorted(unknown))}; there are {', '.join(_CASES)}")
    if options.repeats < 1 or not 1 <= options.times <= _MOST_TIMES:
        parser.error(f"--repeats must be 1 or more, --times 1 to {_MOST_TIMES}")
    return options


if __name__ == "__main__":
    main()
