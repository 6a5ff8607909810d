"""Part 1: a first network, trained, measured, and shown a digit."""

from mnist_lab.course.actions import Open, Press, Put
from mnist_lab.course.goals import trained
from mnist_lab.course.state import LabState
from mnist_lab.course.steps import Part, Prediction, Step

_TRAIN = Open("trainPage")


def _test_accuracy(_entry: LabState, now: LabState) -> float | None:
    return None if now.run is None else now.run.test_accuracy


FIRST_NETWORK = Part(
    "first_network",
    "2",
    (
        Step(
            "first_network.train",
            _TRAIN,
            ("startButton", "accuracyPlot"),
            trained(),
            (_TRAIN, Press("startButton")),
            Prediction(_test_accuracy, is_share=True, decimals=1, plot="accuracyPlot"),
        ),
        Step(
            "first_network.smaller",
            _TRAIN,
            ("hiddenUnits",),
            trained(lambda run: run.experiment.hidden_units[0] <= 32),
            (_TRAIN, Put("hiddenUnits", 32), Press("startButton")),
        ),
    ),
)
