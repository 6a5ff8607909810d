"""What is said of a run and its family."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from mnist_lab.runs.facts import RunRow
from mnist_lab.runs.family import Families, Kin
from mnist_lab.window import translation
from mnist_lab.window.pages.runs.run_lines import RunColumn, RunLine, RunLines
from mnist_lab.window.words import fill, spell_whole


class FamilyWords(QObject):
    """Makes cells and sentences."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lines = RunLines(self)

    def use(self, families: Families) -> None:
        """Tell of these families."""
        self._lines.families = families

    # Of one run

    def title(self, kin: Kin) -> str:
        """What a run is called: "Run 8 “narrow”"; whether it is deleted, or gone for good."""
        if kin.row is None:
            return self.tr("A run that is not here")
        words = self.tr("{run} (deleted)") if kin.is_deleted else "{run}"
        return fill(words, run=self._lines.title(kin.row))

    def update(self, kin: Kin) -> str:
        """After which update of its parent it begins."""
        return "–" if kin.update is None else fill(self.tr("update {update}"), update=spell_whole(kin.update))

    def changed(self, kin: Kin) -> str:
        """Which settings are not its parent's, with their values."""
        if kin.row is None or kin.changed is None:
            return "–"
        if kin.changed:
            return self._lines.told(kin.row, kin.changed)
        return self.tr("nothing") if kin.row.kind == "run" else "–"

    def accuracy(self, kin: Kin) -> str:
        """The accuracy after its last epoch, on new digits."""
        return "–" if kin.row is None else self._lines.text(RunLine(kin.row), RunColumn.LAST, ())

    def aloud(self, kin: Kin) -> str:
        """All cells in a sentence, to be read out."""
        parts = [self.title(kin), *self._origin(kin)]
        if kin.changed:
            parts.append(fill(self.tr("changed: {settings}"), settings=self.changed(kin)))
        if self.accuracy(kin) != "–":
            parts.append(fill(self.tr("accuracy {share}"), share=self.accuracy(kin)))
        return ", ".join(parts)

    def tip(self, kin: Kin) -> str:
        """More of it than there is room for."""
        if kin.row is None:
            return self.tr("It was deleted for good, or is kept on another computer.")
        if kin.row.error is not None:
            return translation.sentence(kin.row.error)
        if kin.is_deleted:
            return self.tr("It lies in the lab's bin: Restore below the list brings it back.")
        return "\n".join(part for part in (self.aloud(kin), kin.row.note) if part)

    def _origin(self, kin: Kin) -> list[str]:
        return [self._lines.origin(kin.row)] if kin.generation and kin.row is not None else []

    # Of the family

    def summary(self, members: Sequence[Kin], run_id: str) -> str:
        """Where the run goes on from, what is changed in it, and how many go on from it."""
        kin = next(one for one in members if one.id == run_id)
        children = [one for one in members if one is not kin and one.row is not None and one.row.parent_id == run_id]
        parts = [self._begins(kin)]
        if len(children) == 1:
            parts.append(fill(self.tr("{run} goes on from it."), run=self.title(children[0])))
        elif children:
            parts.append(fill(self.tr("{count} runs go on from it."), count=spell_whole(len(children))))
        return " ".join(part for part in parts if part)

    def _begins(self, kin: Kin) -> str:
        if not kin.generation or kin.row is None:
            return ""
        told = fill(self.tr("{run} goes on {origin}."), run=self.title(kin), origin=self._lines.origin(kin.row))
        if kin.changed:
            told += " " + fill(self.tr("Changed: {settings}."), settings=self.changed(kin))
        elif kin.changed is not None and kin.row.kind == "run":
            told += " " + self.tr("No setting is changed.")
        return told

    def alone(self, row: RunRow | None) -> str:
        """Why there is no family."""
        if row is None:
            return self.tr("Choose a run in the list: here you see which run it goes on from, and which go on from it.")
        words = self.tr(
            "{run} goes on from no other run, and no run goes on from it. On the Train page, move to one of its"
            " updates and press Continue from here: the new run then stands here, below this one."
        )
        return fill(words, run=self._lines.title(row))
