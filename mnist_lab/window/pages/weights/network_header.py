"""Above the tabs: which network is looked at, the way to the first one, and the choice among several."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from mnist_lab.experiment import PIXELS
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.words import fill, spell_whole


class NetworkHeader(QWidget):
    """One line that keeps its height.

    Signals:
        training_wanted(): the button that trains the first network was pressed.
    """

    training_wanted = Signal()

    def __init__(self, chooser: QWidget, parent: QWidget | None = None) -> None:
        """Show `chooser` at the right."""
        super().__init__(parent)
        self._words = QLabel(self)
        self._words.setObjectName("weightsStatus")
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._train = IconButton("ph.play-fill", self.tr("&Train it now"), self)
        self._train.setObjectName("trainNowForWeightsButton")
        self._train.setAccessibleName(self.tr("Train the network now"))
        self._train.setToolTip(self.tr("Start a run with the settings of the Train page, and watch the weights form."))
        self._train.set_primary(True)
        self._words.setMinimumHeight(self._train.sizeHint().height())  # the row stays as high without the button
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        row.addWidget(self._words, 1)
        row.addWidget(self._train)
        row.addWidget(chooser)
        self._train.clicked.connect(self.training_wanted)

    def show_network(
        self, weights: NetworkWeights | None, opening: str, *, is_coming: bool, has_diverged: bool
    ) -> None:
        """Say which network is looked at; without one, that it is coming, or `opening`, or offer to train it."""
        self._train.setVisible(weights is None and not is_coming and not opening)
        if weights is None and opening and not is_coming:
            words = opening
        elif weights is None:
            words = (
                self.tr("The network is being prepared; its weights appear as soon as it stands.")
                if is_coming
                else self.tr("No network yet: train one, then look inside it here, also while it learns.")
            )
        else:
            words = self._network_words(weights)
            if has_diverged:
                words += " " + self.tr("The run diverged; these are the last weights that were numbers.")
        self._words.setText(words)

    def _network_words(self, weights: NetworkWeights) -> str:
        shape = " → ".join(spell_whole(size) for size in (PIXELS, *(len(layer.bias) for layer in weights.layers)))
        words = self.tr("After %Ln update(s): {shape}, {activation}.", "", weights.updates)
        return fill(words, shape=shape, activation=weights.activation)
