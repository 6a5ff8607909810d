"""The controls of the Descent tab: curve, start, walk, learning rate, optimizers, batches."""

import math

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QWidget

from mnist_lab.descent.noise import SAMPLES, SIZES, Batches, has_real_samples
from mnist_lab.studies.curve_bench import Limit
from mnist_lab.window import theme, translation
from mnist_lab.window.pages.descent import looks
from mnist_lab.window.pages.descent.curve.challenge_card import ChallengeCard
from mnist_lab.window.pages.descent.curve.curve_model import CurveModel
from mnist_lab.window.pages.descent.curve.optimizer_list import OptimizerList
from mnist_lab.window.pages.descent.curve.stability_ruler import StabilityRuler
from mnist_lab.window.pages.descent.line.line_controls import PlaceBox
from mnist_lab.window.pages.descent.run_bar import RunBar
from mnist_lab.window.pages.kept_controls import shows_state
from mnist_lab.window.translation import translate
from mnist_lab.window.widgets.basic.drop_down import DropDown
from mnist_lab.window.widgets.basic.layouts import paragraph
from mnist_lab.window.widgets.basic.least_height import reserve_lines
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn, keep_controls_width
from mnist_lab.window.widgets.fields.complaints import Complaints
from mnist_lab.window.widgets.fields.expression_field import ExpressionField
from mnist_lab.window.widgets.fields.form_grid import FormGrid
from mnist_lab.window.widgets.fields.log_slider import LogSlider
from mnist_lab.window.words import fill, rounded, spell

DECADES = (-4, 1)


class CurveControls(ScrollColumn):
    """What the learner sets. While the curve is hidden nothing gives it away, nor the answer to a challenge.

    Signals:
        function_chosen(object): a `Function`.
        start_typed(float): a number was typed.
        batches_changed(object): `Batches` or None.
    """

    function_chosen = Signal(object)
    start_typed = Signal(float)
    batches_changed = Signal(object)

    def __init__(self, model: CurveModel, parent: QWidget) -> None:
        self._model = model
        self._make_curve()
        self._make_walk()
        self._make_noise()
        super().__init__(
            "descentControls",
            self.challenges,
            self._form,
            self._formula_row(),
            self._words,
            self.notice,
            self.walk,
            self.rate,
            self.ruler,
            self._ruler_words,
            self.optimizers,
            self._is_noisy,
            self._size,
            self._noise_words,
            self.follow,
            parent=parent,
        )
        keep_controls_width(self, least=260)
        for part in (self._form, self.rate, self.optimizers, self._is_noisy, self._size):
            shows_state(part)
        self._choice.currentIndexChanged.connect(self._on_choice)
        self._start.valueChanged.connect(self.start_typed)
        self._is_noisy.toggled.connect(self._on_noise)
        self._size.currentIndexChanged.connect(self._on_noise)

    def _make_curve(self) -> None:
        self.challenges = ChallengeCard(self._model.challenges)
        self.notice = Complaints()
        self.notice.setObjectName("descentNotice")
        self._form, self._choice, self._start = FormGrid(complaints=self.notice), DropDown(), PlaceBox()
        for function in self._model.functions:
            self._choice.addItem(translate("descent", function.label))
        self._form.add_field(self._choice, "descentFunction", self.tr("Functio&n"), self.tr("The curve to walk down."))
        self._form.add_field(self._start, "descentStart", self.tr("Start &x"), self.tr("Where all balls begin."))
        if self._model.floor.is_on:  # as wide as with the names that are shown again when the curve is
            self._choice.ensurePolished()
            self._choice.setMinimumWidth(max(self._choice.sizeHint().width(), self._choice.minimumWidth()))
        self.formula = ExpressionField(history=self._model.formulas)
        self.formula.setObjectName("descentFormula")
        self.formula.setAccessibleName(self.tr("Your own function of x"))
        self.formula.setPlaceholderText(self.tr("such as x**2 + sin(3*x)"))
        self.formula.setToolTip(self.tr("Type a function of x and press Enter; its derivative is worked out."))
        self._words = paragraph("descentFormulas")
        reserve_lines(self._words, 5)
        self.notice.reserve_lines(4)  # what stands below must not move when it comes

    def _formula_row(self) -> QWidget:
        """The field with its name, which stays when something is typed."""
        row, name = QWidget(), QLabel(self.tr("&Your own f(x)"))
        name.setBuddy(self.formula)
        name.setToolTip(self.formula.toolTip())
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.GAP)
        line.addWidget(name)
        line.addWidget(self.formula, 1)
        return row

    def _make_walk(self) -> None:
        self.walk = RunBar("descent", has_keys=True, has_count=False)
        self.rate = LogSlider(
            "descentRate",
            self.tr("Learning rate η"),
            self.tr("How long the steps are: with plain SGD, η times the slope. Holds from the next step on."),
            DECADES,
            self.notice,
        )
        self.ruler = StabilityRuler(DECADES)
        policy = self.ruler.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.ruler.setSizePolicy(policy)
        self._ruler_words = QLabel()
        self._ruler_words.setObjectName("descentRulerWords")
        self._ruler_words.setWordWrap(True)
        theme.set_role(self._ruler_words, "caption")
        reserve_lines(self._ruler_words, 4)
        self.optimizers = OptimizerList(
            "descent",
            ("sgd",),
            self.tr("Whose tangent, next step, table, inner state, basins and stability are shown."),
        )

    def _make_noise(self) -> None:
        self._is_noisy = self._check("descentNoise", self.tr("Mini-batch noise"))
        self._is_noisy.setToolTip(self.tr("Estimate each step's slope from a few samples only."))
        self._size = DropDown()
        self._size.setObjectName("descentBatchSize")
        self._size.setAccessibleName(self.tr("Batch size"))
        self._size.setToolTip(self.tr("How many samples each step looks at."))
        for size in SIZES:
            words = self.tr("All {} samples: the true slope") if size == SAMPLES else self.tr("Batch size {}")
            self._size.addItem(fill(words, size), size)
        self._size.setEnabled(False)
        self._noise_words = paragraph("descentNoiseWords", caption=True)
        self.follow = self._check("descentFollow", self.tr("Zoom to follow"))
        self.follow.setToolTip(
            self.tr("Let the view grow with a ball that leaves it; else an arrow tells where it is.")
        )

    @staticmethod
    def _check(name: str, words: str) -> QCheckBox:
        box = QCheckBox(words)
        box.setObjectName(name)
        box.setAccessibleName(words)
        return box

    # Showing

    def refresh(self) -> None:
        """Set every control as the model is, without saying so."""
        bench = self._model.bench
        with QSignalBlocker(self._is_noisy), QSignalBlocker(self._size):
            self._is_noisy.setChecked(bench.batches is not None)
            self._size.setCurrentIndex(self._size.findData(self._model.batch_size))
        self._size.setEnabled(bench.batches is not None)
        self.show_functions()
        self.rate.set_value(bench.balls.rate)
        self.optimizers.show_rules(bench.balls.balls, bench.looked_at, bench.balls.settings_of)
        self.challenges.refresh()
        self.show_start()

    def show_functions(self) -> None:
        """Offer the curves by what they are, while the curve is hidden by numbers, and say what the chosen one is."""
        is_hidden = self._model.floor.is_on
        with QSignalBlocker(self._choice):
            for place, function in enumerate(self._model.functions):
                if place == self._choice.count():
                    self._choice.addItem("")
                name = fill(self.tr("Curve {}"), place + 1) if is_hidden else translate("descent", function.label)
                self._choice.setItemText(place, name)
            self._choice.setCurrentIndex(self._model.place)
        self._start.setKeyboardTracking(not is_hidden)  # on the way to 0.3 the place 0 is not to be met
        self._show_formula()
        self._show_noise()

    def show_refusal(self) -> None:
        """Say that a formula is being read, or why the last one cannot be used, if it cannot."""
        refusal = self._model.refusal
        self.formula.set_problem(refusal is not None)
        if self._model.is_reading:
            self.notice.show_message(self.tr("Reading …"))
            return
        self.notice.show_message("" if refusal is None else translation.sentence(refusal), "error")

    def _show_formula(self) -> None:
        """Say what the curve is and what it teaches, as far as it is not kept back."""
        function, derivative = self._model.bench.function, self._model.derivative
        slope = f"\nf′(x) = {derivative}" if derivative else ""
        if function.identifier == "typed" and not derivative:
            slope = "\n" + self.tr("f′(x) is too long to show.")
        teaches = "" if self._model.challenges.keeps_theory_back else translate("descent", function.teaches)
        words = f"f(x) = {function.formula}{slope}\n{teaches}"
        if self._model.floor.is_on:
            words = self.tr("The formula is hidden with the curve.")
        self._words.setText(words)

    def show_start(self) -> None:
        """Show the number, unless it is being typed."""
        start = self._model.bench.start
        if self._start.value() != start and not self._start.has_bad_text:
            self._start.blockSignals(True)
            self._start.setValue(start)
            self._start.blockSignals(False)

    def show_limits(self) -> None:
        """Show the stability limits; in words that of the minimum nearest to the start."""
        bench, is_hidden = self._model.bench, self._model.floor.is_on
        is_kept_back = is_hidden or self._model.challenges.keeps_theory_back
        self.ruler.setVisible(not is_kept_back)
        if is_kept_back:
            floor = self.tr("The limit of each minimum for η is hidden with the curve.")
            theory = self.tr("The limit for η is kept back: it would give the challenge away.")
            self._ruler_words.setText(floor if is_hidden else theory)
            return
        limits = bench.limits()
        shown = min(range(len(limits)), key=lambda place: abs(limits[place].minimum.x - bench.start), default=None)
        self.ruler.set_limits(limits, shown, bench.balls.rate)
        self._ruler_words.setText(self._limit_words(None if shown is None else limits[shown]))

    def _limit_words(self, limit: Limit | None) -> str:
        """What a minimum bears of the optimizer that is looked at, and up to which rate it is reached from one side."""
        if limit is None:
            return self.tr("There is no minimum in view.")
        minimum, name = limit.minimum, looks.name(self._model.bench.looked_at)
        if math.isnan(minimum.curvature):
            words: str = self.tr("The minimum at x = {x} is an angle: there is no slope there, and no limit for η.")
            return fill(words, x=_figures(minimum.x))
        if limit.rate is None or limit.straight is None:
            words = self.tr("{rule} divides the slope by its own size, so there is no fixed limit for η here.")
            return fill(words, rule=name)
        if limit.rate == math.inf:
            return self.tr("The floor is flatter than a parabola: the minimum itself sets no limit.")
        words = self.tr(
            "Near the minimum at x = {x}, {rule} comes straight in for η below {straight}, and to and fro up to "
            "{limit}; above that it is thrown out. ▼ is the rate in use."
        )
        values = {"x": minimum.x, "straight": limit.straight, "limit": limit.rate}
        return fill(words, rule=name, **{key: _figures(value) for key, value in values.items()})

    def _show_noise(self) -> None:
        real = self.tr("The loss is a mean over 40 real samples; each batch draws from them.")
        made_up = self.tr("This curve has no samples: the noise on its slope is made up.")
        where = self.tr("The slope cloud below the curve shows what batches say.")
        self._noise_words.setText(f"{real if has_real_samples(self._model.bench.function) else made_up} {where}")
        self._noise_words.setVisible(self._is_noisy.isChecked())

    @Slot(int)
    def _on_choice(self, place: int) -> None:
        if self._model.refusal is not None:
            self.formula.clear()  # it is no curve, and Up brings it back
        self.function_chosen.emit(self._model.functions[place])

    @Slot()
    def _on_noise(self) -> None:
        is_noisy = self._is_noisy.isChecked()
        self._size.setEnabled(is_noisy)
        self._noise_words.setVisible(is_noisy)
        self.batches_changed.emit(Batches(self._size.currentData()) if is_noisy else None)


def _figures(value: float) -> str:
    return spell(rounded(value, 4), mantissa=3)
