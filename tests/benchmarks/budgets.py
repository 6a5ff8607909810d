"""What the benchmarks with budgets share: a figure beside what it may be, the table, the exit status."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass

from tests.benchmarks.processes import Figures, percentiles, show_table

_BUDGET = " budget"


def measured(name: str, values: Sequence[float], budget: float) -> Figures:
    """In a case: the percentiles of a figure, with its budget."""
    return {**percentiles(values, name), f"{name}{_BUDGET}": budget}


def names_in(figures: Figures) -> list[str]:
    """What was `measured`, in that order."""
    return [name.removesuffix(_BUDGET) for name in figures if name.endswith(_BUDGET)]


@dataclass(frozen=True)
class Judged:
    """A figure, told in several ways, beside its budget.

    Attributes:
        name: for the table, with its unit.
        values: the first of them is judged.
        budget: what it may be at most.
    """

    name: str
    values: tuple[float, ...]
    budget: float

    @classmethod
    def of(cls, figures: Figures, name: str) -> "Judged":
        """Something `measured`: its median and p95; the median is judged."""
        return cls(name, (figures[f"{name} p50"], figures[f"{name} p95"]), figures[f"{name}{_BUDGET}"])

    @property
    def is_ok(self) -> bool:
        """Whether it is within its budget."""
        return self.values[0] <= self.budget

    def row(self) -> tuple[str, ...]:
        """For the table."""
        return (
            self.name,
            *(f"{value:,.1f}" for value in self.values),
            f"{self.budget:,.0f}",
            "yes" if self.is_ok else "NO",
        )

    def figures(self) -> dict[str, object]:
        """For JSON."""
        return {"name": self.name, "value": self.values[0], "budget": self.budget, "ok": self.is_ok}


def show_judged(title: str, columns: Sequence[str], results: Sequence[Judged]) -> None:
    """Print a table of them; `columns` names their values."""
    show_table(title, ("", *columns, "budget", "ok"), [result.row() for result in results])


def exit_by(results: Sequence[Judged], check: bool) -> None:
    """End with status 1 if the budgets are to be checked and one is missed."""
    if check and not all(result.is_ok for result in results):
        sys.exit(1)
