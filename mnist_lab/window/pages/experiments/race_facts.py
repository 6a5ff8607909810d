"""What the course learns of a race: who came in where, once all have ended."""

from mnist_lab.runs.run import State
from mnist_lab.window.pages.experiments.leader_board import in_order
from mnist_lab.window.state.live_race import Lane, LiveRace


def _placed(race: LiveRace) -> list[Lane]:
    """The racers that came to their end, the best first; none while a race goes on."""
    if race.is_racing:
        return []
    return [lane for lane in in_order(race.lanes) if lane.run.state is State.FINISHED]


def race_order(race: LiveRace) -> tuple[str, ...] | None:
    """Their optimizers by Keras's identifiers, the best first; None: there is nothing to compare."""
    return tuple(lane.run.experiment.optimizer for lane in _placed(race)) or None


def race_accuracies(race: LiveRace) -> tuple[float, ...] | None:
    """Their accuracies on new digits, from 0 to 1, in that order."""
    return tuple(lane.run.history.epochs[-1].validation_accuracy for lane in _placed(race)) or None


def race_updates(race: LiveRace) -> int | None:
    """How many gradient updates the first of them made."""
    placed = _placed(race)
    return placed[0].run.updates if placed else None
