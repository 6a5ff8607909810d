"""A case of the redraw benchmark: every tab of every page of the real window. Argument: how many redraws each."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QGraphicsView,
    QMainWindow,
    QStackedWidget,
    QTabWidget,
    QWidget,
)

from mnist_lab.runs.run import State
from mnist_lab.window.pages import PAGES
from mnist_lab.window.pages.draw.draw_canvas import DrawCanvas
from tests.benchmarks.budgets import measured
from tests.benchmarks.clock import milliseconds_each
from tests.benchmarks.processes import Figures, report
from tests.benchmarks.real_window import child, press, run_script, settle, show_page, wait_until

_BUDGET, _ANSWER_BUDGET = 8, 16
_NETWORK_TAB = 2
_EPOCHS = 100
"""Of 32 gradient updates each: enough for a hundred redraws of thirty tabs."""
_LEFT, _NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class Script:
    """Trains, draws, and then looks at one tab after the other."""

    def __init__(self, times: int) -> None:
        self._times = times
        self.figures: Figures = {}

    def __call__(self, window: QMainWindow) -> None:
        self._window = window
        self._train()
        show_page(window, "drawPage")
        answers = self._draw()
        child(self._window, QTabWidget, "drawTabs").setCurrentIndex(_NETWORK_TAB)
        networks = self._draw()
        self._see_all("repaint", self._repaint)
        self._begin_paused()
        self._see_all("new weights", self._show_new_weights)
        press_action(window, "stopAction")
        self.figures |= measured("from the pad to the bars", answers, _ANSWER_BUDGET)
        self.figures |= measured("from the pad to the network", networks, _ANSWER_BUDGET)
        report(self.figures)

    def _train(self) -> None:
        start, stop = (child(self._window, QAbstractButton, name) for name in ("startButton", "stopButton"))
        wait_until(start.isEnabled)
        press(self._window, "startButton")
        wait_until(stop.isEnabled)
        wait_until(lambda: not stop.isEnabled())
        settle(self._window)

    def _begin_paused(self) -> None:
        """A new run, which waits after each batch from now on."""
        show_page(self._window, "trainPage")
        press(self._window, "startButton")
        wait_until(child(self._window, QAbstractButton, "pauseButton").isEnabled)
        press(self._window, "pauseButton")
        wait_until(lambda: self._window.lab.run.state is State.PAUSED)  # type: ignore[attr-defined]
        self._step()

    def _draw(self) -> list[float]:
        """A zero on the pad; from each move of the mouse to what is painted for the answer."""
        canvas = child(self._window, DrawCanvas, "drawCanvas")
        wait_until(lambda: canvas.side > 200)
        side, turns = canvas.side, np.linspace(0.1, 6.2, 6 * self._times)
        shares = [(0.5 + 0.3 * np.sin(turn), 0.5 - 0.4 * np.cos(turn)) for turn in turns]
        places = [QPoint(round(x * side), round(y * side)) for x, y in shares]

        def move(place: QPoint) -> None:
            QTest.mouseMove(canvas, place)
            QApplication.processEvents()

        QTest.mousePress(canvas, _LEFT, _NO_KEY, places[0])
        taken = milliseconds_each([partial(move, place) for place in places[1:]])
        QTest.mouseRelease(canvas, _LEFT, _NO_KEY, places[-1])
        return taken

    def _see_all(self, what: str, measure: Callable[[QWidget], list[float]]) -> None:
        for name, page in self._tabs():
            settle(self._window)
            self.figures |= measured(f"{name}: {what}", measure(page), _BUDGET)

    def _tabs(self) -> Iterator[tuple[str, QWidget]]:
        """Show one tab of a page after the other; its name and the page."""
        for spec in PAGES:
            show_page(self._window, spec.object_name)
            page = child(self._window, QStackedWidget, "pages").currentWidget()
            assert page is not None
            tabs = page.findChild(QTabWidget)  # the outermost is found first
            if tabs is None:
                yield spec.title, page
                continue
            for index in range(tabs.count()):
                tabs.setCurrentIndex(index)
                yield f"{spec.title}, {tabs.tabText(index)}", page

    def _repaint(self, page: QWidget) -> list[float]:
        """Everything on the page, once.

        A repaint of the page itself leaves its opaque children as they are; were the others asked, too, Qt would paint
        all that lies on an opaque one twice, with that and by itself.
        """
        parts = [page, *(part for part in page.findChildren(QWidget) if part.isVisible() and _is_opaque(part))]
        taken, plots = [], page.findChildren(QGraphicsView)
        for _ in range(self._times + 1):
            for part in parts:
                part.update()
            taken += milliseconds_each([lambda: _paint_what_is_due(plots)])
        return taken[1:]

    def _show_new_weights(self, page: QWidget) -> list[float]:
        """The page's own refresh and all that is painted for it, after one more gradient update each."""
        refresh, taken = page.refresh, []  # type: ignore[attr-defined]
        plots = page.findChildren(QGraphicsView)

        def refresh_and_paint(subjects: frozenset[object]) -> None:
            begin = time.perf_counter()
            refresh(subjects)
            _paint_what_is_due(plots)
            if any(getattr(subject, "name", "") == "WEIGHTS" for subject in subjects):
                taken.append(1000 * (time.perf_counter() - begin))

        def are_taken(count: int) -> bool:
            return len(taken) >= count

        page.refresh = refresh_and_paint  # type: ignore[attr-defined]
        for number in range(self._times + 1):
            self._step()
            wait_until(partial(are_taken, number + 1))
            settle(self._window)  # else the next refresh shares Python with the work that this one asked for
        page.refresh = refresh  # type: ignore[attr-defined]
        return taken[1:]

    def _step(self) -> None:
        def updates() -> int:
            run = self._window.lab.run  # type: ignore[attr-defined]
            return 0 if run is None or not run.is_live else int(run.updates)

        before = updates()
        press_action(self._window, "stepAction")
        wait_until(lambda: updates() > before)


def _is_opaque(widget: QWidget) -> bool:
    return widget.autoFillBackground() or widget.testAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)


def press_action(window: QMainWindow, name: str) -> None:
    """Choose the entry of a menu with that objectName."""
    action = window.findChild(QAction, name)
    assert action is not None, f"no {name} in the menus"
    assert action.isEnabled(), f"{name} is disabled"
    action.trigger()


def _paint_what_is_due(plots: Sequence[QGraphicsView]) -> None:
    for view in plots:
        QApplication.sendPostedEvents(view.scene())  # a scene tells its view by an event of its own
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    QApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest.value)


def main() -> None:
    run_script(["--data", "starter", "--epochs", str(_EPOCHS)], Script(int(sys.argv[1])))


if __name__ == "__main__":
    main()
