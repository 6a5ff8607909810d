"""What the shelf of runs tells of what was done there."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from mnist_lab.runs.facts import RunRow
from mnist_lab.window.run_names import name_in_words, run_title
from mnist_lab.window.words import fill


class ShelfWords(QObject):
    """Makes the sentences."""

    def deleted(self, rows: Sequence[RunRow]) -> str:
        """Say that these runs lie in the bin now."""
        if len(rows) > 1:
            return self.tr("%Ln run(s) deleted: they lie in the lab's bin.", "", len(rows))
        (row,) = rows
        if row.name:
            name = f"“{name_in_words(row.name)}”"
        elif row.number:
            name = run_title(row.number)
        else:
            name = fill(self.tr("The file {file}"), file=row.id)
        return fill(self.tr("{name} is deleted: it lies in the lab's bin."), name=name)
