"""Has a guess drawn on the plot that it is about: pages and plots know nothing of the course."""

from PySide6.QtWidgets import QWidget

from mnist_lab.window.widgets.plots.zoomable_plot import ZoomablePlot


class GuessMark:
    """Puts one guess on one plot, as soon as that is there; a page may be thrown away and built again."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._page = self._plot = self._words = ""
        self._value: float | None = None

    def show(self, page: str, plot: str, value: float | None, words: str) -> None:
        """Show `value` on the plot of that objectName on a page, in place of the guess before; None: nowhere."""
        if (page, plot) != (self._page, self._plot):
            self._put(None, "")
            self._page, self._plot = page, plot
        self._value, self._words = value, words
        self.look()

    def look(self) -> None:
        """Put it there, if that was not done yet."""
        self._put(self._value, self._words)

    def _put(self, value: float | None, words: str) -> None:
        page = self._window.findChild(QWidget, self._page) if self._plot else None
        plot = None if page is None else page.findChild(ZoomablePlot, self._plot)
        if plot is not None and not plot.closed:
            plot.set_guess(value, words)
