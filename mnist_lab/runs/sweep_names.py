"""What the runs of a sweep are called: by its number and by what varies in it."""

import re
from collections.abc import Iterable, Sequence

from mnist_lab import experiment_text
from mnist_lab.experiment import FIELD_NAMES, Experiment
from mnist_lab.runs.changing import LONGEST_NAME
from mnist_lab.runs.race_rules import SPEAKING

_NAME = re.compile(r"sweep (\d{1,9}): ")
_BY_VALUE = frozenset(SPEAKING) - {"learning_rate", "hidden_units"}
"""Settings whose value alone says which they are, also where numbers stand beside it."""


def next_sweep_number(names: Iterable[str]) -> int:
    """One more than the highest among the names of kept runs."""
    numbers = (int(match[1]) for name in names if (match := _NAME.match(name)))
    return max(numbers, default=0) + 1


def trial_name(experiment: Experiment, varied: Sequence[str]) -> str:
    """What varies, as it is here: "learning rate 0.01, adam"."""
    return ", ".join(_setting(experiment, name) for name in varied)


def sweep_run_name(number: int, experiment: Experiment, varied: Sequence[str]) -> str:
    """What a run is called; `next_sweep_number` reads it."""
    name = f"sweep {number}: {trial_name(experiment, varied)}"
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def value_text(experiment: Experiment, name: str) -> str:
    """The value of one setting, short and exact: "0.01", "128+64", "adam", "false"."""
    value = getattr(experiment, name)
    if isinstance(value, bool):
        return str(value).lower()
    return experiment_text.setting_word(name, value).partition("=")[2] or "–"


def _setting(experiment: Experiment, name: str) -> str:
    value = value_text(experiment, name)
    return value if name in _BY_VALUE else f"{FIELD_NAMES[name]} {value}"
