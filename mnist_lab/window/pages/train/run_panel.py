"""The panel below the curves: the hidden units, and beside them, in tabs, other ways to look at the network."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mnist_lab.window.pages.train.run_tiles import RunTiles
from mnist_lab.window.pages.train.train_look import TrainLook
from mnist_lab.window.widgets.basic.card_tabs import CardTabs
from mnist_lab.window.widgets.basic.least_height import ReservedLines


class RunPanel(ReservedLines):
    """One card; whoever has another way to look at the network adds a tab.

    Attributes:
        tiles: the hidden units.
        card: what has the tabs.
    """

    def __init__(self, look: TrainLook, parent: QWidget | None = None) -> None:
        """Show the hidden units in the way that `look` says."""
        super().__init__(parent)
        name, explanation = self.tr("Ways to look at the network"), self.tr("What its units look for, or its program.")
        self.card = CardTabs("networkTabs", name, explanation, self)
        self.tiles = RunTiles(look, self.card.tabs.stack)
        self.add_tab(
            self.tiles, self.tr("Hidden units"), self.tr("What each unit of layer 1 looks for."), self.tiles.switch
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.card)

    def add_tab(self, content: QWidget, title: str, explanation: str, *options: QWidget) -> None:
        """Add a way to look at it; its options stand beside the tabs."""
        self.card.add_tab(content, title, explanation, *options)
