"""Rows of a form: a label and its field, and below them what is wrong with what was typed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.drop_down import keep_list_wide
from mnist_lab.window.widgets.fields.complaints import Complaints
from mnist_lab.window.widgets.fields.number_fields import RealNumberBox, WholeNumberBox

_FIELD_WIDTH, _BESIDE_WIDTH = 128, 72


class FormGrid(QWidget):
    """Lays fields out under each other and gives each its names and its explanation, and them all room for complaints.

    Attributes:
        complaints: where the problems of its number fields are told.
    """

    def __init__(self, parent: QWidget | None = None, *, complaints: Complaints | None = None) -> None:
        """Tell `complaints` of the fields' problems; without, below the fields."""
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL_GAP)
        self._grid = QGridLayout()
        column.addLayout(self._grid)
        self.complaints = complaints or Complaints(self)
        if complaints is None:
            column.addWidget(self.complaints)
        self._grid.setHorizontalSpacing(theme.SMALL_GAP)  # labels take what is left
        self._grid.setVerticalSpacing(theme.SMALL_GAP)
        self._grid.setColumnStretch(0, 1)

    def add_field(
        self, field: QWidget, name: str, label: str, explanation: str, *, beside: QWidget | None = None
    ) -> QLabel:
        """Add a row.

        Args:
            field: the control; the problems of a number field are told, too.
            name: its objectName.
            label: with `&` before the letter that leads to it by Alt.
            explanation: one sentence for tooltip and What's This.
            beside: something small that stands between the label and a field that is no choice.

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
            field.setFixedWidth(theme.fonts.scaled(_FIELD_WIDTH))
            line = QHBoxLayout()
            line.setSpacing(theme.SMALL_GAP)
            line.addWidget(words, 1 if beside is None else 0)
            if beside is None:
                self._grid.addLayout(line, row, 0)
                self._grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignRight)
            else:  # in a narrow form the field gives it room
                field.setMinimumWidth(theme.fonts.scaled(_BESIDE_WIDTH))
                field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
                line.addWidget(beside)
                line.addWidget(field)
                self._grid.addLayout(line, row, 0, 1, 2)
        if isinstance(field, WholeNumberBox | RealNumberBox):
            self.complaints.add_field(field)
        return words

    def add_wide(self, widget: QWidget) -> None:
        """Add something that takes the whole width."""
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 2)

    def _add_choice(self, words: QLabel, choice: QComboBox, row: int) -> None:
        """Let a choice be as wide as its longest words: it takes what its own label leaves of the row."""
        choice.setMinimumWidth(theme.fonts.scaled(_FIELD_WIDTH))
        keep_list_wide(choice)
        line = QHBoxLayout()
        line.setSpacing(theme.GAP)
        line.addWidget(words, 1)
        line.addWidget(choice)
        self._grid.addLayout(line, row, 0, 1, 2)
