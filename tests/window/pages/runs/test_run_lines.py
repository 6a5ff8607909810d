"""What the list says of a run's settings."""

from PySide6.QtWidgets import QApplication

from mnist_lab.window.pages.runs.run_lines import RunColumn, RunLines
from tests.runs.made_runs import kept_run, row_of


def test_a_cell_leaves_out_what_a_run_does_without(qapp: QApplication) -> None:
    lines = RunLines()
    runs = kept_run(1, 0.9), kept_run(2, 0.9, dropout=0.5), kept_run(3, 0.9, l2=0.1, optimizer="adam")
    shown = [lines.line(row_of(run), None) for run in runs]
    differing = lines.differing(shown)
    assert [lines.text(line, RunColumn.SETTINGS, differing) for line in shown] == [
        "RMSprop",
        "dropout 0.5 · RMSprop",
        "L2 penalty 0.1 · Adam",
    ]
    assert "dropout 0 · L2 penalty 0 · RMSprop" in lines.tip(shown[0], differing)
    assert lines.matches(shown[0], ["dropout", "0"]), "it is found all the same"
    two = [lines.line(line.row, None) for line in shown[:2]]
    assert [lines.text(line, RunColumn.SETTINGS, lines.differing(two)) for line in two] == ["dropout 0", "dropout 0.5"]


def test_what_only_one_of_two_does_is_said_of_both(qapp: QApplication) -> None:
    lines = RunLines()
    for other in (kept_run(2, 0.9, one_batch=True), kept_run(2, 0.9, shuffled_labels=True)):
        shown = [lines.line(row_of(run), None) for run in (kept_run(1, 0.9), other)]
        told = [lines.text(line, RunColumn.SETTINGS, lines.differing(shown)) for line in shown]
        assert [words.rpartition(" ")[2] for words in told] == ["no", "yes"]


def test_one_is_one(qapp: QApplication) -> None:
    lines = RunLines()
    shown = [lines.line(row_of(run), None) for run in (kept_run(1, 0.9, epochs=1), kept_run(2, 0.9, epochs=2))]
    differing = lines.differing(shown)
    assert [lines.text(line, RunColumn.SETTINGS, differing) for line in shown] == ["1 epoch", "2 epochs"]
