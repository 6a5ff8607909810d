"""The tab Family: which run goes on from which."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from mnist_lab.runs.family import Families
from mnist_lab.window import theme
from mnist_lab.window.pages.runs.comparison_look import ComparisonLook
from mnist_lab.window.pages.runs.family_tree import FamilyTree
from mnist_lab.window.pages.runs.family_words import FamilyWords
from mnist_lab.window.pages.runs.summary_line import SummaryLine
from mnist_lab.window.widgets.basic.key_line import KeyLine
from mnist_lab.window.widgets.basic.layouts import paragraph


class FamilyTab(QWidget):
    """Shows the family of one run as a tree, and in a sentence; nothing is looked for while it is not seen."""

    def __init__(self, look: ComparisonLook, parent: QWidget | None = None) -> None:
        """Show no run yet; what is folded is kept in `look`."""
        super().__init__(parent)
        self._families, self._run_id = Families(()), ""
        self._is_shown = False
        self._words = FamilyWords(self)
        self.tree = FamilyTree(look, self._words, self)
        self._summary = SummaryLine("familySummary", self)
        self._note = paragraph("familyNote", caption=True)
        self._lay_out()
        self._show()

    def _lay_out(self) -> None:
        family, alone = QWidget(self), QWidget(self)
        inside = QVBoxLayout(family)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.SMALL_GAP)
        inside.addWidget(self.tree, 1)
        inside.addWidget(KeyLine(self.tree, self.tree.KEYS, self))
        inside.addWidget(self._summary)
        above = QVBoxLayout(alone)
        above.setContentsMargins(0, 0, 0, 0)
        above.addWidget(self._note)
        above.addStretch(1)
        self._places = QStackedLayout(self)
        self._places.setContentsMargins(0, theme.GAP, 0, 0)
        self._places.addWidget(family)
        self._places.addWidget(alone)

    def set_family(self, families: Families, run_id: str) -> None:
        """Show the family of that run; "" for none."""
        self._families, self._run_id = families, run_id
        self._is_shown = False
        if self.isVisible():
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Look for what is to be shown now."""
        super().showEvent(event)
        if not self._is_shown:
            self._show()

    def _show(self) -> None:
        self._is_shown = True
        self._words.use(self._families)
        members = self._families.of(self._run_id)
        if len(members) > 1:
            self.tree.set_members(members, self._run_id)
            self._summary.say(self._words.summary(members, self._run_id))
        else:
            self._note.setText(self._words.alone(self._families.row(self._run_id)))
        self._places.setCurrentIndex(0 if len(members) > 1 else 1)
