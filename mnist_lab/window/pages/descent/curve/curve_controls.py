"""The controls of the Descent tab: curve, start, walk, learning rate, optimizers, batches."""

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QWidget

from mnist_lab.descent.functions import FUNCTIONS, Function
from mnist_lab.descent.noise import SAMPLES, SIZES, Batches, has_real_samples
from mnist_lab.studies.curve_bench import FIRST_RATE, CurveBench
from mnist_lab.window import theme
from mnist_lab.window.pages.descent.curve.challenge_card import ChallengeCard
from mnist_lab.window.pages.descent.curve.optimizer_list import OptimizerList
from mnist_lab.window.pages.descent.curve.stability_ruler import StabilityRuler
from mnist_lab.window.pages.descent.line.line_controls import PlaceBox
from mnist_lab.window.pages.descent.run_bar import RunBar
from mnist_lab.window.translation import translate
from mnist_lab.window.widgets.basic.layouts import paragraph
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.basic.scroll_column import CONTROLS_WIDTH, ScrollColumn
from mnist_lab.window.widgets.fields.expression_field import ExpressionField
from mnist_lab.window.widgets.fields.form_grid import FormGrid
from mnist_lab.window.widgets.fields.log_slider import LogSlider
from mnist_lab.window.words import fill, rounded, spell

DECADES = (-4, 1)


class CurveControls(ScrollColumn):
    """What the learner sets.

    Attributes:
        is_floor_hidden: whether nothing may give the curve away; see `set_kept_back`.
        is_theory_kept_back: whether nothing may give the answer to a challenge away.

    Signals:
        function_chosen(object): a `Function`.
        start_typed(float): a number was typed.
        batches_changed(object): `Batches` or None.
    """

    function_chosen = Signal(object)
    start_typed = Signal(float)
    batches_changed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        self.functions: list[Function] = list(FUNCTIONS)
        self._make_curve()
        self._make_walk()
        self._make_noise()
        super().__init__(
            "descentControls",
            self.challenges,
            self._form,
            self.formula,
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
        self.setFixedWidth(CONTROLS_WIDTH)
        self._choice.currentIndexChanged.connect(self._on_choice)
        self._start.valueChanged.connect(self.start_typed)
        self._is_noisy.toggled.connect(self._on_noise)
        self._size.currentIndexChanged.connect(self._on_noise)

    def _make_curve(self) -> None:
        self.is_floor_hidden = self.is_theory_kept_back = False
        self.challenges = ChallengeCard()
        self._form, self._choice, self._start = FormGrid(), QComboBox(), PlaceBox()
        for function in FUNCTIONS:
            self._choice.addItem(translate("descent", function.label))
        self._form.add_field(self._choice, "descentFunction", self.tr("Functio&n"), self.tr("The curve to walk down."))
        self._form.add_field(self._start, "descentStart", self.tr("Start &x"), self.tr("Where all balls begin."))
        self.formula = ExpressionField()
        self.formula.setObjectName("descentFormula")
        self.formula.setAccessibleName(self.tr("Your own function of x"))
        self.formula.setPlaceholderText(self.tr("your own, such as x**2 + sin(3*x)"))
        self.formula.setToolTip(self.tr("Type a function of x and press Enter; its derivative is worked out."))
        self._words = paragraph("descentFormulas")
        self._words.setMinimumHeight(5 * self._words.fontMetrics().lineSpacing())
        self.notice = Notice()
        self.notice.setObjectName("descentNotice")

    def _make_walk(self) -> None:
        self.walk = RunBar("descent", has_keys=True, has_count=False)
        self.rate = LogSlider(
            "descentRate",
            self.tr("Learning rate η"),
            self.tr("How far each step goes, for each unit of slope; from the next step on."),
            DECADES,
        )
        self.rate.set_value(FIRST_RATE)
        self.ruler = StabilityRuler(DECADES)
        policy = self.ruler.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.ruler.setSizePolicy(policy)
        self._ruler_words = QLabel()
        self._ruler_words.setObjectName("descentRulerWords")
        self._ruler_words.setWordWrap(True)
        theme.set_role(self._ruler_words, "caption")
        self._ruler_words.setMinimumHeight(2 * self._ruler_words.fontMetrics().lineSpacing())
        self.optimizers = OptimizerList(
            "descent",
            ("sgd",),
            self.tr("Whose tangent, next step, table, inner state, basins and stability are shown."),
        )

    def _make_noise(self) -> None:
        self._is_noisy = self._check("descentNoise", self.tr("Mini-batch noise"))
        self._is_noisy.setToolTip(self.tr("Estimate each step's slope from a few samples only."))
        self._size = QComboBox()
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

    def offer(self, function: Function) -> None:
        """Add a function, in place of an earlier one of its identifier, and choose it."""
        names = [one.identifier for one in self.functions]
        label = translate("descent", function.label)
        self._choice.blockSignals(True)
        if function.identifier in names:
            place = names.index(function.identifier)
            self.functions[place] = function
            self._choice.setItemText(place, label)
        else:
            place = len(self.functions)
            self.functions.append(function)
            self._choice.addItem(label)
        self._choice.setCurrentIndex(place)
        self._choice.blockSignals(False)
        self._name_functions()
        self._on_choice(place)

    def set_kept_back(self, *, floor: bool, theory: bool) -> None:
        """Keep back what gives the curve away, and what gives the answer to a challenge away.

        The texts follow with the next `show_function` and `show_limits`.
        """
        self.is_floor_hidden, self.is_theory_kept_back = floor, theory
        self._start.setKeyboardTracking(not floor)  # on the way to 0.3 the place 0 is not to be met
        self._name_functions()

    def _name_functions(self) -> None:
        """By what they are; while the curve is hidden by numbers."""
        for place, function in enumerate(self.functions):
            name = fill(self.tr("Curve {}"), place + 1) if self.is_floor_hidden else ""
            self._choice.setItemText(place, name or translate("descent", function.label))

    def show_bench(self, bench: CurveBench) -> None:
        """Set every control as the bench is, without saying so."""
        names = [one.identifier for one in self.functions]
        place = names.index(bench.function.identifier)
        self.functions[place] = bench.function
        with QSignalBlocker(self._choice), QSignalBlocker(self._is_noisy), QSignalBlocker(self._size):
            self._choice.setCurrentIndex(place)
            self._is_noisy.setChecked(bench.batches is not None)
            if bench.batches is not None:
                self._size.setCurrentIndex(self._size.findData(bench.batches.size))
        self._size.setEnabled(bench.batches is not None)
        self.show_start(bench.start)
        self.rate.set_value(bench.balls.rate)
        self.optimizers.show_rules(bench.balls.balls, bench.looked_at, bench.balls.settings_of)

    def show_function(self, function: Function, derivative: str = "") -> None:
        """Say what it is and what it teaches, as far as it is not kept back."""
        slope = f"\nf′(x) = {derivative}" if derivative else ""
        teaches = "" if self.is_theory_kept_back else translate("descent", function.teaches)
        words = f"f(x) = {function.formula}{slope}\n{teaches}"
        if self.is_floor_hidden:
            words = self.tr("The formula is hidden with the curve.")
        self._words.setText(words)
        self._show_noise(function)

    def show_start(self, start: float) -> None:
        """Show the number, unless it is being typed."""
        if self._start.value() != start and not self._start.has_bad_text:
            self._start.blockSignals(True)
            self._start.setValue(start)
            self._start.blockSignals(False)

    def show_limits(self, bench: CurveBench) -> None:
        """Show what the minimum nearest to the start bears."""
        is_kept_back = self.is_floor_hidden or self.is_theory_kept_back
        self.ruler.setVisible(not is_kept_back)
        if is_kept_back:
            floor = self.tr("The limit of each minimum for η is hidden with the curve.")
            theory = self.tr("The limit for η is kept back: it would give the challenge away.")
            self._ruler_words.setText(floor if self.is_floor_hidden else theory)
            return
        limits = bench.limits()
        shown = min(range(len(limits)), key=lambda place: abs(limits[place].minimum.x - bench.start), default=None)
        self.ruler.set_limits(limits, shown)
        limit = None if shown is None else limits[shown].rate
        if shown is None:
            words = self.tr("There is no minimum in view.")
        elif limit is None:
            words = self.tr("No fixed limit here: this optimizer rescales the slope, or the minimum is an angle.")
        elif limit == float("inf"):
            words = self.tr("The floor is flatter than a parabola: the minimum itself sets no limit.")
        else:
            place, most = (spell(rounded(value, 4), mantissa=3) for value in (limits[shown].minimum.x, limit))
            words = fill(self.tr("The minimum at x = {x} is stable for η below {limit}."), x=place, limit=most)
        self._ruler_words.setText(words)

    def _show_noise(self, function: Function) -> None:
        real = self.tr("The loss is a mean over 40 real samples; each batch draws from them.")
        made_up = self.tr("This curve has no samples: the noise on its slope is made up.")
        where = self.tr("The slope cloud below the curve shows what batches say.")
        self._noise_words.setText(f"{real if has_real_samples(function) else made_up} {where}")
        self._noise_words.setVisible(self._is_noisy.isChecked())

    @Slot(int)
    def _on_choice(self, place: int) -> None:
        self.function_chosen.emit(self.functions[place])

    @Slot()
    def _on_noise(self) -> None:
        is_noisy = self._is_noisy.isChecked()
        self._size.setEnabled(is_noisy)
        self._noise_words.setVisible(is_noisy)
        self.batches_changed.emit(Batches(self._size.currentData()) if is_noisy else None)
