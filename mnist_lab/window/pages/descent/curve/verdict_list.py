"""What came of each descent, in words beside its marker."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from mnist_lab.descent.update_rules import RULES
from mnist_lab.descent.verdict import Verdict
from mnist_lab.window import theme
from mnist_lab.window.pages.descent import looks
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn


class VerdictList(ScrollColumn):
    """One row for each rule that runs, always in the same order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._rows: dict[str, QWidget] = {}
        self._words: dict[str, QLabel] = {}
        for rule in RULES:
            self._rows[rule.identifier] = self._row(rule.identifier)
        self._none = QLabel()
        super().__init__("descentVerdicts", self._none, *self._rows.values(), parent=parent)
        self._none.setText(self.tr("Tick an optimizer on the left."))

    def _row(self, identifier: str) -> QWidget:
        row = QWidget()
        words = QLabel(row)
        words.setObjectName(f"descentVerdict_{identifier}")
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(looks.OptimizerMark(identifier, row), 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(words, 1)
        self._words[identifier] = words
        return row

    def show_verdicts(self, verdicts: Mapping[str, Verdict]) -> None:
        """Say these, by the rule's identifier."""
        self._none.setVisible(not verdicts)
        for name, row in self._rows.items():
            row.setVisible(name in verdicts)
            if name in verdicts:
                sentence = looks.words(verdicts[name].sentence)
                self._words[name].setText(f"{looks.name(name)} – {sentence}")
