"""Several training sessions in one process: `python -m tests.benchmarks.sessions`.

784-512-10, RMSprop, batches of 128, 60,000 images; one thread, nobody watching, a process for each repeat.

turns of 60, of 1:  four sessions of one shape that take turns of so many updates; all their updates a second in sum,
                    divided by those of one session alone in chunks of the same length (both measured three times, one
                    after the other and again from the first).
MB a session:       resident memory with four sessions that have trained, less that with one, divided by three.
snapshot, restore:  milliseconds to copy all that an update changes, to turn it into bytes, and to go back to it.
MB after 20 to 60:  how much resident memory grows from the 20th to the 60th of sessions over four shapes, one after the
                    other; TensorFlow keeps about 10 MB for each *new* program.
"""

import argparse

from tests.benchmarks.processes import Case, full_set, medians, show_json, show_table, take_turns


def main() -> None:
    options = _options()
    case = Case("sessions", "tests.benchmarks.sessions_case", (str(full_set()),))
    results = take_turns([case], options.repeats)["sessions"]
    middle = medians(results)
    if options.json:
        show_json({"medians": middle, "runs": results})
        return
    rows = []
    for name, value in middle.items():
        values = [run[name] for run in results]
        rows.append((name, f"{value:.2f}", f"{min(values):.2f}", f"{max(values):.2f}"))
    show_table("Sessions in one process", ("", "median", "least", "most"), rows)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Speed and memory of several training sessions in one process.")
    parser.add_argument("--repeats", type=int, default=3, help="processes (default %(default)s)")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    options = parser.parse_args()
    if options.repeats < 1:
        parser.error("--repeats must be 1 or more")
    return options


if __name__ == "__main__":
    main()
