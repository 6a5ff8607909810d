"""The rows of the list of runs, as Qt asks for them."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mnist_lab.window.pages.runs.run_lines import RunColumn
from mnist_lab.window.pages.runs.run_model import RunModel
from tests.runs.made_runs import kept_run, row_of


def test_a_change_that_comes_while_rows_go_is_made_after_it(qapp: QApplication) -> None:
    """A name that is being typed is kept as its row goes, and then the list is told anew."""
    model = RunModel()
    rows = [row_of(kept_run(number, 0.9)) for number in range(1, 6)]
    model.set_rows(rows)
    model.rowsRemoved.connect(lambda: model.set_rows(rows[:2]))
    model.set_rows(rows[:4])
    assert [row.number for row in model.rows] == [2, 1]
    assert model.rowCount() == 2


def test_a_name_that_the_lab_gave_is_shown_in_words_and_kept_as_it_is(qapp: QApplication, qtbot: QtBot) -> None:
    model = RunModel()
    model.set_rows([replace(row_of(kept_run(1, 0.9)), name="sweep 2: sgd_momentum, seed 0")])
    index = model.index(0, RunColumn.NAME)
    shown = "sweep 2: SGD with momentum, seed 0"
    assert index.data() == index.data(Qt.ItemDataRole.EditRole) == shown
    with qtbot.assertNotEmitted(model.renamed):
        assert model.setData(index, shown)
    with qtbot.waitSignal(model.renamed, check_params_cb=lambda _run, name: name == "the best"):
        assert model.setData(index, "the best")
