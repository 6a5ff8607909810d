"""One experiment: everything a learner chooses before Start, validated, immutable, readable as JSON.

The limits stand here once; the form, the terminal and the files read them from here.
"""

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, Self, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from mnist_lab.optimizers import optimizer_spec
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError, Listing

PIXELS = 28 * 28
CLASSES = 10

Activation = Literal["relu", "leaky_relu", "elu", "selu", "silu", "softplus", "sigmoid", "tanh", "linear"]
BatchOrder = Literal["reshuffled", "fixed"]
Validation = Literal["test", "held_out"]
InitialWeights = Literal["glorot", "he", "zeros", "large"]

ACTIVATIONS: tuple[str, ...] = get_args(Activation)
BATCH_ORDERS: tuple[str, ...] = get_args(BatchOrder)
VALIDATIONS: tuple[str, ...] = get_args(Validation)
INITIAL_WEIGHTS: tuple[str, ...] = get_args(InitialWeights)
MOST_HIDDEN_LAYERS = 4


class ExperimentError(LabError):
    """An experiment that cannot be run as it stands."""


@dataclass(frozen=True)
class Limits:
    """The smallest and the largest value a field takes, both included."""

    minimum: float
    maximum: float


LIMITS: dict[str, Limits] = {
    "hidden_units": Limits(1, 16_384),
    "dropout": Limits(0, 0.95),
    "l2": Limits(0, 10),
    "learning_rate": Limits(0, 1_000),
    "epochs": Limits(1, 10_000),
    "batch_size": Limits(1, 100_000),
    "seed": Limits(0, 2**31 - 1),
    "held_out_share": Limits(0.01, 0.9),
    "moved_copies": Limits(0, 100),
    "moved_turn": Limits(0, 180),
    "moved_shear": Limits(0, 1),
    "moved_scale": Limits(0, 0.5),
    "moved_shift": Limits(0, 14),
}

WHOLE_FIELDS = frozenset({"hidden_units", "epochs", "batch_size", "seed", "moved_copies"})
"""Fields whose numbers are whole."""

FIELD_NAMES = {
    "hidden_units": QT_TRANSLATE_NOOP("fields", "hidden units"),
    "activation": QT_TRANSLATE_NOOP("fields", "activation"),
    "dropout": QT_TRANSLATE_NOOP("fields", "dropout"),
    "l2": QT_TRANSLATE_NOOP("fields", "L2 penalty"),
    "optimizer": QT_TRANSLATE_NOOP("fields", "optimizer"),
    "optimizer_settings": QT_TRANSLATE_NOOP("fields", "optimizer settings"),
    "learning_rate": QT_TRANSLATE_NOOP("fields", "learning rate"),
    "epochs": QT_TRANSLATE_NOOP("fields", "epochs"),
    "batch_size": QT_TRANSLATE_NOOP("fields", "batch size"),
    "seed": QT_TRANSLATE_NOOP("fields", "seed"),
    "batch_order": QT_TRANSLATE_NOOP("fields", "batch order"),
    "validation": QT_TRANSLATE_NOOP("fields", "validation"),
    "held_out_share": QT_TRANSLATE_NOOP("fields", "held-out share"),
    "initial_weights": QT_TRANSLATE_NOOP("fields", "initial weights"),
    "shuffled_labels": QT_TRANSLATE_NOOP("fields", "shuffled labels"),
    "one_batch": QT_TRANSLATE_NOOP("fields", "one batch"),
    "moved_copies": QT_TRANSLATE_NOOP("fields", "moved copies"),
    "moved_turn": QT_TRANSLATE_NOOP("fields", "turn of the copies"),
    "moved_shear": QT_TRANSLATE_NOOP("fields", "shear of the copies"),
    "moved_scale": QT_TRANSLATE_NOOP("fields", "scale of the copies"),
    "moved_shift": QT_TRANSLATE_NOOP("fields", "shift of the copies"),
}
MOVED_STRENGTHS = ("moved_turn", "moved_shear", "moved_scale", "moved_shift")
"""How moved copies are moved: these count for nothing where there are none."""


def _refuse_bool(value: object) -> object:
    """Keep pydantic from reading True as 1.0."""
    if isinstance(value, bool):
        raise ValueError
    return value


_Real = Annotated[float, BeforeValidator(_refuse_bool)]
_Switch = Annotated[bool, Field(strict=True)]


def _whole(name: str) -> object:
    limits = LIMITS[name]
    return Field(ge=int(limits.minimum), le=int(limits.maximum), strict=True)


def _real(name: str) -> object:
    return Field(ge=LIMITS[name].minimum, le=LIMITS[name].maximum, allow_inf_nan=False)


@dataclass(frozen=True)
class LayerSize:
    """The arithmetic of one Dense layer: `inputs × units + units` parameters."""

    inputs: int
    units: int

    @property
    def parameters(self) -> int:
        """Kernel and bias together."""
        return self.inputs * self.units + self.units


class Experiment(BaseModel):
    """What a learner chooses. The defaults are the chapter's first network.

    Attributes:
        hidden_units: units of each hidden Dense layer, first to last; one to four layers.
        activation: activation of every hidden layer, by Keras's name. The output layer is a softmax.
        dropout: share of each hidden layer's outputs set to zero while training; 0 means no Dropout layer.
        l2: factor of the L2 penalty on every kernel; 0 means none.
        optimizer: identifier in `mnist_lab.optimizers`.
        optimizer_settings: the optimizer's own settings that differ from its defaults, each within its limits.
        learning_rate: step size; 0 trains without moving, which shows that the curves are true.
        epochs: passes over the training images.
        batch_size: images of one gradient update; the last batch of an epoch holds what is left.
        seed: decides initial weights, batch order, held-out images, shuffled labels and dropout.
        batch_order: "reshuffled" draws a new order each epoch, as Keras's `fit` does; "fixed" keeps the first.
        validation: "test" measures each epoch on the test images, "held_out" on training images kept aside.
        held_out_share: share of the training images kept aside when `validation` is "held_out".
        initial_weights: how the kernels begin; biases begin at 0. "glorot" is Keras's GlorotUniform, "he" its HeNormal,
            "zeros" is 0 for all, "large" draws from a normal distribution with standard deviation 1.
        shuffled_labels: whether the labels of all training images, those kept aside included, are dealt out anew at
            random, once. Nothing can be learned from them but each image by heart; the test labels stay.
        one_batch: whether each epoch is one update on the batch that a run without this trains on first.
        moved_copies: how many moved copies of each image are trained on beside it: see `mnist_lab.data.moved`.
        moved_turn: each copy is turned by up to so many degrees, either way.
        moved_shear: each copy is sheared by up to so much: a row by this times its distance from the middle.
        moved_scale: each copy is made wider or narrower, and higher or lower, by up to this share.
        moved_shift: each copy is shifted by up to so many pixels, in both directions.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    hidden_units: tuple[Annotated[int, _whole("hidden_units")], ...] = Field(
        default=(512,), min_length=1, max_length=MOST_HIDDEN_LAYERS
    )
    activation: Activation = "relu"
    dropout: Annotated[_Real, _real("dropout")] = 0.0
    l2: Annotated[_Real, _real("l2")] = 0.0
    optimizer: str = "rmsprop"
    optimizer_settings: dict[str, float | bool] = Field(default_factory=dict)
    learning_rate: Annotated[_Real, _real("learning_rate")] = 0.001
    epochs: Annotated[int, _whole("epochs")] = 5
    batch_size: Annotated[int, _whole("batch_size")] = 128
    seed: Annotated[int, _whole("seed")] = 0
    batch_order: BatchOrder = "reshuffled"
    validation: Validation = "test"
    held_out_share: Annotated[_Real, _real("held_out_share")] = 0.1
    initial_weights: InitialWeights = "glorot"
    shuffled_labels: _Switch = False
    one_batch: _Switch = False
    moved_copies: Annotated[int, _whole("moved_copies")] = 0
    moved_turn: Annotated[_Real, _real("moved_turn")] = 15.0
    moved_shear: Annotated[_Real, _real("moved_shear")] = 0.3
    moved_scale: Annotated[_Real, _real("moved_scale")] = 0.15
    moved_shift: Annotated[_Real, _real("moved_shift")] = 2.0

    @model_validator(mode="after")
    def _optimizer_takes_its_settings(self) -> Self:
        """Raise OptimizerError, of which pydantic makes a ValidationError, if the optimizer refuses."""
        optimizer_spec(self.optimizer).resolved(self.optimizer_settings)
        return self

    @classmethod
    def parse(cls, fields: Mapping[str, object]) -> Self:
        """Make an experiment from names and values.

        Raises:
            ExperimentError: one sentence on the first field that does not fit.
        """
        try:
            return cls.model_validate(dict(fields))
        except ValidationError as error:
            raise _explain(error) from error

    def changed(self, **fields: object) -> Self:
        """The same experiment with some fields replaced, validated as a whole (see `parse`)."""
        return self.parse(self.model_dump() | fields)

    def unused(self) -> frozenset[str]:
        """The fields that count for nothing here, whatever their values are."""
        share = ("held_out_share",) if self.validation == "test" else ()
        return frozenset((*share, *(() if self.moved_copies else MOVED_STRENGTHS)))

    def differing(self, other: "Experiment") -> list[str]:
        """The fields that are not the same in both, as far as they count for either."""
        unused = self.unused() & other.unused()
        return [
            name
            for name in type(self).model_fields
            if getattr(self, name) != getattr(other, name) and name not in unused
        ]

    def layers(self) -> tuple[LayerSize, ...]:
        """Every Dense layer from the first hidden one to the output."""
        sizes = (PIXELS, *self.hidden_units, CLASSES)
        return tuple(LayerSize(inputs, units) for inputs, units in itertools.pairwise(sizes))

    def parameters(self) -> int:
        """Kernels and biases of all layers together."""
        return sum(layer.parameters for layer in self.layers())

    def held_out_samples(self, images: int) -> int:
        """How many of `images` training images are kept aside for validation."""
        if self.validation == "test":
            return 0
        return min(max(round(images * self.held_out_share), 1), images - 1)

    def samples(self, images: int) -> int:
        """How many images one epoch trains on: those of `images` that are not kept aside, and their moved copies."""
        samples = (images - self.held_out_samples(images)) * (1 + self.moved_copies)
        return min(samples, self.batch_size) if self.one_batch else samples

    def updates_per_epoch(self, images: int) -> int:
        """Gradient updates of one epoch over `images` training images: ⌈samples / batch size⌉."""
        return math.ceil(self.samples(images) / self.batch_size)

    def total_updates(self, images: int) -> int:
        """Gradient updates of the whole run."""
        return self.epochs * self.updates_per_epoch(images)


def _explain(error: ValidationError) -> ExperimentError:
    """Turn pydantic's first complaint into one sentence of the lab."""
    first = error.errors()[0]
    refusal = first.get("ctx", {}).get("error")
    if isinstance(refusal, LabError):
        return ExperimentError(refusal.template, **refusal.values)
    field = str(first["loc"][0]) if first["loc"] else ""
    name = FIELD_NAMES.get(field, field)
    if field not in FIELD_NAMES:
        return ExperimentError(
            QT_TRANSLATE_NOOP("errors", "An experiment has no setting “{name}”; it has: {names}."),
            name=field,
            names=Listing(", ".join(FIELD_NAMES)),
        )
    if field == "hidden_units" and len(first["loc"]) == 1:
        return ExperimentError(
            QT_TRANSLATE_NOOP("errors", "A network here has 1 to {most} hidden layers, each with its units."),
            most=MOST_HIDDEN_LAYERS,
        )
    if field in LIMITS:
        return _explain_limits(field, name, first["input"])
    if first["type"] == "bool_type":
        return ExperimentError(
            QT_TRANSLATE_NOOP("errors", "The setting “{name}” cannot be {value}: it must be true or false."),
            name=name,
            value=first["input"],
        )
    if "expected" in first.get("ctx", {}):
        return ExperimentError(
            QT_TRANSLATE_NOOP("errors", "The {name} cannot be {value}: it must be one of {choices}."),
            name=name,
            value=first["input"],
            choices=str(first["ctx"]["expected"]).replace("'", ""),
        )
    return ExperimentError(
        QT_TRANSLATE_NOOP("errors", "The {name} cannot be {value}: {reason}."),
        name=name,
        value=first["input"],
        reason=first["msg"],
    )


def _explain_limits(field: str, name: str, value: object) -> ExperimentError:
    limits = LIMITS[field]
    if field in WHOLE_FIELDS:
        template = QT_TRANSLATE_NOOP(
            "errors", "The {name} cannot be {value}: it must be a whole number from {minimum:,} to {maximum:,}."
        )
    else:
        template = QT_TRANSLATE_NOOP(
            "errors", "The {name} cannot be {value}: it must be a number from {minimum:,} to {maximum:,}."
        )
    return ExperimentError(template, name=name, value=value, minimum=limits.minimum, maximum=limits.maximum)
