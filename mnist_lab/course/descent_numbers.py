"""Numbers of the learner's for parts 5 and 6: of walks, of compared runs, and of the program line by line."""

from collections.abc import Callable

from mnist_lab.course.comparison import compared
from mnist_lab.course.number import Kind, Number, Reading, of_run, share
from mnist_lab.course.state import DigitFacts, KeptFacts, LabState
from mnist_lab.experiment import Experiment
from mnist_lab.optimizers import optimizer_spec


def _in(name: str, place: int, kind: Kind = "whole", decimals: int = 1) -> Reading:
    """One of several numbers that a page tells together."""

    def read(_entry: LabState, now: LabState) -> Number | None:
        values = now.fact(name)
        return Number(values[place], kind, decimals) if isinstance(values, tuple) else None

    return read


def _of_compared(place: int, read: Callable[[KeptFacts], Number | None]) -> Reading:
    def find(_entry: LabState, now: LabState) -> Number | None:
        pair = compared(now)
        return None if pair is None else read(pair[place])

    return find


def _optimizer(experiment: Experiment | None) -> Number | None:
    return None if experiment is None else Number(optimizer_spec(experiment.optimizer).label, "text")


def _rate(experiment: Experiment | None) -> Number | None:
    return None if experiment is None else Number(experiment.learning_rate, "figures", 4)


OF_DESCENT = {
    "shown_update": _in("descentPage.shownUpdate", 0),
    "shown_images": _in("descentPage.shownUpdate", 1),
    "shown_loss": _in("descentPage.shownUpdate", 2, "real", 3),
    "shown_weights": _in("descentPage.shownUpdate", 3),
    "slow_rate": _in("descentPage.slowWalk", 1, "figures", 4),
    "arrived_rate": _in("descentPage.arrivedWalk", 1, "figures", 4),
    "arrived_steps": _in("descentPage.arrivedWalk", 2),
    "lost_rate": _in("descentPage.lostWalk", 1, "figures", 4),
    "endless_rate": _in("descentPage.endlessWalk", 1, "figures", 6),
    "passed_rate": _in("descentPage.passedWalk", 1, "figures", 4),
    "passed_momentum": _in("descentPage.passedWalk", 3, "figures", 4),
    "noisy_one": _in("descentPage.noisy1Walk", 3, "real", 2),
    "noisy_ten": _in("descentPage.noisy10Walk", 3, "real", 2),
    "first_optimizer": _of_compared(0, lambda run: _optimizer(run.experiment)),
    "first_rate": _of_compared(0, lambda run: _rate(run.experiment)),
    "first_accuracy": _of_compared(0, lambda run: share(run.test_accuracy)),
    "second_optimizer": _of_compared(1, lambda run: _optimizer(run.experiment)),
    "second_rate": _of_compared(1, lambda run: _rate(run.experiment)),
    "second_accuracy": _of_compared(1, lambda run: share(run.test_accuracy)),
}


def _settings(now: LabState) -> Experiment:
    """Those of the run, or of the form before there is one."""
    return now.experiment if now.run is None else now.run.experiment


def _of_settings(read: Callable[[Experiment], int]) -> Reading:
    return lambda _entry, now: Number(read(_settings(now)))


def _code(read: Callable[[Experiment], object]) -> Callable[[LabState, LabState], Number]:
    """A setting as it stands in a line of code."""
    return lambda _entry, now: Number(str(read(_settings(now))), "text")


def _code_images(read: Callable[[DigitFacts], int]) -> Reading:
    def find(_entry: LabState, now: LabState) -> Number | None:
        digits = now.digits if now.run is None else now.run.digits
        return None if digits is None else Number(str(read(digits)), "text")

    return find


OF_PROGRAM = {
    "code_train_images": _code_images(lambda digits: digits.train_images),
    "code_test_images": _code_images(lambda digits: digits.test_images),
    "code_units": _code(lambda experiment: experiment.hidden_units[0]),
    "code_activation": _code(lambda experiment: experiment.activation),
    "code_optimizer": lambda _entry, now: Number(now.experiment.optimizer, "text"),  # chosen while one reads it
    "code_epochs": _code(lambda experiment: experiment.epochs),
    "code_batch_size": _code(lambda experiment: experiment.batch_size),
    "parameters": _of_settings(lambda experiment: experiment.parameters()),
    "hidden_parameters": _of_settings(lambda experiment: experiment.layers()[0].parameters),
    "output_parameters": _of_settings(lambda experiment: experiment.layers()[-1].parameters),
    "optimizer": of_run(lambda run: _optimizer(run.experiment)),
    "rate": of_run(lambda run: _rate(run.experiment)),
    "mistakes": of_run(
        lambda run: (
            None if run.test_accuracy is None else Number(round((1 - run.test_accuracy) * run.digits.test_images))
        )
    ),
}
