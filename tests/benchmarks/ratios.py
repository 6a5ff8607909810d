"""What the benchmarks of races and of sweeps share: two ways to train that take turns, and a budget for their ratio."""

import argparse
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.benchmarks.processes import Case, Figures, full_set, medians, show_json, show_table, take_turns


@dataclass(frozen=True)
class Count:
    """An option that is a whole number.

    Attributes:
        usual: where it is left out.
        meaning: for the help.
        least: that makes sense.
    """

    usual: int
    meaning: str
    least: int = 1


@dataclass(frozen=True)
class RatioBenchmark:
    """A benchmark whose case prints ratios beside other figures.

    Attributes:
        name: of its modules, `tests.benchmarks.NAME` and `NAME_case`.
        title: of its table.
        counts: options that the case gets behind the path of the full set, in this order.
        least_ratio: the budget.
        is_judged: whether it holds for a figure of that name.
        digits: of a figure of that name.
    """

    name: str
    title: str
    counts: Mapping[str, Count]
    least_ratio: float
    is_judged: Callable[[str], bool]
    digits: Callable[[str], int] = lambda _figure: 2

    def main(self) -> None:
        """Measure, show, and with --check end with status 1 where the budget is missed."""
        options = self._options()
        counts = [str(getattr(options, count)) for count in self.counts]
        case = Case(self.name, f"tests.benchmarks.{self.name}_case", (str(full_set()), *counts))
        results = take_turns([case], options.repeats)[self.name]
        middle = medians(results)
        if options.json:
            show_json({"medians": middle, "runs": results, "least_ratio": self.least_ratio})
        else:
            rows = [self._row(name, value, [run[name] for run in results]) for name, value in middle.items()]
            show_table(self.title, ("", "median", "least", "most", "budget"), rows)
        if options.check and not self.is_kept(middle):
            sys.exit(1)

    def is_kept(self, middle: Figures) -> bool:
        """Whether no figure that is judged misses the budget."""
        return all(value >= self.least_ratio for name, value in middle.items() if self.is_judged(name))

    def _row(self, name: str, value: float, values: list[float]) -> tuple[str, ...]:
        budget = f"{self.least_ratio} at least" if self.is_judged(name) else ""
        return name, *(f"{one:,.{self.digits(name)}f}" for one in (value, min(values), max(values))), budget

    def _options(self) -> argparse.Namespace:
        parser = argparse.ArgumentParser(description=f"{self.title}.")
        counts = {"repeats": Count(3, "processes"), **self.counts}
        for name, count in counts.items():
            parser.add_argument(
                f"--{name}", type=int, default=count.usual, help=f"{count.meaning} (default %(default)s)"
            )
        parser.add_argument("--check", action="store_true", help="exit status 1 if a budget is missed")
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
        options = parser.parse_args()
        for name, count in counts.items():
            if getattr(options, name) < count.least:
                parser.error(f"--{name} must be {count.least} or more")
        return options
