"""The naive way to a gradient, used with mouse and keys on the real network of the lab."""

import threading
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox

from mnist_lab.descent.functions import Function
from mnist_lab.descent.perturbation import GRADIENT_COST, Way, cosine
from mnist_lab.experiment import Experiment
from mnist_lab.inspection.forward import scaled
from mnist_lab.inspection.gradient import batch_gradient
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.studies.sweeping import Courses
from mnist_lab.window.pages.descent.naive import race_stage
from mnist_lab.window.pages.descent.naive.naive_tab import NaiveTab
from mnist_lab.window.pages.descent.naive.weight_picker import WeightPicker
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.basic.stat_card import StatCard
from mnist_lab.window.widgets.fields.number_fields import WholeNumberBox
from mnist_lab.window.widgets.plots.xy_plot import XyPlot
from mnist_lab.words import LabError
from tests.window.conftest import Driver
from tests.window.tab_host import TabHost

TINY = Experiment(hidden_units=(2,), epochs=1)
PARAMETERS = TINY.parameters()
CHAPTER = Experiment()


@pytest.fixture
def host(driver: Driver) -> TabHost[NaiveTab]:
    return TabHost(driver, NaiveTab)


def _plot(host: TabHost[NaiveTab], name: str) -> XyPlot:
    return host.find(XyPlot, name)


def _card(host: TabHost[NaiveTab], name: str) -> str:
    return host.find(StatCard, name).value


def _verdict(host: TabHost[NaiveTab], name: str) -> Notice:
    return host.find(Notice, name)


def _true_gradient(lab: Lab) -> np.ndarray:
    """Of the first 128 training images in float64, apart from the code of the tab."""
    assert lab.weights is not None
    assert lab.run is not None
    layers = tuple(
        DenseWeights(layer.kernel.astype(np.float64), layer.bias.astype(np.float64)) for layer in lab.weights.layers
    )
    exact = NetworkWeights(layers, lab.weights.activation, 0)
    digits = lab.run.digits
    gradient = batch_gradient(exact, scaled(digits.train_images[:128]).astype(np.float64), digits.train_labels[:128])
    return np.concatenate([part.ravel() for layer in gradient.layers for part in (layer.kernel, layer.bias)])


def _bytes(lab: Lab) -> bytes:
    assert lab.weights is not None
    return b"".join(layer.kernel.tobytes() + layer.bias.tobytes() for layer in lab.weights.layers)


def _train(host: TabHost[NaiveTab]) -> None:
    host.lab.start()
    host.driver.wait_for_end()


# One knob


def test_two_probes_of_the_card_and_the_arrow_appears(host: TabHost[NaiveTab]) -> None:
    plot = _plot(host, "cardPlot")
    assert (_card(host, "cardPasses"), _card(host, "cardMove")) == ("0", "–")
    assert not host.find(QAbstractButton, "cardProbe").isEnabled()  # 0.30 is known already
    host.press("cardKnob", Qt.Key.Key_PageUp)
    assert host.text("cardWeight") == "0.35"
    host.click("cardProbe")
    assert (_card(host, "cardPasses"), _card(host, "cardMove")) == ("1", "–")
    host.press("cardKnob", Qt.Key.Key_PageDown, Qt.Key.Key_PageDown)
    host.click("cardProbe")
    assert (_card(host, "cardPasses"), _card(host, "cardMove")) == ("2", "−0.05")
    assert "move by −0.05" in host.text("cardStory")
    np.testing.assert_allclose(plot.points("probes"), ([0.25, 0.30, 0.35], [0.4, 0.5, 0.6]), atol=1e-12)


def test_the_loss_stays_hidden_until_it_was_probed(host: TabHost[NaiveTab]) -> None:
    reveal = host.find(QAbstractButton, "cardReveal")
    assert not reveal.isEnabled()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left):
        host.press("cardKnob", key)
        host.click("cardProbe")
    assert len(_plot(host, "cardPlot").points("curve")[0]) == 0
    host.press("cardReveal", Qt.Key.Key_Space)
    assert len(_plot(host, "cardPlot").points("curve")[0]) > 100
    host.click("cardAgain")
    assert len(_plot(host, "cardPlot").points("curve")[0]) == 0
    assert _card(host, "cardPasses") == "0"


def test_the_stages_are_one_click_or_one_key_away(host: TabHost[NaiveTab]) -> None:
    host.click("naiveStageNext")
    assert host.find(QAbstractButton, "naiveStage2").isChecked()
    host.press("naiveStage2", Qt.Key.Key_Right)
    assert host.find(QAbstractButton, "naiveStage3").isChecked()
    host.press("naiveStage3", Qt.Key.Key_4)
    assert not host.find(QAbstractButton, "naiveStageNext").isEnabled()
    host.click("naiveStage1")
    assert not host.find(QAbstractButton, "naiveStageBack").isEnabled()
    assert host.find(QAbstractButton, "cardProbe").isVisible()


# One weight


@pytest.mark.keras
@pytest.mark.experiment(TINY)
def test_without_a_network_one_batch_is_offered(host: TabHost[NaiveTab]) -> None:
    host.click("naiveStage2")
    assert "None is trained yet" in host.text("naiveNeedsNetwork")
    host.click("naiveTrainOneNow")
    host.wait(lambda: len(_plot(host, "naiveLossPlot").points("loss")[0]) == 21)
    host.lab.live.stop()
    host.driver.wait_for_end()


@pytest.mark.keras
@pytest.mark.experiment(TINY)
def test_the_loss_along_a_weight_has_the_slope_of_the_gradient(host: TabHost[NaiveTab]) -> None:
    _train(host)
    before = _bytes(host.lab)
    host.click("naiveStage2")
    picker = host.find(WeightPicker, "naiveWeights")
    unit = host.find(WholeNumberBox, "naiveUnit")
    gradient = _true_gradient(host.lab)
    unit.setValue(int(np.abs(gradient[:1568].reshape(784, 2)).max(axis=0).argmax()))
    row, column = divmod(int(np.abs(gradient[:1568].reshape(784, 2)[:, unit.value()]).argmax()), 28)
    host.driver.qtbot.mouseClick(
        picker, Qt.MouseButton.LeftButton, pos=picker.cell_rect(row, column).center().toPoint()
    )
    assert picker.chosen == (row, column)
    weight = host.lab.weights.layers[0].kernel[28 * row + column, unit.value()]
    plot = _plot(host, "naiveLossPlot")
    host.wait(lambda: len(plot.points("now")[0]) == 1 and plot.points("now")[0][0] == weight)
    expected = gradient[(28 * row + column) * 2 + unit.value()]
    x, y = plot.points("tangent")
    assert (y[2] - y[0]) / (x[2] - x[0]) == pytest.approx(expected, rel=1e-6)
    places, losses = plot.points("loss")
    assert len(places) == 21
    assert places[10] == weight
    assert y[1] == losses[10]
    np.testing.assert_allclose(np.interp(weight + 1e-9, places, losses), losses[10], atol=1e-6)
    assert host.text("naiveSlope").startswith("21 forward passes of 128 images")
    assert _bytes(host.lab) == before


@pytest.mark.keras
@pytest.mark.experiment(TINY)
def test_a_border_pixel_gives_a_flat_line_and_keys_choose(host: TabHost[NaiveTab]) -> None:
    _train(host)
    host.click("naiveStage2")
    picker, plot = host.find(WeightPicker, "naiveWeights"), _plot(host, "naiveLossPlot")
    host.press("naiveWeights", *[Qt.Key.Key_Up] * 20, *[Qt.Key.Key_Left] * 20, Qt.Key.Key_Return)
    assert picker.chosen == (0, 0)
    host.wait(lambda: "sees no ink" in host.text("naiveSlope"))
    assert np.ptp(plot.points("loss")[1]) == 0


@pytest.mark.keras
@pytest.mark.experiment(TINY)
def test_the_curve_can_be_taken_to_the_descent_tab(host: TabHost[NaiveTab]) -> None:
    _train(host)
    host.click("naiveStage2")
    plot = _plot(host, "naiveLossPlot")
    host.wait(lambda: len(plot.points("loss")[0]) == 21)
    with host.driver.qtbot.waitSignal(host.tab.sampled) as taken:
        host.click("naiveTake")
    function = taken.args[0]
    assert isinstance(function, Function)
    places, losses = plot.points("loss")
    np.testing.assert_allclose(function.f(places), losses, atol=1e-12)
    x, y = plot.points("tangent")
    assert function.slope_at(function.start) == pytest.approx((y[2] - y[0]) / (x[2] - x[0]), abs=1e-9)
    assert function.start == plot.points("now")[0][0]


# All weights


@pytest.mark.keras
@pytest.mark.experiment(TINY)
def test_nudging_every_weight_is_the_gradient_and_changes_none(host: TabHost[NaiveTab]) -> None:
    _train(host)
    before, weights = _bytes(host.lab), host.lab.weights
    host.click("naiveStage3")
    host.wait(lambda: "on this machine" in host.text("sweepEstimate"))
    assert f"{2 * PARAMETERS:,} forward passes" in host.text("sweepEstimate")
    empty = "Once weights are nudged, each one is a mark here."
    assert _plot(host, "sweepPlot").accessibleDescription() == empty, "no axes of nothing"
    host.click("sweepStart")
    host.wait(lambda: "same bytes" in host.text("sweepProof"))
    assert host.find(QAbstractButton, "sweepStart").hasFocus()
    assert _card(host, "sweepPasses") == f"{2 * PARAMETERS:,}"
    assert float(_card(host, "sweepCosine")) >= 0.999
    assert "less" not in _card(host, "sweepTime"), "a short time has a unit of its own: the words have no room"
    exact, nudged = _plot(host, "sweepPlot").points("slopes")
    assert len(exact) == PARAMETERS
    np.testing.assert_allclose(exact, np.sort(_true_gradient(host.lab)), rtol=1e-9, atol=1e-15)
    assert cosine(nudged, exact) >= 0.999
    assert _plot(host, "sweepPlot").accessibleDescription() != empty
    assert _verdict(host, "sweepVerdict").severity == "good"
    assert "times as long as one backward pass" in _verdict(host, "sweepVerdict").text
    assert host.lab.weights is weights
    assert _bytes(host.lab) == before

    scheme = host.find(QComboBox, "sweepScheme")
    scheme.setCurrentIndex(1)
    host.click("sweepStart")
    host.wait(lambda: _card(host, "sweepPasses") == f"{1 + PARAMETERS:,}")
    assert float(_card(host, "sweepCosine")) >= 0.999


@pytest.mark.keras
@pytest.mark.experiment(CHAPTER)
def test_the_chapters_network_takes_long_says_so_and_can_be_stopped(host: TabHost[NaiveTab]) -> None:
    host.lab.step()
    host.wait(lambda: host.lab.live.is_paused and host.lab.weights is not None and host.lab.run.updates == 1)
    host.click("naiveStage3")
    host.wait(lambda: "on this machine" in host.text("sweepEstimate"))
    assert "407,050 weights: 814,100 forward passes" in host.text("sweepEstimate")
    assert " min" in host.text("sweepEstimate")
    host.click("sweepStart")
    host.wait(lambda: " left" in _verdict(host, "sweepVerdict").text)
    host.click("sweepStop")
    host.wait(lambda: "same bytes" in host.text("sweepProof"))
    done = int(_verdict(host, "sweepVerdict").text.split()[0].replace(",", ""))
    assert 0 < done < CHAPTER.parameters()
    assert _card(host, "sweepPasses") == f"{2 * done:,}"

    amount = host.find(QComboBox, "sweepAmount")
    amount.setCurrentIndex(amount.findData(100))
    host.click("sweepStart")
    host.wait(lambda: _card(host, "sweepPasses") == "200")
    assert float(_card(host, "sweepCosine")) >= 0.999
    host.lab.live.stop()
    host.driver.wait_for_end()


# Three ways


@pytest.mark.keras
@pytest.mark.experiment(TINY)
def test_the_gradient_lowers_the_loss_most_for_its_passes(host: TabHost[NaiveTab]) -> None:
    _train(host)
    before = _bytes(host.lab)
    host.click("naiveStage4")
    host.find(WholeNumberBox, "racePasses").setValue(60)
    empty = "Once the race begins, the loss of each way is drawn here."
    assert _plot(host, "racePlot").accessibleDescription() == empty, "no axes of nothing"
    host.click("raceStart")
    host.wait(lambda: _verdict(host, "raceVerdict").text.startswith("Loss lowered"))
    assert _plot(host, "racePlot").accessibleDescription() != empty
    courses = {name: _plot(host, "racePlot").points(name) for name in ("one", "together", "gradient")}
    assert len({losses[0] for _, losses in courses.values()}) == 1
    assert all(passes[0] == 0 and passes[-1] == 60 for passes, _ in courses.values())
    assert np.diff(courses["gradient"][0]).tolist() == [GRADIENT_COST] * 20
    ends = {name: losses[-1] for name, (_, losses) in courses.items()}
    assert ends["gradient"] < min(ends["one"], ends["together"])
    assert _bytes(host.lab) == before


@pytest.mark.keras
@pytest.mark.experiment(TINY)
def test_a_race_says_how_far_it_is_and_what_fails_is_told(
    host: TabHost[NaiveTab], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise LabError("there is no memory left")

    gate = threading.Event()

    def report_and_wait(
        _loss: object, _rate: float, passes: int, report: Callable[[Courses], None], *_: object
    ) -> Courses:
        spent = np.array([[0.0, 2.0], [passes / 4, 1.0]])
        report(dict.fromkeys(Way, spent))
        gate.wait(60)
        return dict.fromkeys(Way, spent)

    _train(host)
    host.click("naiveStage4")
    monkeypatch.setattr(race_stage, "run_race", report_and_wait)
    host.find(WholeNumberBox, "racePasses").setValue(400)
    host.click("raceStart")
    host.wait(lambda: _verdict(host, "raceVerdict").text.startswith("100 of 400 forward passes each, about "))
    gate.set()
    host.wait(lambda: host.find(QAbstractButton, "raceStart").isEnabled())
    monkeypatch.setattr(race_stage, "run_race", fail)
    with host.driver.qtbot.waitSignal(host.lab.problem) as told:
        host.click("raceStart")
    assert told.args == ["there is no memory left"]
    assert host.find(QAbstractButton, "raceStart").isEnabled()
    assert not host.find(QAbstractButton, "raceStop").isEnabled()


@pytest.mark.keras
@pytest.mark.experiment(TINY)
def test_points_are_read_by_pointer_and_keys(host: TabHost[NaiveTab]) -> None:
    _train(host)
    host.click("naiveStage4")
    host.find(WholeNumberBox, "racePasses").setValue(30)
    host.click("raceStart")
    host.wait(lambda: _verdict(host, "raceVerdict").text.startswith("Loss lowered"))
    plot = _plot(host, "racePlot")
    host.press("racePlot", Qt.Key.Key_Home)
    assert plot.readout.startswith("forward passes 0: ")
    assert plot.readout.count("·") == 2
    host.press("racePlot", Qt.Key.Key_End)
    assert plot.readout.startswith("forward passes 30: ")
    host.press("racePlot", Qt.Key.Key_Escape)
    assert plot.readout == ""
    view = plot.getViewBox()
    place = plot.mapFromScene(view.mapViewToScene(QPointF(15, view.viewRect().center().y())))
    host.point(plot.viewport(), place)
    assert plot.readout.startswith("forward passes 15: ")
