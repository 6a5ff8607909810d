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
        waiting: which of `surfaces` was measured while another descent was under way, and is not descended yet.

    Signals:
        surface_changed(): another surface is descended, from its own start.
        waiting_changed(): another surface waits, or none any more.
    """

    surface_changed = Signal()
    waiting_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.surfaces: list[Surface] = list(SURFACES)
        self.place = 0
        self.condition_place = _USUAL_CONDITION
        self.surface = self._chosen_surface()
        self.start = self.surface.start
        self.looked_at = RULES[0].identifier
        self.waiting: int | None = None
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
        self._set_waiting(None if place == self.waiting else self.waiting)
        self.balls.set_rate(rounded(self._chosen_surface().rate, 2))
        self._begin_surface()

    def choose_waiting(self) -> None:
        """Descend the surface that waits."""
        if self.waiting is not None:
            self.choose_surface(self.waiting)

    def offer(self, surface: Surface) -> None:
        """Put another surface among `surfaces`, in place of one of the same identifier.

        It is descended at once, unless that would end a descent that is under way: then it waits.
        """
        known = [entry.identifier for entry in self.surfaces]
        if surface.identifier in known:
            place = known.index(surface.identifier)
            self.surfaces[place] = surface
        else:
            place = len(self.surfaces)
            self.surfaces.append(surface)
        if self.balls.steps:
            self._set_waiting(place)
        else:
            self.choose_surface(place)

    def _set_waiting(self, place: int | None) -> None:
        if place != self.waiting:
            self.waiting = place
            self.waiting_changed.emit()

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
