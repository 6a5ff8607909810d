"""The curves of runs as pictures: loss and accuracy of one run with every batch, or of several over each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_lab.exports.errors import writing
from mnist_lab.exports.markup import Markup, tag
from mnist_lab.exports.material import Exported, Material
from mnist_lab.exports.spelled import Say
from mnist_lab.exports.svg_plot import FONT, HEIGHT, WIDTH, PlotSurroundings, PlottedLine, plot_svg
from mnist_lab.exports.tables import check_numbers
from mnist_lab.files.atomic import DOCUMENT, write_atomically
from mnist_lab.palette import LIGHT, look_of_run
from mnist_lab.runs.comparing_curves import Along, Quantity, RunCurve, curve_of, updates_per_epoch
from mnist_lab.runs.facts import KeptRun
from mnist_lab.runs.settings_told import all_settings
from mnist_lab.studies.curve_shapes import linear_range, log_range, share_range, thin_smooth, thin_to_peaks
from mnist_lab.words import QT_TRANSLATE_NOOP

_MOST_POINTS = 600
"""Of a line: a plot is 640 units wide."""
_MOST_DIVIDERS = 20
_TOO_HIGH = 20.0
"""A loss beyond it makes the axis logarithmic: guessing has 2.3."""
_HIGHEST = 10_000.0
"""A loss beyond it is not shown: whoever comes from there lets all others look the same."""
_RISE = 0.02
"""Share of a line that may be lower than what is shown."""
_LONGEST_NAME = 40
_TITLE = 52


@dataclass(frozen=True)
class _Axis:
    along: Along
    words: str


def curve_plots(runs: Sequence[KeptRun], say: Say, top: float | None = None) -> list[Markup]:
    """Loss and accuracy, each as an SVG element; `top`: where the first stands within another one."""
    quantities: tuple[Quantity, ...] = ("loss", "accuracy")
    return [
        _plot(runs, quantity, say, None if top is None else top + number * HEIGHT)
        for number, quantity in enumerate(quantities)
    ]


def write_picture(material: Material, path: Path) -> Exported:
    """Write both into one .svg file, below each other.

    Raises:
        ExportError: there are no numbers, or the file cannot be written.
    """
    check_numbers(material.kept)
    title = run_title(material.kept, material.say)
    settings = "" if material.kept.experiment is None else all_settings(material.kept.experiment)
    height = _TITLE + 2 * HEIGHT
    content = tag(
        "svg",
        tag("rect", width=WIDTH, height=height, fill=LIGHT.panel),
        tag("text", title, x=16, y=24, font_family=FONT, font_size=15, font_weight=600),
        tag("text", settings, x=16, y=43, font_family=FONT, font_size=12, fill=LIGHT.muted),
        *curve_plots([material.kept], material.say, _TITLE),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {height}",
        width=WIDTH,
        height=height,
        fill=LIGHT.text,
    )
    with writing(path):
        write_atomically(path, f'<?xml version="1.0" encoding="UTF-8"?>\n{content}\n'.encode(), DOCUMENT)
    return Exported((path,), material.remarks())


def run_title(run: KeptRun, say: Say) -> str:
    """What a run is called in a title: its number, and its name if it has one."""
    number = say(QT_TRANSLATE_NOOP("report", "Run {number:,}")).format(number=run.facts.number)
    return f"{number} “{run.name}”" if run.name else number


def _plot(runs: Sequence[KeptRun], quantity: Quantity, say: Say, top: float | None) -> Markup:
    axis = _axis(runs, say)
    lines = _lines_of_one(runs[0], quantity, axis.along, say) if len(runs) == 1 else []
    if len(runs) > 1:
        lines = [line for run in runs for line in _lines_of_several(run, quantity, axis.along, say)]
    finite = np.concatenate([line.values[np.isfinite(line.values)] for line in lines])
    is_log = quantity == "loss" and bool(finite.size) and float(finite.max()) > _TOO_HIGH
    height = _share_range(lines) if quantity == "accuracy" else _loss_range(finite, is_log)
    ends = [float(line.places[-1]) for line in lines if len(line.places)]
    frame = PlotSurroundings(
        name=quantity,
        title=say(_TITLES[quantity]),
        description=" ".join(_described(run, quantity, say) for run in runs),
        across=axis.words,
        upward=say(_LOG_LOSS) if is_log else say(_NAMES[quantity]),
        end=max([*ends, 1.0]),
        range=height,
        is_log=is_log,
        is_share=quantity == "accuracy",
        dividers=_dividers(runs, axis.along),
        note=_note(quantity, finite, height, say),
    )
    return plot_svg(frame, lines, top=top)


_NAMES = {"loss": QT_TRANSLATE_NOOP("report", "Loss"), "accuracy": QT_TRANSLATE_NOOP("report", "Accuracy")}
_LOG_LOSS = QT_TRANSLATE_NOOP("report", "Loss (logarithmic)")
_TITLES = {
    "loss": QT_TRANSLATE_NOOP("report", "Loss while training"),
    "accuracy": QT_TRANSLATE_NOOP("report", "Accuracy while training"),
}


def _axis(runs: Sequence[KeptRun], say: Say) -> _Axis:
    """Updates; epochs where one of them is not as long in all runs."""
    if len({updates_per_epoch(run) for run in runs}) == 1:
        return _Axis("updates", say(QT_TRANSLATE_NOOP("report", "Gradient updates")))
    return _Axis("epochs", say(QT_TRANSLATE_NOOP("report", "Epochs")))


def _lines_of_one(run: KeptRun, quantity: Quantity, along: Along, say: Say) -> list[PlottedLine]:
    """Every batch, thinned without losing an extreme; the smoothed line; what was measured after each epoch."""
    values = run.losses if quantity == "loss" else run.accuracies
    places, every = thin_to_peaks(values, 0, len(values), max(2 * len(values) // _MOST_POINTS, 1))
    smooth = _thinned(curve_of(run, quantity, "batches", along))
    batch, smoothed = (
        say(QT_TRANSLATE_NOOP("report", "every batch")),
        say(QT_TRANSLATE_NOOP("report", "smoothed")),
    )
    return [
        PlottedLine(places, every, LIGHT.training_pale, batch, width=0.7),
        PlottedLine(*smooth, LIGHT.training, smoothed),
        _measured(run, quantity, along, LIGHT.validation, measured_on(run, say)),
    ]


def _lines_of_several(run: KeptRun, quantity: Quantity, along: Along, say: Say) -> list[PlottedLine]:
    """A run's smoothed line with its own look, and what was measured after each epoch."""
    look = look_of_run(run.facts.number, LIGHT)
    title = run_title(run, say)
    label = title if len(title) <= _LONGEST_NAME else title[: _LONGEST_NAME - 1] + "…"
    return [
        PlottedLine(*_thinned(curve_of(run, quantity, "batches", along)), look.colour, label, look.dash),
        _measured(run, quantity, along, look.colour, ""),
    ]


def _measured(run: KeptRun, quantity: Quantity, along: Along, colour: str, label: str) -> PlottedLine:
    curve = curve_of(run, quantity, "validation", along)
    return PlottedLine(
        curve.places, curve.values, colour, label if len(curve.places) else "", width=1.0, has_marks=True
    )


def _thinned(curve: RunCurve) -> tuple[NDArray[Any], NDArray[Any]]:
    indices, values = thin_smooth(curve.values, 0, len(curve.values), max(len(curve.values) // _MOST_POINTS, 1))
    return curve.places[indices.astype(np.intp)], values


def measured_on(run: KeptRun, say: Say) -> str:
    """What the digits are called that each epoch is measured on and does not learn from."""
    if run.experiment is not None and run.experiment.validation == "held_out":
        return say(QT_TRANSLATE_NOOP("report", "held-out digits"))
    return say(QT_TRANSLATE_NOOP("report", "test digits"))


def _loss_range(finite: NDArray[np.floating], is_log: bool) -> tuple[float, float]:
    if is_log:
        return log_range(float(finite[finite > 0].min()), min(float(finite.max()), _HIGHEST), has_zeros=False)
    return linear_range(0.0, float(finite.max()) if finite.size else 1.0)


def _share_range(lines: Sequence[PlottedLine]) -> tuple[float, float]:
    """Of accuracies: what lies above the first steep rise, and all that was measured after an epoch."""
    lowest = [
        float(np.nanmin(line.values) if line.has_marks else np.nanquantile(line.values, _RISE))
        for line in lines
        if np.isfinite(line.values).any()
    ]
    return share_range(min(lowest, default=0.0))


def _note(quantity: Quantity, finite: NDArray[np.floating], height: tuple[float, float], say: Say) -> str:
    """What is not in view, if anything is not."""
    if not finite.size:
        return ""
    if quantity == "accuracy" and float(finite.min()) < height[0]:
        words = QT_TRANSLATE_NOOP("report", "Some batches lie below {percent:.0f}\u00a0%.")
        return say(words).format(percent=100 * height[0])
    if quantity == "loss" and float(finite.max()) > _HIGHEST:
        return say(QT_TRANSLATE_NOOP("report", "Some losses lie above {loss:,.0f}.")).format(loss=_HIGHEST)
    return ""


def _dividers(runs: Sequence[KeptRun], along: Along) -> Sequence[float]:
    """Where epochs end, if there are few, and the same ones in all runs."""
    ends = max((run.epochs for run in runs), key=len)
    if along == "epochs" or len(ends) > _MOST_DIVIDERS:
        return ()
    return [end.updates for end in ends]


def _described(run: KeptRun, quantity: Quantity, say: Say) -> str:
    """What is to be seen, for whoever does not see it."""
    smooth = curve_of(run, quantity, "batches", "updates").values
    finite = smooth[np.isfinite(smooth)]
    if not finite.size:
        return say(QT_TRANSLATE_NOOP("report", "{run}: no finite number.")).format(run=run_title(run, say))
    words = QT_TRANSLATE_NOOP(
        "report", "{run}: smoothed, from {first:.4g} to {last:.4g} in {updates:,} gradient updates."
    )
    return say(words).format(run=run_title(run, say), first=finite[0], last=finite[-1], updates=run.updates)
