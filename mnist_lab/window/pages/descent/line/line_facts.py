"""What the course reads of the local line."""

from collections.abc import Callable
from functools import partial
from math import isfinite

from mnist_lab.course.state import Value
from mnist_lab.descent.local_line import LocalLine, local_line
from mnist_lab.window.pages.descent.line.line_model import LineModel
from mnist_lab.window.state.views import View


def tell_line(view: View, model: LineModel) -> None:
    """Tell the course which point is looked at, and how far the line is off."""
    view.tell("lineFunction", lambda: model.function.identifier)
    view.tell("lineIsChosen", lambda: model.is_chosen)
    facts: dict[str, Callable[[LocalLine], float]] = {
        "lineX": lambda line: line.x,
        "lineY": lambda line: line.y,
        "lineSlope": lambda line: line.slope,
        "lineEpsilon": lambda line: line.epsilon,
        "lineTrue": lambda line: line.true,
        "linePredicted": lambda line: line.predicted,
        "lineGap": lambda line: line.error,
        "lineTenfold": partial(_tenfold, model),
    }
    for name, read in facts.items():
        view.tell(name, partial(_of_line, model, read))


def _of_line(model: LineModel, read: Callable[[LocalLine], float]) -> Value:
    """None for what is no number: it would differ from itself."""
    number = read(model.line)
    return number if isfinite(number) else None


def _tenfold(model: LineModel, line: LocalLine) -> float:
    """How many times as large the gap is ten times as far away; NaN where there is none here."""
    return local_line(model.function, line.x, 10 * line.epsilon).error / line.error if line.error else float("nan")
