"""What a person types and reads on the tab Sweep."""

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QLineEdit, QWidget

from mnist_lab.experiment import Experiment
from mnist_lab.window.pages import PAGES
from mnist_lab.window.pages.experiments.sweep_table import SweepTable
from mnist_lab.window.widgets.basic.notice import Notice
from tests.window.conftest import Driver

INDEX = [spec.object_name for spec in PAGES].index("experimentsPage")
QUICK = Experiment(hidden_units=(8,), epochs=1, batch_size=500)


def typed(driver: Driver, name: str, text: str) -> None:
    line = driver.find(QLineEdit, name)
    line.setFocus()
    line.selectAll()
    driver.qtbot.keyClicks(line, text)


def outlook(driver: Driver) -> str:
    return driver.find(Notice, "trialSweepOutlook").text


def cells(driver: Driver) -> list[list[str]]:
    model = driver.find(SweepTable, "trialSweepTable").model()
    places = range(model.rowCount())
    return [[shown(model.index(row, column)) for column in range(model.columnCount())] for row in places]


def is_seen_whole(driver: Driver, name: str) -> bool:
    widget = driver.find(QWidget, name)
    return widget.isVisible() and widget.visibleRegion().boundingRect() == widget.rect()


def shown(index: QModelIndex) -> str:
    return str(index.data()).replace("\u00a0", " ").strip()
