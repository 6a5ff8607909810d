"""The form announces what can be used, and never half-typed or rejected text."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QSpinBox, QStyle, QStyleOptionComboBox

from mnist_lab.experiment import Experiment
from mnist_lab.window import theme
from mnist_lab.window.widgets.experiment_form import ExperimentForm


@pytest.fixture
def form(qtbot, qapp) -> ExperimentForm:
    theme.apply(qapp, theme.LIGHT)
    form = ExperimentForm(Experiment())
    qtbot.addWidget(form)
    form.resize(296, 800)  # as on the page, beside a scroll bar
    form.show()
    qtbot.waitActive(form)
    qtbot.mouseClick(form.findChild(QAbstractButton, "moreSettings"), Qt.MouseButton.LeftButton)
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


@pytest.mark.parametrize("name", ["optimizer", "activation", "batchOrder", "validation"])
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
