"""The table of a thousand kept runs, and the window over them: `python -m tests.benchmarks.run_table`.

listed:    milliseconds until rows that were read are in the table.
sorted:    milliseconds to sort by the column that takes longest.
filtered:  milliseconds for one more typed letter, the one that takes longest.
painted:   milliseconds to paint the table the first time, pictures of curves included.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from mnist_lab.runs.facts import RunRow
from mnist_lab.window import theme, translation
from mnist_lab.window.pages.runs.run_lines import RunColumn
from mnist_lab.window.pages.runs.run_model import RunModel
from mnist_lab.window.pages.runs.run_table import RunTable
from mnist_lab.window.pages.runs.runs_look import RunsLook
from tests.benchmarks.many_runs import make_runs
from tests.benchmarks.processes import show_json, show_table

_TYPED = "adam 128"


def main() -> None:
    options = _options()
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    translation.install(application)
    theme.apply(application, theme.LIGHT)
    with tempfile.TemporaryDirectory(prefix="mnist-lab-table-") as folder:
        rows = make_runs(Path(folder), options.runs).rows()
        figures = _measured(rows)
    if options.json:
        show_json(figures)
    else:
        show_table(
            f"{options.runs:,} kept runs", ("", "ms"), [(name, f"{value:.1f}") for name, value in figures.items()]
        )


def _measured(rows: list[RunRow]) -> dict[str, float]:
    model = RunModel()
    table = RunTable(model, RunsLook())
    table.resize(1200, 800)
    table.show()
    QApplication.processEvents()
    orders = (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder)
    listed = _milliseconds(lambda: model.set_rows(rows))
    painted = _milliseconds(table.grab)
    sorting = {
        f"sorted by {column.name.casefold()}": max(
            _milliseconds(partial(table.sortByColumn, column, order)) for order in orders
        )
        for column in RunColumn
    }
    filtering = [_milliseconds(partial(model.set_filter, _TYPED[:count])) for count in (*range(1, len(_TYPED) + 1), 0)]
    slowest = max(sorting, key=lambda name: sorting[name])
    return {"listed": listed, "painted": painted, slowest: sorting[slowest], "filtered": max(filtering)}


def _milliseconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begin)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
