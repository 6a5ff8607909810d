"""The form in which a learner sets up the next run."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mnist_lab.experiment import ACTIVATIONS, Experiment
from mnist_lab.window import theme
from mnist_lab.window.pages.kept_controls import shows_state
from mnist_lab.window.pages.setting_fields import choose, real_field, whole_field
from mnist_lab.window.pages.train.form_memory import FormMemory
from mnist_lab.window.pages.train.hidden_layers import HiddenLayers
from mnist_lab.window.pages.train.optimizer_choice import OptimizerChoice
from mnist_lab.window.pages.train.optimizer_settings import OptimizerSettings
from mnist_lab.window.pages.train.things_to_try import ThingsToTry
from mnist_lab.window.widgets.basic.buttons import ToolButton
from mnist_lab.window.widgets.basic.disclosure import Disclosure
from mnist_lab.window.widgets.basic.drop_down import DropDown
from mnist_lab.window.widgets.fields.complaints import Complaints
from mnist_lab.window.widgets.fields.form_grid import FormGrid
from mnist_lab.window.widgets.fields.number_fields import RealNumberBox, WholeNumberBox
from mnist_lab.window.words import fill, spell_setting


class ExperimentForm(QWidget):
    """Every setting of an experiment, the chapter's in front and the others one click away.

    Attributes:
        experiment: what the form says.
        complaints: where the form tells which field cannot be used; whoever shows the form gives it a place.

    Signals:
        experiment_changed(Experiment): the form says something else.
        problem_changed(str): a sentence on a field whose text cannot be used; "" when all can.
    """

    experiment_changed = Signal(object)
    problem_changed = Signal(str)

    def __init__(self, experiment: Experiment, memory: FormMemory, parent: QWidget | None = None) -> None:
        """Show `experiment`, and what `memory` keeps of an earlier form."""
        super().__init__(parent)
        self.experiment = experiment
        self._memory = memory
        self._was_seen = False
        self._is_filling = False
        self._problem = ""
        self.complaints = Complaints(self)
        self._make_network_fields()
        self._make_training_fields()
        self._make_further_fields()
        self._build()
        self.set_experiment(experiment)
        self._connect()

    def set_experiment(self, experiment: Experiment) -> None:
        """Show another experiment; says `experiment_changed` once, if it is another."""
        self._is_filling = True
        self._layers.set_units(experiment.hidden_units)
        choose(self._activation, experiment.activation)
        self._optimizer_settings.show_optimizer(experiment.optimizer, experiment.optimizer_settings)
        choose(self._optimizer, experiment.optimizer)
        self._learning_rate.setValue(experiment.learning_rate)
        self._batch_size.setValue(experiment.batch_size)
        self._epochs.setValue(experiment.epochs)
        self._seed.setValue(experiment.seed)
        self._dropout.setValue(experiment.dropout)
        self._l2.setValue(experiment.l2)
        choose(self._batch_order, experiment.batch_order)
        choose(self._validation, experiment.validation)
        self._held_out_share.setValue(experiment.held_out_share)
        self._things_to_try.show_choices(experiment)
        self._is_filling = False
        self._on_changed()

    @Slot()
    def commit(self) -> None:
        """Take over what was typed and not confirmed yet."""
        for field in self._number_fields():
            field.commit()

    # Building

    def _make_network_fields(self) -> None:
        self._layers = HiddenLayers(self._memory.units, self.complaints, self)
        self._activation = DropDown(self)
        for name in ACTIVATIONS:
            self._activation.addItem(name, name)

    def _make_training_fields(self) -> None:
        self._optimizer = OptimizerChoice(self)
        self._learning_rate = real_field(self, "learning_rate")
        self._learning_rate.setKeyboardTracking(False)  # "0.01" must not reach a live run by way of 0
        self._default_rate = ToolButton(self)
        self._batch_size = whole_field(self, "batch_size")
        self._epochs = whole_field(self, "epochs")
        self._seed = whole_field(self, "seed")

    def _make_further_fields(self) -> None:
        self._optimizer_settings = OptimizerSettings(self._memory.optimizer_settings, self.complaints, self)
        self._dropout = real_field(self, "dropout")
        self._l2 = real_field(self, "l2")
        self._batch_order = DropDown(self)
        self._batch_order.addItem(self.tr("new each epoch"), "reshuffled")
        self._batch_order.addItem(self.tr("always the same"), "fixed")
        self._validation = DropDown(self)
        self._validation.addItem(self.tr("test images"), "test")
        self._validation.addItem(self.tr("held-out images"), "held_out")
        self._held_out_share = real_field(self, "held_out_share")
        self._things_to_try = ThingsToTry(self.complaints, self)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        training, further_settings = self._training_grid(), self._further_grid()
        for part in (self._layers, training, further_settings, self._things_to_try):
            shows_state(part)
        layout.addWidget(self._layers)
        layout.addWidget(training)
        further = Disclosure(self.tr("More settings"), further_settings, self)
        further.button.setObjectName("moreSettings")
        further.button.setToolTip(self.tr("Activation, dropout, L2, the optimizer's own settings, validation."))
        layout.addWidget(further)
        to_try = Disclosure(self.tr("Things to try"), self._things_to_try, self)
        to_try.button.setObjectName("thingsToTry")
        to_try.button.setToolTip(
            self.tr("Initial weights, shuffled labels, one batch, moved copies: see what each does to the curves.")
        )
        layout.addWidget(to_try)

    def _training_grid(self) -> FormGrid:
        grid = FormGrid(self, complaints=self.complaints)
        grid.add_field(
            self._optimizer, "optimizer", self.tr("Optimi&zer"), self.tr("The rule that turns gradients into updates.")
        )
        grid.add_field(
            self._learning_rate,
            "learningRate",
            self.tr("&Learning rate"),
            self.tr("How far each update moves the weights. It can be changed while the network trains."),
            beside=self._default_rate,
        )
        self._default_rate.setObjectName("defaultRateButton")
        self._default_rate.setFont(theme.fonts.font("small"))  # there is little room beside the field
        grid.add_field(
            self._batch_size,
            "batchSize",
            self.tr("&Batch size"),
            self.tr("How many images the gradient of one update is computed from."),
        )
        grid.add_field(
            self._epochs, "epochs", self.tr("&Epochs"), self.tr("How many times all training images are gone through.")
        )
        grid.add_field(
            self._seed,
            "seed",
            self.tr("See&d"),
            self.tr("Decides the initial weights and the order of the images: the same seed gives the same run."),
        )
        return grid

    def _further_grid(self) -> FormGrid:
        grid = FormGrid(self, complaints=self.complaints)
        grid.add_field(
            self._activation,
            "activation",
            self.tr("&Activation"),
            self.tr("The function that each hidden unit applies to its weighted sum."),
        )
        grid.add_field(
            self._dropout,
            "dropout",
            self.tr("Dropout"),
            self.tr("The share of hidden outputs that is set to zero at random while training; 0 switches it off."),
        )
        grid.add_field(
            self._l2, "l2", self.tr("L&2 penalty"), self.tr("How strongly large weights are punished in the loss.")
        )
        grid.add_wide(self._optimizer_settings)
        grid.add_field(
            self._batch_order,
            "batchOrder",
            self.tr("Bat&ch order"),
            self.tr("Whether each epoch goes through the images in a new order or always in the same one."),
        )
        grid.add_field(
            self._validation,
            "validation",
            self.tr("Validate o&n"),
            self.tr("What each epoch is measured on: the test images, or training images that are kept aside."),
        )
        self._held_out_label = grid.add_field(
            self._held_out_share,
            "heldOutShare",
            self.tr("Held-out share"),
            self.tr("The share of the training images that is kept aside for validation: 0.1 is every tenth."),
        )
        return grid

    def _connect(self) -> None:
        self._layers.units_changed.connect(self._on_changed)
        self._optimizer.currentIndexChanged.connect(self._on_optimizer_chosen)
        self._optimizer_settings.settings_changed.connect(self._on_changed)
        self._things_to_try.choices_changed.connect(self._on_changed)
        self._optimizer_settings.problem_changed.connect(self._on_problem_changed)
        self._default_rate.clicked.connect(self._on_default_rate)
        for choice in (self._activation, self._batch_order, self._validation):
            choice.currentIndexChanged.connect(self._on_changed)
        for field in (self._learning_rate, self._dropout, self._l2, self._held_out_share):
            field.valueChanged.connect(self._on_changed)
        for whole in (self._batch_size, self._epochs, self._seed):
            whole.valueChanged.connect(self._on_changed)
        for number in self._number_fields():
            if not self._optimizer_settings.isAncestorOf(number):  # those come and go, and are told together
                number.problem_changed.connect(self._on_problem_changed)

    def _number_fields(self) -> list[WholeNumberBox | RealNumberBox]:
        return [*self.findChildren(WholeNumberBox), *self.findChildren(RealNumberBox)]

    # What happens

    @Slot()
    def _on_changed(self) -> None:
        if self._is_filling:
            return
        self._show_what_fits()
        experiment = self._read()
        if experiment != self.experiment:
            self.experiment = experiment
            self.experiment_changed.emit(experiment)

    def _read(self) -> Experiment:
        return Experiment.parse(
            {
                "hidden_units": self._layers.units,
                "activation": self._activation.currentData(),
                "dropout": self._dropout.value(),
                "l2": self._l2.value(),
                "optimizer": self._optimizer.currentData(),
                "optimizer_settings": self._optimizer_settings.settings,
                "learning_rate": self._learning_rate.value(),
                "epochs": self._epochs.value(),
                "batch_size": self._batch_size.value(),
                "seed": self._seed.value(),
                "batch_order": self._batch_order.currentData(),
                "validation": self._validation.currentData(),
                "held_out_share": self._held_out_share.value(),
                **self._things_to_try.fields,
            }
        )

    def _show_what_fits(self) -> None:
        """The rows that depend on others: the optimizer's usual rate, the held-out share."""
        spec = self._optimizer.spec
        self._optimizer.explain()
        rate = spell_setting(spec.default_rate)
        self._default_rate.setText(fill("↺\u2009{}", rate))
        self._default_rate.setAccessibleName(fill(self.tr("Use the default, {}"), rate))
        self._default_rate.setToolTip(
            fill(self.tr("Use the default, {}: Keras starts this optimizer with that learning rate."), rate)
        )
        self._default_rate.setVisible(self._learning_rate.value() != spec.default_rate)
        for part in (self._held_out_share, self._held_out_label):
            part.setVisible(self._validation.currentData() == "held_out")

    @Slot()
    def _on_optimizer_chosen(self) -> None:
        self._optimizer_settings.show_optimizer(self._optimizer.currentData())
        self._on_changed()

    @Slot()
    def _on_default_rate(self) -> None:
        self._learning_rate.setValue(self._optimizer.spec.default_rate)
        self._learning_rate.lineEdit().deselect()  # as far as the former rate was selected

    @Slot()
    def _on_problem_changed(self) -> None:
        bad = [field for field in self._number_fields() if field.has_bad_text]
        problem = f"{bad[0].accessibleName()}: {bad[0].problem}" if bad else ""
        if problem != self._problem:
            self._problem = problem
            self.problem_changed.emit(problem)

    # Coming and going

    def showEvent(self, event: QShowEvent) -> None:
        """Put back what was typed in an earlier form; not before: Qt spells the values when fields are shown."""
        super().showEvent(event)
        typed = self._memory.take_typed(self.experiment)
        if not self._was_seen:
            self._was_seen = True
            for field in self._number_fields():
                if field.objectName() in typed:
                    field.put_back(typed[field.objectName()])

    def hideEvent(self, event: QHideEvent) -> None:
        """Note what is typed: perhaps the next form that is shown is another one."""
        super().hideEvent(event)
        typed = {field.objectName(): field.typed() for field in self._number_fields()}
        self._memory.note_typed(self.experiment, {name: text for name, text in typed.items() if text is not None})
