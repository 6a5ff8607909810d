"""Descending with two weights: a valley, a saddle, a bent valley and two wells, from above and in a cut."""

import math

import numpy as np
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from mnist_lab.descent.functions import Reals
from mnist_lab.descent.surfaces import SurfacePath, cross_section
from mnist_lab.window import theme
from mnist_lab.window.pages.descent import looks
from mnist_lab.window.pages.descent.surface.section_picture import SectionPicture
from mnist_lab.window.pages.descent.surface.surface_controls import SurfaceControls
from mnist_lab.window.pages.descent.surface.surface_model import SurfaceModel
from mnist_lab.window.pages.descent.surface.surface_picture import SurfacePicture
from mnist_lab.window.pages.descent.zoomed_ranges import ZoomedRanges
from mnist_lab.window.widgets.basic.drop_down import DropDown, keep_list_wide
from mnist_lab.window.widgets.basic.layouts import captioned, lay_beside
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.words import fill, rounded, spell
from mnist_lab.work import Progress

_STEEPEST, _ALONG_X, _ALONG_Y = range(3)


class SurfaceTab(QWidget):
    """Controls at the left, the surface from above and a cut through it at the right.

    Attributes:
        model: what it shows and sets.

    Signals:
        slice_wanted(): the network's own loss is to be measured, for the model to offer it.
        slice_cancelled(): it is not to be measured any more.
    """

    slice_wanted = Signal()
    slice_cancelled = Signal()

    def __init__(self, model: SurfaceModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self._measuring: tuple[bool, Progress | None] = (False, None)
        self._controls = SurfaceControls(model, self)
        self._picture = SurfacePicture(self)
        self._section = SectionPicture(self)
        self._cut = self._cut_choice()
        self._build()
        self._connect()
        self._show_surface()

    def keep_zoom(self, zoomed: ZoomedRanges) -> None:
        """Look at the parts of the pictures that are noted there, and note them there from now on."""
        self._picture.keep_zoom(zoomed)
        self._section.keep_zoom(zoomed)

    # Building

    def _cut_choice(self) -> QComboBox:
        choice = DropDown(self)
        choice.setObjectName("surfaceCut")
        choice.setAccessibleName(self.tr("Direction of the cut"))
        choice.setToolTip(self.tr("Which way the surface is cut through the ball that is looked at."))
        choice.addItems([self.tr("steepest way down"), self.tr("along x"), self.tr("along y")])
        keep_list_wide(choice)
        return choice

    def _build(self) -> None:
        above = captioned(
            self._picture,
            self.tr(
                "The bluer the lower. Each line has one height; the steepest way down crosses it at a right angle."
            ),
        )
        column = QVBoxLayout()
        column.setSpacing(theme.GAP)
        column.addWidget(Panel(self.tr("The surface from above"), above, parent=self), 5)
        column.addWidget(Panel(self.tr("Cut through the ball"), self._section, self._cut, parent=self), 3)
        lay_beside(self._controls, column, self)

    def _connect(self) -> None:
        controls, model = self._controls, self.model
        model.surface_changed.connect(self._on_surface_changed)
        controls.surface_chosen.connect(model.choose_surface)
        controls.condition_changed.connect(model.set_condition)
        controls.slice_wanted.connect(self.slice_wanted)
        controls.slice_cancelled.connect(self.slice_cancelled)
        controls.waiting_chosen.connect(model.choose_waiting)
        model.waiting_changed.connect(self._on_waiting)
        controls.rate_changed.connect(self._on_rate)
        controls.rules.chosen_changed.connect(self._on_chosen)
        controls.rules.looked_at_changed.connect(self._on_looked_at)
        controls.rules.setting_changed.connect(self._on_setting)
        controls.run.steps_asked.connect(self._on_steps)
        controls.run.restart_asked.connect(self._on_restart)
        self._picture.place_clicked.connect(self._on_start)
        self._picture.start_nudged.connect(self._on_nudge)
        self._cut.currentIndexChanged.connect(self._show)

    def set_measuring(self, *, is_possible: bool, progress: Progress | None) -> None:
        """Say whether there is a network whose loss can be measured, and how far that is; None: it is not done."""
        self._measuring = is_possible, progress
        self._controls.set_measuring(is_possible=is_possible, progress=progress)

    # What happens

    @Slot()
    def _on_waiting(self) -> None:
        is_possible, progress = self._measuring
        self._controls.set_measuring(is_possible=is_possible, progress=progress)
        self._controls.show_surface()

    @Slot()
    def _on_surface_changed(self) -> None:
        self._controls.run.pause()
        self._controls.show_surface()
        if self._picture.is_zoomed:
            self._picture.show_whole()
        self._show_surface()

    def _show_surface(self) -> None:
        self._picture.show_surface(self.model.surface)
        self._picture.show_start(self.model.start)
        self._show()

    @Slot(float, float)
    def _on_start(self, x: float, y: float) -> None:
        self._controls.run.pause()
        self.model.set_start((x, y))
        self._picture.show_start(self.model.start)
        self._show()

    @Slot(float, float)
    def _on_nudge(self, across: float, up: float) -> None:
        self._on_start(self.model.start[0] + across, self.model.start[1] + up)

    @Slot()
    def _on_restart(self) -> None:
        self._on_start(*self.model.start)

    @Slot(float)
    def _on_rate(self, rate: float) -> None:
        self.model.balls.set_rate(rate)
        self._show_limit()

    @Slot()
    def _on_chosen(self) -> None:
        self.model.choose_rules(self._controls.rules.chosen)
        self._show()

    @Slot(str)
    def _on_looked_at(self, identifier: str) -> None:
        self.model.looked_at = identifier
        self._show()

    @Slot(str, str, float)
    def _on_setting(self, rule: str, name: str, value: float) -> None:
        self.model.balls.set_setting(rule, name, value)

    @Slot(int)
    def _on_steps(self, steps: int) -> None:
        if steps > 0:
            self.model.balls.step(steps)
        else:
            self.model.balls.step_back(-steps)
        self._show()

    # Showing

    @Slot()
    def _show(self) -> None:
        model = self.model
        paths, looked_at = {name: ball.path for name, ball in model.balls.balls.items()}, model.looked_at
        self._picture.show_paths(paths, looked_at)
        self._controls.run.show_state(model.balls.steps, can_step=model.can_step)
        self._show_cut(paths[looked_at], looked_at)
        self._show_limit()

    def _show_cut(self, path: SurfacePath, rule: str) -> None:
        point, gradient = path.points[-1], path.gradient[-1]
        steepness = float(np.hypot(*gradient))
        words = self.tr("{rule}: x {x}, y {y}, height {height}, |gradient| {steepness}")
        texts = [spell(rounded(value, 4)) for value in (*point, path.loss[-1], steepness)]
        x, y, height, steep = texts
        self._picture.set_readout(
            fill(words, rule=looks.name(rule), x=x, y=y, height=height, steepness=steep),
            fill(self.tr("{rule}: height {height}"), rule=looks.name(rule), height=height),
            self.tr("+ minimum, ring: start"),
        )
        section = cross_section(self.model.surface, point, self._direction(gradient, steepness))
        x_low, x_high, y_low, y_high = self.model.surface.domain
        reach = max(x_high - x_low, y_high - y_low) / 2
        self._section.show_section(section, rule, reach)

    def _direction(self, gradient: Reals, steepness: float) -> tuple[float, float]:
        cut = self._cut.currentIndex()
        if cut == _STEEPEST and steepness > 0:
            return float(-gradient[0] / steepness), float(-gradient[1] / steepness)
        return (0.0, 1.0) if cut == _ALONG_Y else (1.0, 0.0)

    def _show_limit(self) -> None:
        condition, rate = self.model.condition, self.model.balls.rate
        if not condition:
            self._controls.limit.clear()
            return
        limit = 2 / condition
        values = {"limit": spell(rounded(limit, 3)), "condition": spell(condition), "steps": spell(_steps(rate), 0)}
        if rate >= limit:
            words = self.tr(
                "Plain SGD is stable only below 2 / {condition} = {limit}: this rate throws it out across the valley."
            )
            self._controls.limit.show_message(fill(words, **values), "warning")
        else:
            words = self.tr(
                "Plain SGD is stable below 2 / {condition} = {limit}. Steps to come ten times closer along the valley, "
                "at this rate: about {steps}."
            )
            self._controls.limit.show_message(fill(words, **values), "info")


def _steps(rate: float) -> int:
    """How many steps of plain SGD divide the distance along the valley, where the curvature is 1, by ten."""
    left = abs(1 - rate)  # of the distance, after a step
    return 1 if left <= 0.1 else math.ceil(math.log(0.1) / math.log(left))
