"""Who may race, from which start, on which batches, and under which names; two usual races. Imports no Keras."""

import re
from collections.abc import Iterable, Sequence

from mnist_lab import experiment_text
from mnist_lab.experiment import LIMITS, Experiment
from mnist_lab.optimizers import optimizer_spec
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError

RACING_OPTIMIZERS = ("sgd", "sgd_momentum", "adagrad", "rmsprop", "adam")
"""The chapter's, in its order."""
RATE_FACTORS = (0.01, 0.1, 1.0, 10.0, 100.0)
"""Of the learning rate that is usual for an optimizer."""
LEAST_RACERS, MOST_RACERS = 2, 6
_NAME = re.compile(r"race (\d{1,9}): ")
_OF_START = frozenset({"hidden_units", "initial_weights"})
"""Beside the seed, these decide with which weights a network begins."""
_OF_BATCHES = frozenset({"batch_size", "batch_order", "validation", "held_out_share", "shuffled_labels", "one_batch"})
"""Beside the seed and moved copies, these decide which batches it meets."""


class RaceError(LabError):
    """Experiments that cannot race each other."""


def check_race(experiments: Sequence[Experiment]) -> None:
    """See that they can race each other.

    Raises:
        RaceError: there are too few, too many, or they have different seeds.
    """
    if not LEAST_RACERS <= len(experiments) <= MOST_RACERS:
        raise RaceError(
            QT_TRANSLATE_NOOP("errors", "A race has {least} to {most} racers, not {count}."),
            least=LEAST_RACERS,
            most=MOST_RACERS,
            count=len(experiments),
        )
    seed = experiments[0].seed
    for place, experiment in enumerate(experiments, start=1):
        if experiment.seed != seed:
            raise RaceError(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "Racers start alike and meet the same batches, so they have one seed: give racer {place} the seed "
                    "{seed}, as racer 1 has.",
                ),
                place=place,
                seed=str(seed),
            )


def differing_start(experiments: Sequence[Experiment]) -> list[str]:
    """The fields for which not all racers start from the same weights; none: they do."""
    return [name for name in differing_settings(experiments) if name in _OF_START]


def differing_batches(experiments: Sequence[Experiment]) -> list[str]:
    """The fields for which not all racers meet the same batches; none: they do, epoch by epoch."""
    return [name for name in differing_settings(experiments) if name in _OF_BATCHES or name.startswith("moved_")]


SPEAKING = ("optimizer", "learning_rate", "activation", "hidden_units")
"""Settings whose value alone says which they are."""


def differing_settings(experiments: Sequence[Experiment]) -> list[str]:
    """The fields that are not the same in all, in the order of the experiment."""
    first = experiments[0]
    found = {name for other in experiments[1:] for name in first.differing(other)}
    return [name for name in Experiment.model_fields if name in found]


def racer_names(experiments: Sequence[Experiment]) -> tuple[str, ...]:
    """What each is called in the race: by what tells them apart, as a line of settings writes it."""
    differing = differing_settings(experiments)
    return tuple(told_apart([" ".join(_told(one, name) for name in differing).strip() for one in experiments]))


def told_apart(names: Sequence[str]) -> list[str]:
    """The names, with its place behind each that is nobody's alone."""
    alone = [bool(name) and names.count(name) == 1 for name in names]
    return [
        name if is_alone else f"{name} ({place})".strip()
        for place, (name, is_alone) in enumerate(zip(names, alone, strict=True), start=1)
    ]


def _told(experiment: Experiment, name: str) -> str:
    """One setting, by its value alone where that says which it is."""
    word = experiment_text.setting_word(name, getattr(experiment, name))
    if name in SPEAKING:
        return word.partition("=")[2]
    return word if "=" in word or getattr(experiment, name) is not False else ""


def next_race_number(names: Iterable[str]) -> int:
    """One more than the highest among the names of kept runs."""
    numbers = (int(match[1]) for name in names if (match := _NAME.match(name)))
    return max(numbers, default=0) + 1


def run_name(number: int, racer: str) -> str:
    """What a racer's run is called; `next_race_number` reads it."""
    return f"race {number}: {racer}"


def five_optimizers(base: Experiment) -> tuple[Experiment, ...]:
    """The same settings with five optimizers, each with its usual learning rate."""
    return tuple(
        base.changed(optimizer=name, optimizer_settings={}, learning_rate=optimizer_spec(name).default_rate)
        for name in RACING_OPTIMIZERS
    )


def five_rates(base: Experiment) -> tuple[Experiment, ...]:
    """The same settings with five learning rates around the usual one of their optimizer."""
    usual = optimizer_spec(base.optimizer).default_rate
    most = LIMITS["learning_rate"].maximum
    return tuple(base.changed(learning_rate=min(float(f"{usual * factor:.3g}"), most)) for factor in RATE_FACTORS)
