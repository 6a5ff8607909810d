"""Lists that drop down from their field."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

from mnist_lab.window import theme


class DropDown(QComboBox):
    """A choice that only a click or a key changes.

    The wheel scrolls the page, as everywhere on it: who scrolls a form with the mouse must not change, unseen, the
    setting that happens to pass below the pointer.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # no focus from the wheel

    @property
    def shown(self) -> str:
        """What is painted of the choice."""
        option, part = QStyleOptionComboBox(), QStyle.SubControl.SC_ComboBoxEditField
        self.initStyleOption(option)
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width()
        return self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the choice; where its words have no room, their beginning with "…": Qt cuts a letter in two."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        option.currentText = self.shown
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


def named_drop_down(name: str, words: str, explanation: str, parent: QWidget) -> DropDown:
    """Make a choice with its objectName, what a screen reader calls it, and a sentence where the pointer rests."""
    box = DropDown(parent)
    box.setObjectName(name)
    box.setAccessibleName(words)
    box.setToolTip(explanation)
    return box


def keep_list_wide(choice: QComboBox) -> None:
    """Let the open list be wider than its field where that has not the room, so that nothing in it is cut off."""
    _widen(choice)
    choice.model().rowsInserted.connect(lambda *_rows: _widen(choice))


def let_shrink(choice: QComboBox, letters: int) -> None:
    """Let the field be as narrow as so many letters, and its open list as wide as its words."""
    choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.setMinimumContentsLength(letters)
    keep_list_wide(choice)


def _widen(choice: QComboBox) -> None:
    choice.view().setMinimumWidth(choice.view().sizeHintForColumn(0) + theme.LARGE_GAP)
