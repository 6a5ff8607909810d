"""A wish for a moment of a run, and the work that grants it."""

from dataclasses import dataclass

from mnist_lab.network.control import Control
from mnist_lab.network.recording import Moment
from mnist_lab.window.state.moment_source import MomentSource
from mnist_lab.work import Cancelled, JobHandle


@dataclass(frozen=True)
class MomentWish:
    """What one wishes to look at.

    Attributes:
        updates: after how many gradient updates of the run.
        is_settled: whether it is to be exact; else the nearest network that is kept does.
    """

    updates: int
    is_settled: bool

    def grant(self, source: MomentSource, control: Control | None, handle: JobHandle) -> Moment:
        """Bring the moment: the work of a job. `control` is asked for turns with Keras; None: nothing is live.

        Raises:
            Cancelled: it is not wanted any more.
            LabError: it cannot be had.
        """
        if not self.is_settled:
            return source.nearest(self.updates)
        moment = source.exact(self.updates, control, handle)
        if moment is None:
            raise Cancelled
        return moment
