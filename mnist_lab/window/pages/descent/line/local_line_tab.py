"""f(x + ε) ≈ y + a·ε, by hand: a point, a distance, the straight line between, and the gap that it leaves."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mnist_lab.descent.functions import Function
from mnist_lab.descent.local_line import Trust, direction, error_curve, judge_line
from mnist_lab.window import theme
from mnist_lab.window.pages.descent import looks
from mnist_lab.window.pages.descent.line.card import Card
from mnist_lab.window.pages.descent.line.error_picture import ErrorPicture
from mnist_lab.window.pages.descent.line.line_cards import LineCards
from mnist_lab.window.pages.descent.line.line_controls import LineControls
from mnist_lab.window.pages.descent.line.line_model import LineModel
from mnist_lab.window.pages.descent.line.line_overlay import Shown
from mnist_lab.window.pages.descent.line.line_picture import POINT, LinePicture
from mnist_lab.window.pages.descent.line.rounding_view import RoundingView
from mnist_lab.window.pages.descent.zoomed_ranges import ZoomedRanges
from mnist_lab.window.widgets.basic.layouts import lay_beside
from mnist_lab.window.widgets.basic.notice import Severity
from mnist_lab.window.widgets.basic.panel import Panel

_SEVERITIES: dict[Trust, Severity] = {Trust.TRUSTED: "good", Trust.STRETCHED: "warning", Trust.BROKEN: "warning"}
_LARGEST_EPSILON = 10.0
"""In the picture of the gap."""


class LocalLineTab(QWidget):
    """Controls at the left, the curve, the error by powers of ten and the card on rounding at the right.

    Attributes:
        model: what it shows and sets.
    """

    def __init__(self, model: LineModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self._controls = LineControls(model, self)
        self._cards = LineCards(model, self)
        self._picture = LinePicture(self)
        self._errors = ErrorPicture(self)
        self._build()
        self._connect()
        self._show()
        self._controls.show_card(model.card)
        self._aside.setVisible(model.card.has_line)

    def keep_zoom(self, zoomed: ZoomedRanges) -> None:
        """Look at the parts of the pictures that are noted there, and note them there from now on."""
        self._picture.keep_zoom(zoomed)
        self._errors.keep_zoom(zoomed)

    # Building

    def _build(self) -> None:
        self._aside = QWidget(self)
        aside = QVBoxLayout(self._aside)
        aside.setContentsMargins(0, 0, 0, 0)
        aside.setSpacing(theme.GAP)
        aside.addWidget(Panel(self.tr("How the gap shrinks"), self._errors, parent=self), 1)
        aside.addWidget(Panel(self.tr("Too small is wrong, too"), RoundingView(), parent=self))
        pictures = QHBoxLayout()  # beside each other: the curve is read by its slope, which needs height
        pictures.setSpacing(theme.GAP)
        pictures.addWidget(Panel(self.tr("The curve close to a point"), self._picture, parent=self), 3)
        pictures.addWidget(self._aside, 2)
        column = QVBoxLayout()
        column.setSpacing(theme.GAP)
        column.addWidget(self._cards)
        column.addLayout(pictures, 1)
        lay_beside(self._controls, column, self)

    def _connect(self) -> None:
        controls, picture = self._controls, self._picture
        controls.function_chosen.connect(self._on_function)
        controls.x_typed.connect(self._on_x)
        controls.epsilon_typed.connect(self._on_epsilon)
        controls.zoom_turned.connect(self._on_zoom)
        controls.step_switched.connect(self._on_step_switched)
        controls.rate_changed.connect(self._on_rate)
        controls.step_pressed.connect(self._on_step_pressed)
        self._cards.card_changed.connect(self._on_card)
        self._cards.tried.connect(self._on_tried)
        picture.handle_moved.connect(self._on_handle)
        picture.handle_dropped.connect(self._show)
        picture.nudged.connect(self._on_nudge)
        picture.zoom_asked.connect(self._on_zoom_asked)

    # What happens

    @Slot(object)
    def add_function(self, function: Function) -> None:
        """Offer another curve, such as the loss along one weight of the network."""
        before = self.model.function
        self.model.add_function(function)
        if self.model.function is not before:
            self._look_at_whole()
        self._show()

    def _look_at_whole(self) -> None:
        if self._picture.is_zoomed:
            self._picture.show_whole()

    @Slot(int)
    def _on_function(self, place: int) -> None:
        self.model.look_at(self.model.functions[place])
        self._look_at_whole()
        self._show()

    @Slot(float)
    def _on_x(self, x: float) -> None:
        self.model.set_x(x)
        self._show()

    @Slot(float)
    def _on_epsilon(self, epsilon: float) -> None:
        self.model.set_epsilon(epsilon)
        self._show()

    @Slot(str, float, float)
    def _on_handle(self, name: str, x: float, _y: float) -> None:
        if name == POINT:
            self.model.drag_x(x)
        else:
            self.model.drag_end(x)
        self._show()

    @Slot(str, int)
    def _on_nudge(self, name: str, places: int) -> None:
        if name == POINT:
            self.model.nudge_x(places)
        else:
            self.model.nudge_epsilon(places)
        self._show()

    @Slot(int)
    def _on_zoom(self, zoom: int) -> None:
        self.model.set_zoom(zoom)
        self._look_at_whole()
        self._show()

    @Slot(int)
    def _on_zoom_asked(self, way: int) -> None:
        self._controls.zoom.slider.setValue(self._controls.zoom.value + way)

    @Slot(bool)
    def _on_step_switched(self, is_step: bool) -> None:
        self.model.set_step(is_step)
        self._show()

    @Slot(float)
    def _on_rate(self, rate: float) -> None:
        self.model.set_rate(rate)
        self._show()

    @Slot()
    def _on_step_pressed(self) -> None:
        self.model.take_step()
        self._show()

    @Slot(object)
    def _on_card(self, card: Card) -> None:
        before = self.model.function
        self.model.show_card(card)
        if self.model.function is not before:
            self._look_at_whole()
        self._aside.setVisible(card.has_line)
        self._show()
        self._controls.show_card(card)

    @Slot()
    def _on_tried(self) -> None:
        before = self.model.function
        self.model.try_card()
        if self.model.function is not before:
            self._look_at_whole()
        self._show()

    # Showing

    @Slot()
    def _show(self) -> None:
        model, line = self.model, self.model.line
        judgement = judge_line(line)
        self._controls.refresh()
        self._controls.direction.setText(looks.words(direction(model.function, line.x)))
        self._controls.judgement.show_message(looks.words(judgement.sentence), _SEVERITIES.get(judgement.trust, "info"))
        self._controls.judgement.setVisible(model.card.has_line)
        self._cards.show_state()
        self._picture.show_line(Shown(model.function, line, judgement.trust, model.is_step, model.ranges, model.card))
        sign = -1 if line.epsilon < 0 else 1
        self._errors.show_curve(error_curve(model.function, line.x, sign, largest=_LARGEST_EPSILON), line)
