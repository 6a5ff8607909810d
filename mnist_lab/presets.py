"""Named settings, each of which shows one thing at a glance, on the starter set as on all of MNIST.

The window offers them in a menu below the form, the terminal by `--preset NAME`. One entry is all that a new one takes;
the tests train each and hold it to what it says.
"""

from dataclasses import dataclass

from mnist_lab.experiment import Experiment
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError


class PresetError(LabError):
    """There are no settings of that name."""


@dataclass(frozen=True)
class ExperimentPreset:
    """Settings with a name.

    Attributes:
        identifier: what is typed in the terminal.
        title: words for the menu.
        shows: one sentence on what a run with them shows.
        experiment: the settings.
    """

    identifier: str
    title: str
    shows: str
    experiment: Experiment


PRESETS = (
    ExperimentPreset(
        "chapter",
        QT_TRANSLATE_NOOP("presets", "The chapter's"),
        QT_TRANSLATE_NOOP(
            "presets", "512 relu units, RMSprop at 0.001, 5 epochs of batches of 128: the chapter's network."
        ),
        Experiment(),
    ),
    ExperimentPreset(
        "too-small",
        QT_TRANSLATE_NOOP("presets", "Too small"),
        QT_TRANSLATE_NOOP(
            "presets",
            "3 hidden units: after 20 epochs it still gets many of its training digits wrong, and as many new ones.",
        ),
        Experiment(hidden_units=(3,), epochs=20),
    ),
    ExperimentPreset(
        "overfits",
        QT_TRANSLATE_NOOP("presets", "Overfits"),
        QT_TRANSLATE_NOOP(
            "presets",
            "The chapter's network for 30 epochs: it knows its training digits by heart; its test loss has been lower.",
        ),
        Experiment(epochs=30),
    ),
    ExperimentPreset(
        "diverges",
        QT_TRANSLATE_NOOP("presets", "Diverges"),
        QT_TRANSLATE_NOOP(
            "presets",
            "SGD at a learning rate of 10: each step lands higher up, until the loss is no number. With leaky relu: "
            "relu's units would die of such steps, which ends it.",
        ),
        Experiment(activation="leaky_relu", optimizer="sgd", learning_rate=10.0),
    ),
    ExperimentPreset(
        "slow-and-steady",
        QT_TRANSLATE_NOOP("presets", "Slow and steady"),
        QT_TRANSLATE_NOOP(
            "presets",
            "Plain SGD at 0.01 for 20 epochs: the loss falls gently in each of them, on training and on test digits.",
        ),
        Experiment(optimizer="sgd", learning_rate=0.01, epochs=20),
    ),
)
"""The chapter's first."""


def preset(identifier: str) -> ExperimentPreset:
    """The settings of that name; upper case, and “_” for “-”, do not matter.

    Raises:
        PresetError: there are none, with the list of those there are.
    """
    name = identifier.strip().lower().replace("_", "-")
    for one in PRESETS:
        if one.identifier == name:
            return one
    raise PresetError(
        QT_TRANSLATE_NOOP("errors", "There are no settings named “{name}”; choose one of: {choices}."),
        name=identifier,
        choices=", ".join(one.identifier for one in PRESETS),
    )
