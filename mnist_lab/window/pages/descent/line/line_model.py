"""What the Local line tab shows, kept outside its widgets: a curve, a point, a distance and how closely one looks."""

import numpy as np

from mnist_lab.descent.functions import FUNCTIONS, Function
from mnist_lab.descent.local_line import LocalLine, local_line, step_line
from mnist_lab.window.pages.descent.line.card import Card
from mnist_lab.window.pages.descent.zoomed_ranges import Range
from mnist_lab.window.words import rounded

ZOOM_STEPS = 10
"""Of the microscope, for each power of ten."""
FIRST_RATE = 0.1
_CORNER, _SMOOTH = "absolute_value", "bowl"
_SHARE_OF_WIDTH = 0.2
"""How far away the second handle stands at first."""
_NUDGES = 100
"""Key presses from one end of the picture to the other."""
_SAMPLES = 400
_SMALLEST_EPSILON = 1e-6
"""Smaller changes of y are rounded away."""
_BESIDE = 0.08


class LineModel:
    """Compares a curve with the straight line through one of its points, ε away from it.

    Attributes:
        functions: the curves on offer.
        function: the one that is looked at.
        line: the line at the point, compared at ε.
        zoom: where the microscope stands, in steps of `ZOOM_STEPS` for each power of ten.
        is_chosen: whether ε was set by hand, since this curve is looked at.
        is_step: whether ε is a step of gradient descent.
        rate: the learning rate of such a step.
        card: which of the cards is looked at.
        offered: the last card that had something to try, and whether that was at a corner: cards without anything to
            try keep the room of those words.
    """

    def __init__(self) -> None:
        self.functions: tuple[Function, ...] = FUNCTIONS
        self.zoom = 0
        self.is_chosen = False
        self.is_step = False
        self.rate = FIRST_RATE
        self.card = Card.CONTINUITY
        self.offered = Card.CONTINUITY, False
        self._has_shown_corner = False
        self.line: LocalLine
        self.look_at(FUNCTIONS[0])

    @property
    def place(self) -> int:
        """Which of `functions` is looked at."""
        return [one.identifier for one in self.functions].index(self.function.identifier)

    @property
    def factor(self) -> float:
        """How many times closer one looks."""
        return float(10 ** (self.zoom / ZOOM_STEPS))

    # The curve

    def add_function(self, function: Function) -> None:
        """Offer one more, in place of an earlier one of that identifier; one that is looked at is looked at anew."""
        names = [one.identifier for one in self.functions]
        if function.identifier not in names:
            self.functions = (*self.functions, function)
            return
        place = names.index(function.identifier)
        self.functions = (*self.functions[:place], function, *self.functions[place + 1 :])
        if self.function.identifier == function.identifier:
            self.look_at(function)

    def look_at(self, function: Function) -> None:
        """Look at the whole of a curve, from its own start."""
        self.function = function
        self.zoom = 0
        self.is_chosen = False
        self._whole: tuple[Range, Range] = function.domain, _heights(function)
        self._go_to(function.start, self._first_epsilon)

    def _look_at_named(self, identifier: str) -> None:
        self.look_at(next(one for one in self.functions if one.identifier == identifier))

    @property
    def ranges(self) -> tuple[Range, Range]:
        """Of x and y in view: the whole, drawn together around the point by the microscope."""
        middle = self.line.x, self.line.y
        if not np.isfinite(self.line.y):
            return self._whole
        x, y = (
            (at + (low - at) / self.factor, at + (high - at) / self.factor)
            for (low, high), at in zip(self._whole, middle, strict=True)
        )
        return x, y

    # Point and ε

    @property
    def _first_epsilon(self) -> float:
        """Towards the middle."""
        return -_SHARE_OF_WIDTH * self.function.width * (1 if self.function.start > 0 else -1)

    def _go_to(self, x: float, epsilon: float) -> None:
        """Compare at ε, or at the step's own distance while ε is a step."""
        if self.is_step:
            self.line = step_line(self.function, x, self.rate)
        else:
            self.line = local_line(self.function, x, epsilon)

    def set_x(self, x: float) -> None:
        """Move the point; ε stays."""
        self._go_to(x, self.line.epsilon)

    def drag_x(self, x: float) -> None:
        """Move the point as a hand does: a kink catches it, since it is worth seeing that there is no slope."""
        near = 0.005 * self.function.width / self.factor
        caught = next((kink for kink in self.function.kinks if abs(kink - x) < near), None)
        decimals = max(2 + round(np.log10(self.factor)), 0)  # as fine as the picture shows it
        self.set_x(round(x, decimals) if caught is None else caught)

    def nudge_x(self, places: int) -> None:
        """Move the point by so many key presses."""
        self.drag_x(self.line.x + places * self._pace)

    def set_epsilon(self, epsilon: float) -> None:
        """Compare elsewhere; an ε set by hand is no step."""
        self.is_step, self.is_chosen = False, True
        self._go_to(self.line.x, epsilon)

    def drag_end(self, x: float) -> None:
        """Move the place that ε leads to."""
        self.set_epsilon(_figures(x - self.line.x))

    def nudge_epsilon(self, places: int) -> None:
        """Change ε by so many key presses."""
        self.set_epsilon(_figures(self.line.epsilon + places * self._pace))

    @property
    def _pace(self) -> float:
        return self.function.width / self.factor / _NUDGES

    def set_zoom(self, zoom: int) -> None:
        """Turn the microscope; ε shrinks along, so that it stays in view."""
        before, self.zoom = self.factor, zoom
        self._go_to(self.line.x, _figures(self.line.epsilon * before / self.factor))

    # A step

    def set_step(self, is_step: bool) -> None:
        """Let ε be a step, or stay as it is."""
        self.is_step = is_step
        self._go_to(self.line.x, self.line.epsilon)

    def set_rate(self, rate: float) -> None:
        """Trust the line farther, or less far."""
        self.rate = rate
        self._go_to(self.line.x, self.line.epsilon)

    def take_step(self) -> None:
        """Move the point to x + ε."""
        self._go_to(self.line.x + self.line.epsilon, self.line.epsilon)

    # Cards

    def show_card(self, card: Card) -> None:
        """Turn to another card."""
        self.card = card
        if self._has_shown_corner:  # the cards to come need a slope
            self._leave_corner()
        if card is not Card.ALL:
            self.is_step = card is Card.STEP
        self._go_to(self.line.x, self.line.epsilon or self._first_epsilon)  # a step on level ground has no length

    def try_card(self) -> None:
        """Do what the card has to try."""
        if self.card is Card.CONTINUITY:
            self.set_epsilon(_figures(self.line.epsilon / 10))
        elif self.card is Card.SIGN:
            self._go_to(self._other_side, -self.line.epsilon)
        elif self.is_at_corner:
            self._leave_corner()
        else:
            self._look_at_corner()

    @property
    def can_try(self) -> bool:
        """Whether what the card has to try would change anything."""
        if self.card is Card.CONTINUITY:
            return abs(self.line.epsilon) > _SMALLEST_EPSILON
        return self.card is not Card.SIGN or self._other_side != self.line.x

    @property
    def is_at_corner(self) -> bool:
        """Whether the curve has a kink at the point."""
        return self.line.x in self.function.kinks

    def _look_at_corner(self) -> None:
        if self.function.identifier != _CORNER:
            self._look_at_named(_CORNER)
        self._go_to(0.0, abs(self.line.epsilon))
        self._has_shown_corner = True

    def _leave_corner(self) -> None:
        self._has_shown_corner = False
        if self.is_at_corner and self.function.identifier != _SMOOTH:
            self._look_at_named(_SMOOTH)

    @property
    def _other_side(self) -> float:
        """As far from the middle as the point is, over there."""
        return round(sum(self.function.domain) - self.line.x, 6)


def _figures(value: float) -> float:
    """Four figures are as much as a hand can set."""
    return rounded(value, 4)


def _heights(function: Function) -> Range:
    """From the lowest to the highest value in the domain, with a margin."""
    with np.errstate(all="ignore"):
        values = function.f(np.linspace(*function.domain, _SAMPLES))
    values = values[np.isfinite(values)]
    low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)
    beside = _BESIDE * (high - low) or 1.0
    return low - beside, high + beside
