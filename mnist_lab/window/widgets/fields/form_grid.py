"""Rows of a form: a label, its field, and under it what is wrong with what was typed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.fields.number_fields import RealNumberBox, WholeNumberBox

_FIELD_WIDTH = 132


class FormGrid(QWidget):
    """Lays fields out under each other and gives each its names, its explanation and room for a complaint."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.GAP)
        self._grid.setVerticalSpacing(theme.SMALL_GAP)
        self._grid.setColumnStretch(0, 1)

    def add_field(self, field: QWidget, name: str, label: str, explanation: str) -> QLabel:
        """Add a row.

        Args:
            field: the control; a number field also gets its complaint shown under it.
            name: its objectName.
            label: with `&` before the letter that leads to it by Alt.
            explanation: one sentence for tooltip and What's This.

        Returns:
            the row's label.
        """
        plain = label.replace("&", "")
        field.setObjectName(name)
        field.setAccessibleName(plain)
        field.setAccessibleDescription(explanation)
        field.setToolTip(explanation)
        field.setWhatsThis(explanation)
        words = QLabel(label, self)
        words.setBuddy(field)
        words.setToolTip(explanation)
        row = self._grid.rowCount()
        if isinstance(field, QComboBox):
            self._add_choice(words, field, row)
        else:
            field.setFixedWidth(_FIELD_WIDTH)
            self._grid.addWidget(words, row, 0)
            self._grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignRight)
        if isinstance(field, WholeNumberBox | RealNumberBox):
            self._add_complaint(field, row + 1)
        return words

    def add_wide(self, widget: QWidget) -> None:
        """Add something that takes the whole width."""
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 2)

    def _add_choice(self, words: QLabel, choice: QComboBox, row: int) -> None:
        """Let a choice be as wide as its longest words: it takes what its own label leaves of the row."""
        choice.setMinimumWidth(_FIELD_WIDTH)
        choice.setMaxVisibleItems(max(choice.count(), 1))
        line = QHBoxLayout()
        line.setSpacing(theme.GAP)
        line.addWidget(words, 1)
        line.addWidget(choice)
        self._grid.addLayout(line, row, 0, 1, 2)

    def _add_complaint(self, field: WholeNumberBox | RealNumberBox, row: int) -> None:
        notice = Notice(self)
        self._grid.addWidget(notice, row, 0, 1, 2)

        def show(problem: str) -> None:
            notice.show_message(problem, "error" if field.has_bad_text else "warning")

        field.problem_changed.connect(show)
