"""f(x + ε) ≈ y + a·ε, by hand: a point, a distance, the straight line between, and the gap that it leaves."""

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mnist_lab.descent.functions import Function
from mnist_lab.descent.local_line import LocalLine, Trust, direction, error_curve, judge_line, local_line, step_line
from mnist_lab.window import theme
from mnist_lab.window.pages.descent import looks
from mnist_lab.window.pages.descent.bench_picture import Range
from mnist_lab.window.pages.descent.line.error_picture import ErrorPicture
from mnist_lab.window.pages.descent.line.line_cards import Card, LineCards
from mnist_lab.window.pages.descent.line.line_controls import LineControls
from mnist_lab.window.pages.descent.line.line_overlay import Shown
from mnist_lab.window.pages.descent.line.line_picture import POINT, LinePicture
from mnist_lab.window.pages.descent.line.rounding_view import RoundingView
from mnist_lab.window.widgets.basic.notice import Severity
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.words import rounded

_SEVERITIES: dict[Trust, Severity] = {Trust.TRUSTED: "good", Trust.STRETCHED: "warning", Trust.BROKEN: "warning"}
_SHARE_OF_WIDTH = 0.2
"""How far away the second handle stands at first."""
_NUDGES = 100
"""Key presses from one end of the picture to the other."""
_SAMPLES = 400
_LARGEST_EPSILON = 10.0
"""In the picture of the gap."""
_SMALLEST_EPSILON = 1e-6
"""Smaller changes of y are rounded away."""
_BESIDE = 0.08


class LocalLineTab(QWidget):
    """Controls at the left, the curve, the error by powers of ten and the card on rounding at the right.

    Attributes:
        function: the curve.
        line: the line at the point, compared at ε.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make_parts()
        self._build()
        self._connect()
        self._on_function(0)
        self._controls.show_card(self._cards.current)
        self._below.setVisible(False)

    # Building

    def _make_parts(self) -> None:
        self._controls = LineControls(self)
        self._cards = LineCards(self)
        self._picture = LinePicture(self)
        self._errors = ErrorPicture(self)
        self.function: Function = self._controls.functions[0]
        self.line: LocalLine = local_line(self.function, self.function.start, 1.0)
        self._zoom = 1.0
        self._has_shown_corner = False
        self._whole: tuple[Range, Range] = ((0.0, 1.0), (0.0, 1.0))

    def _build(self) -> None:
        self._below = QWidget(self)
        below = QHBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(theme.GAP)
        below.addWidget(Panel(self.tr("How the gap shrinks"), self._errors, parent=self), 3)
        below.addWidget(Panel(self.tr("Too small is wrong, too"), RoundingView(), parent=self), 2)
        column = QVBoxLayout()
        column.setSpacing(theme.GAP)
        column.addWidget(self._cards)
        column.addWidget(Panel(self.tr("The curve close to a point"), self._picture, parent=self), 5)
        column.addWidget(self._below, 3)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.setSpacing(theme.LARGE_GAP)
        layout.addWidget(self._controls)
        layout.addLayout(column, 1)

    def _connect(self) -> None:
        controls, picture = self._controls, self._picture
        controls.function_chosen.connect(self._on_function)
        controls.x_typed.connect(self._on_x)
        controls.epsilon_typed.connect(self._on_epsilon)
        controls.zoom_turned.connect(self._on_zoom)
        controls.step_changed.connect(self._on_step_changed)
        controls.step_pressed.connect(self._on_step_pressed)
        self._cards.card_changed.connect(self._on_card)
        self._cards.tried.connect(self._on_tried)
        picture.handle_moved.connect(self._on_handle)
        picture.handle_dropped.connect(self._show)
        picture.nudged.connect(self._on_nudge)
        picture.zoom_asked.connect(self._on_zoom_asked)

    # For the page

    def add_function(self, function: Function) -> None:
        """Offer another curve, such as the loss along one weight of the network."""
        self._controls.add_function(function)

    # What happens

    @Slot(int)
    def _on_function(self, place: int) -> None:
        self.function = self._controls.functions[place]
        self._controls.zoom.set_value(0)
        self._zoom = 1.0
        self._whole = self.function.domain, _height(self.function)
        if self._picture.is_zoomed:
            self._picture.show_whole()
        self._go_to(self.function.start, self._first_epsilon())

    def _first_epsilon(self) -> float:
        """Towards the middle."""
        return -_SHARE_OF_WIDTH * self.function.width * (1 if self.function.start > 0 else -1)

    def _go_to(self, x: float, epsilon: float) -> None:
        """Compare at ε, or at the step's own distance while ε is a step."""
        if self._controls.is_step.isChecked():
            self.line = step_line(self.function, x, self._controls.rate.value)
        else:
            self.line = local_line(self.function, x, epsilon)
        self._show()

    @Slot(float)
    def _on_x(self, x: float) -> None:
        self._go_to(x, self.line.epsilon)

    @Slot(float)
    def _on_epsilon(self, epsilon: float) -> None:
        self._controls.set_step(False)  # an ε set by hand is no step
        self._go_to(self.line.x, epsilon)

    @Slot(str, float, float)
    def _on_handle(self, name: str, x: float, _y: float) -> None:
        if name == POINT:
            self._on_x(self._caught(x))
        else:
            self._on_epsilon(_figures(x - self.line.x))

    def _caught(self, x: float) -> float:
        """A kink catches a point that is dragged by: it is worth seeing that there is no slope."""
        near = 0.005 * self.function.width / self._zoom
        caught = next((kink for kink in self.function.kinks if abs(kink - x) < near), None)
        decimals = max(2 + round(np.log10(self._zoom)), 0)  # as fine as the picture shows it
        return round(x, decimals) if caught is None else caught

    @Slot(str, int)
    def _on_nudge(self, name: str, places: int) -> None:
        pace = self.function.width / self._zoom / _NUDGES
        if name == POINT:
            self._on_x(self._caught(self.line.x + places * pace))
        else:
            self._on_epsilon(_figures(self.line.epsilon + places * pace))

    @Slot()
    def _on_zoom(self) -> None:
        factor = self._controls.zoom_factor
        epsilon = _figures(self.line.epsilon * self._zoom / factor)
        self._zoom = factor
        if self._picture.is_zoomed:
            self._picture.show_whole()
        self._go_to(self.line.x, epsilon)

    @Slot(int)
    def _on_zoom_asked(self, way: int) -> None:
        self._controls.zoom.slider.setValue(self._controls.zoom.value + way)

    @Slot()
    def _on_step_changed(self) -> None:
        self._go_to(self.line.x, self.line.epsilon)

    @Slot()
    def _on_step_pressed(self) -> None:
        self._go_to(self.line.x + self.line.epsilon, self.line.epsilon)

    @Slot()
    def _on_card(self) -> None:
        card = self._cards.current
        if self._has_shown_corner:  # the cards to come need a slope
            self._leave_corner()
        if card is not Card.ALL:
            self._controls.set_step(card is Card.STEP)
        self._below.setVisible(card.has_line)
        self._go_to(self.line.x, self.line.epsilon or self._first_epsilon())  # a step on level ground has no length
        self._controls.show_card(card)

    @Slot()
    def _on_tried(self) -> None:
        if self._cards.current is Card.CONTINUITY:
            self._on_epsilon(_figures(self.line.epsilon / 10))
        elif self._cards.current is Card.SIGN:
            self._go_to(self._other_side, -self.line.epsilon)
        elif self._is_at_corner:
            self._leave_corner()
        else:
            self._controls.choose("absolute_value")
            self._go_to(0.0, abs(self.line.epsilon))
            self._has_shown_corner = True

    def _leave_corner(self) -> None:
        self._has_shown_corner = False
        if self._is_at_corner:
            self._controls.choose("bowl")

    @property
    def _other_side(self) -> float:
        """As far from the middle as the point is, over there."""
        return round(sum(self.function.domain) - self.line.x, 6)

    def _can_try(self, card: Card) -> bool:
        if card is Card.CONTINUITY:
            return abs(self.line.epsilon) > _SMALLEST_EPSILON
        return card is not Card.SIGN or self._other_side != self.line.x

    @property
    def _is_at_corner(self) -> bool:
        return self.line.x in self.function.kinks

    # Showing

    @Slot()
    def _show(self) -> None:
        line, is_step = self.line, self._controls.is_step.isChecked()
        judgement = judge_line(line)
        self._controls.show_numbers(line, is_step=is_step)
        self._controls.direction.setText(looks.words(direction(self.function, line.x)))
        self._controls.judgement.show_message(looks.words(judgement.sentence), _SEVERITIES.get(judgement.trust, "info"))
        card = self._cards.current
        self._controls.judgement.setVisible(card.has_line)
        self._cards.show_state(is_at_corner=self._is_at_corner, can_try=self._can_try(card))
        self._picture.show_line(Shown(self.function, line, judgement.trust, is_step, self._ranges(), card))
        sign = -1 if line.epsilon < 0 else 1
        self._errors.show_curve(error_curve(self.function, line.x, sign, largest=_LARGEST_EPSILON), line)

    def _ranges(self) -> tuple[Range, Range]:
        """The whole, drawn together around the point by the microscope."""
        middle = self.line.x, self.line.y
        if not np.isfinite(self.line.y):
            return self._whole
        x, y = (
            (at + (low - at) / self._zoom, at + (high - at) / self._zoom)
            for (low, high), at in zip(self._whole, middle, strict=True)
        )
        return x, y


def _figures(value: float) -> float:
    """Four figures are as much as a hand can set."""
    return rounded(value, 4)


def _height(function: Function) -> Range:
    """From the lowest to the highest value in the domain, with a margin."""
    with np.errstate(all="ignore"):
        values = function.f(np.linspace(*function.domain, _SAMPLES))
    values = values[np.isfinite(values)]
    low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)
    beside = _BESIDE * (high - low) or 1.0
    return low - beside, high + beside
