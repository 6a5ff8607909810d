"""Runs side by side: their curves and what differs, one setting of many, the answers of two, the family of one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mnist_lab.data.digits import Digits
from mnist_lab.runs.confusions import ConfusionPair
from mnist_lab.runs.facts import KeptRun, RunRow
from mnist_lab.runs.family import Families
from mnist_lab.window.pages.runs.comparison_look import ComparisonLook
from mnist_lab.window.pages.runs.confusion_tab import ConfusionTab
from mnist_lab.window.pages.runs.curves_tab import CurvesTab
from mnist_lab.window.pages.runs.family_tab import FamilyTab
from mnist_lab.window.pages.runs.scatter_tab import ScatterTab
from mnist_lab.window.widgets.basic.tabs import Tabs


class ComparisonView(QWidget):
    """The right of the Runs page.

    Signals:
        run_chosen(str): id of a run that was chosen among the points or in a family, to be opened.
        kin_chosen(str): id of a run of the family, to be selected in the list.
        confusions_wanted(str, str): ids of two runs whose answers are to be computed off the window's thread, by
            `confusion_pair`, and given to `set_confusions`, or the reason why not to `set_confusions_problem`.
    """

    run_chosen = Signal(str)
    kin_chosen = Signal(str)
    confusions_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None, look: ComparisonLook | None = None) -> None:
        """Show no run yet; `look` outlives the page (None: it does not)."""
        super().__init__(parent)
        look = look or ComparisonLook()
        self.tabs = Tabs(
            "comparisonTabs",
            self.tr("Ways to compare"),
            self.tr("Curves, one setting of many runs, answers, which run goes on from which."),
            self,
        )
        stack = self.tabs.stack
        self._curves, self._scatter = CurvesTab(look, stack), ScatterTab(stack)
        self._confusion, self._family = ConfusionTab(look, stack), FamilyTab(look, stack)
        told = {
            self._curves: (self.tr("Curves"), self.tr("The chosen runs over each other, and what differs.")),
            self._scatter: (self.tr("Settings"), self.tr("One setting of all runs in the list and their accuracy.")),
            self._confusion: (self.tr("Answers"), self.tr("Which digits two of the chosen runs take for which.")),
            self._family: (self.tr("Family"), self.tr("Which runs go on from which, and with what changed.")),
        }
        for tab, (title, explanation) in told.items():
            self.tabs.setTabToolTip(self.tabs.addTab(tab, title), explanation)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tabs)
        self._scatter.run_chosen.connect(self.run_chosen)
        self._confusion.confusions_wanted.connect(self.confusions_wanted)
        self._family.tree.run_chosen.connect(self.kin_chosen)
        self._family.tree.run_opened.connect(self.run_chosen)

    def set_runs(self, runs: Sequence[KeptRun], rows: Sequence[RunRow], left_out: int = 0) -> None:
        """Compare `runs`, in this order; `rows` are all runs that the list shows.

        So many more were chosen, which are `left_out`.
        """
        self._curves.set_runs(runs, left_out)
        self._confusion.set_runs(runs)
        self._scatter.set_rows(rows)

    def set_family(self, families: Families, run_id: str) -> None:
        """Show the family of that run; "" for none."""
        self._family.set_family(families, run_id)

    def set_confusions(self, confusions: ConfusionPair) -> None:
        """Show the answers of the two runs that were wanted."""
        self._confusion.set_confusions(confusions)

    def set_confusions_problem(self, sentence: str) -> None:
        """Say why the answers that were wanted cannot be computed."""
        self._confusion.set_problem(sentence)

    def use_digits(self, digits: Digits | None) -> None:
        """Say whose test images networks are asked about; those that are known of others are wanted anew."""
        self._confusion.use_digits(digits)
