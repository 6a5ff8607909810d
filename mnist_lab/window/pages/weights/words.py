"""Which network the Weights page shows, in words."""

from PySide6.QtCore import QCoreApplication

from mnist_lab.experiment import PIXELS
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.window.words import fill, spell_whole


def network_words(weights: NetworkWeights | None, *, is_coming: bool, has_diverged: bool) -> str:
    """Say which network is looked at; while there is none, whether one is being prepared or what to do."""
    translate = QCoreApplication.translate
    if weights is None:
        if is_coming:
            return translate("weights", "The network is being prepared; its weights appear as soon as it stands.")
        return translate("weights", "No network yet: train one, then look inside it here, also while it learns.")
    shape = " → ".join(spell_whole(size) for size in (PIXELS, *(len(layer.bias) for layer in weights.layers)))
    words = fill(
        translate("weights", "After %Ln update(s): {shape}, {activation}.", "", weights.updates),
        shape=shape,
        activation=weights.activation,
    )
    if has_diverged:
        words += " " + translate("weights", "The run diverged; these are the last weights that were numbers.")
    return words
