"""Which runs leave the lab, as of which moment, and under which names. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mnist_lab.exports.formats import FORMATS, ExportFormat
from mnist_lab.exports.report import MOST_RUNS
from mnist_lab.runs.facts import RunRow

_TOGETHER = ("html", "lab")
"""The forms in which several runs are one file: a report that compares them, and a file for another lab."""
_MOST_NUMBERS = 6


@dataclass(frozen=True)
class ExportChoice:
    """What is to be exported.

    Attributes:
        rows: the runs and kept networks, whose files can be read, at least one.
        update: the run as it was after so many gradient updates, of one run; None: as far as it is kept.
    """

    rows: tuple[RunRow, ...]
    update: int | None = None

    @property
    def is_one(self) -> bool:
        """Whether it is one run or network."""
        return len(self.rows) == 1

    def is_together(self, kind: str) -> bool:
        """Whether one file has several runs in it."""
        return kind in _TOGETHER and not self.is_one

    def can_be(self, kind: str) -> bool:
        """Whether it can be had in a form, by its key: a kept network has neither numbers nor settings."""
        is_of_networks = FORMATS[kind].of_networks
        has_networks = any(row.kind == "network" for row in self.rows)
        return (is_of_networks or not has_networks) and (kind != "html" or len(self.rows) <= MOST_RUNS)

    def needs_folder(self, kind: str) -> bool:
        """Whether a folder is to be chosen: for what is one, and for several files."""
        return not FORMATS[kind].ending or not (self.is_one or self.is_together(kind))

    def moment(self, kind: str) -> int | None:
        """The update for `formats.export`: some forms tell of the whole run only."""
        return self.update if FORMATS[kind].has_moments else None

    @property
    def stem(self) -> str:
        """The usual name of a file of all of it, without its ending."""
        if self.is_one:
            return self._stem_of(self.rows[0])
        numbers = [str(row.number) for row in self.rows]
        left_out = ["and-more"] if len(numbers) > _MOST_NUMBERS else []
        return "-".join(["runs", *numbers[:_MOST_NUMBERS], *left_out])

    def targets(self, kind: str, place: Path) -> list[tuple[RunRow, Path]]:
        """Where each run goes, `place` being the file or folder that was chosen."""
        form = FORMATS[kind]
        if not form.ending or self.is_one or self.is_together(kind):
            return [(row, place) for row in self.rows]
        return [(row, place / f"{self._stem_of(row)}{form.ending}") for row in self.rows]

    def in_the_way(self, kind: str, place: Path) -> Path | None:
        """A file that would be replaced although nobody was asked, as the second of two; None: there is none."""
        asked = () if self.needs_folder(kind) else (place,)
        return next((file for file in _files(FORMATS[kind], self.targets(kind, place), asked) if file.exists()), None)

    def _stem_of(self, row: RunRow) -> str:
        at = "" if self.update is None else f"-update-{self.update}"
        return f"{'network' if row.kind == 'network' else 'run'}-{row.number}{at}"


def _files(form: ExportFormat, targets: Sequence[tuple[RunRow, Path]], asked: Sequence[Path]) -> list[Path]:
    if not form.ending:
        return []  # in a folder each run has its own; the form sees to it
    return [file for _row, path in targets for file in form.files(path) if file not in asked]
