"""Curves drawn as SVG: what is there is what the numbers are."""

import math
import re
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from mnist_lab.exports.curves_picture import curve_plots
from mnist_lab.exports.errors import ExportError
from mnist_lab.exports.formats import export
from mnist_lab.exports.markup import Markup, joined, tag
from mnist_lab.exports.svg_plot import PlotSurroundings, PlottedLine, plot_svg
from mnist_lab.exports.svg_ticks import axis_ticks
from mnist_lab.palette import LIGHT
from mnist_lab.runs.facts import KeptRun
from mnist_lab.runs.store import RunStore
from tests.runs.kept import keep
from tests.runs.made_runs import kept_run

SVG = "{http://www.w3.org/2000/svg}"
FRAME = PlotSurroundings("loss", "Loss", "It falls.", "Updates", "Loss", 10.0, (0.0, 1.0))


def drawn(line: PlottedLine, frame: PlotSurroundings = FRAME) -> tuple[list[list[tuple[float, float]]], int]:
    """The pieces of a line, each with its points, and how many dots there are."""
    root = ElementTree.fromstring(plot_svg(frame, [line]))
    group = root.findall(f"{SVG}g")[-1][0]
    path = group.find(f"{SVG}path")
    pieces = [re.findall(r"(-?[\d.]+) (-?[\d.]+)", piece) for piece in path.get("d").split("M")[1:]]
    return [[(float(x), float(y)) for x, y in piece] for piece in pieces], len(group.findall(f"{SVG}circle"))


def test_points_stand_where_their_numbers_are():
    pieces, dots = drawn(PlottedLine(np.array([0.0, 5.0, 10.0]), np.array([1.0, 0.5, 0.0]), "#123456"))
    ((first, middle, last),) = pieces
    assert (middle[0], middle[1]) == (pytest.approx((first[0] + last[0]) / 2), pytest.approx((first[1] + last[1]) / 2))
    assert first[0] < last[0]
    assert first[1] < last[1], "y points down"
    assert dots == 0


def test_what_is_no_number_is_a_gap_and_a_lonely_value_a_dot():
    values = np.array([0.1, 0.2, math.nan, 0.3, math.inf, 0.4, 0.5])
    pieces, dots = drawn(PlottedLine(np.arange(7.0), values, "#123456"))
    assert [len(piece) for piece in pieces] == [2, 1, 2]
    assert dots == 1
    assert drawn(PlottedLine(np.arange(3.0), np.full(3, math.nan), "#123456")) == ([], 0)
    assert drawn(PlottedLine(np.arange(7.0), values, "#123456", has_marks=True))[1] == 5


def test_a_logarithm_has_no_zero():
    frame = PlotSurroundings("loss", "Loss", "", "Updates", "Loss", 3.0, (-2.0, 1.0), is_log=True)
    pieces, _ = drawn(PlottedLine(np.arange(4.0), np.array([10.0, 1.0, 0.0, 0.1]), "#123456"), frame)
    (ten, one), (tenth,) = pieces
    assert one[1] - ten[1] == pytest.approx(tenth[1] - one[1], abs=0.11)


@pytest.mark.parametrize(
    ("ends", "spelling", "texts"),
    [
        ((0, 2345), "whole", ["0", "500", "1,000", "1,500", "2,000"]),
        ((0, 3), "whole", ["0", "1", "2", "3"]),
        ((0, 2.5), "number", ["0.0", "0.5", "1.0", "1.5", "2.0", "2.5"]),
        ((0.9, 1), "share", ["90\u00a0%", "92\u00a0%", "94\u00a0%", "96\u00a0%", "98\u00a0%", "100\u00a0%"]),
        (
            (0.995, 1),
            "share",
            ["99.5\u00a0%", "99.6\u00a0%", "99.7\u00a0%", "99.8\u00a0%", "99.9\u00a0%", "100.0\u00a0%"],
        ),
        ((-2.5, 3), "power", ["0.01", "1", "100"]),
        ((0, 30), "power", ["1", "10¹⁰", "10²⁰", "10³⁰"]),
    ],
)
def test_marks_are_round(ends: Any, spelling: Any, texts: list[str]):
    assert [tick.text for tick in axis_ticks(ends[0], ends[1], 5, spelling)] == texts


def read(runs: list[KeptRun]) -> list[Any]:
    """The plots of loss and accuracy."""
    return [ElementTree.fromstring(plot) for plot in curve_plots(runs, str)]


def test_one_run_has_every_batch_and_what_was_measured():
    loss, accuracy = read([kept_run(1, epochs=3)])
    texts = [element.text for element in loss.iter(f"{SVG}text")]
    assert {"every batch", "smoothed", "test digits", "Loss", "Gradient updates"} <= {*texts}
    assert loss.get("role") == "img"
    ids = loss.get("aria-labelledby").split()
    assert [element.get("id") for element in loss[:2]] == ids
    assert "Run 1: smoothed, from 2.3" in loss[1].text
    assert "100\u00a0%" in [element.text for element in accuracy.iter(f"{SVG}text")]


def test_no_extreme_is_lost_in_a_long_run():
    run = kept_run(1, epochs=60)
    run.losses[1_234] = 7.0
    loss, _ = read([run])
    assert "8" in [element.text for element in loss.iter(f"{SVG}text")], "the axis holds it"
    pale = max(path.get("d") for path in loss.iter(f"{SVG}path") if path.get("stroke") == LIGHT.training_pale)
    points = re.findall(r"[ML]([\d.]+) ([\d.]+)", pale)
    assert len(points) < 1_000
    highest = min(points, key=lambda point: float(point[1]))
    assert float(highest[0]) == pytest.approx(70 + 1_234 / 1_920 * (720 - 70 - 16), abs=2)


def test_several_runs_have_their_own_looks():
    runs = [kept_run(1, name="narrow"), kept_run(2, batch_size=50), kept_run(7, end="diverged")]
    loss, _ = read(runs)
    texts = [element.text for element in loss.iter(f"{SVG}text")]
    assert {"Run 1 “narrow”", "Run 2", "Run 7", "Epochs"} <= {*texts}
    looks = {(path.get("stroke"), path.get("stroke-dasharray")) for path in loss.iter(f"{SVG}path")}
    assert len({look for look in looks if look[0] in LIGHT.series}) >= 3


def test_a_loss_that_has_run_away_makes_the_axis_logarithmic_and_is_not_shown_whole():
    run = kept_run(1)
    run.losses[5:9] = [1e3, 1e9, 1e20, np.inf]
    loss, _ = read([run])
    texts = [element.text for element in loss.iter(f"{SVG}text")]
    assert "Loss (logarithmic)" in texts
    assert "Some losses lie above 10,000." in texts
    assert "10,000" in texts


def test_a_run_without_a_number_is_still_a_picture():
    run = kept_run(1)
    run.losses[:] = np.nan
    assert "no finite number" in read([run])[0][1].text


def test_what_was_typed_stays_text(tmp_path):
    store = RunStore()
    run_id = keep(store, name="</text><script>alert(1)</script>").id
    path = export(store, run_id, tmp_path / "run.svg").paths[0]
    root: Any = ElementTree.fromstring(path.read_bytes())
    assert root.find(f".//{SVG}script") is None
    assert "</text><script>" in root.find(f"{SVG}text").text
    with pytest.raises(ExportError, match="no curves"):
        export(store, run_id, path, update=0)


def test_only_markup_is_not_escaped():
    assert tag("p", "1 < 2 & 3", tag("b", "x"), class_='a"b') == '<p class="a&quot;b">1 &lt; 2 &amp; 3<b>x</b></p>'
    assert tag("br") == "<br>"
    assert tag("img", alt=None, hidden=True, aria_label="<>") == '<img hidden aria-label="&lt;&gt;">'
    assert joined(Markup("<b>"), "<b>") == "<b>&lt;b&gt;"
