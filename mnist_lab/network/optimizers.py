"""How Keras makes each optimizer of `mnist_lab.optimizers`. Importing this module does not import Keras."""

from collections.abc import Mapping
from typing import Any

from mnist_lab.experiment import Experiment
from mnist_lab.optimizers import optimizer_spec

KERAS_CLASSES: Mapping[str, tuple[str, Mapping[str, bool]]] = {
    "rmsprop": ("RMSprop", {}),
    "sgd": ("SGD", {}),
    "sgd_momentum": ("SGD", {}),
    "sgd_nesterov": ("SGD", {"nesterov": True}),
    "adagrad": ("Adagrad", {}),
    "adam": ("Adam", {}),
    "adamw": ("AdamW", {}),
    "nadam": ("Nadam", {}),
}
"""For each identifier its class in `keras.optimizers`, and arguments that are no setting of the learner's."""


def make_optimizer(keras: Any, experiment: Experiment) -> Any:
    """The experiment's optimizer with its learning rate and all its settings, from the module `keras`."""
    class_name, fixed = KERAS_CLASSES[experiment.optimizer]
    settings = optimizer_spec(experiment.optimizer).resolved(experiment.optimizer_settings)
    return getattr(keras.optimizers, class_name)(learning_rate=experiment.learning_rate, **fixed, **settings)
