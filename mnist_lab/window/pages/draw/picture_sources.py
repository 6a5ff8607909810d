"""Where the picture on the pad comes from: a pen, a file, the clipboard, or the test set."""

from PySide6.QtCore import QSignalBlocker, QSize, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mnist_lab.window import theme
from mnist_lab.window.pages.draw.pad_picture import PadPicture
from mnist_lab.window.pages.kept_controls import shows_state
from mnist_lab.window.widgets.basic.icon_button import named_button
from mnist_lab.window.widgets.fields.named_slider import NamedSlider
from mnist_lab.window.widgets.fields.number_fields import WholeNumberBox
from mnist_lab.window.words import fill, spell_fixed, spell_whole

_PEN_STEPS = 280
"""The pen is set in tenths of the network's pixels: so many make the pad."""
_THINNEST_PEN, _WIDEST_PEN = 4, 60
_LEAST_SLIDER = 32
_LEAST_NUMBER = 66
_BESIDE, _BELOW = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class PictureSources(QWidget):
    """Two rows under the pad, or four where it is narrow.

    Attributes:
        number: the field for the number of a test digit; whoever shows the rows tells what is wrong with what is typed.

    Signals:
        pen_share_changed(float): width of the pen as a share of the pad's side.
        open_wanted(): a file is to be chosen.
        paste_wanted(): the clipboard's picture is wanted.
        import_changed(bool, bool): whether light is ink, and whether the digit is cut out, from now on.
        digit_wanted(int): number of a test digit.
        random_wanted(): any test digit.
        mistake_wanted(): the next test digit that the network does not recognise.
    """

    pen_share_changed = Signal(float)
    open_wanted = Signal()
    paste_wanted = Signal()
    import_changed = Signal(bool, bool)
    digit_wanted = Signal(int)
    random_wanted = Signal()
    mistake_wanted = Signal()

    def __init__(self, pen_share: float, parent: QWidget | None = None) -> None:
        """Let the pen be as wide as it is now."""
        super().__init__(parent)
        self._make_pen(pen_share)
        self._make_import()
        self._make_set()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        self._import = self._row(self._pen, self._open, self._paste)
        self._pictures = self._pair(self._import, self._row(self._invert, self._crop))
        self._digits = self._pair(self._row(self._number_label, self.number), self._row(self._random, self._mistake))
        layout.addLayout(self._pictures)
        layout.addLayout(self._digits)
        self._connect()
        self.show_picture(None)
        self.set_test_digits(0)

    def _word(self) -> int:
        """Room of the word *Paste*, in logical pixels."""
        return self._paste.fontMetrics().horizontalAdvance(self._paste.accessibleName())

    def _least_widths(self, pair: QBoxLayout) -> tuple[int, int]:
        """How narrow its two rows can be; the word *Paste* can go: the button has a picture, too."""
        first, second = (row.minimumSize().width() for row in pair.children() if isinstance(row, QHBoxLayout))
        return first - (self._word() if pair is self._pictures and self._paste.text() else 0), second

    @property
    def usual_width(self) -> int:
        """How wide it is at least, in logical pixels, where it has two rows."""
        return max(sum(self._least_widths(pair)) + pair.spacing() for pair in (self._pictures, self._digits))

    def minimumSizeHint(self) -> QSize:
        """As narrow as four rows are."""
        least = max(width for pair in (self._pictures, self._digits) for width in self._least_widths(pair))
        return QSize(least, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand in two rows where there is room, and name the button."""
        super().resizeEvent(event)
        for pair in (self._pictures, self._digits):
            first, second = self._least_widths(pair)
            has_room = self.width() >= first + pair.spacing() + second
            pair.setDirection(_BESIDE if has_room else _BELOW)
            if pair is self._pictures:
                needed = first + (pair.spacing() + second if has_room else 0) + self._word()
                self._name_paste(is_named=self.width() >= needed)

    def _name_paste(self, *, is_named: bool) -> None:
        """Let the word stand on the button, or its picture alone."""
        text = self._paste.accessibleName() if is_named else ""
        if text != self._paste.text():
            self._paste.setText(text)
            self._import.invalidate()  # else it keeps room for the word that has gone, and cuts the others

    def show_picture(self, picture: PadPicture | None) -> None:
        """Say how the picture on the pad was imported; the switches rest while none was."""
        imported = None if picture is None else picture.imported
        for switch, is_on in (
            (self._invert, imported is not None and imported.is_inverted),
            (self._crop, imported is None or imported.is_cropped),
        ):
            switch.setEnabled(imported is not None)
            with QSignalBlocker(switch):
                switch.setChecked(is_on)

    def set_test_digits(self, count: int) -> None:
        """Say how many test digits there are."""
        for part in (self.number, self._random):
            part.setEnabled(count > 0)
        with QSignalBlocker(self.number):
            self.number.setRange(0, max(count - 1, 0))
        words = self.tr("Lay a digit of the test set on the pad: type its number, from 0 to {last}, and press Enter.")
        self.number.setToolTip(fill(words, last=spell_whole(self.number.maximum())))

    def show_number(self, number: int) -> None:
        """Show the number of the test digit that was picked last."""
        with QSignalBlocker(self.number):
            self.number.setValue(number)

    def show_mistakes(self, *, can_ask: bool, is_asked: bool) -> None:
        """Let mistakes be asked for, or say that the network is being examined; the button keeps the keyboard then."""
        self._mistake.setEnabled(can_ask)
        self._mistake.setText(self.tr("Looking…") if is_asked else self.tr("Next mistake"))

    def _make_pen(self, pen_share: float) -> None:
        self._pen = NamedSlider(
            "penWidth",
            self.tr("Pen"),
            self.tr(
                "Width of the pen, in pixels of the network's picture."
                " The step “Redraw the line” makes it count for nothing."
            ),
            (_THINNEST_PEN, _WIDEST_PEN),
            lambda position: spell_fixed(position / 10, 1),
            self,
        )
        self._pen.slider.setMinimumWidth(_LEAST_SLIDER)
        self._pen.set_value(round(pen_share * _PEN_STEPS))

    def _make_import(self) -> None:
        self._open = named_button(
            "openPictureButton",
            "ph.image",
            self.tr("Picture…"),
            self.tr("Open a picture of a digit: a scan or a photograph. You can also drop it on the pad."),
            self,
        )
        self._paste = named_button(
            "pastePictureButton",
            "ph.clipboard",
            self.tr("Paste"),
            self.tr("Lay the picture that was copied on the pad (Ctrl+V)."),
            self,
        )
        self._invert = self._switch(
            "invertPicture",
            self.tr("Invert"),
            self.tr("Take what is light in the imported picture as ink: for chalk on a blackboard."),
        )
        self._crop = self._switch(
            "cropPicture",
            self.tr("Crop"),
            self.tr("Cut the digit out of the imported picture, and take shadows and the paper's grey away."),
        )

    def _make_set(self) -> None:
        self.number = WholeNumberBox(self)
        self.number.setObjectName("testDigitNumber")
        self.number.setKeyboardTracking(False)
        self.number.setMinimumWidth(theme.fonts.scaled(_LEAST_NUMBER))
        self.number.setAccessibleName(self.tr("Number of the test digit"))
        shows_state(self.number)
        self._number_label = QLabel(self.tr("Test digit"), self)
        self._number_label.setBuddy(self.number)
        self._random = named_button(
            "randomDigitButton",
            "ph.shuffle",
            self.tr("Random"),
            self.tr("Lay any digit of the test set on the pad."),
            self,
        )
        self._mistake = named_button(
            "nextMistakeButton",
            "ph.skip-forward",
            self.tr("Next mistake"),
            self.tr("Lay the next digit of the test set that this network takes for another on the pad."),
            self,
        )
        self._mistake.setMinimumWidth(self._mistake.sizeHint().width())
        self.show_mistakes(can_ask=False, is_asked=False)

    def _switch(self, name: str, text: str, explanation: str) -> QCheckBox:
        switch = QCheckBox(text, self)
        switch.setObjectName(name)
        switch.setAccessibleName(text)
        switch.setToolTip(explanation)
        switch.toggled.connect(self._on_import_toggled)
        shows_state(switch)
        return switch

    @staticmethod
    def _pair(first: QHBoxLayout, second: QHBoxLayout) -> QBoxLayout:
        pair = QBoxLayout(_BESIDE)
        pair.setSpacing(theme.SMALL_GAP)
        pair.addLayout(first, 1)
        pair.addLayout(second)
        return pair

    @staticmethod
    def _row(first: QWidget, *others: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.SMALL_GAP)
        row.addWidget(first, 1 if isinstance(first, NamedSlider) else 0)
        for part in others:
            row.addWidget(part, 1 if isinstance(part, WholeNumberBox) else 0)
        return row

    def _connect(self) -> None:
        self._pen.changed.connect(self._on_pen_changed)
        self._open.clicked.connect(self.open_wanted)
        self._paste.clicked.connect(self.paste_wanted)
        self.number.valueChanged.connect(self.digit_wanted)
        self.number.lineEdit().returnPressed.connect(self._on_number_entered)
        self._random.clicked.connect(self.random_wanted)
        self._mistake.clicked.connect(self.mistake_wanted)

    @Slot(int)
    def _on_pen_changed(self, position: int) -> None:
        self.pen_share_changed.emit(position / _PEN_STEPS)

    @Slot(bool)
    def _on_import_toggled(self, _on: bool) -> None:
        self.import_changed.emit(self._invert.isChecked(), self._crop.isChecked())

    @Slot()
    def _on_number_entered(self) -> None:
        if not self.number.has_bad_text:
            self.digit_wanted.emit(self.number.value())
