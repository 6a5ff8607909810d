"""The list of experiments that a sweep trains, made of a file or of what is chosen in the window. Imports no Keras."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mnist_lab.experiment import FIELD_NAMES, Experiment, ExperimentError
from mnist_lab.optimizers import optimizer_spec
from mnist_lab.runs.sweep_choices import GridChoices, RandomChoices, SweepError, ValueRange, has_several
from mnist_lab.runs.sweep_file import in_file, read_sweep_file
from mnist_lab.words import QT_TRANSLATE_NOOP

_VAIN_DRAWS = 1_000
"""So many draws in a row that give nothing new mean: there is hardly anything more to be drawn."""


@dataclass(frozen=True)
class SweepPlan:
    """What a sweep trains, in order; no two of them are the same training.

    Attributes:
        data: on which digits, as `data.sources.load` takes it.
        experiments: what to train: of a grid in its order, the last field changing fastest; else as they were drawn.
        varied: the fields over which they range, in the order in which they were named; not those that were named with
            one value, or of which one is left.
        doubles: how many of those asked for were left out: they would have been trainings that the list has already.
    """

    data: str
    experiments: tuple[Experiment, ...]
    varied: tuple[str, ...]
    doubles: int = 0


def read_sweep(text: str) -> SweepPlan:
    """The plan in a file; see `sweep_file`.

    Args:
        text: the path, as a person types it.

    Raises:
        ExperimentListError: one sentence on what is wrong and where.
    """
    described = read_sweep_file(text)
    try:
        return plan_of(described.base, described.choices, described.data)
    except SweepError as error:
        raise in_file(text, error) from error


def grid_plan(base: Experiment, grid: Mapping[str, Sequence[object]], data: str) -> SweepPlan:
    """Every combination of the values in `grid`, on top of `base`.

    Raises:
        SweepError: one sentence, with the place of what does not fit.
    """
    return plan_of(base, GridChoices(grid), data)


def random_plan(
    base: Experiment, values: Mapping[str, Sequence[object] | ValueRange], count: int, seed: int, data: str
) -> SweepPlan:
    """As many experiments as `count` says, drawn at random on top of `base`; fewer where there are not so many.

    Raises:
        SweepError: one sentence, with the place of what does not fit.
    """
    return plan_of(base, RandomChoices(values, count, seed), data)


def plan_of(base: Experiment, choices: GridChoices | RandomChoices, data: str) -> SweepPlan:
    """The plan that some choices on top of `base` make.

    Raises:
        SweepError: one sentence, with the place of what does not fit.
    """
    choices.check()
    found: dict[object, Experiment] = {}
    vain = 0
    for experiment in _experiments(base, choices):
        known = len(found)
        found.setdefault(_training(experiment), experiment)
        vain = 0 if len(found) > known else vain + 1
        if isinstance(choices, RandomChoices) and (len(found) == choices.count or vain == _VAIN_DRAWS):
            break
    experiments = tuple(found.values())
    return SweepPlan(data, experiments, _varied(choices, experiments), choices.wanted - len(found))


def _varied(choices: GridChoices | RandomChoices, experiments: Sequence[Experiment]) -> tuple[str, ...]:
    """The fields that have several values; of a grid those of which several are left."""
    names = tuple(name for name, values in choices.values.items() if has_several(values))
    if isinstance(choices, RandomChoices) or len(experiments) == 1:
        return names
    return tuple(name for name in names if len({repr(getattr(one, name)) for one in experiments}) > 1)


def _experiments(base: Experiment, choices: GridChoices | RandomChoices) -> Iterator[Experiment]:
    for place, chosen in enumerate(choices.drawn(), start=1):
        try:
            yield base.changed(**chosen)
        except ExperimentError as error:
            kind = "grid" if isinstance(choices, GridChoices) else "random"
            values = ", ".join(f"{FIELD_NAMES[name]} {_told(value)}" for name, value in chosen.items())
            raise SweepError(
                QT_TRANSLATE_NOOP("errors", "{kind}, experiment {place:,} ({values}): {reason}"),
                kind=kind,
                place=place,
                values=values,
                reason=error,
            ) from error


def _told(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _training(experiment: Experiment) -> object:
    """The same for two experiments whose trainings are the same: what counts for nothing is left out."""
    fields = experiment.model_dump(exclude=set(experiment.unused()))
    fields["optimizer_settings"] = optimizer_spec(experiment.optimizer).resolved(experiment.optimizer_settings)
    return tuple((name, repr(value)) for name, value in fields.items())
