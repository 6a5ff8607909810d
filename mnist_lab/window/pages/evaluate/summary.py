"""The column at the left of the Evaluate page: how good the network is, in one number and ten bars."""

import math

import numpy as np
from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from mnist_lab.inspection.evaluation import Evaluation
from mnist_lab.studies.examined import Examined
from mnist_lab.window import theme
from mnist_lab.window.pages.evaluate.digit_bars import DigitBars
from mnist_lab.window.pages.kept_controls import shows_state
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.basic.stat_card import StatCard
from mnist_lab.window.words import fill, spell_percent


class Summary(QWidget):
    """Test accuracy with its interval, accuracy of each digit, and that on one's own digits.

    Signals:
        own_wanted(bool): the learner's own digits are to be shown in the gallery, or no more.
    """

    own_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card = StatCard(self.tr("test accuracy"), room="100.0 %", parent=self)
        self._card.setObjectName("testAccuracy")
        self._interval = self._words("accuracyInterval")
        self._missing = Notice(self)
        self._missing.setObjectName("missingAnswers")
        self._bars = DigitBars(self)
        self._bars.setObjectName("perDigitAccuracy")
        self._bars.setAccessibleName(self.tr("Accuracy of each digit"))
        self._bars.setToolTip(self.tr("Of all test images of a digit, the share that the network recognises."))
        self._weakest = self._words("weakestDigit")
        self._own = self._words("ownAccuracy")
        self._own_switch = QCheckBox(self.tr("Show m&y digits in the gallery"), self)
        self._own_switch.setObjectName("showOwnDigits")
        self._own_switch.setAccessibleName(self.tr("Show my digits in the gallery"))
        self._own_switch.setToolTip(
            self.tr("The digits you drew and kept, mistakes first; the network answers them as it does test images.")
        )
        shows_state(self._own_switch)
        self._own_switch.toggled.connect(self.own_wanted)
        self._build()
        self.show_examined(None)
        self.show_own(None, 0)

    def _words(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setWordWrap(True)
        theme.set_role(label, "caption")
        return label

    def _build(self) -> None:
        per_digit = QWidget(self)
        inside = QVBoxLayout(per_digit)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.SMALL_GAP)
        inside.addWidget(self._bars)
        inside.addWidget(self._weakest)
        own = QWidget(self)
        inside = QVBoxLayout(own)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.SMALL_GAP)
        inside.addWidget(self._own)
        inside.addWidget(self._own_switch)
        self._own_panel = Panel(self.tr("My own digits"), own, parent=self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        for part in (
            self._card,
            self._interval,
            self._missing,
            Panel(self.tr("Accuracy of each digit"), per_digit, parent=self),
            self._own_panel,
        ):
            layout.addWidget(part)

    def show_examined(self, examined: Examined | None) -> None:
        """Show the answers to all test images; None while there are none."""
        if examined is None:
            self._card.set_value("")
            self._interval.setText(self.tr("Of all test images, the share that the network recognises."))
            self._missing.clear()
            self._bars.set_values(None)
            self._weakest.setText(self.tr("The digit with the lowest share stands out."))
            return
        evaluation = examined.evaluation
        self._card.set_value(spell_percent(evaluation.accuracy))
        self._interval.setText(self._interval_words(examined))
        self._show_missing(evaluation.unanswered_count, len(evaluation.labels))
        self._show_digits(examined)

    def _interval_words(self, examined: Examined) -> str:
        evaluation = examined.evaluation
        low, high = evaluation.interval()
        words = self.tr(
            "{right:,} of {count:,} test images after %Ln update(s)."
            " 95\u00a0% interval: {low:.1f} to {high:.1f}\u00a0%."
            " In 95 of 100 such samples of test images, the sample's interval holds the true share.",
            "",
            evaluation.updates,
        )
        return fill(
            words,
            right=evaluation.right_count,
            count=len(evaluation.labels),
            low=100 * low,
            high=100 * high,
        )

    def _show_missing(self, missing: int, count: int) -> None:
        if not missing:
            self._missing.clear()
            return
        words = self.tr(
            "{missing:,} of {count:,} images have no answer: this network's numbers have overflowed, since its run "
            "diverged. They count as not recognised."
        )
        self._missing.show_message(fill(words, missing=missing, count=count), "warning")

    def _show_digits(self, examined: Examined) -> None:
        shares = examined.evaluation.per_digit()
        if not np.isfinite(shares).any() or np.nanmin(shares) == np.nanmax(shares):
            self._bars.set_values(shares)
            self._weakest.clear()
            return
        hardest = np.flatnonzero(shares == np.nanmin(shares)).tolist()
        self._bars.set_values(shares, hardest[0] if len(hardest) == 1 else None)
        self._weakest.setText(self._hardest_words(hardest, examined.evaluation))

    def _hardest_words(self, hardest: list[int], evaluation: Evaluation) -> str:
        """Name the digit with the smallest share, or all that share it."""
        if len(hardest) > 1:
            words = self.tr("Hardest: {digits}, each with {share} recognised.")
            share = spell_percent(float(evaluation.per_digit()[hardest[0]]))
            return fill(words, digits=", ".join(map(str, hardest)), share=share)
        of_digit = evaluation.labels == hardest[0]
        wrong = int(np.count_nonzero(of_digit & ~evaluation.right))
        words = self.tr("Hardest: the digit {digit}; of its {images:,} images {wrong:,} are not recognised.")
        return fill(words, digit=hardest[0], wrong=wrong, images=int(np.count_nonzero(of_digit)))

    def show_own(self, examined: Examined | None, count: int) -> None:
        """Show the answers to the learner's own digits, of which there are `count`; None while there are none."""
        self._own_panel.setVisible(count > 0)
        if not count:
            self._own_switch.setChecked(False)
            return
        self._own_switch.setEnabled(examined is not None)
        if examined is None or not math.isfinite(examined.evaluation.accuracy):
            self._own.setText(self.tr("%Ln digit(s) you drew and kept.", "", count))
            return
        words = self.tr("{right:,} of %Ln digit(s) you drew and kept are recognised: {share}.", "", count)
        self._own.setText(
            fill(
                words,
                right=examined.evaluation.right_count,
                count=count,
                share=spell_percent(examined.evaluation.accuracy),
            )
        )

    @Slot(bool)
    def set_own_shown(self, on: bool) -> None:
        """Say whether the gallery shows them, without asking for it."""
        with QSignalBlocker(self._own_switch):
            self._own_switch.setChecked(on)
