"""What the config.json of a .keras file says of a network, as far as the lab has such networks.

Nothing that it names is looked up, made or run: a class that is not among these few is refused by its name.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import JsonValue

from mnist_lab.experiment import ACTIVATIONS, CLASSES, LIMITS, MOST_HIDDEN_LAYERS, PIXELS
from mnist_lab.files.errors import DamageError
from mnist_lab.words import QT_TRANSLATE_NOOP

_SHAPES = ((PIXELS,), (28, 28), (28, 28, 1))
_MOST_UNITS = int(LIMITS["hidden_units"].maximum)
_OTHER_NAMES = {"swish": "silu"}
_SOFTMAX, _LINEAR = "softmax", "linear"


@dataclass(frozen=True)
class DenseConfig:
    """One Dense layer.

    Attributes:
        units: of the layer.
        activation: by Keras's name, that of an activation layer behind it included.
        has_bias: whether it has one.
    """

    units: int
    activation: str
    has_bias: bool


@dataclass(frozen=True)
class KerasArchitecture:
    """A network of the lab's kind.

    Attributes:
        layers: its Dense layers, the output layer last.
    """

    layers: tuple[DenseConfig, ...]

    @property
    def activation(self) -> str:
        """Of the hidden layers."""
        return self.layers[0].activation


def read_config(config: JsonValue) -> KerasArchitecture:
    """The network that a config.json describes.

    Raises:
        DamageError: it is no chain of Dense layers from 784 pixels to ten digits, with the reason.
    """
    model = _object(config)
    inside = _object(model.get("config"))
    match model.get("class_name"):
        case "Sequential":
            layers = [_object(layer) for layer in _list(inside.get("layers"))]
        case "Functional":
            layers = _chain(inside)
        case name:
            raise _not_whitelisted(name)
    return _Reader(_input_shape(model, layers)).read(layers)


@dataclass
class _Reader:
    """Follows the layers, one after the other.

    Attributes:
        shape: of what the next layer receives, of one image.
        dense: the Dense layers so far.
    """

    shape: tuple[int, ...]
    dense: list[DenseConfig] = field(default_factory=list)

    def read(self, layers: Sequence[Mapping[str, JsonValue]]) -> KerasArchitecture:
        for layer in layers:
            name = layer.get("class_name")
            read = _LAYERS.get(name) if isinstance(name, str) and _is_kerass_own(layer) else None
            if read is None:
                raise _not_whitelisted(name)
            read(self, _object(layer.get("config")))
        return KerasArchitecture(tuple(_checked(self.dense)))

    def input(self, _config: Mapping[str, JsonValue]) -> None:
        if self.dense:
            raise _odd()

    def flatten(self, _config: Mapping[str, JsonValue]) -> None:
        self.shape = (math.prod(self.shape),)

    def reshape(self, config: Mapping[str, JsonValue]) -> None:
        if _list(config.get("target_shape")) not in ([PIXELS], [-1]):
            raise _odd()
        self.flatten(config)

    def rescaling(self, config: Mapping[str, JsonValue]) -> None:
        scale, offset = config.get("scale"), config.get("offset")
        is_lab_s = isinstance(scale, float) and abs(scale * 255 - 1) < 1e-6 and offset in (0, 0.0)
        if self.dense or not is_lab_s:
            raise DamageError(
                QT_TRANSLATE_NOOP("errors", "it does not divide pixels by 255, as the lab does, but rescales otherwise")
            )

    def add_dense(self, config: Mapping[str, JsonValue]) -> None:
        units, has_bias = config.get("units"), config.get("use_bias", True)
        if not isinstance(units, int) or isinstance(units, bool) or not isinstance(has_bias, bool):
            raise _odd()
        if not 1 <= units <= _MOST_UNITS:
            raise DamageError(
                QT_TRANSLATE_NOOP("errors", "a layer in it has {units:,} units, and the lab's have 1 to {most:,}"),
                units=units,
                most=_MOST_UNITS,
            )
        if not self.dense and self.shape != (PIXELS,):
            raise DamageError(
                QT_TRANSLATE_NOOP("errors", "its first Dense layer does not receive the 784 pixels in a row")
            )
        if len(self.dense) > MOST_HIDDEN_LAYERS:
            raise DamageError(
                QT_TRANSLATE_NOOP("errors", "it has more than {most} hidden layers"), most=MOST_HIDDEN_LAYERS
            )
        self.dense.append(DenseConfig(units, _activation(config.get("activation")), has_bias))

    def dropout(self, _config: Mapping[str, JsonValue]) -> None:
        """Nothing: it is there while a network is trained."""

    def activate(self, activation: str) -> None:
        """Give the Dense layer before this one its activation."""
        if not self.dense or self.dense[-1].activation != _LINEAR:
            raise DamageError(QT_TRANSLATE_NOOP("errors", "one of its activations follows another one, or no layer"))
        last = self.dense[-1]
        self.dense[-1] = DenseConfig(last.units, activation, last.has_bias)


def _activate_as(
    activation: str, settings: Mapping[str, JsonValue]
) -> Callable[["_Reader", Mapping[str, JsonValue]], None]:
    """What an activation layer of its own does, if its settings are those of the activation by that name."""

    def read(reader: _Reader, config: Mapping[str, JsonValue]) -> None:
        if any(config.get(name, value) != value for name, value in settings.items()):
            raise DamageError(
                QT_TRANSLATE_NOOP("errors", "its activation “{name}” has settings that the lab's has not"),
                name=activation,
            )
        reader.activate(activation)

    return read


_LAYERS: Mapping[str, Callable[["_Reader", Mapping[str, JsonValue]], None]] = {
    "InputLayer": _Reader.input,
    "Flatten": _Reader.flatten,
    "Reshape": _Reader.reshape,
    "Rescaling": _Reader.rescaling,
    "Dense": _Reader.add_dense,
    "Dropout": _Reader.dropout,
    "Activation": lambda reader, config: reader.activate(_activation(config.get("activation"))),
    "ReLU": _activate_as("relu", {"max_value": None, "negative_slope": 0.0, "threshold": 0.0}),
    "LeakyReLU": _activate_as("leaky_relu", {"negative_slope": 0.2}),
    "ELU": _activate_as("elu", {"alpha": 1.0}),
    "Softmax": _activate_as(_SOFTMAX, {"axis": -1}),
}
"""Every class that is known, and what it means."""


def _checked(dense: Sequence[DenseConfig]) -> Sequence[DenseConfig]:
    """The layers, if they make a network of the lab's.

    Raises:
        DamageError: they do not.
    """
    if len(dense) < 2:
        raise DamageError(QT_TRANSLATE_NOOP("errors", "it has no hidden Dense layer"))
    *hidden, output = dense
    if output.units != CLASSES:
        raise DamageError(
            QT_TRANSLATE_NOOP("errors", "its last layer has {units:,} outputs, not one for each digit"),
            units=output.units,
        )
    if output.activation not in (_SOFTMAX, _LINEAR):  # without one it gives logits, whose softmax the lab shows
        raise DamageError(
            QT_TRANSLATE_NOOP("errors", "its last layer has the activation “{name}”, not a softmax"),
            name=output.activation,
        )
    others = sorted({layer.activation for layer in hidden})
    if len(others) > 1 or others[0] not in ACTIVATIONS:
        raise DamageError(
            QT_TRANSLATE_NOOP(
                "errors", "its hidden layers have the activations {names}, and the lab knows one for all: {known}"
            ),
            names=", ".join(others),
            known=", ".join(ACTIVATIONS),
        )
    return dense


def _activation(value: JsonValue) -> str:
    if value is None:
        return _LINEAR
    if not isinstance(value, str) or len(value) > 100:
        raise DamageError(QT_TRANSLATE_NOOP("errors", "a layer in it has an activation of its own making"))
    return _OTHER_NAMES.get(value, value)


def _chain(inside: Mapping[str, JsonValue]) -> list[Mapping[str, JsonValue]]:
    """The layers of a functional model, each of which must receive what the one before it gives.

    Raises:
        DamageError: they branch, or join.
    """
    layers = [_object(layer) for layer in _list(inside.get("layers"))]
    names = [layer.get("name") for layer in layers]
    before = [_sources(layer) for layer in layers]
    is_chain = (
        bool(layers)
        and all(isinstance(name, str) for name in names)
        and len(set(map(str, names))) == len(names)
        and before == [[], *([name] for name in names[:-1])]
        and _ends(inside.get("input_layers")) == [names[0]]
        and _ends(inside.get("output_layers")) == [names[-1]]
    )
    if not is_chain:
        raise DamageError(QT_TRANSLATE_NOOP("errors", "its layers do not follow one another in a row"))
    return layers


def _sources(layer: Mapping[str, JsonValue]) -> list[JsonValue]:
    """The names of the layers that it receives something from, through every one of its calls."""
    found: list[JsonValue] = []
    for node in _list(layer.get("inbound_nodes")):
        for argument in _list(_object(node).get("args")):
            inside = _object(_object(argument).get("config"))
            history = _list(inside.get("keras_history"))
            found.append(history[0] if history[1:] == [0, 0] else None)
    return found


def _ends(value: JsonValue) -> list[JsonValue]:
    """The names of the layers in “input_layers” or “output_layers”: one triple, or a list of them."""
    triples = _list(value)
    if triples and not isinstance(triples[0], list):
        triples = [triples]
    return [_list(triple)[0] if _list(triple)[1:] == [0, 0] else None for triple in triples]


def _input_shape(model: Mapping[str, JsonValue], layers: Sequence[Mapping[str, JsonValue]]) -> tuple[int, ...]:
    """Of one image, as the input layer has it, or what the model was built for."""
    first: Mapping[str, JsonValue] = layers[0] if layers else {}
    shapes = [_object(first.get("config", {})).get("batch_shape")]
    shapes += [_object(model.get("config")).get("build_input_shape")]
    shapes += [_object(one.get("build_config", {}) or {}).get("input_shape") for one in (model, first)]
    for shape in shapes:
        if isinstance(shape, list):
            found = tuple(side for side in shape[1:] if isinstance(side, int))
            if found not in _SHAPES or len(found) != len(shape) - 1:
                raise DamageError(
                    QT_TRANSLATE_NOOP("errors", "its input is {shape}, not 784 pixels"),
                    shape="×".join(map(str, shape[1:])) or "nothing",
                )
            return found
    raise DamageError(QT_TRANSLATE_NOOP("errors", "it does not say what its input is"))


def _is_kerass_own(layer: Mapping[str, JsonValue]) -> bool:
    module = layer.get("module")
    return isinstance(module, str) and (module == "keras.layers" or module.startswith("keras.src.layers."))


def _object(value: JsonValue) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _odd()
    return value


def _list(value: JsonValue) -> list[Any]:
    if not isinstance(value, list):
        raise _odd()
    return value


def _not_whitelisted(name: JsonValue) -> DamageError:
    return DamageError(
        QT_TRANSLATE_NOOP("errors", "it has a part of the class “{name}”, and the lab knows {known} only"),
        name=name,
        known=", ".join(_LAYERS),
    )


def _odd() -> DamageError:
    return DamageError(QT_TRANSLATE_NOOP("errors", "its config.json describes no model of Keras 3"))
