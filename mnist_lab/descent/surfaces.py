"""Functions of two variables: what only shows with more than one weight, under the same update rules."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mnist_lab.descent.functions import Function, Reals
from mnist_lab.descent.path import FARTHEST, MOST_STEPS
from mnist_lab.descent.update_rule import Settings, UpdateRule
from mnist_lab.words import QT_TRANSLATE_NOOP

SurfaceFunction = Callable[[Reals, Reals], Reals]


@dataclass(frozen=True, eq=False)
class Surface:
    """One function of x and y.

    Attributes:
        identifier: its name in files and tests.
        label: words for the choice.
        formula: how it is written.
        f: x and y of the same shape to the value there.
        along_x: the partial derivative by x, likewise.
        along_y: the partial derivative by y, likewise.
        domain: lowest and highest x, lowest and highest y that are shown at first.
        start: x and y where a descent begins.
        rate: a learning rate with which no rule diverges from `start`.
        minima: (n, 2) the x and y of each minimum; empty if there is none.
        teaches: the one thing it exists to show, in a sentence.
    """

    identifier: str
    label: str
    formula: str
    f: SurfaceFunction
    along_x: SurfaceFunction
    along_y: SurfaceFunction
    domain: tuple[float, float, float, float]
    start: tuple[float, float]
    rate: float
    minima: tuple[tuple[float, float], ...]
    teaches: str

    def value_at(self, point: Reals) -> float:
        """The value at one point, (2,)."""
        return float(self.f(point[:1], point[1:])[0])

    def gradient_at(self, point: Reals) -> Reals:
        """Both partial derivatives at one point, (2,); perpendicular to the contour line there."""
        return np.concatenate([self.along_x(point[:1], point[1:]), self.along_y(point[:1], point[1:])])


def valley(condition: float = 25.0) -> Surface:
    """A long valley.

    Args:
        condition: the curvature across over the curvature along, at least 1. The curvatures are it and 1, so plain SGD
            bears rates up to 2 / condition, and then needs about `condition` steps along.

    Raises:
        ValueError: below 1.
    """
    if not condition >= 1:
        raise ValueError(f"condition must be at least 1, not {condition}")
    return Surface(
        "valley",
        QT_TRANSLATE_NOOP("descent", "Long valley"),
        f"½·x² + {condition / 2:g}·y²",
        lambda x, y: 0.5 * (x * x + condition * y * y),
        lambda x, y: x + 0 * y,
        lambda x, y: condition * y + 0 * x,
        (-4.0, 4.0, -2.0, 2.0),
        (-3.5, 1.2),
        1.2 / condition,
        ((0.0, 0.0),),
        QT_TRANSLATE_NOOP(
            "descent",
            "The steep sides allow only a small rate, and with that the floor takes for ever; momentum helps.",
        ),
    )


SURFACES: tuple[Surface, ...] = (
    valley(),
    Surface(
        "saddle",
        QT_TRANSLATE_NOOP("descent", "Saddle"),
        "½·x² − ½·y² + 0.05·y⁴",
        lambda x, y: 0.5 * (x * x - y * y) + 0.05 * (y * y) ** 2,
        lambda x, y: x + 0 * y,
        lambda x, y: 0.2 * y * y * y - y + 0 * x,
        (-3.5, 3.5, -3.5, 3.5),
        (3.0, 0.001),
        0.1,
        ((0.0, -(5**0.5)), (0.0, 5**0.5)),
        QT_TRANSLATE_NOOP(
            "descent", "A minimum one way and a maximum the other: the ball waits there until it finds the way out."
        ),
    ),
    Surface(
        "rosenbrock",
        QT_TRANSLATE_NOOP("descent", "Bent valley (Rosenbrock)"),
        "(1 − x)² + 100·(y − x²)²",
        lambda x, y: (1 - x) ** 2 + 100 * (y - x * x) ** 2,
        lambda x, y: -2 * (1 - x) - 400 * x * (y - x * x),
        lambda x, y: 200 * (y - x * x),
        (-2.0, 2.0, -1.0, 3.0),
        (-1.5, 2.0),
        0.001,
        ((1.0, 1.0),),
        QT_TRANSLATE_NOOP("descent", "Down into the valley is quick; along its bent floor to the minimum is not."),
    ),
    Surface(
        "two_wells",
        QT_TRANSLATE_NOOP("descent", "Two wells"),
        "0.1·x⁴ − x² + 0.3·x + y² + 0.5·x·y",
        lambda x, y: 0.1 * (x * x) ** 2 - x * x + 0.3 * x + y * y + 0.5 * x * y,
        lambda x, y: 0.4 * x * x * x - 2 * x + 0.3 + 0.5 * y,
        lambda x, y: 2 * y + 0.5 * x,
        (-4.0, 4.0, -3.0, 3.0),
        (0.6, 2.5),
        0.1,
        ((-2.37247253, 0.59311813), (2.23076036, -0.55769009)),
        QT_TRANSLATE_NOOP("descent", "Starts that lie side by side may end in different wells."),
    ),
)


@dataclass(frozen=True, eq=False)
class SurfacePath:
    """A descent on a surface: points (n + 1, 2), loss (n + 1,), gradient (n + 1, 2), all float64 and finite."""

    points: Reals
    loss: Reals
    gradient: Reals

    @property
    def steps(self) -> int:
        """How many steps were made."""
        return len(self.points) - 1


class SurfaceDescent:
    """A ball on a surface. Learning rate and settings may be changed between any two steps."""

    def __init__(
        self,
        surface: Surface,
        rule: UpdateRule,
        start: tuple[float, float],
        rate: float,
        settings: Settings | None = None,
    ) -> None:
        self.surface = surface
        self.rule = rule
        self.rate = rate
        self.settings = rule.resolved(settings)
        self._points = [np.clip(np.array(start, np.float64), -FARTHEST, FARTHEST)]
        self._states = [rule.initial_state(self._points[0], self.settings)]

    @property
    def can_step(self) -> bool:
        """Whether it has not run away and has not made `MOST_STEPS` yet."""
        return bool(abs(self._points[-1]).max() < FARTHEST) and len(self._points) <= MOST_STEPS

    @property
    def path(self) -> SurfacePath:
        """All of it so far."""
        points = np.array(self._points)
        x, y = points.T
        gradient = np.stack([self.surface.along_x(x, y), self.surface.along_y(x, y)], axis=1)
        return SurfacePath(points, self.surface.f(x, y), gradient)

    def step(self, steps: int = 1) -> int:
        """Go forward; returns how many steps were made, fewer than asked for if it has run away."""
        for made in range(steps):
            if not self.can_step:
                return made
            point = self._points[-1]
            with np.errstate(all="ignore"):
                moved, state = self.rule.step(
                    point, self.surface.gradient_at(point), self._states[-1], self.rate, self.settings
                )
            self._points.append(np.clip(np.nan_to_num(moved, nan=FARTHEST), -FARTHEST, FARTHEST))
            self._states.append(state)
        return steps

    def step_back(self, steps: int = 1) -> int:
        """Take steps back; returns how many, fewer than asked for at the start."""
        steps = min(steps, len(self._points) - 1)
        if steps > 0:
            del self._points[-steps:], self._states[-steps:]
        return steps


def grid(surface: Surface, columns: int = 160, rows: int = 120) -> tuple[Reals, Reals, Reals]:
    """The surface as a picture: x (columns,), y (rows,) and the values (rows, columns), all ascending."""
    x_low, x_high, y_low, y_high = surface.domain
    x, y = np.linspace(x_low, x_high, columns), np.linspace(y_low, y_high, rows)
    return x, y, np.asarray(surface.f(x[None, :], y[:, None]))


def contour_levels(values: Reals, count: int = 14) -> Reals:
    """Heights for contour lines, (count,) ascending: closer together near the bottom, as a valley needs them."""
    low, high = float(np.nanmin(values)), float(np.nanquantile(values, 0.98))
    shares = np.linspace(0, 1, count + 2)[1:-1] ** 3
    return low + (max(high, low + 1e-12) - low) * shares


def cross_section(surface: Surface, point: Reals, toward: tuple[float, float] = (1.0, 0.0)) -> Function:
    """The curve that a cut through the surface shows: a function of the distance from `point` along `toward`.

    Args:
        surface: what is cut.
        point: (2,) where the distance is 0.
        toward: the direction of the cut, of any length but 0.
    """
    x, y = (float(value) for value in point)
    along = np.array(toward) / np.hypot(*toward)
    unit_x, unit_y = (float(value) for value in along)
    x_low, x_high, y_low, y_high = surface.domain
    reach = 0.5 * (abs(unit_x) * (x_high - x_low) + abs(unit_y) * (y_high - y_low))

    def slope(distance: Reals) -> Reals:
        at_x, at_y = x + unit_x * distance, y + unit_y * distance
        return np.asarray(unit_x * surface.along_x(at_x, at_y) + unit_y * surface.along_y(at_x, at_y))

    return Function(
        "cross_section",
        surface.label,
        surface.formula,
        lambda distance: np.asarray(surface.f(x + unit_x * distance, y + unit_y * distance)),
        slope,
        None,
        (-reach, reach),
        0.0,
        surface.teaches,
    )
