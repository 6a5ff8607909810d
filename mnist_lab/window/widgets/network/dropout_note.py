"""One line below the picture of a network: that dropout is left out of it."""

from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.network.network_places import EDGE
from mnist_lab.window.words import fill, spell_percent


class DropoutNote(QLabel):
    """Takes room only where there is something to be said.

    Attributes:
        has_room: whether the picture leaves it any.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.has_room = True
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setContentsMargins(EDGE, 0, EDGE, 0)
        theme.set_role(self, "caption")

    def tell(self, share: float) -> None:
        """Say that so much of each hidden layer is left out while this network is trained, and not here; 0: nothing."""
        words = self.tr("Dropout ({share}) is left out here: every unit takes part, as when the network answers.")
        self.setText(fill(words, share=spell_percent(share, figures=3)) if share > 0 else "")
        self.follow_room(has_room=self.has_room)

    def follow_room(self, *, has_room: bool) -> None:
        """Be seen where there is room, and something to be said."""
        self.has_room = has_room
        self.setVisible(has_room and bool(self.text()))
