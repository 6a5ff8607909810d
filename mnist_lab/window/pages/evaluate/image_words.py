"""What an image is and what it was taken for, in words."""

from PySide6.QtCore import QObject

from mnist_lab.studies.examined import Examined
from mnist_lab.window.widgets.pictures.probability_bars import ProbabilityBars
from mnist_lab.window.words import fill, spell_whole


class ImageWords(QObject):
    """Names and sentences for single images."""

    def name(self, number: int, *, is_own: bool = False) -> str:
        """Name an image: "Test digit 4,711", or "My digit 3"."""
        words = self.tr("My digit {number}") if is_own else self.tr("Test digit {number}")
        return fill(words, number=spell_whole(number))

    def answer(self, examined: Examined, index: int, name: str) -> str:
        """Say what the image with this index was taken for: "Test digit 4,711: the digit 4, taken for 9 with 98 %"."""
        label, answer = examined.label(index), examined.answer(index)
        if answer is None:
            return fill(self.tr("{name}: the digit {label}, without an answer"), name=name, label=label)
        if answer == label:
            words = self.tr("{name}: the digit {label}, recognised with {share}")
        else:
            words = self.tr("{name}: the digit {label}, taken for {answer} with {share}")
        share = ProbabilityBars.spell(examined.confidence(index))
        return fill(words, name=name, label=label, answer=answer, share=share)
