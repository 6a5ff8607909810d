"""One setting that varies in a sweep: which it is, and its values, or the range from which they are drawn."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QVBoxLayout, QWidget

from mnist_lab.window import theme
from mnist_lab.window.pages.experiments.sweep_setup import MOST_TYPED, VARIABLE, VariedSetting, fresh
from mnist_lab.window.pages.experiments.sweep_values import (
    CHOICES,
    SweepTextError,
    example_of,
    is_number,
    read_values,
    typed_choice,
    write_values,
)
from mnist_lab.window.setting_words import SettingWords
from mnist_lab.window.widgets.basic.drop_down import let_shrink, named_drop_down
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.words import fill

_LETTERS = 8
"""Of a choice, at the narrowest."""


class VariedRow(QWidget):
    """Shows a `VariedSetting` and changes it.

    Attributes:
        setting: as it is typed now.

    Signals:
        edited(): it is another now.
        remove_wanted(): it is to vary no more.
    """

    edited = Signal()
    remove_wanted = Signal()

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        """`number` counts from 1; the names of the controls end with it."""
        super().__init__(parent)
        self.setting = VariedSetting("")
        self._number = number
        self._is_random = False
        self._words = SettingWords(self)
        self._make_choices()
        self._make_fields()
        self._lay_out()
        self._connect()

    def _make_choices(self) -> None:
        number = self._number
        words = fill(self.tr("Setting {number} that varies"), number=number)
        tip = self.tr("A setting that is not the same in all runs; all others are those of the Train page.")
        self._field = named_drop_down(f"trialSweepVariedField{number}", words, tip, self)
        for name in VARIABLE:
            self._field.addItem(self._words.name(name), name)
        let_shrink(self._field, _LETTERS)
        self._remove = IconButton("ph.x", "", self)
        self._remove.setObjectName(f"trialSweepVariedRemove{number}")
        self._remove.setAccessibleName(fill(self.tr("Remove setting {number}"), number=number))
        self._remove.setToolTip(self.tr("Let this setting be the same in all runs."))
        theme.set_role(self._remove, "compact")
        words = fill(self.tr("How values of setting {number} are drawn"), number=number)
        tip = self.tr("From a list, or from a range: each number as likely as any other, or each power of ten.")
        self._shape = named_drop_down(f"trialSweepVariedShape{number}", words, tip, self)
        self._shape.addItem(self.tr("from a list"), "list")
        self._shape.addItem(self.tr("from a range, evenly"), "even")
        self._shape.addItem(self.tr("from a range, by powers of ten"), "log")
        let_shrink(self._shape, _LETTERS)

    def _make_fields(self) -> None:
        number = self._number
        self._values = self._line(f"trialSweepVariedValues{number}", fill(self.tr("Values {number}"), number=number))
        self._least = self._line(f"trialSweepVariedFrom{number}", fill(self.tr("Range {number}, from"), number=number))
        self._most = self._line(f"trialSweepVariedTo{number}", fill(self.tr("Range {number}, to"), number=number))
        self._least.setToolTip(self.tr("The smallest value that can be drawn."))
        self._most.setToolTip(self.tr("The largest value that can be drawn."))
        self._choose = IconButton("ph.check-square", "", self)
        self._choose.setObjectName(f"trialSweepVariedChoose{number}")
        self._choose.setAccessibleName(fill(self.tr("Choose values {number}"), number=number))
        self._choose.setToolTip(self.tr("Tick the values that are to be tried."))
        theme.set_role(self._choose, "compact")
        menu = QMenu(self._choose)
        menu.setObjectName(f"trialSweepVariedMenu{number}")
        self._choose.setMenu(menu)

    def _line(self, name: str, words: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(name)
        line.setAccessibleName(words)
        line.setMaxLength(MOST_TYPED)
        return line

    def _lay_out(self) -> None:
        top, listed, ranged = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for layout, parts in (
            (top, (self._field, self._remove)),
            (listed, (self._values, self._choose)),
            (ranged, (self._least, self._most)),
        ):
            layout.setSpacing(theme.SMALL_GAP)
            for part in parts:
                layout.addWidget(part, 0 if isinstance(part, IconButton) else 1)
        self._dash = QLabel("–", self)
        ranged.insertWidget(1, self._dash)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL_GAP)
        column.addLayout(top)
        column.addWidget(self._shape)
        column.addLayout(listed)
        column.addLayout(ranged)

    def _connect(self) -> None:
        self._field.currentIndexChanged.connect(self._on_field)
        self._shape.currentIndexChanged.connect(self._on_typed)
        for line in (self._values, self._least, self._most):
            line.textChanged.connect(self._on_typed)
        self._remove.clicked.connect(self.remove_wanted)
        menu = self._choose.menu()
        assert menu is not None  # made above
        menu.aboutToShow.connect(self._fill_menu)

    def show_setting(self, setting: VariedSetting, *, is_random: bool, is_alone: bool) -> None:
        """Show this one; one that is alone cannot be removed."""
        self.setting, self._is_random = setting, is_random
        with QSignalBlocker(self._field):
            self._field.setCurrentIndex(self._field.findData(setting.field))
        with QSignalBlocker(self._shape):
            self._shape.setCurrentIndex(self._shape.findData(setting.shape))
        texts = ((self._values, setting.values), (self._least, setting.least), (self._most, setting.most))
        for line, text in texts:
            if line.text() != text:  # else the cursor would jump to the end
                with QSignalBlocker(line):
                    line.setText(text)
        self._remove.setEnabled(not is_alone)
        self._show_parts()

    def _show_parts(self) -> None:
        setting = self.setting
        has_shape = self._is_random and is_number(setting.field)
        is_range = has_shape and setting.is_range
        self._shape.setVisible(has_shape)
        self._values.setVisible(not is_range)
        self._choose.setVisible(not is_range and setting.field in CHOICES)
        for part in (self._least, self._dash, self._most):
            part.setVisible(is_range)
        example = example_of(setting.field)
        self._values.setPlaceholderText(example)
        self._values.setToolTip(fill(self.tr("Values with commas between, such as {example}."), example=example))

    @Slot()
    def _on_field(self) -> None:
        self.setting = fresh(self._field.currentData())
        self.edited.emit()

    @Slot()
    def _on_typed(self) -> None:
        texts = (line.text() for line in (self._values, self._least, self._most))
        values, least, most = texts
        shape = self._shape.currentData()
        self.setting = replace(self.setting, values=values, shape=shape, least=least, most=most)
        self.edited.emit()

    @Slot()
    def _fill_menu(self) -> None:
        """Offer all values of the field, ticked where they are listed."""
        menu, field = self._choose.menu(), self.setting.field
        assert menu is not None  # it is the one that opens
        menu.clear()
        try:
            listed = read_values(field, self.setting.values)
        except SweepTextError:  # what is typed there is not read yet: then nothing is ticked
            listed = ()
        for word in CHOICES[field]:
            value = typed_choice(field, word)
            action = QAction(self._words.value(field, value), menu)
            action.setCheckable(True)
            action.setChecked(value in listed)
            action.setObjectName(f"trialSweepVariedChoice_{word}")
            action.setData(word)
            action.toggled.connect(self._on_ticked)
            menu.addAction(action)

    @Slot()
    def _on_ticked(self) -> None:
        menu = self._choose.menu()
        assert menu is not None  # it is the one that was open
        field = self.setting.field
        ticked = [typed_choice(field, action.data()) for action in menu.actions() if action.isChecked()]
        self._values.setText(write_values(field, ticked))
