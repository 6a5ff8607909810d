"""A sentence with one thing that can be done about it: the banner shows it, with a button."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Offer:
    """What is told, and what the button beside it does.

    Attributes:
        sentence: what has happened.
        label: on the button: one or two words, with `&` before the letter that presses it by Alt.
        explanation: one sentence for its tooltip.
        accept: what it does.
        is_open: whether it can still be done; the same may have been done by a key or a menu meanwhile.
        decline: what is done where it is not wanted, now or later; None: it is only put away.
        decline_label: on the button for that, as `label`; "" for “Not now”.
        decline_explanation: one sentence for its tooltip; "" for the usual one.
        icon: on the button of `label`, of qtawesome's Phosphor set.
        is_primary: whether that is what most will want.
    """

    sentence: str
    label: str
    explanation: str
    accept: Callable[[], object]
    is_open: Callable[[], bool] = lambda: True
    decline: Callable[[], object] | None = None
    decline_label: str = ""
    decline_explanation: str = ""
    icon: str = "ph.arrow-counter-clockwise"
    is_primary: bool = False
