"""Choices from which one learns how training works, and how one finds a mistake in a network."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from mnist_lab.experiment import MOVED_STRENGTHS, Experiment
from mnist_lab.window.pages.setting_fields import choose, whole_field
from mnist_lab.window.widgets.basic.drop_down import DropDown
from mnist_lab.window.widgets.fields.complaints import Complaints
from mnist_lab.window.widgets.fields.form_grid import FormGrid


class ThingsToTry(FormGrid):
    """How the weights begin, labels without sense, one batch alone, and moved copies of the images.

    Signals:
        choices_changed(): another choice.
    """

    choices_changed = Signal()

    def __init__(self, complaints: Complaints, parent: QWidget | None = None) -> None:
        """Show the choices of the chapter's network."""
        super().__init__(parent, complaints=complaints)
        self._initial_weights = DropDown(self)
        self._shuffled_labels = QCheckBox(self)
        self._one_batch = QCheckBox(self)
        self._moved_copies = whole_field(self, "moved_copies")
        self._moved: dict[str, object] = {}  # how they are moved: that is chosen where they are seen
        self._add_initial_weights()
        self._add_switches()
        self._initial_weights.currentIndexChanged.connect(self.choices_changed)
        self._shuffled_labels.toggled.connect(self.choices_changed)
        self._one_batch.toggled.connect(self.choices_changed)
        self._moved_copies.valueChanged.connect(self.choices_changed)

    @property
    def fields(self) -> dict[str, object]:
        """What is chosen, by the experiment's own names."""
        return {
            "initial_weights": self._initial_weights.currentData(),
            "shuffled_labels": self._shuffled_labels.isChecked(),
            "one_batch": self._one_batch.isChecked(),
            "moved_copies": self._moved_copies.value(),
            **self._moved,
        }

    def show_choices(self, experiment: Experiment) -> None:
        """Show those of `experiment`."""
        choose(self._initial_weights, experiment.initial_weights)
        self._shuffled_labels.setChecked(experiment.shuffled_labels)
        self._one_batch.setChecked(experiment.one_batch)
        self._moved_copies.setValue(experiment.moved_copies)
        self._moved = {name: getattr(experiment, name) for name in MOVED_STRENGTHS}

    def _add_initial_weights(self) -> None:
        self._initial_weights.addItem(self.tr("Glorot uniform"), "glorot")
        self._initial_weights.addItem(self.tr("He normal"), "he")
        self._initial_weights.addItem(self.tr("zeros"), "zeros")
        self._initial_weights.addItem(self.tr("too large"), "large")
        self.add_field(
            self._initial_weights,
            "initialWeights",
            self.tr("Initial &weights"),
            self.tr(
                "How the weights begin. Glorot: the chapter's choice, in the range that suits the layer. He: a little "
                "larger, made for relu. Zeros: all units begin equal. Too large: random, with standard deviation 1."
            ),
        )

    def _add_switches(self) -> None:
        self.add_field(
            self._shuffled_labels,
            "shuffledLabels",
            self.tr("Shuffled labels"),
            self.tr(
                "Give the training images each other's labels at random, the same way for the same seed. A network can "
                "only learn them by heart: on the test images it stays near 10\u00a0%."
            ),
        )
        self.add_field(
            self._one_batch,
            "oneBatch",
            self.tr("Overfit one batch"),
            self.tr(
                "Train on the first batch alone, one update an epoch: choose 100 epochs or more. The loss should go to "
                "0; if it does not, something is wrong with the network or its settings."
            ),
        )
        self.add_field(
            self._moved_copies,
            "copiesOfEach",
            self.tr("Moved copies"),
            self.tr(
                "How many copies of each training image are trained on beside it, each turned, sheared, scaled and "
                "shifted a little: more to learn from. Data, tab Moved copies, shows them and says how far they move."
            ),
        )
