"""What is said of exports, before, while and after they are written."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from mnist_lab.runs.facts import RunRow
from mnist_lab.window import translation
from mnist_lab.window.run_names import run_title
from mnist_lab.window.saved_file import readable_offer, saved_offer
from mnist_lab.window.state.offer import Offer
from mnist_lab.window.words import fill

if TYPE_CHECKING:  # all forms stand behind them, and the window opens without
    from mnist_lab.exports.material import Exported
    from mnist_lab.window.export_choice import ExportChoice

_MOST_FAILURES = 2
Failed = tuple[RunRow, Exception]
"""A run that could not be exported, and why."""


class ExportWords(QObject):
    """Makes the sentences."""

    def title(self, choice: "ExportChoice") -> str:
        """What is exported."""
        if not choice.is_one:
            return self.tr("%Ln run(s)", "", len(choice.rows))
        title = _title(choice.rows[0])
        if choice.update is None:
            return title
        return fill(self.tr("{run} after update {update:,}"), run=title, update=choice.update)

    def in_the_way(self, file: Path, *, is_folder: bool) -> str:
        """Why nothing was written: it would take the place of a file that nobody was asked about."""
        if is_folder:
            words = self.tr("Nothing was exported: “{name}” is in that folder already. Choose another folder.")
        else:
            words = self.tr("Nothing was exported: “{name}” belongs to it and is there already. Choose another name.")
        return fill(words, name=file.name)

    def waiting(
        self, choice: "ExportChoice", place: Path, give_up: Callable[[], object], is_open: Callable[[], bool]
    ) -> Offer:
        """It goes on, and can be given up."""
        sentence = fill(self.tr("{runs}: being exported to “{path}” …"), runs=self.title(choice), path=place)
        explanation = self.tr("Write no more of it.")
        return Offer(sentence, self.tr("&Give up"), explanation, give_up, is_open, icon="ph.x")

    def written(
        self,
        choice: "ExportChoice",
        place: Path,
        exported: Sequence["Exported"],
        failed: Sequence[Failed],
        problem: Callable[[str], object],
    ) -> Offer:
        """It is done, all or some of it, and where it is; `problem` is told what the button cannot do."""
        files = [path for one in exported for path in one.paths]
        if choice.is_one or len(exported) < len(choice.rows) - len(failed):  # of a comparison there is one file
            names = [str(files[0]), *(file.name for file in files[1:])]
            listed = ", ".join(f"“{name}”" for name in names)
            sentence = fill(self.tr("{runs}: exported as {files}."), runs=self.title(choice), files=listed)
        else:
            sentence = fill(self.tr("%Ln run(s) exported into “{folder}”.", "", len(exported)), folder=place)
        remarks = [translation.sentence(remark) for one in exported for remark in one.remarks]
        if any(one.moment is not None and not one.moment.identical for one in exported):
            remarks.append(self.tr("The network was made again: it is close to the run's own, not identical."))
        told = " ".join(dict.fromkeys([sentence, *remarks, *self._failures(failed)]))  # how to open it is said once
        if files[0].suffix == ".html":
            return readable_offer(told, files[0], problem)
        return saved_offer(told, files[0] if files[0].is_dir() else files[0].parent, problem)

    def failed(self, choice: "ExportChoice", failed: Sequence[Failed]) -> str:
        """Why nothing could be exported."""
        if choice.is_one:
            return translation.sentence(failed[0][1])
        return " ".join([self.tr("None of these runs could be exported."), *self._failures(failed)])

    def _failures(self, failed: Sequence[Failed]) -> list[str]:
        words = self.tr("Not {run}: {why}")
        told = [fill(words, run=_title(row), why=translation.sentence(why)) for row, why in failed[:_MOST_FAILURES]]
        more = len(failed) - len(told)
        return [*told, *([self.tr("And %Ln more run(s) could not.", "", more)] if more else [])]


def _title(row: RunRow) -> str:
    return run_title(row.number, row.name, is_network=row.kind == "network")
