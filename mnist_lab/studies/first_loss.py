"""The loss of a run's first batch, beside that of a network which holds all ten answers for equally likely. No Qt."""

import math

import numpy as np

from mnist_lab.descent.sentences import Sentence
from mnist_lab.experiment import CLASSES, Experiment
from mnist_lab.inspection.activations import ACTIVATION_FUNCTIONS
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.words import QT_TRANSLATE_NOOP

CONTEXT = "first_loss"
"""Under which the sentences are translated."""
EXPECTED = math.log(CLASSES)
_NEAR, _NEAR_OF_ONE_IMAGE = 1.0, 2.0
"""How far from `EXPECTED` is no news.

Initial weights are random, so the answers are not quite equally likely. Batches of 128 begin at 2.3 to 3.1 with any
activation and Glorot's or He's weights, and at 9 or more with too large ones (measured); small batches stray more.
"""


def first_loss(experiment: Experiment, start: NetworkWeights, loss: float) -> tuple[Sentence, ...]:
    """What the first loss says of the initial weights.

    Args:
        experiment: of the run.
        start: its network before the first update.
        loss: of the first batch, before its update, penalties included; finite.

    Returns:
        one sentence or two, marked for translation under `CONTEXT`. They tell the loss without the penalty.
    """
    squares = sum(float(np.vdot(layer.kernel, layer.kernel)) for layer in start.layers) if experiment.l2 else 0.0
    penalty = experiment.l2 * squares
    values = {"loss": loss - penalty, "expected": EXPECTED}
    if experiment.initial_weights == "zeros":
        return _of_zeros(values), _why_units_stay_equal(experiment)
    verdict = Sentence(_template(experiment, values["loss"]), values)
    return (verdict, _of_penalty(penalty)) if penalty else (verdict,)


def _template(experiment: Experiment, loss: float) -> str:
    near = _NEAR + _NEAR_OF_ONE_IMAGE / math.sqrt(experiment.batch_size)
    if abs(loss - EXPECTED) <= near:
        return QT_TRANSLATE_NOOP(
            "first_loss",
            "First batch: loss {loss:.3f}. Ten equally likely answers have ln 10 = {expected:.3f}: a good start.",
        )
    if loss < EXPECTED:
        return QT_TRANSLATE_NOOP(
            "first_loss",
            "First batch: loss {loss:.3f}, below the ln 10 = {expected:.3f} of ten equally likely answers: by chance "
            "the network gave the right ones.",
        )
    if experiment.initial_weights == "large":
        return QT_TRANSLATE_NOOP(
            "first_loss",
            "First batch: loss {loss:.3f}, far above the ln 10 = {expected:.3f} of ten equally likely answers: with "
            "initial weights this large the network was sure, and wrong, before it had learned anything.",
        )
    return QT_TRANSLATE_NOOP(
        "first_loss",
        "First batch: loss {loss:.3f}, above the ln 10 = {expected:.3f} of ten equally likely answers: the network "
        "was sure, and wrong, before it had learned anything.",
    )


def _of_zeros(values: dict[str, float]) -> Sentence:
    return Sentence(
        QT_TRANSLATE_NOOP(
            "first_loss",
            "First batch: loss {loss:.3f}, which is ln 10: with weights of 0 all ten answers are equally likely.",
        ),
        values,
    )


def _why_units_stay_equal(experiment: Experiment) -> Sentence:
    """What weights of 0 lead to: it depends on whether a hidden unit whose sum is 0 puts anything out."""
    if not ACTIVATION_FUNCTIONS[experiment.activation](np.zeros(1, np.float32))[0]:
        return Sentence(
            QT_TRANSLATE_NOOP(
                "first_loss",
                "The hidden units put out 0, so no weight has a gradient: only the output's biases can learn.",
            )
        )
    if experiment.dropout:
        return Sentence(
            QT_TRANSLATE_NOOP(
                "first_loss", "The hidden units of a layer begin equal: nothing but dropout makes them differ."
            )
        )
    return Sentence(
        QT_TRANSLATE_NOOP(
            "first_loss",
            "The hidden units of a layer begin equal and get equal updates, so they stay equal, and together they can "
            "do no more than one.",
        )
    )


def _of_penalty(penalty: float) -> Sentence:
    return Sentence(
        QT_TRANSLATE_NOOP("first_loss", "The L2 penalty of {penalty:.3f} comes on top."), {"penalty": penalty}
    )
