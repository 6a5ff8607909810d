"""What is looked at in place of the run that goes on: kept runs and networks, opened when a person asks for them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.data.digits import Digits
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.runs.opening import OpenedRun
from mnist_lab.window.state.hindrance import Hindrance
from mnist_lab.window.state.live_run import LiveRun
from mnist_lab.window.state.look import Look
from mnist_lab.window.state.network_shelf import KeptNetwork, NetworkShelf
from mnist_lab.window.state.run_shelf import RunShelf
from mnist_lab.window.state.subjects import Subject


class Opener(QObject):
    """Turns the lab's look to what was kept, and back.

    Signals:
        changed(frozenset[Subject]): what is not as before.
        hindered(Hindrance): why what was asked for cannot be now.
        problem(str): a sentence for the learner.
    """

    changed = Signal(object)
    hindered = Signal(object)
    problem = Signal(str)

    def __init__(
        self,
        look: Look,
        live: LiveRun,
        shelf: RunShelf,
        networks: NetworkShelf,
        at_hand: Callable[[], Sequence[Digits | None]],
        parent: QObject,
    ) -> None:
        """`at_hand` gives the digits that need not be read for a run that trained on them."""
        super().__init__(parent)
        self._look, self._live, self._shelf, self._networks = look, live, shelf, networks
        self._at_hand = at_hand
        self._wanted = ""  # the run or network that is being read
        self._goes_on: Callable[[], object] | None = None
        live.turning.connect(self._give_up)
        shelf.opened.connect(self._on_opened)
        shelf.not_opened.connect(self.expect)
        networks.changed.connect(self._on_networks_changed)

    @Slot()
    def expect(self, run_id: str = "") -> None:
        """Let pages that show nothing say that this run or network is about to be opened; "": none is any more."""
        if run_id != self._look.coming:
            self._look.coming = run_id
            self._tell(Subject.RUN, Subject.WEIGHTS, Subject.NETWORKS)

    def open(self, run_id: str, then: Callable[[], object] | None = None) -> None:
        """Look at a kept run or network, then do something with it; a run that is live goes on meanwhile."""
        live = self._live.run
        network = self._networks.of(run_id)
        if network is not None:
            self.choose_network(network)
        elif live is not None and live.id == run_id:
            self._live.look_here()
            self.choose_network(None)
            if then is not None:
                then()
        else:
            self._wanted, self._goes_on = run_id, then
            self._shelf.open(run_id, [digits for digits in self._at_hand() if digits is not None])

    def go_on_with(self, run_id: str, go_on: Callable[[], object]) -> None:
        """Look at a kept run and let it `go_on`; not while another one does."""
        live = self._live.run
        if self._live.is_training and (live is None or live.id != run_id):
            words = self.tr("Another run goes on: stop it first, then this one can go on.")
            self.hindered.emit(Hindrance(words, lambda: self._live.is_training))
        else:
            self.open(run_id, go_on)

    def keep_network(self, name: str, weights: NetworkWeights) -> None:
        """Keep a network that was made from the one looked at, and look at it."""
        self._give_up()
        look, run = self._look, self._look.looked_run
        experiment = None if run is None else run.experiment
        self._choose(self._networks.keep(name, weights, look.source_id, weights.updates, experiment))

    def choose_network(self, network: KeptNetwork | None) -> None:
        """Look at a kept network, or at the run again (None)."""
        self._give_up()
        if network is None:
            self._choose(None)
        else:
            self._wanted = network.id
            self._networks.with_weights(network, self._choose_if_wanted)

    @Slot()
    def _give_up(self) -> None:
        """Look at nothing that is still being read: something else was asked for since."""
        if self._wanted:
            self._wanted, self._goes_on = "", None
            self.expect()

    def _choose_if_wanted(self, network: KeptNetwork) -> None:
        if network.id == self._wanted:  # else another was asked for while it was read
            self._wanted = ""
            self._choose(network)

    def _choose(self, network: KeptNetwork | None) -> None:
        if network is not self._look.chosen:
            self._look.chosen = network
            self._look.coming = ""
            self._tell(Subject.NETWORKS, Subject.WEIGHTS)

    @Slot()
    def _on_networks_changed(self) -> None:
        """The network that is looked at may be called otherwise now, or be kept no more."""
        before = self._look.chosen
        self._look.chosen = None if before is None else self._networks.of(before.id)
        self._tell(Subject.NETWORKS, *([Subject.WEIGHTS] if self._look.chosen is not before else []))

    @Slot(object)
    def _on_opened(self, opened: OpenedRun) -> None:
        if opened.run.id != self._wanted:
            return  # something else was asked for while it was read
        self._wanted = ""
        self._look.open(opened)
        if not opened.has_digits:
            self.problem.emit(
                self.tr("The digits that this run trained on are not here: the pages show it on those in use.")
            )
        self._tell(Subject.RUN, Subject.WEIGHTS, Subject.UPDATE, Subject.NETWORKS)
        then, self._goes_on = self._goes_on, None
        if then is not None:
            then()

    def _tell(self, *subjects: Subject) -> None:
        self.changed.emit(frozenset(subjects))
