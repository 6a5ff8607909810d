"""Long work that goes on: how far it is, how long the rest takes, and a way to end it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.widgets.basic.progress_bar import ProgressBar
from mnist_lab.window.words import fill, spell_duration
from mnist_lab.work import Progress

_SHORTEST = 20
"""Width of the bar where the room is scarce: Qt's own has room for words."""


class WorkBar(QWidget):
    """A bar, Cancel and a line of words; keeps its room while nothing goes on, so that nothing below it moves.

    Signals:
        cancel_wanted(): enough.
    """

    cancel_wanted = Signal()

    def __init__(self, name: str, accessible_name: str, cancelling: str, parent: QWidget | None = None) -> None:
        """Parts are named after `name`; `cancelling` is the tooltip of Cancel: what ending it does."""
        super().__init__(parent)
        self._bar = ProgressBar(self)
        self._bar.setObjectName(f"{name}Progress")
        self._bar.setAccessibleName(accessible_name)
        self._bar.setToolTip(self.tr("How much of the work is done; it goes on while you look elsewhere."))
        self._bar.setTextVisible(False)
        self._bar.setMinimumWidth(theme.fonts.scaled(_SHORTEST))
        self._cancel = IconButton("ph.x", self.tr("Cancel"), self)
        self._cancel.setObjectName(f"{name}Cancel")
        self._cancel.setAccessibleName(self.tr("Cancel"))
        self._cancel.setToolTip(cancelling)
        self._cancel.clicked.connect(self.cancel_wanted)
        self._words = QLabel(self)
        self._words.setObjectName(f"{name}Words")
        self._words.setWordWrap(True)
        self._words.setMinimumHeight(self._words.fontMetrics().lineSpacing())
        theme.set_role(self._words, "caption")
        for part in (self._bar, self._cancel):
            policy = part.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            part.setSizePolicy(policy)
        self._cancel.setMinimumSize(self._cancel.sizeHint())  # rather a short bar than a cut word
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(self._bar, 1)
        row.addWidget(self._cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        layout.addLayout(row)
        layout.addWidget(self._words)
        self.show_progress(None)

    def show_progress(self, progress: Progress | None, words: str = "") -> None:
        """Show how far the work is, or, with None, that none goes on: then `words` stand there."""
        for part in (self._bar, self._cancel):
            part.setVisible(progress is not None)
        if progress is None:
            self._words.setText(words)
            return
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)
        left = progress.seconds_left
        self._words.setText(
            self.tr("Begun.")
            if left is None
            else fill(self.tr("About {left} left."), left=spell_duration(left, tenths=False))
        )
