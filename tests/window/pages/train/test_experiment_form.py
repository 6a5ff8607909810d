"""The form announces what can be used, and never half-typed or rejected text."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

from mnist_lab.experiment import INITIAL_WEIGHTS, Experiment
from mnist_lab.optimizers import OPTIMIZERS, OptimizerSpec
from mnist_lab.window import theme
from mnist_lab.window.pages.train.experiment_form import ExperimentForm
from mnist_lab.window.pages.train.form_memory import FormMemory


@pytest.fixture
def form(qtbot, qapp) -> ExperimentForm:
    theme.apply(qapp, theme.LIGHT)
    form = ExperimentForm(Experiment(), FormMemory())
    qtbot.addWidget(form)
    form.resize(296, 800)  # as on the page, beside a scroll bar
    form.show()
    qtbot.waitActive(form)
    for heading in ("moreSettings", "thingsToTry"):
        qtbot.mouseClick(form.findChild(QAbstractButton, heading), Qt.MouseButton.LeftButton)
    return form


def test_a_bad_text_takes_the_experiment_back(qtbot, form: ExperimentForm) -> None:
    heard: list[Experiment] = []
    form.experiment_changed.connect(heard.append)
    field = form.findChild(QSpinBox, "hiddenUnits")
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "5126")
    assert heard[-1].hidden_units == (5126,)
    qtbot.keyClicks(field, "4")
    assert field.text() == "51264"
    assert heard[-1] == form.experiment == Experiment()


def refuse(qtbot, form: ExperimentForm, name: str, left_for: str) -> None:
    """Type what is no number, and leave the field for another control."""
    field = form.findChild(QSpinBox, name)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "abc")
    assert form.complaints.severity == "error"
    form.findChild(QWidget, left_for).setFocus()
    assert form.complaints.text.endswith("512 stays.")
    assert form.complaints.severity == "warning"


def test_what_became_of_a_refused_text_is_told_until_one_goes_on(qtbot, form: ExperimentForm) -> None:
    refuse(qtbot, form, "hiddenUnits", "batchSize")
    form.findChild(QSpinBox, "epochs").setFocus()
    assert form.complaints.text == "", "by the keyboard"
    refuse(qtbot, form, "hiddenUnits", "moreSettings")
    form.findChild(QComboBox, "optimizer").setFocus()
    assert form.complaints.text == ""
    qtbot.keyClicks(form.findChild(QSpinBox, "seed"), "x")
    assert form.complaints.severity == "error", "what cannot be used stays told"
    form.findChild(QComboBox, "activation").setFocus()
    assert form.complaints.text.startswith("Seed: ")


def choose_optimizer(form: ExperimentForm, identifier: str) -> None:
    choice = form.findChild(QComboBox, "optimizer")
    choice.setCurrentIndex(choice.findData(identifier))


def test_another_optimizer_comes_with_its_own_settings_and_the_first_ones_are_kept(form: ExperimentForm) -> None:
    heard: list[Experiment] = []
    form.experiment_changed.connect(heard.append)
    form.set_experiment(Experiment(optimizer="sgd_momentum", optimizer_settings={"momentum": 0.5}))
    choose_optimizer(form, "adam")
    assert (form.experiment.optimizer, form.experiment.optimizer_settings) == ("adam", {})
    form.findChild(QDoubleSpinBox, "optimizer_beta_1").setValue(0.25)
    choose_optimizer(form, "sgd_momentum")
    assert form.experiment.optimizer_settings == {"momentum": 0.5}
    form.set_experiment(Experiment(optimizer="adamw", optimizer_settings={"weight_decay": 0.5}))
    assert [(one.optimizer, one.optimizer_settings) for one in heard] == [
        ("sgd_momentum", {"momentum": 0.5}),
        ("adam", {}),
        ("adam", {"beta_1": 0.25}),
        ("sgd_momentum", {"momentum": 0.5}),
        ("adamw", {"weight_decay": 0.5}),
    ]


@pytest.mark.parametrize("text", ["", "0.", "0.25x", "5"])
def test_a_setting_that_is_being_typed_ends_with_its_optimizer(qtbot, form: ExperimentForm, text: str) -> None:
    choose_optimizer(form, "sgd_momentum")
    field = form.findChild(QDoubleSpinBox, "optimizer_momentum")
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClicks(field, text)
    choose_optimizer(form, "adam")
    assert (form.experiment.optimizer, form.experiment.optimizer_settings) == ("adam", {})


def test_things_to_try_are_chosen_by_keys_and_shown_again(qtbot, form: ExperimentForm) -> None:
    heard: list[Experiment] = []
    form.experiment_changed.connect(heard.append)
    weights = form.findChild(QComboBox, "initialWeights")
    switches = [form.findChild(QCheckBox, name) for name in ("shuffledLabels", "oneBatch")]
    assert [weights.itemData(index) for index in range(weights.count())] == list(INITIAL_WEIGHTS)
    weights.setFocus()
    qtbot.keyClick(weights, Qt.Key.Key_End)
    for switch in switches:
        qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Tab)
        assert switch.hasFocus()
        qtbot.keyClick(switch, Qt.Key.Key_Space)
    chosen = Experiment(initial_weights="large", shuffled_labels=True, one_batch=True)
    assert heard[-1] == form.experiment == chosen
    assert len(heard) == 3
    form.set_experiment(Experiment(initial_weights="he"))
    assert (weights.currentData(), [switch.isChecked() for switch in switches]) == ("he", [False, False])
    form.set_experiment(chosen)
    assert form.experiment == heard[-1] == chosen


def test_copies_are_chosen_and_how_they_move_stays_as_it_was(qtbot, form: ExperimentForm) -> None:
    form.set_experiment(Experiment(moved_turn=40.0, moved_shift=1.0))
    copies = form.findChild(QSpinBox, "copiesOfEach")
    copies.setFocus()
    qtbot.keyClick(copies, Qt.Key.Key_Up)
    assert form.experiment == Experiment(moved_copies=1, moved_turn=40.0, moved_shift=1.0)
    form.set_experiment(Experiment())
    assert copies.value() == 0
    assert form.experiment == Experiment()


@pytest.mark.parametrize("spec", OPTIMIZERS, ids=lambda spec: spec.identifier)
def test_every_setting_can_be_set_to_its_limits(form: ExperimentForm, spec: OptimizerSpec) -> None:
    choose_optimizer(form, spec.identifier)
    for setting in spec.settings:
        field = form.findChild(QDoubleSpinBox, f"optimizer_{setting.name}")
        for value in (setting.minimum, setting.maximum):
            field.setValue(value)
            assert form.experiment.optimizer_settings[setting.name] == value


@pytest.mark.parametrize("spec", OPTIMIZERS, ids=lambda spec: spec.identifier)
def test_the_tooltip_shows_the_rule_and_names_its_source(form: ExperimentForm, spec: OptimizerSpec) -> None:
    choose_optimizer(form, spec.identifier)
    text = QTextDocument()
    text.setHtml(form.findChild(QComboBox, "optimizer").toolTip())
    assert text.toPlainText().splitlines() == [*spec.formula.split(";  "), f"Source: {spec.source}"]


@pytest.mark.parametrize("name", ["optimizer", "activation", "batchOrder", "validation", "initialWeights"])
def test_no_choice_is_cut_off(form: ExperimentForm, name: str) -> None:
    choice = form.findChild(QComboBox, name)
    option = QStyleOptionComboBox()
    choice.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    room = choice.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, choice).width()
    words = [choice.itemText(index) for index in range(choice.count())]
    assert max(choice.fontMetrics().horizontalAdvance(word) for word in words) <= room


@pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)  # offscreen
def test_an_open_list_shows_all_its_entries(qtbot, form: ExperimentForm) -> None:
    choice = form.findChild(QComboBox, "optimizer")
    choice.showPopup()
    view = choice.view()
    qtbot.waitUntil(view.isVisible)
    last = view.visualRect(choice.model().index(choice.count() - 1, 0))
    assert last.bottom() <= view.viewport().height()
    assert not view.verticalScrollBar().isVisible()
    choice.hidePopup()


def test_the_default_rate_leaves_nothing_selected(qtbot, form: ExperimentForm) -> None:
    rate = form.findChild(QDoubleSpinBox, "learningRate")
    rate.setFocus()
    rate.selectAll()
    qtbot.keyClicks(rate, "0.5")
    qtbot.keyClick(rate, Qt.Key.Key_Return)
    qtbot.mouseClick(form.findChild(QAbstractButton, "defaultRateButton"), Qt.MouseButton.LeftButton)
    assert rate.value() == 0.001
    assert not rate.lineEdit().hasSelectedText()
