"""Which network is looked at: decided here, and nowhere else."""

from mnist_lab.data.digits import Digits
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.network.events import ObservedUpdate
from mnist_lab.network.recording import Moment
from mnist_lab.runs.opening import OpenedRun
from mnist_lab.runs.run import Run
from mnist_lab.studies.looked import Looked
from mnist_lab.window.state.network_shelf import KeptNetwork


class Look:
    """A run's network, now or at an earlier moment, or a kept one that was chosen instead.

    Attributes:
        run: the run that is looked at: the one that goes on, the last one, or one that was opened; None before any.
        run_weights: the newest copy of its weights; None before there are any.
        run_update: the gradient update of the run that was last looked at closely; None before the first.
        moment: the earlier moment of the run that is looked at instead of its newest weights; None: now.
        opened: how that run was read from the store, where it was.
        chosen: the kept network that is looked at instead; None: the run's.
        previous: the run that was looked at before this one; None before any.
        coming: the id of the run or network that is being opened while nothing is looked at; "" for none.
    """

    def __init__(self) -> None:
        self.run: Run | None = None
        self.run_weights: NetworkWeights | None = None
        self.opened: OpenedRun | None = None
        self.chosen: KeptNetwork | None = None
        self.run_update: ObservedUpdate | None = None
        self.moment: Moment | None = None
        self.previous: Run | None = None
        self.coming = ""
        self._looked: Looked | None = None

    def turn_to(
        self, run: Run | None, weights: NetworkWeights | None = None, update: ObservedUpdate | None = None
    ) -> None:
        """Look at this run, whose newest weights and closest look these are; None: at nothing."""
        if run is None or (self.run is not None and self.run.id != run.id):  # one that goes on is read anew
            self.previous = None if run is None else self.run
        self.run, self.run_weights, self.run_update = run, weights, update
        self.opened = self.chosen = self.moment = None
        self.coming = ""

    def open(self, opened: OpenedRun) -> None:
        """Look at a run that was read from the store."""
        self.turn_to(opened.run, opened.weights)
        self.opened = opened

    @property
    def source_id(self) -> str:
        """The id of what is looked at, whatever its weights are by now: a run or a kept network; "" before any."""
        source = self.chosen or self.run
        return "" if source is None else source.id

    @property
    def looked_run(self) -> Run | None:
        """The run that is looked at; None before the first, and while a kept network is."""
        return None if self.chosen is not None else self.run

    @property
    def weights(self) -> NetworkWeights | None:
        """The network that is looked at; None before there is any."""
        return self.network_of_run if self.chosen is None else self.chosen.weights

    @property
    def network_of_run(self) -> NetworkWeights | None:
        """The run's own network, also while a kept one is looked at; None before there is any."""
        return self.run_weights if self.moment is None else self.moment.weights

    @property
    def update(self) -> ObservedUpdate | None:
        """The gradient update that is looked at closely: at a moment, the one that led there; None for none."""
        return self.run_update if self.moment is None else self.moment.update

    def looked(self, digits: Digits | None) -> Looked | None:
        """What is looked at, the same object until something of it changes; None before there is any.

        `digits` are those of the next run: they belong to it where there was no run.
        """
        weights, run = self.weights, self.looked_run
        if run is not None:
            digits = run.trained_digits
        elif self.run is not None:
            digits = self.run.digits
        if weights is None or digits is None:
            return None
        if run is None:
            now = Looked(self.source_id, None, weights, None, digits, is_live=False)
        else:
            is_live = run.is_live and self.moment is None
            now = Looked(run.id, run.experiment, weights, run.start_weights, digits, is_live, self.update)
        known = self._looked
        if known is None or _parts(known) != _parts(now):
            self._looked = now
        return self._looked


def _parts(looked: Looked) -> tuple[object, ...]:
    """All of it, what is large to be compared by identity."""
    large = (looked.weights, looked.start_weights, looked.digits, looked.update)
    return (*map(id, large), looked.source_id, looked.experiment, looked.is_live)
