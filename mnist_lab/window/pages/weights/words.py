"""The Weights page in words: which network it shows, and what a gradient update was."""

from PySide6.QtCore import QCoreApplication

from mnist_lab.experiment import PIXELS
from mnist_lab.inspection.update_step import UpdateStep
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.optimizers import optimizer_spec
from mnist_lab.studies.cases import UpdateCase
from mnist_lab.window import translation
from mnist_lab.window.pages.weights.update_section import UpdateReport
from mnist_lab.window.words import fill, rounded, spell, spell_percent, spell_whole


def network_words(weights: NetworkWeights | None, *, is_coming: bool, has_diverged: bool) -> str:
    """Say which network is looked at; while there is none, whether one is being prepared or what to do."""
    translate = QCoreApplication.translate
    if weights is None:
        if is_coming:
            return translate("weights", "The network is being prepared; its weights appear as soon as it stands.")
        return translate("weights", "No network yet: train one, then look inside it here, also while it learns.")
    shape = " → ".join(spell_whole(size) for size in (PIXELS, *(len(layer.bias) for layer in weights.layers)))
    words = fill(
        translate("weights", "After {updates} updates: {shape}, {activation}."),
        updates=spell_whole(weights.updates),
        shape=shape,
        activation=weights.activation,
    )
    if has_diverged:
        words += " " + translate("weights", "The run diverged; these are the last weights that were numbers.")
    return words


def update_report(case: UpdateCase, step: UpdateStep) -> UpdateReport:
    """Say what an update was, beside what it did."""
    update, experiment = case.update, case.experiment
    facts = QCoreApplication.translate(
        "weights", "Update {number}, a batch of {images} images: loss {loss}, accuracy {accuracy}."
    )
    return UpdateReport(
        step,
        fill(
            facts,
            number=spell_whole(update.before.updates + 1),
            images=spell_whole(len(update.indices)),
            loss=spell(rounded(update.loss, 4)),
            accuracy=spell_percent(update.accuracy),
        ),
        translation.translate("optimizers", optimizer_spec(experiment.optimizer).label),
        update.learning_rate,
        is_plain=experiment.optimizer == "sgd",
        has_dropout=experiment.dropout > 0,
    )
