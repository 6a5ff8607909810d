"""Names that the lab gave to runs, read again: a window shows them in words, while the files keep what was written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from mnist_lab.experiment import ACTIVATIONS, FIELD_NAMES
from mnist_lab.optimizers import OPTIMIZERS

_BEGINNING = re.compile(r"(sweep|race) (\d{1,9}): (?=\S)")
_SPEAKING = dict.fromkeys(ACTIVATIONS, "activation") | {spec.identifier: "optimizer" for spec in OPTIMIZERS}
"""Values that say which setting they are of."""
_BY_NAME = {f"{FIELD_NAMES[name]} ": name for name in sorted(FIELD_NAMES, key=lambda name: -len(FIELD_NAMES[name]))}
_BY_OPTION = {name.replace("_", "-"): name for name in FIELD_NAMES}
_PLAIN = re.compile(r"[\d.+e-]+|\(\d+\)")
"""What a racer's name has without a setting: a learning rate, units, its place."""


@dataclass(frozen=True)
class GivenName:
    """What such a name says.

    Attributes:
        kind: of what the run was a part.
        number: of that sweep or race.
        parts: the settings that tell the run from others, in order: the field, "" where that is not told, and its value
            as it is written.
    """

    kind: Literal["sweep", "race"]
    number: int
    parts: tuple[tuple[str, str], ...]


@lru_cache(maxsize=20_000)
def read_given_name(name: str) -> GivenName | None:
    """Read the name of a run; None where the lab would not have called it so: then a person did."""
    match = _BEGINNING.match(name)
    if match is None:
        return None
    rest = name[match.end() :]
    parts = tuple(_in_sweep(rest) if match[1] == "sweep" else _in_race(rest))
    if not all(value for _, value in parts):
        return None
    return GivenName("sweep" if match[1] == "sweep" else "race", int(match[2]), parts)


def _in_sweep(text: str) -> Iterator[tuple[str, str]]:
    """Its settings; an empty value for what is none."""
    for part in text.split(", "):
        beginning = next((one for one in _BY_NAME if part.startswith(one)), None)
        if part in _SPEAKING:
            yield _SPEAKING[part], part
        elif beginning is not None:
            yield _BY_NAME[beginning], part.removeprefix(beginning)
        else:
            yield "", ""


def _in_race(text: str) -> Iterator[tuple[str, str]]:
    """The same for a racer: a switch that is on stands there by its name alone."""
    for part in text.split(" "):
        option, sign, value = part.partition("=")
        if part in _SPEAKING:
            yield _SPEAKING[part], part
        elif option in _BY_OPTION:
            yield _BY_OPTION[option], value if sign else "true"
        else:
            yield "", part if _PLAIN.fullmatch(part) else ""
