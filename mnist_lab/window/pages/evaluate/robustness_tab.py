"""The tab Robustness: how the accuracy falls when digits are unlike those that the network learned."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mnist_lab.experiment import PIXELS
from mnist_lab.inspection.forward import probabilities, scaled
from mnist_lab.inspection.robustness import DISTURBANCES, spread
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.studies.examined import Examined
from mnist_lab.studies.robustness_work import STEPS
from mnist_lab.window import theme, translation
from mnist_lab.window.pages.evaluate.choices import ExampleChoice
from mnist_lab.window.pages.evaluate.disturbance_view import DisturbanceView
from mnist_lab.window.pages.evaluate.example_view import Example, ExampleView
from mnist_lab.window.pages.evaluate.measurement import Measurement
from mnist_lab.window.pages.evaluate.noise_view import NoiseView
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.widgets.basic.progress_bar import ProgressBar
from mnist_lab.window.widgets.basic.scroll_place import width_beside_bar
from mnist_lab.window.widgets.pictures.probability_bars import ProbabilityBars
from mnist_lab.window.words import fill, spell_duration, spell_setting

_MOST_COLUMNS, _FEWEST_COLUMNS = 3, 2
"""Of the pictures; the noise stands beside three where there is room, else below them all."""
_SEED = 0


class RobustnessTab(QWidget):
    """A curve for each disturbance, one digit disturbed as strongly as where one points, and noise.

    Signals:
        measure_wanted(): the network is to be measured, or measured anew.
        cancel_wanted(): enough.
        picture_opened(object, object, str): a (28, 28) uint8 picture, its label or None, and its origin in words.
    """

    measure_wanted = Signal()
    cancel_wanted = Signal()
    picture_opened = Signal(object, object, str)

    def __init__(self, choice: ExampleChoice, parent: QWidget | None = None) -> None:
        """Show the example that `choice` says, and keep there what the learner chooses."""
        super().__init__(parent)
        self._choice = choice
        self._examined: Examined | None = None
        self._weights: NetworkWeights | None = None
        self._disturbed: NDArray[np.float32] | None = None
        self._is_running = False
        self._views = [DisturbanceView(disturbance, self) for disturbance in DISTURBANCES]
        self._noise = NoiseView(self)
        self._example = ExampleView(self)
        self._status = QLabel(self)
        self._status.setObjectName("robustnessStatus")
        self._status.setWordWrap(True)
        theme.set_role(self._status, "caption")
        self._progress = ProgressBar(self)
        self._progress.setObjectName("robustnessProgress")
        self._progress.setAccessibleName(self.tr("Progress of the measurement"))
        self._progress.setToolTip(self.tr("Strengths measured, of those of all disturbances."))
        self._progress.setRange(0, STEPS)
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(8 * theme.LARGE_GAP)
        policy = self._progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._progress.setSizePolicy(policy)
        self._button = IconButton("ph.gauge", self.tr("Measure"), self)
        self._button.setObjectName("measureButton")
        self._build()
        self._connect()

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.GAP)
        top.addWidget(self._status, 1)
        top.addWidget(self._progress)
        top.addWidget(self._button)
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.GAP)
        self._arranged = (0, False)
        self._arrange(_MOST_COLUMNS, is_noise_beside=False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addLayout(top)
        layout.addLayout(self._grid, 1)

    def _arrange(self, columns: int, *, is_noise_beside: bool) -> None:
        """Lay the pictures out in so many columns, and the noise beside or below them."""
        if (columns, is_noise_beside) == self._arranged:
            return
        self._arranged = columns, is_noise_beside
        pictures = self._pictures()
        for view in (*pictures, self._noise):
            self._grid.removeWidget(view)
        for place, view in enumerate(pictures):
            self._grid.addWidget(view, place // columns, place % columns)
        rows = -(-len(pictures) // columns)
        if is_noise_beside:
            self._grid.addWidget(self._noise, 0, columns, rows, 1, Qt.AlignmentFlag.AlignTop)
        else:
            self._grid.addWidget(self._noise, rows, 0, 1, columns)
        for column in range(_MOST_COLUMNS + 1):
            self._grid.setColumnStretch(column, int(column < columns + is_noise_beside))

    def _pictures(self) -> tuple[QWidget, ...]:
        return (*self._views, self._example)

    def _least_width(self, columns: int) -> int:
        """Of so many columns, in logical pixels."""
        least = [view.minimumSizeHint().width() for view in self._pictures()]
        return sum(max(least[column::columns]) for column in range(columns)) + (columns - 1) * theme.GAP

    def minimumSizeHint(self) -> QSize:
        """Where there is no room for three pictures beside each other there are two."""
        width = max(self._least_width(_FEWEST_COLUMNS), self._noise.minimumSizeHint().width())
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out as many pictures beside each other as there is room for."""
        super().resizeEvent(event)
        room, least = width_beside_bar(self), self._least_width(_MOST_COLUMNS)
        columns = _MOST_COLUMNS if room >= least else _FEWEST_COLUMNS
        with_noise = least + theme.GAP + self._noise.minimumSizeHint().width()
        self._arrange(columns, is_noise_beside=room >= with_noise)

    def _connect(self) -> None:
        for view in self._views:
            view.strength_pointed.connect(self._on_strength_pointed)
        self._button.clicked.connect(self._on_button)
        self._example.another_wanted.connect(self._on_another)
        self._example.pad_wanted.connect(self._on_example_to_pad)
        self._noise.pad_wanted.connect(self._on_noise_to_pad)

    # What is shown

    def show_measurement(self, measurement: Measurement, weights: NetworkWeights | None, *, is_live: bool) -> None:
        """Show what is known so far, and whether it belongs to `weights`, the network looked at now."""
        measured = measurement.measured
        for view in self._views:
            accuracies = () if measured is None else measured.accuracies.get(view.disturbance.identifier, ())
            view.show_accuracies(accuracies)
        self._noise.show_answers(None if measured is None else measured.noise)
        self._progress.setVisible(measurement.is_running)
        self._progress.setValue(0 if measured is None else measured.done)
        self._is_running = measurement.is_running
        self._show_button(weights is not None, is_first=measured is None)
        self._status.setText(self._status_words(measurement, weights, is_live=is_live))

    def show_examined(self, examined: Examined | None, weights: NetworkWeights | None) -> None:
        """Say which digits an example is taken from, and which network answers."""
        self._examined, self._weights = examined, weights
        self._show_example()

    def _show_button(self, can_measure: bool, *, is_first: bool) -> None:
        if self._is_running:
            words, icon = self.tr("Cancel"), "ph.x"
            explanation = self.tr("Measure no more; what is known so far stays.")
        else:
            words, icon = self.tr("Measure") if is_first else self.tr("Measure again"), "ph.gauge"
            explanation = self.tr("Measure the network as it is now, on up to 1,000 digits; takes some seconds.")
        self._button.setText(words)
        self._button.setAccessibleName(words)
        self._button.setToolTip(explanation)
        self._button.set_icon(icon)
        self._button.setEnabled(can_measure or self._is_running)

    def _status_words(self, measurement: Measurement, weights: NetworkWeights | None, *, is_live: bool) -> str:
        measured = measurement.measured
        if measurement.problem:
            return measurement.problem
        if measured is None or measurement.weights is None:
            if weights is None:
                return self.tr("No network yet: train one, then it can be tried on digits unlike those it learned.")
            if is_live:
                return self.tr("The network is still learning: measure it as it is now, or wait until the run ends.")
            return self.tr("Accuracy on digits unlike those that the network learned.")
        updates = measurement.weights.updates
        words = self.tr("Accuracy on {count:,} test digits, disturbed, after %Ln update(s).", "", updates)
        sentence = fill(words, count=measurement.digits)
        left = None if measurement.progress is None else measurement.progress.seconds_left
        if left is not None:
            words = self.tr("{sentence} About {left} left; it goes on while you look elsewhere.")
            sentence = fill(words, sentence=sentence, left=spell_duration(left, tenths=False))
        if not measurement.is_running and not measurement.is_complete:
            sentence = fill(self.tr("{sentence} Cancelled before the end."), sentence=sentence)
        if weights is not measurement.weights and weights is not None:
            sentence = fill(self.tr("{sentence} The network has changed since."), sentence=sentence)
        return sentence

    # The example

    def _index(self) -> int | None:
        """Index of the example among the test images."""
        if self._examined is None or not len(self._examined.images):
            return None
        chosen = spread(len(self._examined.images))
        return int(chosen[self._choice.place % len(chosen)])

    def _show_example(self) -> None:
        index, weights = self._index(), self._weights
        disturbance, strength = self._choice.disturbance, self._choice.strength
        if index is None or weights is None or self._examined is None or disturbance is None:
            self._disturbed = None
            self._example.show_example(None)
            return
        before = scaled(self._examined.images[index : index + 1]).reshape(1, 28, 28)
        after = disturbance.apply(before, strength, np.random.default_rng(_SEED))
        answers = probabilities(weights, np.concatenate([before, after]).reshape(2, PIXELS))
        self._disturbed = after[0]
        words = fill(
            self.tr("{name} {strength}: {before} → {after}. Test digit {index:,}, the digit {label}."),
            index=index,
            label=self._examined.label(index),
            name=translation.translate("disturbances", disturbance.label),
            strength=spell_setting(strength),
            before=self._answer_words(answers[0]),
            after=self._answer_words(answers[1]),
        )
        self._example.show_example(Example(before[0], after[0], words))

    def _answer_words(self, answers: NDArray[np.float32]) -> str:
        if not np.isfinite(answers).all():
            return self.tr("no answer")
        digit = int(answers.argmax())
        return fill(self.tr("“{digit}” with {share}"), digit=digit, share=ProbabilityBars.spell(float(answers[digit])))

    @Slot(float)
    def _on_strength_pointed(self, strength: float) -> None:
        view = self.sender()
        if isinstance(view, DisturbanceView):
            self._choice.disturbance, self._choice.strength = view.disturbance, strength
            self._show_example()

    @Slot()
    def _on_another(self) -> None:
        self._choice.place += 1
        self._show_example()

    @Slot()
    def _on_button(self) -> None:
        if self._is_running:
            self.cancel_wanted.emit()
        else:
            self.measure_wanted.emit()

    @Slot()
    def _on_example_to_pad(self) -> None:
        index, disturbance = self._index(), self._choice.disturbance
        if index is None or self._disturbed is None or self._examined is None or disturbance is None:
            return
        words = self.tr("Test digit {index:,}, disturbed: {name}")
        name = translation.translate("disturbances", disturbance.label)
        self.picture_opened.emit(
            _bytes(self._disturbed), self._examined.label(index), fill(words, index=index, name=name)
        )

    @Slot()
    def _on_noise_to_pad(self) -> None:
        if self._noise.answers is not None:
            self.picture_opened.emit(_bytes(self._noise.answers.picture), None, self.tr("Pure noise, no digit"))


def _bytes(picture: NDArray[np.float32]) -> NDArray[np.uint8]:
    """(28, 28) uint8 of a (28, 28) picture from 0 to 1."""
    return np.rint(picture * 255).astype(np.uint8)
