"""Which of several derived values is computed: that of the tab one sees."""

from typing import Any

from mnist_lab.window.state.derived import Derived


class WatchedOne:
    """Watches one derived value at a time."""

    def __init__(self) -> None:
        self._watched: Derived[Any, Any] | None = None

    def only(self, derived: Derived[Any, Any] | None) -> None:
        """Watch this one from now on, and no other; None: none."""
        if derived is self._watched:
            return
        before, self._watched = self._watched, derived
        if before is not None:
            before.watch(False)
        if derived is not None:
            derived.watch(True)
