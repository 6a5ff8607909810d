"""Who leads: a row for each racer, the best first."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from mnist_lab.runs.run import State
from mnist_lab.window.state.live_race import Lane
from mnist_lab.window.theme.run_colours import run_sample
from mnist_lab.window.words import spell, spell_percent, spell_whole

_RECENT = 50
"""Batches whose mean is told."""
_SAMPLE = (26, 12)


class LeaderBoard(QTableWidget):
    """Place, name, accuracy, loss, updates a second, and how each stands."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("racersBoard")
        self.setAccessibleName(self.tr("Leader board"))
        self.setToolTip(
            self.tr("The best first: by accuracy on new digits once an epoch is over, before that by the last batches.")
        )
        headings = (
            self.tr("Racer"),
            self.tr("New digits"),
            self.tr("Last batches"),
            self.tr("Loss"),
            self.tr("Updates/s"),
            self.tr("State"),
        )
        self.setColumnCount(len(headings))
        self.setHorizontalHeaderLabels(headings)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionsClickable(False)
        self._names: list[str] = []
        self._fit(2)

    def _fit(self, rows: int) -> None:
        line = self.fontMetrics().height()
        self.verticalHeader().setDefaultSectionSize(2 * line)
        self.setFixedHeight(2 * line * (rows + 1) + line)

    def begin(self, names: Sequence[str]) -> None:
        """List racers of these names from now on."""
        self._names = list(names)

    def show_lanes(self, lanes: Sequence[Lane]) -> None:
        """List these racers, the best first."""
        if self.rowCount() != len(lanes):
            self.setRowCount(len(lanes))
            self._fit(max(len(lanes), 2))
        places = {id(lane): place for place, lane in enumerate(lanes, start=1)}
        for row, lane in enumerate(in_order(lanes)):
            place = places[id(lane)]
            sample = run_sample(place, *_SAMPLE, self.devicePixelRatioF())
            for column, text in enumerate((self._names[place - 1], *self._numbers(lane), self._state(lane))):
                self._put(row, column, text, QIcon(sample) if column == 0 else None)

    def _put(self, row: int, column: int, text: str, icon: QIcon | None) -> None:
        item = self.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            self.setItem(row, column, item)
            side = Qt.AlignmentFlag.AlignLeft if column in (0, 5) else Qt.AlignmentFlag.AlignRight
            item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        if item.text() != text:
            item.setText(text)
            if icon is not None:
                item.setIcon(icon)

    def _numbers(self, lane: Lane) -> tuple[str, str, str, str]:
        run = lane.run
        epochs, recent = run.history.epochs, recent_accuracy(lane)
        losses = run.history.losses.values[-_RECENT:]
        return (
            spell_percent(epochs[-1].validation_accuracy, 2) if epochs else "–",
            "–" if recent is None else spell_percent(recent, 1),
            spell(float(losses.mean()), 4, 3) if len(losses) else "–",
            spell_whole(round(run.updates_per_second)) if run.updates else "–",
        )

    def _state(self, lane: Lane) -> str:
        states = {
            State.PREPARING: self.tr("preparing"),
            State.TRAINING: self.tr("training"),
            State.PAUSED: self.tr("paused"),
            State.STOPPED: self.tr("stopped"),
            State.FINISHED: self.tr("finished"),
            State.DIVERGED: self.tr("diverged"),
            State.FAILED: self.tr("failed"),
        }
        return states[lane.run.state]


def recent_accuracy(lane: Lane) -> float | None:
    """Mean accuracy on its last batches, each before its update; None before the first."""
    values = lane.run.history.accuracies.values[-_RECENT:]
    return float(values.mean()) if len(values) else None


def in_order(lanes: Sequence[Lane]) -> list[Lane]:
    """The racers, the best first; who diverged or failed comes last, equals in their own order."""
    has_epochs = any(lane.run.history.epochs for lane in lanes)

    def key(lane: Lane) -> tuple[bool, float]:
        epochs = lane.run.history.epochs
        accuracy = (epochs[-1].validation_accuracy if epochs else 0.0) if has_epochs else recent_accuracy(lane) or 0.0
        return lane.run.state in (State.DIVERGED, State.FAILED), -accuracy

    return sorted(lanes, key=key)
