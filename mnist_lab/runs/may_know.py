"""Which images a fork may have learned before, as its parent's: no accuracy on them says how well it knows new ones."""

from typing import get_args

from mnist_lab.experiment import Experiment
from mnist_lab.runs.facts import DataFacts, KeptRun, KnownImages


def may_know(parent: KeptRun, experiment: Experiment, data: DataFacts) -> tuple[KnownImages, ...]:
    """Of a fork that begins anew, with a network that its parent has trained.

    Args:
        parent: the run that is left.
        experiment: the settings of the fork.
        data: the digits of the fork.
    """
    known: set[str] = set(parent.facts.may_know)
    if parent.facts.data is None or _sources(parent.facts.data).isdisjoint(_sources(data)):
        known = set(get_args(KnownImages))
    elif parent.experiment is None or _held_out(parent.experiment) != _held_out(experiment):
        known.add("held_out")
    return tuple(name for name in get_args(KnownImages) if name in known)


def _sources(data: DataFacts) -> set[str]:
    """Fingerprints of the digits, and of those that a hand or own digits were added to: they have its test images."""
    added = (part for part in (data.hand, data.own) if part is not None)
    return {data.fingerprint, *(part.base_fingerprint for part in added)}


def _held_out(experiment: Experiment) -> tuple[object, ...]:
    """What decides which images are held out."""
    return experiment.validation, experiment.held_out_share, experiment.seed
