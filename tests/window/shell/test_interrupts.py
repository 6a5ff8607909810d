import signal

import pytest
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from mnist_lab.window.shell.interrupts import Interrupts


class StubbornWindow(QWidget):
    """Stays open the first time, as a window does that asks whether to end a run."""

    closes = 0

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closes += 1
        if self.closes == 1:
            event.ignore()
        else:
            event.accept()


@pytest.fixture(autouse=True)
def python_s_own_handler():
    """A process that was started in the background ignores Ctrl-C; these tests begin as one in front does."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def window(qtbot):
    window = StubbornWindow()
    qtbot.addWidget(window)
    window.show()
    return window


def test_ctrl_c_closes_the_window_and_may_be_repeated(qtbot, window):
    interrupts = Interrupts(window)
    try:
        assert not interrupts.happened
        signal.raise_signal(signal.SIGINT)
        qtbot.waitUntil(lambda: window.closes == 1)
        assert window.isVisible()
        signal.raise_signal(signal.SIGINT)
        qtbot.waitUntil(lambda: not window.isVisible())
        assert interrupts.happened
    finally:
        interrupts.restore()


def test_restore_gives_the_signal_back(window):
    before = signal.getsignal(signal.SIGINT)
    interrupts = Interrupts(window)
    assert signal.getsignal(signal.SIGINT) is not before
    interrupts.restore()
    assert signal.getsignal(signal.SIGINT) is before
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
    assert window.closes == 0
