"""What is examined on the Evaluate page, or why nothing is yet, in a sentence."""

from PySide6.QtCore import QObject

from mnist_lab.window.pages.measured_words import MeasuredWords
from mnist_lab.window.pages.run_words import RunWords
from mnist_lab.window.state.lab import Lab


class EvaluateWords(QObject):
    """Makes the sentences."""

    def __init__(self, lab: Lab, parent: QObject) -> None:
        super().__init__(parent)
        self._lab = lab
        self._run_words, self._measured = RunWords(self), MeasuredWords(self)

    def opening(self) -> str:
        """What is being opened to be looked at; "" where nothing is, or a run goes on."""
        return "" if self._lab.live.is_training else self._run_words.opening(self._lab)

    def state(self, *, is_evaluated: bool) -> str:
        """What the network is that is looked at; `is_evaluated`: whether its answers are there."""
        lab = self._lab
        if lab.weights is None:
            return self.opening() or self._without_network()
        if not is_evaluated:
            return self.tr("The network is being asked about every test image …")
        if caution := self._measured.caution(lab):
            return caution
        if lab.looked is not None and lab.looked.is_live:
            return self.tr("The network while it learns, on test images that it does not learn from.")
        return self.tr("The network on test images that it has not learned from.")

    def _without_network(self) -> str:
        if self._lab.live.is_training:
            return self.tr("The network is being prepared; it is examined as soon as it stands.")
        return self.tr("No network yet: train one, then it is examined here on images it has never learned from.")
