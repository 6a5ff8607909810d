"""What the Two dimensions tab shows, kept outside its widgets: the surface, the start and the balls."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from mnist_lab.descent.surfaces import SURFACES, Surface, SurfaceDescent, valley
from mnist_lab.descent.update_rule import Settings, UpdateRule
from mnist_lab.descent.update_rules import RULES
from mnist_lab.studies.balls import Balls
from mnist_lab.window.words import rounded

STEPS_A_DECADE = 20
LARGEST_CONDITION = 3
"""As a power of ten."""
_USUAL_CONDITION = 28


def condition_at(place: int) -> float:
    """The condition number at a place of the slider, to two figures."""
    return rounded(10 ** (place / STEPS_A_DECADE), 2)


class SurfaceModel(QObject):
    """The tab sets it and shows it; a measured surface comes here, whether a tab is there or not.

    Attributes:
        surfaces: on offer.
        place: which of them is chosen.
        condition_place: where the slider of the valley's condition number stands.
        surface: what is descended: the chosen one, a valley with its condition number.
        start: x and y where all begin.
        balls: the descents.
        looked_at: the rule that is looked at closely.

    Signals:
        surface_changed(): another surface is descended, from its own start.
    """

    surface_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.surfaces: list[Surface] = list(SURFACES)
        self.place = 0
        self.condition_place = _USUAL_CONDITION
        self.surface = self._chosen_surface()
        self.start = self.surface.start
        self.looked_at = RULES[0].identifier
        chosen = [rule.identifier for rule in RULES]
        self.balls: Balls[SurfaceDescent] = Balls(self._make, chosen, rounded(self.surface.rate, 2))

    def _make(self, rule: UpdateRule, rate: float, settings: Settings) -> SurfaceDescent:
        return SurfaceDescent(self.surface, rule, self.start, rate, settings)

    @property
    def condition(self) -> float:
        """The valley's condition number; 0 for what is no valley."""
        is_valley = self.surfaces[self.place].identifier == "valley"
        return condition_at(self.condition_place) if is_valley else 0.0

    @property
    def can_step(self) -> bool:
        """Whether the next step may change anything."""
        return self.balls.can_step and any(ball.can_step for ball in self.balls.balls.values())

    def choose_surface(self, place: int) -> None:
        """Descend one of `surfaces`, with the learning rate that suits it."""
        self.place = place
        self.balls.set_rate(rounded(self._chosen_surface().rate, 2))
        self._begin_surface()

    def offer(self, surface: Surface) -> None:
        """Descend another surface; it replaces one of the same identifier."""
        known = [entry.identifier for entry in self.surfaces]
        if surface.identifier in known:
            place = known.index(surface.identifier)
            self.surfaces[place] = surface
        else:
            place = len(self.surfaces)
            self.surfaces.append(surface)
        self.choose_surface(place)

    def set_condition(self, place: int) -> None:
        """Make the valley longer or shorter."""
        self.condition_place = place
        self._begin_surface()

    def set_start(self, start: tuple[float, float]) -> None:
        """Begin elsewhere."""
        self.start = start
        self.balls.begin()

    def choose_rules(self, identifiers: Iterable[str]) -> None:
        """Let these rules go; the one looked at is always among them."""
        self.balls.choose(identifiers)
        if self.looked_at not in self.balls.balls:
            self.looked_at = next(iter(self.balls.balls))

    def _chosen_surface(self) -> Surface:
        return valley(self.condition) if self.condition else self.surfaces[self.place]

    def _begin_surface(self) -> None:
        self.surface = self._chosen_surface()
        self.set_start(self.surface.start)
        self.surface_changed.emit()
