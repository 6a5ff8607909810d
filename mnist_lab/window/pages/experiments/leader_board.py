"""Who leads: a row for each racer, the best first."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from mnist_lab.runs.run import State
from mnist_lab.window import theme
from mnist_lab.window.state.live_race import Lane
from mnist_lab.window.theme.run_colours import run_sample
from mnist_lab.window.words import spell, spell_percent, spell_whole

_RECENT = 50
"""Batches whose mean is told."""
_SAMPLE = (26, 12)
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_YIELDING = (4, 2)
"""Columns that go where the names would be cut: "Ada…" may be two of them. First the pace, then the last batches."""
_PITCH = 1.7
"""From row to row, in lines of type."""


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
        for column, heading in enumerate(headings):
            item = QTableWidgetItem(heading)
            item.setTextAlignment(_LEFT if column == 0 else _RIGHT)
            self.setHorizontalHeaderItem(column, item)
        self.setIconSize(QSize(*_SAMPLE))
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
        pitch = round(_PITCH * self.fontMetrics().height())
        self.verticalHeader().setDefaultSectionSize(pitch)
        self.setFixedHeight(pitch * rows + self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See which columns have room."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Show all columns where the names have room beside them; else some go."""
        metrics, header = self.fontMetrics(), self.horizontalHeader()
        for column in _YIELDING:
            self.setColumnHidden(column, False)  # a hidden one says that it needs nothing
        widest = max((metrics.horizontalAdvance(name) for name in self._names), default=0)
        states = max(metrics.horizontalAdvance(word) for word in self._state_words().values()) + 2 * theme.GAP
        needed = [header.sectionSizeHint(column) for column in range(self.columnCount())]
        needed[0] = max(needed[0], widest + _SAMPLE[0] + 3 * theme.GAP)
        needed[-1] = max(needed[-1], states)
        for column in _YIELDING:
            is_in_the_way = sum(needed) > self.viewport().width()
            self.setColumnHidden(column, is_in_the_way)
            if is_in_the_way:
                needed[column] = 0

    def begin(self, names: Sequence[str]) -> None:
        """List racers of these names from now on; nothing is known of them yet."""
        self._names = list(names)
        self._list(len(names))
        self._fit_columns()
        for row, name in enumerate(names):
            self._put(row, 0, name, self._icon(row + 1))
            for column in range(1, self.columnCount()):
                self._put(row, column, "–", None)

    def _list(self, rows: int) -> None:
        if self.rowCount() != rows:
            self.setRowCount(rows)
            self._fit(max(rows, 2))

    def _icon(self, place: int) -> QIcon:
        return QIcon(run_sample(place, *_SAMPLE, self.devicePixelRatioF()))

    def show_lanes(self, lanes: Sequence[Lane]) -> None:
        """List these racers, the best first."""
        self._list(len(lanes))
        places = {id(lane): place for place, lane in enumerate(lanes, start=1)}
        for row, lane in enumerate(in_order(lanes)):
            place = places[id(lane)]
            icon = self._icon(place)
            for column, text in enumerate(
                (self._names[place - 1], *self._numbers(lane), self._state_words()[lane.run.state])
            ):
                self._put(row, column, text, icon if column == 0 else None)

    def _put(self, row: int, column: int, text: str, icon: QIcon | None) -> None:
        item = self.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            self.setItem(row, column, item)
            item.setTextAlignment(_LEFT if column == 0 else _RIGHT)
        if item.text() != text:
            item.setText(text)
            item.setToolTip(text if column == 0 else "")  # a narrow window cuts names short
            if column > 0:  # what is aligned at the right needs room at its left
                item.setSizeHint(QSize(self.fontMetrics().horizontalAdvance(text) + 2 * theme.GAP, 0))
            if icon is not None:
                item.setIcon(icon)

    def _numbers(self, lane: Lane) -> tuple[str, str, str, str]:
        run = lane.run
        epochs, recent = run.history.epochs, recent_accuracy(lane)
        losses = run.history.losses.values[-_RECENT:]
        return (
            spell_percent(epochs[-1].validation_accuracy) if epochs else "–",
            "–" if recent is None else spell_percent(recent),
            spell(float(losses.mean()), 4, 3) if len(losses) else "–",
            spell_whole(round(run.updates_per_second)) if run.updates else "–",
        )

    def _state_words(self) -> dict[State, str]:
        return {
            State.PREPARING: self.tr("preparing"),
            State.TRAINING: self.tr("training"),
            State.PAUSED: self.tr("paused"),
            State.STOPPED: self.tr("stopped"),
            State.FINISHED: self.tr("finished"),
            State.DIVERGED: self.tr("diverged"),
            State.FAILED: self.tr("failed"),
        }


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
