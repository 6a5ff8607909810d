"""The Evaluate page is thrown away and built again: what was chosen, measured and looked at closely is still there."""

import dataclasses
import threading
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QComboBox, QProgressBar, QTabWidget

from mnist_lab.data.digits import Images, Labels
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.studies import robustness_work
from mnist_lab.studies.layer_map import LayerMap, MapRequest, compute_map
from mnist_lab.studies.robustness_work import Measured
from mnist_lab.window.pages.evaluate import map_source, measurement
from mnist_lab.window.pages.evaluate.confusion_matrix import DIGITS
from mnist_lab.window.pages.evaluate.point_map import PointMap
from mnist_lab.window.pages.evaluate.share_plot import SharePlot
from mnist_lab.window.pages.network_chooser import NetworkChooser
from mnist_lab.work import JobHandle, Progress
from tests.window.pages.evaluate.looker import ANSWERS, CERTAINTY, MAP, ROBUSTNESS, Looker, templates

DISTURBED = ("shift", "rotation", "noise", "thickness", "inversion")


def _button(looker: Looker) -> QAbstractButton:
    return looker.driver.find(QAbstractButton, "measureButton")


def _measure(looker: Looker) -> None:
    looker.tab(ROBUSTNESS)
    looker.driver.wait(lambda: _button(looker).text() == "Measure again")


def _curves(looker: Looker) -> list[list[float]]:
    plots = [looker.driver.find(SharePlot, f"{name}Plot") for name in DISTURBED]
    return [curve.values.tolist() for plot in plots for curve in plot.curves]


def test_the_open_cell_and_the_place_in_the_gallery_stay(looker: Looker) -> None:
    looker.look_at(templates(looker))
    mistakes = looker.counts * (1 - np.eye(DIGITS, dtype=np.int64))
    row, column = divmod(int(mistakes.argmax()), DIGITS)
    looker.click_cell(row, column)
    looker.driver.press("answersGallery", Qt.Key.Key_PageDown, Qt.Key.Key_Right)
    selected, scrolled = looker.grid.selected, looker.grid.verticalScrollBar().value()
    shown, heading = looker.grid.indices.tolist(), looker.driver.text("galleryHeading")
    assert selected not in (None, shown[0])
    assert scrolled > 0
    looker.rebuild()
    assert looker.matrix.opened == (row, column)
    assert looker.grid.indices.tolist() == shown
    assert looker.driver.text("galleryHeading") == heading
    assert (looker.grid.selected, looker.grid.verticalScrollBar().value()) == (selected, scrolled)
    looker.driver.click("allMistakesButton")
    assert looker.grid.indices.tolist() == looker.expected().mistakes().tolist()


def test_own_digits_stay_in_the_gallery_until_a_cell_is_opened(looker: Looker) -> None:
    looker.look_at(templates(looker))
    driver, digits = looker.driver, looker.lab.digits
    assert digits is not None
    for index in range(4):
        looker.lab.own_digits.add(digits.test_images[index].copy(), int(digits.test_labels[index]), None)
    driver.wait(lambda: "of 4 digits" in driver.text("ownAccuracy"))
    driver.click("showOwnDigits")
    looker.rebuild()
    assert driver.find(QCheckBox, "showOwnDigits").isChecked()
    assert sorted(looker.grid.indices) == [0, 1, 2, 3]
    looker.click_cell(1, 1)
    looker.tab(CERTAINTY)
    looker.rebuild()
    assert driver.find(QTabWidget, "evaluateTabs").currentIndex() == CERTAINTY
    assert not driver.find(QCheckBox, "showOwnDigits").isChecked()
    looker.tab(ANSWERS)
    assert looker.matrix.opened == (1, 1)
    assert len(looker.grid.indices) == looker.counts[1, 1]


def test_what_was_measured_and_its_example_stay(looker: Looker) -> None:
    looker.look_at(templates(looker))
    driver = looker.driver
    _measure(looker)
    driver.press("rotationPlot", *[Qt.Key.Key_Right] * 4)
    driver.click("anotherExampleButton")
    words, curves, status = driver.text("exampleWords"), _curves(looker), driver.text("robustnessStatus")
    assert words.startswith("Rotation 30: “")
    looker.rebuild()
    assert driver.text("exampleWords") == words
    assert _curves(looker) == curves
    assert driver.text("robustnessStatus") == status
    assert _button(looker).text() == "Measure again"


class HeldMeasurement:
    """Measures, and waits at the end until it may go on or is cancelled."""

    def __init__(self) -> None:
        self.calls = 0
        self.may_end = threading.Event()

    def __call__(
        self,
        weights: NetworkWeights,
        images: Images,
        labels: Labels,
        is_cancelled: Callable[[], bool],
        report: Callable[[Measured], None],
    ) -> Measured | None:
        self.calls += 1
        result = robustness_work.measure(weights, images[:20], labels[:20], is_cancelled, report)
        while not self.may_end.wait(0.01) and not is_cancelled():
            pass
        return result


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> HeldMeasurement:
    held = HeldMeasurement()
    monkeypatch.setattr(measurement, "measure", held)
    return held


def test_a_measurement_goes_on_while_the_page_is_built_again(looker: Looker, held: HeldMeasurement) -> None:
    looker.look_at(templates(looker))
    driver = looker.driver
    looker.tab(ROBUSTNESS)
    driver.wait(lambda: driver.find(QProgressBar, "robustnessProgress").value() == robustness_work.STEPS)
    curves = _curves(looker)
    driver.window.rebuild()
    driver.wait(lambda: driver.find(QProgressBar, "robustnessProgress").isVisible())
    assert driver.find(QProgressBar, "robustnessProgress").value() == robustness_work.STEPS
    assert _curves(looker) == curves
    assert _button(looker).text() == "Cancel"
    held.may_end.set()
    driver.wait(lambda: _button(looker).text() == "Measure again")
    assert "Cancelled" not in driver.text("robustnessStatus")
    assert held.calls == 1


def test_a_measurement_goes_on_while_one_looks_elsewhere_and_each_network_keeps_its_own(
    looker: Looker, held: HeldMeasurement
) -> None:
    first = templates(looker)
    hidden, output = first.layers
    second = NetworkWeights((hidden, DenseWeights(output.kernel[:, ::-1], output.bias[::-1])), "relu", 7)
    driver, status = looker.driver, "robustnessStatus"
    looker.look_at(first)
    looker.tab(ROBUSTNESS)
    driver.wait(lambda: driver.find(QProgressBar, "robustnessProgress").value() == robustness_work.STEPS)
    assert " left; it goes on while you look elsewhere." in driver.text(status)
    curves = _curves(looker)
    looker.tab(ANSWERS)
    driver.window.show_page_named("trainPage")
    driver.window.show_page_named("evaluatePage")
    looker.look_at(second)
    looker.tab(ROBUSTNESS)
    assert _button(looker).text() == "Cancel"
    assert held.calls == 1, "another network waits for its turn"
    assert "The network has changed since." in driver.text(status)
    held.may_end.set()
    driver.wait(lambda: held.calls == 2 and _button(looker).text() == "Measure again")
    assert "changed since" not in driver.text(status)
    assert _curves(looker) != curves
    looker.look_at(first)
    assert _curves(looker) == curves
    assert "changed since" not in driver.text(status)
    assert held.calls == 2, "what is known is not measured again"


def test_the_map_is_not_computed_again(looker: Looker, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def compute(request: MapRequest, handle: JobHandle) -> LayerMap:
        asked.append(request.layer)
        return compute_map(request, handle)

    monkeypatch.setattr(map_source, "compute_map", compute)
    looker.look_at(templates(looker))
    driver = looker.driver
    looker.tab(MAP)
    driver.wait(lambda: asked == [1] and not looker.lab.is_computing)
    driver.find(QComboBox, "mapLayer").setCurrentIndex(2)
    driver.wait(lambda: asked == [1, 2] and not looker.lab.is_computing)
    points = driver.find(PointMap, "pointMap").points
    looker.rebuild()
    assert driver.find(QComboBox, "mapLayer").currentIndex() == 2
    assert driver.find(PointMap, "pointMap").points is points
    assert asked == [1, 2]
    driver.find(QComboBox, "mapLayer").setCurrentIndex(1)
    assert driver.find(PointMap, "pointMap").points is not points
    assert len(driver.find(PointMap, "pointMap").points) == 1000, "it is there at once"
    assert asked == [1, 2]


def test_t_sne_goes_on_while_one_looks_elsewhere_and_can_be_cancelled(
    looker: Looker, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[JobHandle] = []
    may_end = threading.Event()

    def compute(request: MapRequest, handle: JobHandle) -> LayerMap:
        if request.method == "tsne":
            begun.append(handle)
            handle.report(Progress(1, 4, 6.0))
            while not may_end.wait(0.01):
                handle.check()
        return compute_map(dataclasses.replace(request, method="pca"), handle)

    monkeypatch.setattr(map_source, "compute_map", compute)
    looker.look_at(templates(looker))
    driver, points = looker.driver, lambda: looker.driver.find(PointMap, "pointMap").points
    method, words = (lambda: looker.driver.find(QComboBox, "mapMethod")), lambda: looker.driver.text("mapWords")
    looker.tab(MAP)
    method().setCurrentIndex(1)
    driver.wait(lambda: words() == "About 6 s left.")
    driver.click("mapCancel")
    assert method().currentData() == "pca"
    assert words() == ""
    driver.wait(lambda: len(points()) == 1000 and not looker.lab.is_computing)
    assert begun[0].is_cancelled
    method().setCurrentIndex(1)
    driver.wait(lambda: len(begun) == 2 and words() == "About 6 s left.")
    assert len(points()) == 0
    method().setCurrentIndex(0)
    assert len(points()) == 1000, "meanwhile"
    assert words() == ""
    looker.tab(ANSWERS)
    driver.window.rebuild()
    may_end.set()
    driver.wait(lambda: not looker.lab.is_computing)
    looker.tab(MAP)
    method().setCurrentIndex(1)
    assert len(points()) == 1000
    assert len(begun) == 2


@pytest.mark.parametrize(("tab", "name"), [(CERTAINTY, "thresholdPlot"), (ROBUSTNESS, "noisePlot"), (MAP, "pointMap")])
def test_where_one_looks_closer_stays(looker: Looker, tab: int, name: str) -> None:
    looker.look_at(templates(looker))
    looker.tab(tab)
    looker.driver.wait(lambda: not looker.lab.is_computing)
    whole = _ranges(looker, name)
    _turn_wheel(looker, name)
    close = _ranges(looker, name)
    assert close != whole
    looker.rebuild()
    assert _ranges(looker, name) == close
    looker.driver.press(name, Qt.Key.Key_0)
    assert _ranges(looker, name) == whole
    looker.rebuild()
    assert _ranges(looker, name) == whole


def _ranges(looker: Looker, name: str) -> list[list[float]]:
    plot = looker.driver.find(PointMap if name == "pointMap" else SharePlot, name)
    return [[float(end) for end in span] for span in plot.getViewBox().viewRange()]


def _turn_wheel(looker: Looker, name: str) -> None:
    viewport = looker.driver.find(PointMap if name == "pointMap" else SharePlot, name).viewport()
    middle = QPointF(viewport.rect().center())
    event = QWheelEvent(
        middle,
        QPointF(viewport.mapToGlobal(middle.toPoint())),
        QPoint(0, 0),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, event)


def test_the_chooser_shows_what_is_looked_at_now(looker: Looker) -> None:
    looker.look_at(templates(looker))
    window = looker.driver.window
    chooser = looker.driver.find(NetworkChooser, "evaluatedNetwork")
    assert chooser.currentText() == "looked at"
    window.show_page_named("trainPage")
    window.rebuild()
    looker.lab.choose_network(None)
    window.show_page_named("evaluatePage")
    assert looker.driver.find(NetworkChooser, "evaluatedNetwork").currentText() == "The run's network"
