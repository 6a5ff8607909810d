"""Numbers of the way from one weight to the gradient, as the learner has met them."""

from mnist_lab.course.number import Number, Reading, of_run, told
from mnist_lab.course.state import LabState

_LEAST_SHARE = 0.001
"""What is less is written as 0.0 %."""


def _black(_entry: LabState, now: LabState) -> Number | None:
    """Nothing to read, known only where the chosen weight's pixel is black in the whole batch."""
    return Number("", "text") if now.fact("descentPage.weightIsBlack") else None


def _stayed(_entry: LabState, now: LabState) -> Number | None:
    """The share of weights that an update left alone, known only where there are any to speak of."""
    moved = now.number("descentPage.updateMoved")
    return None if moved is None or 1 - moved < _LEAST_SHARE else Number(1 - moved, "percent")


def _slope_at_right(_entry: LabState, now: LabState) -> Number | None:
    """The slope of the loss along the sum of the right digit: its probability − 1."""
    right = now.number("drawPage.lightRight")
    return None if right is None else Number(right - 1, "figures", 4)


def sweep_times(_entry: LabState, now: LabState) -> Number | None:
    """Two figures, as a whole number: hundreds of thousands are easier to read so than as a power of ten."""
    times = now.number("descentPage.sweepTimes")
    return None if times is None else Number(float(f"{times:.2g}"))


OF_GRADIENT: dict[str, Reading] = {
    "network_weights": of_run(lambda run: Number(run.experiment.parameters())),
    "network_passes": of_run(lambda run: Number(2 * run.experiment.parameters())),
    "card_best": told("descentPage.cardBest", "real", 2),
    "card_move": told("descentPage.cardMove", "real", 2),
    "weight_value": told("descentPage.weightValue", "figures", 3),
    "weight_least": told("descentPage.weightLeast", "figures", 4),
    "weight_most": told("descentPage.weightMost", "figures", 4),
    "weight_slope": told("descentPage.weightSlope", "figures", 3),
    "weight_nudged": told("descentPage.weightNudged", "figures", 3),
    "weight_black": _black,
    "sweep_done": told("descentPage.sweepDone"),
    "sweep_passes": told("descentPage.sweepPasses"),
    "sweep_seconds": told("descentPage.sweepSeconds", "measured"),
    "sweep_backward": told("descentPage.sweepBackwardSeconds", "measured"),
    "sweep_times": sweep_times,
    "line_x": told("descentPage.lineX", "figures", 4),
    "line_y": told("descentPage.lineY", "figures", 4),
    "line_slope": told("descentPage.lineSlope", "figures", 4),
    "line_epsilon": told("descentPage.lineEpsilon", "figures", 4),
    "line_true": told("descentPage.lineTrue", "figures", 5),
    "line_predicted": told("descentPage.linePredicted", "figures", 5),
    "line_gap": told("descentPage.lineGap", "figures", 3),
    "line_tenfold": told("descentPage.lineTenfold", "figures", 3),
    "light_loss": told("drawPage.lightLoss", "figures", 4),
    "light_right": told("drawPage.lightRight", "certainty"),
    "light_slope": _slope_at_right,
    "update_number": told("descentPage.updateNumber"),
    "update_moved": told("descentPage.updateMoved", "percent"),
    "update_stayed": _stayed,
    "update_weights": told("descentPage.updateWeights"),
    "update_unit": told("descentPage.updateUnit"),
    "update_before": told("descentPage.updateWeightBefore", "figures", 4),
    "update_slope": told("descentPage.updateWeightSlope", "figures", 3),
    "update_taken": told("descentPage.updateWeightTaken", "figures", 3),
    "update_after": told("descentPage.updateWeightAfter", "figures", 4),
}
