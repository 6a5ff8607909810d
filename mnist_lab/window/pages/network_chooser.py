"""Which network a page looks at: the run's, as it is now, or one that the learner kept."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from mnist_lab.window.pages.kept_controls import shows_state
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.network_shelf import KeptNetwork
from mnist_lab.window.state.subjects import Subject
from mnist_lab.window.widgets.basic.drop_down import DropDown, keep_list_wide


class NetworkChooser(DropDown):
    """Lists the run and the kept networks; hidden while there is nothing to choose from."""

    def __init__(self, lab: Lab, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lab = lab
        self.setObjectName(object_name)
        keep_list_wide(self)
        shows_state(self)
        self.setAccessibleName(self.tr("Network looked at"))
        self.setToolTip(
            self.tr("Which network the lab looks at: the run's, or one you have kept. It changes neither of them.")
        )
        self.activated.connect(self._on_activated)
        lab.changed.connect(self._on_changed)
        self._show()

    @Slot(int)
    def _on_activated(self, index: int) -> None:
        chosen = self.itemData(index)
        self._lab.choose_network(chosen if isinstance(chosen, KeptNetwork) else None)

    @Slot(object)
    def _on_changed(self, subjects: frozenset[Subject]) -> None:
        if Subject.NETWORKS in subjects:
            self._show()

    def _show(self) -> None:
        networks = self._lab.networks.networks
        self.clear()
        self.addItem(self.tr("The run's network"), None)
        for network in networks:
            self.addItem(network.name, network)
        chosen = self._lab.look.chosen
        ids = [network.id for network in networks]
        self.setCurrentIndex(1 + ids.index(chosen.id) if chosen is not None and chosen.id in ids else 0)
        self.setVisible(bool(networks))
