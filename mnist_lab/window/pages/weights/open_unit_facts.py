"""What the course reads of the unit that is open."""

from collections.abc import Callable
from functools import partial
from math import isfinite

from mnist_lab.course.state import Value
from mnist_lab.inspection.activations import ACTIVATION_FUNCTIONS
from mnist_lab.inspection.units import UnitActivity, outgoing_weights
from mnist_lab.studies.cases import UnitCase
from mnist_lab.window.pages.weights.choices import UnitsChoice
from mnist_lab.window.state.derived import Derived
from mnist_lab.window.state.views import View

Activity = Derived[UnitCase, UnitActivity]


def tell_unit(view: View, choice: UnitsChoice, activity: Activity) -> None:
    """Tell the course which unit is open, and what it does with the test digits, as soon as that is known."""
    view.tell("unit", lambda: choice.unit)
    view.tell("unitOpened", lambda: choice.opened or None)
    facts: dict[str, Callable[[UnitCase, UnitActivity], Value]] = {
        "unitIsKnown": lambda _case, _activity: True,
        "unitSilent": _silent,
        "unitDigit": _digit,
    }
    for name, read in facts.items():
        view.tell(name, partial(_of_unit, choice, activity, read))


def _of_unit(choice: UnitsChoice, activity: Activity, read: Callable[[UnitCase, UnitActivity], Value]) -> Value:
    case, value = activity.input, activity.value
    is_it = case is not None and value is not None and case.unit == choice.unit
    return read(case, value) if is_it and case is not None and value is not None else None


def _silent(case: UnitCase, activity: UnitActivity) -> float | None:
    """For which share of the test digits it puts out nothing; None where its activation never rests."""
    share = float(activity.dead_share[0])
    return share if ACTIVATION_FUNCTIONS[case.weights.activation].rest != "none" and isfinite(share) else None


def _digit(case: UnitCase, _activity: UnitActivity) -> int:
    """The digit that it speaks for most."""
    return int(outgoing_weights(case.weights, 0, case.unit).argmax())
