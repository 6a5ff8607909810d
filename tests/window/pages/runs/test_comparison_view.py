"""Runs side by side, as one looks at them; the runs are made by hand."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mnist_lab.runs.confusions import ConfusionPair
from mnist_lab.runs.facts import KeptRun
from mnist_lab.window import theme
from mnist_lab.window.pages.runs.comparison_lines import ComparisonLines
from mnist_lab.window.pages.runs.comparison_look import ComparisonLook
from mnist_lab.window.pages.runs.comparison_plot import ComparisonPlot
from mnist_lab.window.pages.runs.comparison_view import ComparisonView
from mnist_lab.window.pages.runs.confusion_picture import ConfusionPicture
from mnist_lab.window.pages.runs.run_legend import RunLegend
from mnist_lab.window.pages.runs.scatter_plot import ScatterPlot
from mnist_lab.window.theme.run_colours import run_look
from tests.runs.made_runs import OTHER, kept_network, kept_run, row_of, run_id
from tests.window.hand import AnyWidget

CURVES, SETTINGS, ANSWERS = range(3)
COUNTS = np.diag(np.full(10, 90)) + np.arange(100).reshape(10, 10) % 3


class Shown:
    """A comparison that is seen, and its parts."""

    def __init__(self, qtbot: QtBot, look: ComparisonLook | None = None) -> None:
        self.view = ComparisonView(look=look)
        qtbot.addWidget(self.view)
        self.view.resize(560, 760)
        self.view.show()
        qtbot.waitExposed(self.view)

    def find(self, kind: type[AnyWidget], name: str) -> AnyWidget:
        found = self.view.findChild(kind, name)
        assert found is not None, name
        return found

    def show(self, *runs: KeptRun) -> None:
        self.view.set_runs(runs, [row_of(run) for run in runs])

    def choose(self, name: str, value: str) -> None:
        box = self.find(QComboBox, name)
        box.setCurrentIndex(box.findData(value))

    def text(self, name: str) -> str:
        return self.find(QLabel, name).text()

    @property
    def plot(self) -> ComparisonPlot:
        return self.find(ComparisonPlot, "comparisonPlot")

    @property
    def table(self) -> QTableView:
        return self.find(QTableView, "differencesTable")

    def row(self, name: str) -> list[str]:
        model = self.table.model()
        names = [model.headerData(row, Qt.Orientation.Vertical, 0) for row in range(model.rowCount())]
        row = names.index(name)
        return [model.index(row, column).data() for column in range(model.columnCount())]

    def row_names(self) -> list[str]:
        model = self.table.model()
        return [model.headerData(row, Qt.Orientation.Vertical, 0) for row in range(model.rowCount())]


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    return Shown(qtbot)


def colours(widget: QWidget) -> set[str]:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1)[:, : image.width()]
    return {f"#{pixel & 0xFFFFFF:06x}" for pixel in np.unique(pixels)}


def test_nothing_and_one_run_explain_themselves(shown: Shown) -> None:
    shown.show()
    assert not shown.table.isVisible()
    assert not shown.plot.getViewBox().has_whole
    assert shown.plot.accessibleDescription() == ""
    empty = colours(shown.plot)
    assert theme.current().muted in empty
    shown.show(kept_run(3, 0.93, name="narrow"))
    assert shown.text("differencesNote") == (
        "Choose a second run in the list, with Ctrl or Shift, to see what differs."
    )
    assert shown.row_names()[0] == "test accuracy"
    assert shown.row("test accuracy") == ["93.0\u00a0% of 1,000"]
    assert not shown.find(QLabel, "verdictSummary").isVisible()
    shown.show(kept_network(4))
    assert shown.text("curvesSummary").endswith("Not shown, because it has no such numbers: run 4 “edited”.")
    assert shown.row("accuracy") == shown.row("training time") == ["–"]
    for tab in (SETTINGS, ANSWERS):
        shown.view.tabs.setCurrentIndex(tab)
        assert not shown.view.grab().isNull()
    assert not shown.find(QComboBox, "confusionFirst").isVisible(), "there is no pair to choose"
    shown.show(kept_run(3, 0.93), kept_run(4, 0.92))
    assert shown.find(QComboBox, "confusionFirst").isVisible()


def test_the_table_has_what_differs_and_how_well_each_run_did(shown: Shown) -> None:
    shown.show(kept_run(3, 0.972, epochs=3), kept_run(4, 0.9, learning_rate=0.01, rates=((5, 0.1),), epochs=3))
    assert shown.row_names() == [
        "learning rate",
        "rate changed to",
        "test accuracy",
        "95\u00a0% interval",
        "best epoch",
        "gap to training",
        "updates",
        "training time",
    ]
    assert shown.row("learning rate") == ["0.001", "0.01"]
    assert shown.row("rate changed to") == ["never", "0.1 from update 6"]
    assert shown.row("95\u00a0% interval") == ["96.0\u00a0% – 98.1\u00a0%", "88.0\u00a0% – 91.7\u00a0%"]
    assert shown.row("best epoch") == ["3 of 3: 97.2\u00a0%", "3 of 3: 90.0\u00a0%"]
    assert shown.row("gap to training") == ["2.8 points: overfitting", "5.0 points: overfitting"]
    assert shown.text("verdictSummary").startswith("Best on test digits: run 3, with 97.2\u00a0% of 1,000.")
    slowed = shown.row_names().index("training time")
    for tip in (
        shown.table.model().headerData(slowed, Qt.Orientation.Vertical, Qt.ItemDataRole.ToolTipRole),
        shown.table.model().index(slowed, 1).data(Qt.ItemDataRole.ToolTipRole),
    ):
        assert tip.startswith("Any waits of slow motion are included")
    cell = shown.table.model().index(0, 1)
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "learning rate, run 4: 0.01"
    shown.view.resize(474, shown.view.height())  # on a screen of 1366×768 at 125 %
    QApplication.processEvents()
    assert shown.table.horizontalScrollBar().maximum() == 0, "two runs have room"
    wide = [kept_run(number, name="a rather long name", optimizer="sgd_nesterov", seed=number) for number in (5, 6, 7)]
    shown.show(*wide, kept_run(8))
    QApplication.processEvents()
    assert shown.table.horizontalScrollBar().maximum() > 0
    assert shown.table.verticalScrollBar().maximum() == 0
    shown.show(kept_run(3, 0.9), kept_run(4, 0.91))
    assert shown.text("differencesNote") == "These runs have the same settings and the same digits."
    stopped = kept_run(6, 0.9, end="stopped", validation="held_out", data=OTHER)
    shown.show(kept_run(5, 0.9), stopped)
    assert shown.row("accuracy") == [
        "90.0\u00a0% of 1,000",
        "90.0\u00a0% of 300 held-out digits, after epoch 2",
    ]


def test_each_run_keeps_its_colour_when_others_go(shown: Shown) -> None:
    runs = [kept_run(number, 0.9 + number / 100) for number in (1, 2, 4)]
    shown.show(*runs)
    wanted = {run_look(run.facts.number).colour for run in runs}
    assert wanted <= colours(shown.plot)
    shown.show(runs[2])
    assert run_look(4).colour in colours(shown.plot)
    assert not {run_look(1).colour, run_look(2).colour} & colours(shown.plot)
    QApplication.processEvents()
    shown.view.setStyleSheet("")
    shown.plot.set_palette(theme.DARK)
    assert run_look(4, theme.DARK).colour in colours(shown.plot)


@pytest.mark.parametrize("quantity", ["loss", "accuracy"])
@pytest.mark.parametrize("source", ["batches", "means", "validation"])
def test_every_choice_shows_every_run(shown: Shown, quantity: str, source: str) -> None:
    """Also those that diverged, that have one epoch, or nothing at all."""
    one = kept_run(1, epochs=1, end="stopped")
    shown.show(one, kept_run(2, end="diverged"), kept_network(3), kept_run(4, float("nan"), best=0.4))
    shown.choose("comparisonQuantity", quantity)
    shown.choose("comparisonSource", source)
    for along in ("seconds", "updates", "epochs"):
        shown.choose("comparisonAxis", along)
        for switch in ("comparisonLogScale", "comparisonCloseUp"):
            shown.find(QCheckBox, switch).toggle()
            assert np.isfinite(shown.plot.getViewBox().viewRange()).all()
        assert not shown.plot.grab().isNull()
        assert shown.text("curvesSummary") == shown.plot.accessibleDescription() != ""
    assert shown.find(QCheckBox, "comparisonLogScale").isEnabled() == (quantity == "loss")
    assert len(shown.find(RunLegend, "comparisonLegend").lines) == 4


def test_all_runs_are_read_at_one_place(shown: Shown, qtbot: QtBot) -> None:
    shown.show(kept_run(1, 0.9, best=0.8, epochs=2), kept_run(2, 0.95, best=0.7, epochs=4))
    legend = shown.find(RunLegend, "comparisonLegend")
    assert legend.lines == ["run 1 90.0\u00a0%", "run 2 95.0\u00a0%"]
    shown.plot.setFocus()
    qtbot.keyClick(shown.plot, Qt.Key.Key_Home)
    assert shown.plot.place_read == 1
    assert shown.plot.readout == shown.plot.accessibleDescription() == "epoch 1.00"
    assert legend.lines == ["run 1 80.0\u00a0%", "run 2 70.0\u00a0%"]
    for _step in range(2):
        qtbot.keyClick(shown.plot, Qt.Key.Key_Right)
    assert legend.lines == ["run 1 –", "run 2 70.0\u00a0%"]
    qtbot.keyClick(shown.plot, Qt.Key.Key_PageDown)
    assert shown.plot.place_read == 2
    qtbot.keyClick(shown.plot, Qt.Key.Key_Escape)
    assert shown.plot.place_read is None
    assert legend.lines == ["run 1 90.0\u00a0%", "run 2 95.0\u00a0%"]


def test_what_is_read_outlives_the_page(qtbot: QtBot) -> None:
    look = ComparisonLook()
    before, after = Shown(qtbot, look), None
    before.show(kept_run(1, epochs=4))
    before.plot.read_near(3.1)
    after = Shown(qtbot, look)
    after.show(kept_run(1, epochs=4))
    assert after.plot.place_read == 3
    after.choose("comparisonAxis", "updates")
    assert after.plot.place_read is None


def test_a_loss_that_runs_away_does_not_flatten_the_others(shown: Shown) -> None:
    calm, wild = kept_run(1), kept_run(2)
    wild.losses[-5:] = 1e6
    shown.show(calm, wild)
    shown.choose("comparisonQuantity", "loss")
    shown.choose("comparisonSource", "batches")
    assert shown.plot.getViewBox().viewRange()[1][1] < 10
    shown.find(QCheckBox, "comparisonLogScale").click()
    assert shown.plot.getViewBox().viewRange()[1][1] > 5


def test_long_runs_are_drawn_with_few_points(shown: Shown) -> None:
    runs = [kept_run(number, epochs=1465, batch_size=128) for number in (1, 2)]
    assert len(runs[0].losses) > 46_000
    shown.show(*runs)
    shown.choose("comparisonSource", "batches")
    assert len(shown.plot.curves[0].values) == len(runs[0].losses)
    lines = next(item for item in shown.plot.scene().items() if isinstance(item, ComparisonLines))
    assert 100 < max(lines.points) < 2 * shown.plot.width()


def test_the_sentences_can_be_copied(shown: Shown, qtbot: QtBot) -> None:
    shown.show(kept_run(1), kept_run(2, 0.5))
    for name in ("curvesSummary", "verdictSummary"):
        qtbot.mouseClick(shown.find(QAbstractButton, f"{name}Copy"), Qt.MouseButton.LeftButton)
        assert QGuiApplication.clipboard().text() == shown.text(name) != ""


def test_a_point_opens_its_run(shown: Shown, qtbot: QtBot) -> None:
    shown.show(*(kept_run(number, 0.9, learning_rate=10.0**-number) for number in (1, 2, 3)), kept_network(4))
    shown.view.tabs.setCurrentIndex(SETTINGS)
    QApplication.processEvents()
    plot = shown.find(ScatterPlot, "scatterPlot")
    assert [point.row.number for point in plot.points] == [3, 2, 1]
    place = plot.place_of(1).toPoint()
    qtbot.mouseMove(plot.viewport(), place)
    with qtbot.waitSignal(shown.view.run_chosen) as chosen:
        qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [run_id(2)]
    assert shown.text("scatterReadout").startswith("Run 2: learning rate 0.01, test accuracy 90.0\u00a0%")
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_End)
    with qtbot.waitSignal(shown.view.run_chosen) as chosen:
        qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert chosen.args == [run_id(1)]
    assert plot.accessibleDescription() == shown.text("scatterReadout")


def test_every_setting_can_be_laid_along_the_axis(shown: Shown) -> None:
    shown.show(kept_run(1, 0.9, l2=0.1), kept_run(2, 0.8, hidden_units=(8, 8), optimizer="adam"))
    shown.view.tabs.setCurrentIndex(SETTINGS)
    box, plot = shown.find(QComboBox, "scatterSetting"), shown.find(ScatterPlot, "scatterPlot")
    assert box.currentText() == "optimizer", "it begins with what is not the same in all"
    for index in range(box.count()):
        box.setCurrentIndex(index)
        assert len(plot.points) == 2
        assert not plot.grab().isNull()
        assert box.currentText() in shown.text("scatterSummary")
    shown.show()
    assert plot.points == ()
    assert shown.text("scatterSummary") == ""


def test_the_setting_along_the_axis_is_named_where_the_first_differs_from_the_start(shown: Shown) -> None:
    shown.show(kept_run(1, 0.9, learning_rate=0.1), kept_run(2, 0.8, learning_rate=0.01))
    shown.view.tabs.setCurrentIndex(SETTINGS)
    box = shown.find(QComboBox, "scatterSetting")
    assert box.currentText() == "learning rate"
    shown.show(kept_run(1, 0.9), kept_run(2, 0.8, optimizer="adam"))
    assert box.currentText() == "optimizer", "nobody has chosen yet"


def test_answers_of_two_runs_are_wanted_once_and_only_where_they_are_seen(shown: Shown, qtbot: QtBot) -> None:
    wanted: list[tuple[str, str]] = []
    shown.view.confusions_wanted.connect(lambda *ids: wanted.append(ids))
    runs = [kept_run(number) for number in (1, 2, 3)]
    shown.show(*runs)
    assert wanted == []
    shown.view.tabs.setCurrentIndex(ANSWERS)
    assert wanted == [(run_id(1), run_id(2))]
    pair = ConfusionPair(wanted[0], COUNTS, COUNTS.T.copy(), 1000, (930, 900), (50, 20))
    shown.view.set_confusions(pair)
    summary = shown.text("confusionSummary")
    assert summary.startswith("Of the same 1,000 test digits run 1 has 93.0\u00a0% right, run 2 90.0\u00a0%.")
    shown.choose("confusionSecond", run_id(3))
    assert wanted[1:] == [(run_id(1), run_id(3))]
    assert shown.text("confusionSummary") == ""
    shown.view.set_confusions(pair)  # too late
    assert shown.text("confusionSummary") == ""
    shown.view.set_confusions_problem("Its file is damaged.")
    assert shown.find(QWidget, "confusionNotice").accessibleName() == "Its file is damaged."
    shown.show(runs[0])
    assert "Choose two runs" in shown.find(QWidget, "confusionNotice").accessibleName()


def test_a_cell_is_read_in_all_three_tables(shown: Shown, qtbot: QtBot) -> None:
    look_again: list[tuple[str, str]] = []
    shown.view.confusions_wanted.connect(lambda *ids: look_again.append(ids))
    shown.show(kept_run(1), kept_run(2))
    shown.view.tabs.setCurrentIndex(ANSWERS)
    second = COUNTS.copy()
    second[4, 9] += 7
    shown.view.set_confusions(ConfusionPair(look_again[0], COUNTS, second, 1000, (930, 900), (50, 20)))
    QApplication.processEvents()
    assert shown.find(QLabel, "confusionDifferenceHead").text() == "run 1 minus run 2"
    names = ("confusionOfFirst", "confusionOfSecond", "confusionDifference")
    pictures = [shown.find(ConfusionPicture, name) for name in names]
    qtbot.mouseMove(pictures[0], QPoint(1, 1))
    qtbot.mouseMove(pictures[0], pictures[0].cell_rect(4, 9).center().toPoint())
    assert [picture.pointed for picture in pictures] == [(4, 9)] * 3
    count = COUNTS[4, 9]
    assert shown.text("confusionPairReadout") == (
        f"4 taken for 9: {count} of {COUNTS[4].sum()} by run 1, {count + 7} by run 2. 7 more by run 2."
    )
    assert count == 1
    assert "They differ most in 4 taken for 9: once by run 1, 8 times by run 2." in shown.text("confusionSummary")
    pictures[2].setFocus()
    qtbot.keyClick(pictures[2], Qt.Key.Key_Down)
    assert pictures[1].pointed == pictures[2].pointed is not None
    assert pictures[2].cell_colour(4, 9) != pictures[2].cell_colour(0, 0) == theme.current().panel


def test_computed_answers_outlive_the_page_until_other_digits_come(qtbot: QtBot, starter) -> None:
    look, wanted = ComparisonLook(), []
    for _page in range(2):
        shown = Shown(qtbot, look)
        shown.view.confusions_wanted.connect(lambda *ids: wanted.append(ids))
        shown.view.use_digits(starter)
        shown.show(kept_run(1), kept_run(2))
        shown.view.tabs.setCurrentIndex(ANSWERS)
        if _page == 0:
            shown.view.set_confusions(ConfusionPair(wanted[0], COUNTS, COUNTS, 1000, (930, 930), (0, 0)))
        assert shown.text("confusionSummary").endswith("They make each mistake equally often.")
    assert len(wanted) == 1
    shown.view.use_digits(None)
    assert len(wanted) == 2
