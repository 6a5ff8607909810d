"""Networks that the learner kept: edited copies and those of earlier versions, rows of the shelf without numbers."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.experiment import Experiment
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.runs.facts import RunRow
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.run_shelf import RunShelf

_LONGEST_NAME = 60


@dataclass(frozen=True, eq=False)
class KeptNetwork:
    """A network with a name.

    Attributes:
        id: tells it from every other kept network, and from every run.
        name: as the learner knows it.
        weights: the network; None until it was first chosen.
    """

    id: str
    name: str
    weights: NetworkWeights | None = None


class NetworkShelf(QObject):
    """The kept networks, as the shelf of runs has them.

    Attributes:
        networks: all of them, oldest first.

    Signals:
        changed(): there are others now, or they are called otherwise.
        problem(str): a sentence for the learner.
    """

    changed = Signal()
    problem = Signal(str)

    def __init__(self, shelf: RunShelf, parent: QObject) -> None:
        super().__init__(parent)
        self.networks: tuple[KeptNetwork, ...] = ()
        self._shelf = shelf
        self._on_their_way: set[str] = set()  # kept, and not in the list yet
        shelf.changed.connect(self._on_changed)

    def of(self, network_id: str) -> KeptNetwork | None:
        """The network of that id; None if it is not kept any more."""
        return next((network for network in self.networks if network.id == network_id), None)

    def keep(
        self,
        name: str,
        weights: NetworkWeights,
        parent_id: str = "",
        parent_update: int = 0,
        experiment: Experiment | None = None,
    ) -> KeptNetwork:
        """Keep a network under that name, or that name with a number if it is taken."""
        free = self._free(name)
        network_id = self._shelf.keep_network(free, weights, parent_id, parent_update, experiment)
        kept = KeptNetwork(network_id, free, weights)
        self._on_their_way.add(network_id)
        self.networks = (*self.networks, kept)
        self.changed.emit()
        return kept

    def with_weights(self, network: KeptNetwork, success: Callable[[KeptNetwork], object]) -> None:
        """Call `success` with the network and its weights: at once where they are there, else when they are read."""
        if network.weights is not None:
            success(network)
            return

        def take(weights: NetworkWeights) -> None:
            loaded = replace(network, weights=weights)
            self.networks = tuple(loaded if one.id == network.id else one for one in self.networks)
            success(loaded)

        Job(self, lambda _handle: self._shelf.store.network_weights(network.id), take).start()

    def _free(self, name: str) -> str:
        """The name, or the name with the first number that makes it another than all others."""
        plain = re.sub(r"\s+", " ", name).strip()[:_LONGEST_NAME] or self.tr("network")
        taken = {network.name.casefold() for network in self.networks}
        names = (plain if number == 1 else f"{plain} {number}" for number in range(1, len(taken) + 2))
        return next(one for one in names if one.casefold() not in taken)

    @Slot()
    def _on_changed(self) -> None:
        rows = [row for row in reversed(self._shelf.rows) if row.kind == "network" and row.error is None]
        self._on_their_way -= {row.id for row in rows}
        known = {network.id: network for network in self.networks}
        coming = tuple(known[network_id] for network_id in known if network_id in self._on_their_way)
        networks = (*(_of_row(row, known.get(row.id)) for row in rows), *coming)
        if [id(network) for network in networks] != [id(network) for network in self.networks]:
            self.networks = networks
            self.changed.emit()


def _of_row(row: RunRow, known: KeptNetwork | None) -> KeptNetwork:
    """As the list has it: the one that is known, unless it is called otherwise now."""
    if known is not None and known.name == row.name:
        return known
    return KeptNetwork(row.id, row.name, None if known is None else known.weights)
