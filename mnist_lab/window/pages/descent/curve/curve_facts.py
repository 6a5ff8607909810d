"""What the Descent tab tells the course: its curve, its learning rate, and what has come of the walks so far."""

from functools import partial

from mnist_lab.window.pages.descent.curve.curve_model import CurveModel
from mnist_lab.window.state.views import View

_WALKS = ("slow", "arrived", "endless", "lost", "passed", "noisy1", "noisy10")


def tell_curve(view: View, model: CurveModel) -> None:
    """Tell "descentFunction", "descentRate", and of each way of coming out "slowWalk" and so on (`WalksSeen.fact`)."""
    view.tell("descentFunction", lambda: model.bench.function.identifier)
    view.tell("descentRate", lambda: model.bench.balls.rate)
    for kind in _WALKS:
        view.tell(f"{kind}Walk", partial(model.seen.fact, kind))
