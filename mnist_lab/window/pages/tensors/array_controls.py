"""What one can look at: the list of presets and some expressions to start from."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from mnist_lab.tensors.presets import PRESETS, Preset
from mnist_lab.window import theme
from mnist_lab.window.pages.tensors.array_look import ArrayLook
from mnist_lab.window.translation import translate

EXAMPLES = (
    "train_images[10:100]",
    "train_images[10:100, 7:-7, 7:-7]",
    "train_images[4]",
    "train_images[4, 14]",
    "train_images[128*n:128*(n+1)]",
    "train_images[:, 14:, 14:]",
    "train_images.reshape(-1, 784)",
    "train_images[0] / 255",
    "train_images[:100].mean(axis=0)",
    "to_categorical(train_labels)",
)

_SPACE = 2
_LEAST_WIDTH = 180


class ArrayControls(QWidget):
    """Two lists; a click takes a line, and so does going to it with the keys.

    Signals:
        preset_chosen(object): a `Preset`.
        example_chosen(str): an expression.
    """

    preset_chosen = Signal(object)
    example_chosen = Signal(str)

    def __init__(self, look: ArrayLook, parent: QWidget | None = None) -> None:
        """Mark the lines that `look` says, and keep there which ones are marked."""
        super().__init__(parent)
        self._look = look
        self.presets = _Lines(self)
        self.presets.setObjectName("tensorPresets")
        self.presets.setAccessibleName(self.tr("Arrays to look at"))
        self.presets.setToolTip(self.tr("Arrays by rank, by kind of data, and the four arrays in use."))
        for preset in PRESETS:
            item = QListWidgetItem(translate("tensors", preset.label), self.presets)
            item.setData(Qt.ItemDataRole.UserRole, preset.identifier)
            item.setToolTip(translate("tensors", preset.explanation))
        self.examples = _Lines(self)
        self.examples.setObjectName("tensorExamples")
        self.examples.setAccessibleName(self.tr("Expressions to start from"))
        self.examples.setToolTip(self.tr("Click a line to work it out; change it in the field afterwards."))
        self.examples.addItems(EXAMPLES)
        for row, example in enumerate(EXAMPLES):
            self.examples.item(row).setToolTip(example)  # where the list has no room for all of it
        self.presets.setCurrentRow(look.preset_row)
        self.examples.setCurrentRow(look.example_row)
        self._build()
        self._connect()
        self.set_palette(theme.current())

    def set_palette(self, _palette: theme.Palette) -> None:
        """Follow the theme's type."""
        self._choose_type()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width."""
        super().resizeEvent(event)
        self._choose_type()

    def _choose_type(self) -> None:
        """Write expressions in smaller letters where the longest has no room."""
        font = theme.fonts.fixed()
        longest = max(QFontMetricsF(font).horizontalAdvance(example) for example in EXAMPLES)
        if longest + 2 * theme.GAP > self.width():
            font.setPointSizeF(theme.fonts.points("small"))
        self.examples.setFont(font)

    def show_preset(self, preset: Preset | None) -> None:
        """Mark a preset as the one that is shown; None: none is."""
        if preset is None:
            self.presets.clearSelection()
            self.presets.setCurrentRow(-1)
        else:
            self.presets.setCurrentRow(PRESETS.index(preset))

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        for words, lines in ((self.tr("Arrays"), self.presets), (self.tr("Expressions"), self.examples)):
            heading = QLabel(words, self)
            theme.set_role(heading, "heading")
            layout.addWidget(heading)
            layout.addWidget(lines)
            layout.addSpacing(theme.GAP)

    def _connect(self) -> None:
        for lines in (self.presets, self.examples):
            lines.itemSelectionChanged.connect(self._on_marked)
        self.presets.itemClicked.connect(self._on_preset)
        self.presets.itemActivated.connect(self._on_preset)
        self.examples.itemClicked.connect(self._on_example)
        self.examples.itemActivated.connect(self._on_example)

    @Slot()
    def _on_marked(self) -> None:
        self._look.preset_row, self._look.example_row = self.presets.marked_row, self.examples.marked_row

    @Slot(QListWidgetItem)
    def _on_preset(self, item: QListWidgetItem) -> None:
        self.preset_chosen.emit(PRESETS[self.presets.row(item)])

    @Slot(QListWidgetItem)
    def _on_example(self, item: QListWidgetItem) -> None:
        self.example_chosen.emit(item.text())


class _Lines(QListWidget):
    """A list as high as its lines: the column around it scrolls."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSpacing(_SPACE)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.currentItemChanged.connect(self._on_moved)

    @property
    def marked_row(self) -> int:
        """The line that is marked; -1: none."""
        marked = self.selectedIndexes()
        return marked[0].row() if marked else -1

    @Slot(QListWidgetItem, QListWidgetItem)
    def _on_moved(self, now: QListWidgetItem | None, before: QListWidgetItem | None) -> None:
        """Take the line that the keys went to: what is marked is what is shown. A click is told by Qt itself."""
        by_mouse = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        if now is not None and before is not None and self.hasFocus() and not by_mouse:
            self.itemActivated.emit(now)

    def sizeHint(self) -> QSize:
        """All lines."""
        hint = super().sizeHint()
        hint.setHeight((self.sizeHintForRow(0) + 2 * _SPACE) * self.count() + 2 * self.frameWidth() + 4)
        return hint

    def minimumSizeHint(self) -> QSize:
        """All lines; what is long loses its middle."""
        return QSize(theme.fonts.scaled(_LEAST_WIDTH), self.sizeHint().height())
