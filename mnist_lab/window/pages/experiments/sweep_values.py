"""Values of a setting as one types them, with commas between: read for a sweep, and written from one. No Qt."""

import re
from collections.abc import Mapping, Sequence

from mnist_lab.experiment import (
    ACTIVATIONS,
    BATCH_ORDERS,
    FIELD_NAMES,
    INITIAL_WEIGHTS,
    LIMITS,
    VALIDATIONS,
    WHOLE_FIELDS,
)
from mnist_lab.optimizers import OPTIMIZERS
from mnist_lab.window.widgets.fields.typed_numbers import read_real, read_whole
from mnist_lab.window.words import decimal_point, typed_number
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError, Listing

CHOICES: Mapping[str, Sequence[str]] = {
    "optimizer": [spec.identifier for spec in OPTIMIZERS],
    "activation": ACTIVATIONS,
    "batch_order": BATCH_ORDERS,
    "validation": VALIDATIONS,
    "initial_weights": INITIAL_WEIGHTS,
    "shuffled_labels": ("no", "yes"),
    "one_batch": ("no", "yes"),
}
"""What the fields whose values are words can be, as one types it."""
_SWITCHES = {"no": False, "yes": True}
_LABELS = {spec.label.casefold(): spec.identifier for spec in OPTIMIZERS}
_LEADING_ZERO = re.compile(r"0\d+")
EXAMPLES: Mapping[str, Sequence[object]] = {
    "hidden_units": ((64,), (128,), (128, 64)),
    "dropout": (0.0, 0.2, 0.5),
    "l2": (0.0, 0.0001, 0.001),
    "optimizer_settings": ({"momentum": 0.5}, {"momentum": 0.9}),
    "learning_rate": (0.0001, 0.001, 0.01),
    "epochs": (1, 3, 10),
    "batch_size": (32, 128, 512),
    "seed": (0, 1, 2),
    "held_out_share": (0.1, 0.3),
    "moved_copies": (0, 1, 4),
    "moved_turn": (5.0, 15.0, 30.0),
    "moved_shear": (0.1, 0.3),
    "moved_scale": (0.05, 0.15),
    "moved_shift": (1.0, 2.0, 4.0),
}
"""Of the fields that have no choices: values worth trying."""


class SweepTextError(LabError):
    """What is typed is no list of values; the sentence names the one that is wrong."""


def is_number(field: str) -> bool:
    """Whether its values can be drawn from a range."""
    return field in LIMITS


def read_values(field: str, text: str) -> tuple[object, ...]:
    """The values that `text` lists; whether the field takes them, `Experiment.parse` says.

    Raises:
        SweepTextError: one sentence on the first that cannot be read.
    """
    sign = ";" if ";" in text else _sign(field)
    words = [word.strip() for word in text.split(sign)]
    if words[-1] == "":
        words = words[:-1]  # the next one is about to be typed
    if not words:
        raise SweepTextError(
            QT_TRANSLATE_NOOP("errors", "Type the values of “{field}”, with commas between: {example}."),
            field=FIELD_NAMES[field],
            example=Listing(example_of(field)),
        )
    return tuple(_value(field, word) for word in words)


def write_values(field: str, values: Sequence[object]) -> str:
    """The text that `read_values` makes these values of."""
    return f"{_sign(field)} ".join(_text(value) for value in values)


def typed_choice(field: str, word: str) -> object:
    """The value that one of `CHOICES` stands for."""
    return _SWITCHES[word] if CHOICES[field] == tuple(_SWITCHES) else word


def read_end(text: str, field: str) -> float | int | None:
    """The number at an end of a range; None where it is none."""
    return read_whole(text, decimal_point()) if field in WHOLE_FIELDS else read_real(text, decimal_point())


def example_of(field: str) -> str:
    """Two or three values of that field, as one types them."""
    return ", ".join(CHOICES[field][:3]) if field in CHOICES else write_values(field, EXAMPLES[field])


def _sign(field: str) -> str:
    """What stands between two values: a comma, unless there are some within them."""
    has_commas = field == "optimizer_settings" or (decimal_point() == "," and field not in CHOICES)
    return ";" if has_commas else ","


def _value(field: str, word: str) -> object:
    if field in CHOICES:
        return _choice(field, word)
    if field == "hidden_units":
        return tuple(_number(field, part.strip(), word) for part in word.split("+"))
    if field == "optimizer_settings":
        return _pairs(word)
    return _number(field, word, word)


def _number(field: str, word: str, whole: str) -> float | int:
    number = None if _LEADING_ZERO.fullmatch(word) else read_end(word, field)
    if number is None:
        raise SweepTextError(
            QT_TRANSLATE_NOOP("errors", "“{word}” is no number for “{field}”: write the values like {example}."),
            word=whole,
            field=FIELD_NAMES[field],
            example=Listing(example_of(field)),
        )
    return number


def _choice(field: str, word: str) -> object:
    said = _LABELS.get(word.casefold(), word.casefold()) if field == "optimizer" else word.casefold()
    if said not in CHOICES[field]:
        raise SweepTextError(
            QT_TRANSLATE_NOOP("errors", "“{word}” is none of these: {choices}."),
            word=word,
            choices=Listing(", ".join(CHOICES[field])),
        )
    return typed_choice(field, said)


def _pairs(word: str) -> dict[str, object]:
    """An optimizer's own settings; "–" stands for none."""
    if word in ("-", "–"):
        return {}
    found: dict[str, object] = {}
    for pair in word.split(","):
        name, _, value = (part.strip() for part in pair.partition("="))
        number = _SWITCHES.get(value.casefold(), read_real(value))
        if not name or number is None:
            raise SweepTextError(
                QT_TRANSLATE_NOOP("errors", "“{word}” cannot be read: write settings of the optimizer like {example}."),
                word=word,
                example=Listing(example_of("optimizer_settings")),
            )
        found[name] = number
    return found


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return "+".join(map(str, value))
    if isinstance(value, Mapping):
        return ",".join(f"{name}={_text(one)}" for name, one in value.items()) or "–"
    return typed_number(value) if isinstance(value, float) else str(value)
