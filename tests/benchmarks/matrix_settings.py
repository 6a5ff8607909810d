"""The settings of the training matrix: every single change from the chapter's network, and some changes together.

The optimizers, activations and ways of validating come from the lab's own registries; a new one is measured, too.
"""

import math
from collections.abc import Iterator, Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict

from mnist_lab.experiment import ACTIVATIONS, VALIDATIONS, Experiment
from mnist_lab.optimizers import OPTIMIZERS, optimizer_spec

Group = Literal["singles", "combinations"]
Changes = Mapping[str, object]

CHAPTER = "chapter"
_CHAPTERS = Experiment()
_MOST_UPDATES = 469
"""Of an epoch: as many as the chapter's has, so that batches of 8 do not take minutes."""
_MOST_WORK = 2e11
"""Floating-point operations of an epoch's matrix products: one to two seconds on two cores are enough."""
_MOST_IMAGES, _LEAST_TEST_IMAGES = 60_000, 1_000
_NAMES = {
    "optimizer": "optimizer {}",
    "activation": "activation {}",
    "dropout": "dropout {}",
    "l2": "l2 {}",
    "batch_size": "batch {}",
}


class Setting(BaseModel):
    """One network and how it is trained, as a worker gets it."""

    model_config = ConfigDict(frozen=True)

    name: str
    group: Group
    experiment: Experiment

    @property
    def images(self) -> int:
        """How many of the training images are used, the held-out ones included."""
        updates = min(_MOST_UPDATES, math.ceil(_MOST_WORK / self._work()))
        return min(_MOST_IMAGES, updates * self.experiment.batch_size)

    @property
    def test_images(self) -> int:
        """How many of the test images are used: to the training images as in the chapter."""
        return max(_LEAST_TEST_IMAGES, self.images // 6)

    @property
    def updates(self) -> int:
        """Gradient updates of one epoch."""
        return self.experiment.updates_per_epoch(self.images)

    def _work(self) -> int:
        """Floating-point operations of one update's matrix products."""
        layers = [layer.inputs * layer.units for layer in self.experiment.layers()]
        return 2 * self.experiment.batch_size * (3 * sum(layers) - layers[0])


def all_settings() -> list[Setting]:
    """Singles first, beginning with the chapter's own."""
    groups: tuple[tuple[Group, Iterator[Changes]], ...] = (("singles", _singles()), ("combinations", _combinations()))
    return [
        Setting(name=_name(changes), group=group, experiment=_CHAPTERS.changed(**changes))
        for group, several in groups
        for changes in several
    ]


def _singles() -> Iterator[Changes]:
    yield {}
    for spec in OPTIMIZERS:
        if spec.identifier != _CHAPTERS.optimizer:
            yield _optimizer(spec.identifier)
    for activation in ACTIVATIONS:
        if activation != _CHAPTERS.activation:
            yield {"activation": activation}
    for dropout in (0.3, 0.5):
        yield {"dropout": dropout}
    yield {"l2": 0.0001}
    for layers in (2, 3, 4):
        yield {"hidden_units": _CHAPTERS.hidden_units * layers}
    for units in (64, 128, 256, 1024, 2048):
        yield {"hidden_units": (units,)}
    for batch_size in (8, 32, 64, 256, 512, 1000):
        yield {"batch_size": batch_size}
    for validation in VALIDATIONS:
        if validation != _CHAPTERS.validation:
            yield {"validation": validation}


def _combinations() -> Iterator[Changes]:
    yield {"hidden_units": (256, 256), "dropout": 0.3, **_optimizer("adam")}
    yield {"hidden_units": (128, 64), "activation": "tanh", "batch_size": 32, **_optimizer("adam")}
    yield {"hidden_units": (512, 512), "dropout": 0.5, "l2": 0.0001, **_optimizer("adamw")}
    yield {"hidden_units": (2048,), "dropout": 0.5}
    yield {"hidden_units": (512,) * 4, "batch_size": 1000}
    yield {"hidden_units": (64,), "batch_size": 8, "dropout": 0.3}


def _optimizer(identifier: str) -> Changes:
    return {"optimizer": identifier, "learning_rate": optimizer_spec(identifier).default_rate}


def _name(changes: Changes) -> str:
    """The changes in words, as in "2 layers + dropout 0.5"."""
    parts = [_units_in_words(_CHAPTERS.changed(**changes).hidden_units)] if "hidden_units" in changes else []
    parts += [words.format(changes[field]) for field, words in _NAMES.items() if field in changes]
    parts += [f"{changes['validation']} validation".replace("_", "-")] if "validation" in changes else []
    return " + ".join(parts) or CHAPTER


def _units_in_words(units: tuple[int, ...]) -> str:
    if len(units) == 1:
        return f"units {units[0]}"
    if set(units) == set(_CHAPTERS.hidden_units):
        return f"{len(units)} layers"
    return "layers " + "-".join(str(each) for each in units)
