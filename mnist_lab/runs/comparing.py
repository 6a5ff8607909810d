"""What tells kept runs apart: their settings, and which knows new digits better than chance explains. No Qt."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mnist_lab.experiment import FIELD_NAMES, Experiment
from mnist_lab.inspection.share import Share
from mnist_lab.network.events import EpochEnd, Finished, RateChanged
from mnist_lab.optimizers import optimizer_spec
from mnist_lab.runs.facts import DataFacts, KeptRun
from mnist_lab.runs.gap import Gap

DATA, RATE_CHANGES = "data", "rate_changes"
"""Names of what differs between runs beside the fields of their experiments."""
SETTINGS = (*FIELD_NAMES, RATE_CHANGES, DATA)
"""All names, in the order in which they are told."""

Settings = Mapping[str, object]


# What differs


def settings_of(
    experiment: Experiment | None, data: DataFacts | None, rate_changes: Iterable[RateChanged] = ()
) -> dict[str, object]:
    """All that was chosen for a run, by the names of `SETTINGS`; what is not known or means nothing is left out.

    Of the optimizer's own settings those are told that are not its defaults, a rate change as (update, rate).
    """
    settings: dict[str, object] = {}
    if experiment is not None:
        settings |= experiment.model_dump()
        settings["optimizer_settings"] = _own_settings(experiment)
        settings[RATE_CHANGES] = tuple((change.update, change.learning_rate) for change in rate_changes)
        for name in experiment.unused():
            del settings[name]
    if data is not None:
        settings[DATA] = data
    return settings


def settings_of_run(run: KeptRun) -> dict[str, object]:
    """`settings_of` a kept run, with the epochs and rates that it has now."""
    return settings_of(run.experiment, run.facts.data, run.rate_changes)


def differing(settings: Sequence[Settings]) -> list[str]:
    """The names whose values are not the same in all that have one."""
    return [name for name in SETTINGS if _differs([one[name] for one in settings if name in one])]


def _differs(values: Sequence[object]) -> bool:
    return any(_content(value) != _content(values[0]) for value in values[1:])


def _content(value: object) -> object:
    """What counts: digits are the same wherever they were read from."""
    return value.fingerprint if isinstance(value, DataFacts) else value


def _own_settings(experiment: Experiment) -> dict[str, float | bool]:
    spec = optimizer_spec(experiment.optimizer)
    usual = spec.resolved({})
    chosen = spec.resolved(experiment.optimizer_settings)
    return {name: value for name, value in chosen.items() if value != usual[name]}


# How good a run is


@dataclass(frozen=True)
class Judged:
    """The accuracy by which a run is compared.

    Attributes:
        share: so many new digits right.
        images: tells which digits; two that are the same were measured on the same ones.
        is_test: whether they are the test digits, else those that were held out.
        epoch: after which it was measured; None: at the end of the run.
    """

    share: Share
    images: tuple[object, ...]
    is_test: bool
    epoch: int | None


def judged(run: KeptRun) -> Judged | None:
    """The accuracy on test digits at the end, else after the last epoch that was measured; None: never measured."""
    experiment, data = run.experiment, run.facts.data
    if experiment is None or data is None:
        return None
    of_test: tuple[object, ...] = ("test", data.fingerprint)
    if isinstance(run.outcome, Finished):
        return _judged(run.outcome.test_accuracy, data.test_images, of_test, None)
    if not run.epochs:
        return None
    end = run.epochs[-1]
    if experiment.validation == "test":
        return _judged(end.validation_accuracy, data.test_images, of_test, end.epoch)
    kept_aside = (experiment.seed, experiment.held_out_share, experiment.shuffled_labels)
    count = experiment.held_out_samples(data.train_images)
    return _judged(end.validation_accuracy, count, ("held_out", data.fingerprint, *kept_aside), end.epoch)


def _judged(accuracy: float, count: int, images: tuple[object, ...], epoch: int | None) -> Judged | None:
    share = _share(accuracy, count)
    return None if share is None else Judged(share, images, images[0] == "test", epoch)


def _share(accuracy: float, count: int) -> Share | None:
    return Share(round(accuracy * count), count) if count > 0 and math.isfinite(accuracy) else None


def best_epoch(run: KeptRun) -> EpochEnd | None:
    """The epoch with the highest validation accuracy, the first of equals; None: none was measured."""
    measured = [end for end in run.epochs if math.isfinite(end.validation_accuracy)]
    return max(measured, key=lambda end: (end.validation_accuracy, -end.epoch), default=None)


def gap_of(run: KeptRun) -> Gap | None:
    """How much better it knows its own digits than new ones after its last epoch; None: not measured, or not known."""
    experiment, data = run.experiment, run.facts.data
    if experiment is None or data is None or not run.epochs:
        return None
    end = run.epochs[-1]
    is_test = experiment.validation == "test"
    new_images = data.test_images if is_test else experiment.held_out_samples(data.train_images)
    trained, new = _share(end.train_accuracy_after, end.train_sample), _share(end.validation_accuracy, new_images)
    return None if trained is None or new is None else Gap(trained, new)


# Which is better


def is_chance(one: Share, other: Share) -> bool:
    """Whether chance alone can make two shares so different: the 95 % interval of the difference contains 0."""
    return not (one.is_above(other) or other.is_above(one))


@dataclass(frozen=True)
class Standing:
    """How the best of some runs stands beside the others.

    Attributes:
        best: the one with the highest accuracy.
        judged: its accuracy.
        equals: runs whose difference to it may be chance, the best of them first.
        worse: runs that are worse by more than chance, the best of them first.
        elsewhere: runs that were measured on other digits.
        unmeasured: runs without an accuracy.
    """

    best: KeptRun
    judged: Judged
    equals: tuple[KeptRun, ...]
    worse: tuple[KeptRun, ...]
    elsewhere: tuple[KeptRun, ...]
    unmeasured: tuple[KeptRun, ...]


def standing(runs: Sequence[KeptRun]) -> Standing | None:
    """Compare the best with all others; of runs on different digits, among the most that have the same ones.

    Returns:
        None if none has an accuracy.
    """
    known = [(run, one) for run in runs if (one := judged(run)) is not None]
    if not known:
        return None
    measured_on = [one.images for _, one in known]
    images = max(measured_on, key=measured_on.count)
    same = sorted(((run, one) for run, one in known if one.images == images), key=lambda pair: -pair[1].share.value)
    (best, its), others = same[0], same[1:]
    return Standing(
        best,
        its,
        equals=tuple(run for run, one in others if is_chance(its.share, one.share)),
        worse=tuple(run for run, one in others if not is_chance(its.share, one.share)),
        elsewhere=tuple(run for run, one in known if one.images != images),
        unmeasured=tuple(run for run in runs if judged(run) is None),
    )
