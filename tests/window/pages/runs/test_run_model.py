"""The rows of the list of runs, as Qt asks for them."""

from PySide6.QtWidgets import QApplication

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
