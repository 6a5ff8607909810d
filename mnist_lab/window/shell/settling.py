"""For pictures of the window: waiting until something is so, or until all that was asked for is there."""

from collections.abc import Callable

from PySide6.QtCore import QEventLoop

from mnist_lab.window.shell.main_window import MainWindow
from mnist_lab.window.widgets.network.network_view import NetworkView

_MORE = QEventLoop.ProcessEventsFlag.WaitForMoreEvents


def wait_until(is_so: Callable[[], bool]) -> None:
    """Let the window go on until something is so: what makes it so is an event, or comes with one."""
    loop = QEventLoop()
    while not is_so():
        loop.processEvents(_MORE)


def settle(window: MainWindow) -> None:
    """Let what was asked for be computed, laid out and painted."""
    wait_until(lambda: not window.lab.is_computing)  # the end of a job, or of a rest between two, is an event
    pass_events()
    views = window.findChildren(NetworkView)
    wait_until(lambda: not any(view.is_going_over for view in views))


def pass_events() -> None:
    """Let everything be done that is due now."""
    loop = QEventLoop()
    while loop.processEvents():
        pass
