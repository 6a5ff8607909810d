"""My digits: keep what was drawn with its label, look at all that was kept, and how the network fares with it."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mnist_lab.data.own_digits import OwnDigits
from mnist_lab.window import page_keys, theme
from mnist_lab.window.keyboard import add_shortcut, with_key
from mnist_lab.window.pages.kept_controls import shows_state
from mnist_lab.window.widgets.basic.drop_down import DropDown
from mnist_lab.window.widgets.basic.icon_button import IconButton, named_button
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.pictures.grid_look import GridLook
from mnist_lab.window.widgets.pictures.opening_grid import OpeningGrid
from mnist_lab.window.widgets.pictures.picture_grid import LARGE
from mnist_lab.window.words import fill


class OwnDigitsTab(QWidget):
    """A row to save, a gallery, and what is done with it.

    Attributes:
        learn: the button that leads to learning a hand.

    Signals:
        save_wanted(int): keep the drawing as this digit.
        open_wanted(int): put a kept one, by its place, on the pad.
        remove_wanted(int): keep one, by its place, no more.
        put_back_wanted(): take the last removal back.
        use_toggled(bool): train on them in the next run, or not.
    """

    save_wanted = Signal(int)
    open_wanted = Signal(int)
    remove_wanted = Signal(int)
    put_back_wanted = Signal()
    use_toggled = Signal(bool)

    def __init__(self, look: GridLook, parent: QWidget | None = None) -> None:
        """Show no digits yet; `look` keeps selection and scroll position."""
        super().__init__(parent)
        self._own: OwnDigits | None = None
        self._predicted: NDArray[np.intp] | None = None
        self._is_inked = False
        self._make_saving()
        self._make_gallery(look)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.addWidget(Panel(self.tr("My digits"), self._content(), self._remove, self._put_back, parent=self))
        self._connect()
        self.set_can_put_back(False)
        self.set_can_save(False)

    def show_digits(self, own: OwnDigits, predicted: NDArray[np.intp] | None, *, is_used: bool) -> None:
        """Show all kept digits and the answers to them: (n,), −1 where there is none; None without a network."""
        chosen = self._chosen()
        has_changed = own is not self._own
        self._own, self._predicted = own, predicted
        self._gallery.set_pictures(own.images, captions=self._caption, marks=self._mark)
        if has_changed and chosen is not None and len(own):
            self._gallery.select(min(chosen, len(own) - 1))  # beside the one that is gone
        self._gallery.setVisible(len(own) > 0)
        self._empty.setVisible(not len(own))
        self._sentence.setText(self._say(own, predicted))
        with QSignalBlocker(self._use):
            self._use.setChecked(is_used)
        self._show_selection()

    def set_can_save(self, can_save: bool) -> None:
        """Whether there is a drawing that is not kept yet."""
        self._is_inked = can_save
        self._save.setEnabled(can_save and self._label.currentData() is not None)

    def set_label(self, label: int) -> None:
        """Say that this digit lies on the pad, as when a kept one is laid there."""
        self._label.setCurrentIndex(self._label.findData(label))

    def forget_label(self) -> None:
        """Ask again which digit lies on the pad."""
        self._label.setCurrentIndex(0)

    def set_can_put_back(self, can_put_back: bool) -> None:
        """Whether there is a removal to take back."""
        self._put_back.setEnabled(can_put_back)

    def _make_saving(self) -> None:
        self._label = DropDown(self)
        self._label.setObjectName("ownLabel")
        self._label.setAccessibleName(self.tr("Which digit it is"))
        self._label.setToolTip(self.tr("Say which digit lies on the pad, before it is kept; or type it."))
        self._label.addItem(self.tr("which digit?"), None)
        for digit in range(10):
            self._label.addItem(str(digit), digit)
        self._label.setMaxVisibleItems(self._label.count())
        self._label.setMinimumWidth(self._label.sizeHint().width() + theme.LARGE_GAP)  # its open list has margins
        self._save = IconButton("ph.floppy-disk", self.tr("Save"), self)
        self._save.setObjectName("saveDigitButton")
        self._save.setAccessibleName(self.tr("Keep the drawing"))
        self._save.setToolTip(self.tr("Keep what lies on the pad under this label."))

    def _make_gallery(self, look: GridLook) -> None:
        self._gallery = OpeningGrid(self, LARGE, look)
        self._gallery.setObjectName("ownDigits")
        self._gallery.setAccessibleName(self.tr("My digits"))
        self._gallery.setToolTip(self.tr("Click, or press Enter, to lay one on the pad; Delete removes it."))
        self._remove = named_button(
            "removeDigitButton",
            "ph.trash",
            with_key(self.tr("Remove"), page_keys.DELETE),
            self.tr("Keep the chosen digit no more (Delete)."),
            self,
        )
        self._put_back = named_button(
            "putBackButton",
            "ph.arrow-counter-clockwise",
            self.tr("Put back"),
            self.tr("Take the last removal back."),
            self,
        )
        self._empty = QLabel(
            self.tr("Draw a digit, say which one it is, and save it: it then stands here, also next time."), self
        )
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.set_role(self._empty, "caption")
        self._sentence = QLabel(self)
        self._sentence.setObjectName("ownAccuracy")
        self._sentence.setWordWrap(True)
        self._use = QCheckBox(self.tr("Train on them in the next run"), self)
        self._use.setObjectName("useOwnDigits")
        self._use.setAccessibleName(self._use.text())
        self._use.setToolTip(self.tr("Add them to the training images of the next run; the test set stays as it is."))
        shows_state(self._use)
        self.learn = named_button(
            "handButton",
            "ph.graduation-cap",
            self.tr("&Learn my hand"),
            self.tr("Write two of each digit; then a network learns how you write, in about a minute."),
            self,
        )

    def _content(self) -> QWidget:
        content = QWidget(self)
        saving = QHBoxLayout()
        saving.setSpacing(theme.GAP)
        words = QLabel(self.tr("On the pad is a"), content)
        words.setBuddy(self._label)
        for part in (words, self._label, self._save):
            saving.addWidget(part)
        saving.addStretch(1)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addLayout(saving)
        layout.addWidget(self._gallery, 1)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self._sentence)
        layout.addWidget(self._use)
        layout.addWidget(self.learn, 0, Qt.AlignmentFlag.AlignLeft)
        return content

    def _connect(self) -> None:
        self._label.currentIndexChanged.connect(self._on_label_chosen)
        self._save.clicked.connect(self._on_save)
        self._gallery.picture_activated.connect(self.open_wanted)
        self._gallery.selection_changed.connect(self._show_selection)
        self._remove.clicked.connect(self._on_remove)
        self._put_back.clicked.connect(self.put_back_wanted)
        self._use.toggled.connect(self.use_toggled)
        add_shortcut(page_keys.DELETE, self._gallery).activated.connect(self._on_remove)

    def _caption(self, index: int) -> str:
        if self._own is None or index >= len(self._own):
            return ""
        label = int(self._own.labels[index])
        if self._predicted is None or index >= len(self._predicted) or self._predicted[index] == label:
            return str(label)
        if self._predicted[index] < 0:
            return fill(self.tr("{label}, no answer"), label=label)
        return fill(self.tr("{label}, not {answer}"), label=label, answer=int(self._predicted[index]))

    def _mark(self, index: int) -> bool | None:
        """Whether the network recognises it; None where that is not known."""
        if self._own is None or self._predicted is None or not index < min(len(self._own), len(self._predicted)):
            return None
        return bool(self._predicted[index] == self._own.labels[index])

    def _say(self, own: OwnDigits, predicted: NDArray[np.intp] | None) -> str:
        if not len(own):
            return ""
        if predicted is None:
            return self.tr("%Ln digit(s) of your own; with a network, its accuracy on them stands here.", "", len(own))
        right = int(np.count_nonzero(predicted == own.labels))
        words = self.tr("Of your digits this network recognises {right:,} of {all:,}: {share:.1f}\u00a0%.")
        return fill(words, right=right, all=len(own), share=100 * right / len(own))

    @Slot()
    def _show_selection(self) -> None:
        self._remove.setEnabled(self._chosen() is not None)

    def _chosen(self) -> int | None:
        place: int | None = self._gallery.selected
        return place if self._own is not None and place is not None and 0 <= place < len(self._own) else None

    @Slot(int)
    def _on_label_chosen(self, _index: int) -> None:
        self.set_can_save(self._is_inked)

    @Slot()
    def _on_save(self) -> None:
        label = self._label.currentData()
        if label is not None:
            self.save_wanted.emit(int(label))

    @Slot()
    def _on_remove(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.remove_wanted.emit(chosen)
