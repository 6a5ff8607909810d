"""How long something said of the next run is worth being said."""

from mnist_lab.runs.run import Run
from mnist_lab.window.state.live_run import LiveRun


class UntilRun:
    """Whether the next run is still to begin; one that waited to begin when this was made does not count."""

    def __init__(self, live: LiveRun) -> None:
        self._live = live
        self._last: Run | None = live.run
        self._waits = live.is_queued
        self._is_over = False

    def __call__(self) -> bool:
        """Ask, at least once a run: it is asked at every change of the lab."""
        run = self._live.run
        if run is not self._last:
            self._is_over |= not self._waits
            self._last, self._waits = run, False
        elif self._waits and not self._live.is_queued and not self._live.is_training:
            self._waits = False  # it never began
        return not self._is_over
