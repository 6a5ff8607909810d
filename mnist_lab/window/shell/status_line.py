"""The line at the bottom: which data, which network, what is going on, and the way to all of MNIST."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mnist_lab.data.digits import Digits
from mnist_lab.data.hand import HandDigits
from mnist_lab.window import theme
from mnist_lab.window.pages.run_words import RunWords
from mnist_lab.window.state.lab import Keras, Lab
from mnist_lab.window.state.subjects import Subject
from mnist_lab.window.widgets.basic.buttons import ToolButton
from mnist_lab.window.widgets.basic.plain_tip import plain_tip
from mnist_lab.window.widgets.basic.progress_bar import ProgressBar
from mnist_lab.window.widgets.basic.short_label import ShortLabel
from mnist_lab.window.words import fill, spell_duration

_MEGABYTE = 1e6


class StatusLine(QWidget):
    """Always says which digits are in use; offers all 70,000 while the starter set is.

    Signals:
        download_pressed(): the learner wants all of MNIST.
        cancel_pressed(): they changed their mind.
    """

    download_pressed = Signal()
    cancel_pressed = Signal()

    def __init__(self, lab: Lab, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lab = lab
        self._words = RunWords(self)
        self._data = _label(self, "dataLabel", self.tr("The digits in use."))
        self._network = _label(self, "networkLabel", self.tr("The network that every page looks at."))
        self._amount = _label(self, "downloadAmount", self.tr("How much of the full set has arrived."))
        self._activity = _Activity(self._states(), self)
        _name(self._activity, "activityLabel", self.tr("What goes on in the background."))
        self._download = ToolButton(self)
        self._cancel = ToolButton(self)
        self._progress = ProgressBar(self)
        self._is_downloading = False
        self._build()
        lab.supply.downloaded_more.connect(self._show_progress)
        self._download.clicked.connect(self.download_pressed)
        self._cancel.clicked.connect(self.cancel_pressed)
        lab.changed.connect(self._on_changed)
        self._on_changed(frozenset(Subject))

    def _build(self) -> None:
        self._download.setObjectName("getFullSetButton")
        self._download.setText(self.tr("Get all 70,000 digits"))
        self._download.setToolTip(self.tr("Download the full MNIST set, 11 MB, once; the lab works on meanwhile."))
        self._download.setAccessibleName(self._download.text())
        self._cancel.setObjectName("cancelDownloadButton")
        self._cancel.setText(self.tr("Cancel"))
        self._cancel.setToolTip(self.tr("Stop downloading; the digits in use stay."))
        self._cancel.setAccessibleName(self.tr("Cancel the download"))
        self._progress.setObjectName("downloadProgress")
        self._progress.setAccessibleName(self.tr("Download of the full set"))
        self._progress.setToolTip(self.tr("How much of the full set has arrived."))
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(6 * theme.LARGE_GAP)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, 2, theme.MARGIN, 2)
        layout.setSpacing(theme.LARGE_GAP)
        for widget in (self._data, self._download, self._progress, self._amount, self._cancel):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self._network)
        layout.addWidget(self._activity)

    @Slot(object)
    def _on_changed(self, subjects: frozenset[Subject]) -> None:
        if subjects & {Subject.DATA, Subject.KERAS, Subject.RUN}:
            self._show_activity()
        if subjects & {Subject.DATA, Subject.WEIGHTS}:  # new weights: a run on other data may have begun
            self._show_data()
        if subjects & {Subject.WEIGHTS, Subject.RUN, Subject.NETWORKS, Subject.RUNS}:
            self._network.setText(self._network_in_words())

    def _show_data(self) -> None:
        supply = self._lab.supply
        self._data.setText(self._data_in_words())
        origin = "" if supply.digits is None else supply.digits.origin
        self._data.setToolTip(plain_tip(origin) or self.tr("The digits in use."))
        has_less = supply.digits is not None and supply.digits.kind != "full"
        self._download.setVisible(has_less and not supply.is_downloading)
        self._cancel.setVisible(supply.is_downloading)
        self._progress.setVisible(supply.is_downloading)
        self._amount.setVisible(supply.is_downloading)
        if supply.is_downloading and not self._is_downloading:
            self._progress.setRange(0, 0)
            self._amount.clear()
        self._is_downloading = supply.is_downloading

    def _data_in_words(self) -> str:
        digits, run = self._lab.digits, self._lab.run
        if digits is None:
            return self.tr("Reading the digits…")
        if run is None or run.digits.has_same_content(digits):
            return self._describe(digits)
        name = self._name(run.digits)
        if name == self._name(digits):  # they differ by digits of one's own
            name = fill(self.tr("{name}, {train:,} to train"), name=name, train=len(run.digits.train_images))
        words = self.tr("This run: {name}. Next run: {next}")
        return fill(words, name=name, next=self._describe(digits))

    def _name(self, digits: Digits) -> str:
        kind = {
            "full": self.tr("MNIST, complete"),
            "starter": self.tr("MNIST, starter set"),
            "own": self.tr("Your data"),
        }[digits.kind]
        return fill(self.tr("{kind} + a hand"), kind=kind) if isinstance(digits, HandDigits) else kind

    def _describe(self, digits: Digits) -> str:
        words = self.tr("{name}: {train:,} images to train, {test:,} to test")
        return fill(words, name=self._name(digits), train=len(digits.train_images), test=len(digits.test_images))

    def _network_in_words(self) -> str:
        """Which network every page looks at: a kept one by its name, or the run's by its update; and its shape."""
        look = self._lab.look
        weights, run = look.weights, look.looked_run
        if weights is None:
            return self._words.opening(self._lab) or self.tr("No network yet")
        sizes = (len(weights.layers[0].kernel), *(len(layer.bias) for layer in weights.layers))
        shape = "-".join(map(str, sizes))
        if look.chosen is not None:
            return fill(self.tr("Kept network “{name}”: {shape}"), name=look.chosen.name, shape=shape)
        # While nobody asks for a live run's weights, their newest copy may be old; whoever opens a page has newer ones.
        is_now = run is not None and run.is_live and look.moment is None
        updates = run.updates if run is not None and is_now else weights.updates
        if run is not None and run.number is not None and not self._lab.live.is_looked_at:
            words = self.tr("Run {number}'s network at update {updates:,}: {shape}")
            return fill(words, number=run.number, updates=updates, shape=shape)
        return fill(self.tr("The run's network at update {updates:,}: {shape}"), updates=updates, shape=shape)

    def _states(self) -> tuple[str, ...]:
        several = self.tr("Racing"), self.tr("Sweeping")
        return self.tr("Preparing…"), self.tr("Paused"), self.tr("Training"), self.tr("Ready"), *several

    def _show_activity(self) -> None:
        preparing, paused, training, ready, racing, sweeping = self._states()
        if self._lab.live.is_queued:
            words = preparing
        elif self._lab.live.is_training:
            words = paused if self._lab.live.is_paused else training
        elif self._lab.race.is_racing:
            words = paused if self._lab.race.is_paused else racing
        elif self._lab.sweep.is_sweeping:
            words = paused if self._lab.sweep.is_paused else sweeping
        elif self._lab.supply.is_loading:
            words = self.tr("Reading digits…")
        else:
            words = {
                Keras.ABSENT: "",
                Keras.IMPORTING: self.tr("Keras is being loaded; everything else works already."),
                Keras.READY: ready,
            }[self._lab.keras]
        self._activity.setText(words)

    @Slot()
    def _show_progress(self) -> None:
        done, total, seconds_left = self._lab.supply.download_progress()
        if not total:
            return
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        words = fill(self.tr("{done:.1f} of {total:.1f} MB"), done=done / _MEGABYTE, total=total / _MEGABYTE)
        if seconds_left is not None:
            left = spell_duration(seconds_left, tenths=False)
            words = fill(self.tr("{progress}, {time} left"), progress=words, time=left)
        self._amount.setText(words)


class _Activity(ShortLabel):
    """Has room for every state of a run: none is cut short, and the words beside it stay where they are."""

    def __init__(self, states: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._states = states
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def minimumSizeHint(self) -> QSize:
        """The widest of the states; where other words stand, they may be shortened."""
        usual = super().minimumSizeHint()
        return usual.expandedTo(QSize(max(map(self.fontMetrics().horizontalAdvance, self._states)), 0))


def _label(parent: QWidget, name: str, explanation: str) -> ShortLabel:
    label = ShortLabel(parent)
    _name(label, name, explanation)
    return label


def _name(label: ShortLabel, name: str, explanation: str) -> None:
    label.setObjectName(name)
    label.setToolTip(explanation)
    theme.set_role(label, "caption")
