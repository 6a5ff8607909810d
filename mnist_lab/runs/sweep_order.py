"""In which order a sweep trains, so that as little as possible is compiled.

A worker has compiled the network that it trained last. One that differs only in its numbers, as learning rate or seed,
trains at once; any other is compiled first, which takes as long as a short run.
"""

from collections.abc import Callable, Collection, Sequence

from mnist_lab.experiment import Experiment

_NUMBERS = frozenset({"learning_rate", "seed", "epochs", "batch_order", "initial_weights", "shuffled_labels"})
"""Settings that a compiled network takes as they come."""


class TrialQueue:
    """The experiments that wait, in the order of the list but for what needs no compiling."""

    def __init__(self, experiments: Sequence[Experiment], done: Collection[int] = ()) -> None:
        """All wait but those whose indices are in `done`."""
        self._kinds = [_kind(experiment) for experiment in experiments]
        self._waiting = [index for index in range(len(experiments)) if index not in done]

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def take(self, freed: int | None, busy: Collection[int]) -> int:
        """Take the index of the next one.

        The first that needs no compiling by the worker that has become free; where there is none, the first of a kind
        that no other worker is at; else the first.

        Args:
            freed: what that worker has trained last; None where that is not known.
            busy: what the other workers are training.
        """
        taken = {self._kinds[index] for index in busy}
        place = self._first(lambda kind: freed is not None and kind == self._kinds[freed])
        if place is None:
            place = self._first(lambda kind: kind not in taken)
        return self._waiting.pop(place or 0)

    def take_all(self) -> list[int]:
        """Take all that wait, in order."""
        taken, self._waiting = self._waiting, []
        return taken

    def _first(self, fits: Callable[[object], bool]) -> int | None:
        return next((place for place, index in enumerate(self._waiting) if fits(self._kinds[index])), None)


def _kind(experiment: Experiment) -> object:
    """The same for experiments that one compiled network trains."""
    fields = experiment.model_dump(exclude=set(_NUMBERS | experiment.unused()))
    return tuple((name, repr(value)) for name, value in fields.items())
