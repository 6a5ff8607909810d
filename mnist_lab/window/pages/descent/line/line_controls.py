"""The controls of the local line: function, point, ε, microscope, and the step as a trusted ε."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QWidget

from mnist_lab.window import theme
from mnist_lab.window.pages.descent.line.card import Card
from mnist_lab.window.pages.descent.line.line_model import ZOOM_STEPS, LineModel
from mnist_lab.window.pages.kept_controls import shows_state
from mnist_lab.window.translation import translate
from mnist_lab.window.widgets.basic.drop_down import DropDown
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.widgets.basic.layouts import paragraph
from mnist_lab.window.widgets.basic.least_height import reserve_lines
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn, keep_controls_width
from mnist_lab.window.widgets.fields.form_grid import FormGrid
from mnist_lab.window.widgets.fields.log_slider import LogSlider
from mnist_lab.window.widgets.fields.named_slider import NamedSlider
from mnist_lab.window.widgets.fields.number_fields import RealNumberBox
from mnist_lab.window.words import rounded, spell

_FARTHEST = 1_000.0
_LARGEST_ZOOM = 4


class PlaceBox(RealNumberBox):
    """A number of either sign, whose arrows go along evenly."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, minimum=-_FARTHEST, maximum=_FARTHEST)
        self.pace = 0.05

    def stepBy(self, steps: int) -> None:
        """Go along by `pace`, to round numbers."""
        if not self.has_bad_text:
            self.interpretText()
        self.setValue(round(self.value() / self.pace + steps) * self.pace)
        self.selectAll()


class LineControls(ScrollColumn):
    """What the learner sets, and what comes of it in numbers.

    Signals:
        function_chosen(int): index into the model's `functions`.
        x_typed(float), epsilon_typed(float): a number was typed.
        zoom_turned(int): the microscope was turned.
        step_switched(bool): whether ε is a step.
        rate_changed(float): the learning rate of a step.
        step_pressed(): go there.
    """

    function_chosen = Signal(int)
    x_typed = Signal(float)
    epsilon_typed = Signal(float)
    zoom_turned = Signal(int)
    step_switched = Signal(bool)
    rate_changed = Signal(float)
    step_pressed = Signal()

    def __init__(self, model: LineModel, parent: QWidget) -> None:
        self._model = model
        self._make_fields()
        self._make_step()
        self._make_numbers()
        super().__init__(
            "lineControls",
            self._form,
            self.zoom,
            self._numbers,
            self.direction,
            self._is_step,
            self._rate,
            self._take,
            self.judgement,
            parent=parent,
        )
        keep_controls_width(self, least=228)
        for part in (self._form, self.zoom, self._is_step, self._rate):
            shows_state(part)
        self._connect()

    def _connect(self) -> None:
        self._choice.currentIndexChanged.connect(self.function_chosen)
        self._x.valueChanged.connect(self.x_typed)
        self._epsilon.valueChanged.connect(self.epsilon_typed)
        self.zoom.changed.connect(self.zoom_turned)
        self._is_step.toggled.connect(self.step_switched)
        self._rate.changed.connect(self.rate_changed)
        self._take.clicked.connect(self.step_pressed)

    def _make_fields(self) -> None:
        self._form = FormGrid()
        self._choice = DropDown()
        for function in self._model.functions:
            self._choice.addItem(translate("descent", function.label))
        self._x, self._epsilon = PlaceBox(), PlaceBox()
        self._form.add_field(self._choice, "lineFunction", self.tr("&Function"), self.tr("The curve to look at."))
        self._form.add_field(self._x, "lineX", self.tr("Point &x"), self.tr("Where the straight line touches."))
        self._form.add_field(
            self._epsilon, "lineEpsilon", self.tr("Distance &ε"), self.tr("How far from x, to the right or the left.")
        )
        self.zoom = NamedSlider(
            "lineZoom",
            self.tr("Microscope"),
            self.tr("Look closer at the point; ε shrinks along, so that it stays in view."),
            (0, _LARGEST_ZOOM * ZOOM_STEPS),
            lambda place: f"× {spell(rounded(10 ** (place / ZOOM_STEPS), 2), 0)}",
        )

    def _make_step(self) -> None:
        self._is_step = QCheckBox(self.tr("ε is a step of descent: −η·a"))
        self._is_step.setObjectName("lineIsStep")
        self._is_step.setAccessibleName(self._is_step.text())
        self._is_step.setToolTip(self.tr("A step of gradient descent trusts the line over the distance −η·a."))
        self._rate = LogSlider(
            "lineRate",
            self.tr("Learning rate η"),
            self.tr("How far the line is trusted, for each unit of slope."),
            (-4, 1),
            self._form.complaints,
        )
        self._take = IconButton("ph.arrow-line-right", self.tr("Take the step"))
        self._take.setObjectName("lineTakeStep")
        self._take.setAccessibleName(self._take.text())
        self._take.setToolTip(self.tr("Move the point to x + ε."))
        self.judgement = Notice()
        self.judgement.setObjectName("lineJudgement")
        self.judgement.reserve_lines(4)

    def _make_numbers(self) -> None:
        self._numbers = QWidget()
        self._values: dict[str, QLabel] = {}
        self._captions: dict[str, QLabel] = {}
        layout = QGridLayout(self._numbers)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(theme.GAP)
        layout.setVerticalSpacing(2)
        layout.setColumnStretch(1, 1)
        rows = (
            ("Value", "y = f(x)"),
            ("Slope", self.tr("slope a = f′(x)")),
            ("True", self.tr("true f(x + ε)")),
            ("Change", self.tr("change Δy")),
            ("Predicted", self.tr("predicted y + a·ε")),
            ("Error", self.tr("error, the gap")),
            ("Relative", self.tr("error / ε")),
        )
        for place, (name, words) in enumerate(rows):
            caption, value = QLabel(words), QLabel()
            theme.set_role(caption, "caption")
            value.setObjectName(f"line{name}")
            layout.addWidget(caption, place, 0)
            layout.addWidget(value, place, 1)
            self._values[name], self._captions[name] = value, caption
        self.direction = paragraph("lineDirection")
        reserve_lines(self.direction, 2)

    def show_card(self, card: Card) -> None:
        """Show what the card needs: each one adds to those before it."""
        for name, value in self._values.items():
            is_met = card.has_line or name in ("Value", "True", "Change")
            value.setVisible(is_met)
            self._captions[name].setVisible(is_met)
        self.judgement.setVisible(card.has_line and bool(self.judgement.text))
        self.direction.setVisible(card >= Card.SIGN)
        for widget in (self._is_step, self._rate, self._take):
            widget.setVisible(card >= Card.STEP)

    def refresh(self) -> None:
        """Set every control and every number as the model is; fields that are being typed in keep their text."""
        self._show_functions()
        line = self._model.line
        for field, value in ((self._x, line.x), (self._epsilon, line.epsilon)):
            if field.value() != value and not field.has_bad_text:
                field.blockSignals(True)
                field.setValue(value)
                field.blockSignals(False)
        self.zoom.set_value(self._model.zoom)
        with QSignalBlocker(self._is_step):
            self._is_step.setChecked(self._model.is_step)
        if self._rate.value != self._model.rate:
            self._rate.set_value(self._model.rate)
        self._rate.setEnabled(self._model.is_step)
        self._take.setEnabled(self._model.is_step and line.has_slope and line.epsilon != 0)
        self._show_numbers()

    def _show_functions(self) -> None:
        with QSignalBlocker(self._choice):
            for place, function in enumerate(self._model.functions):
                if place == self._choice.count():
                    self._choice.addItem("")
                self._choice.setItemText(place, translate("descent", function.label))
            self._choice.setCurrentIndex(self._model.place)

    def _show_numbers(self) -> None:
        line = self._model.line
        texts = {
            "Value": _number(line.y),
            "Slope": spell(_rounded(line.slope)) if line.has_slope else self.tr("no slope here"),
            "True": _number(line.true),
            "Change": _number(line.true - line.y),
            "Predicted": _number(line.predicted),
            "Error": _number(line.error),
            "Relative": _number(line.relative),
        }
        for name, text in texts.items():
            self._values[name].setText(text)


def _rounded(value: float) -> float:
    return rounded(value, 7)


def _number(value: float) -> str:
    """Seven figures, or a dash where there is none."""
    return "–" if value != value else spell(_rounded(value), mantissa=3)
