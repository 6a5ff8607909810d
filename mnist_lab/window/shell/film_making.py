"""A short moving picture of the lab for the README: a run learns, a digit is drawn, the run is seen again."""

from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QTabBar

from mnist_lab.network.events import Finished
from mnist_lab.window.pages.draw.draw_canvas import DrawCanvas
from mnist_lab.window.shell.main_window import MainWindow
from mnist_lab.window.shell.settling import pass_events, settle, wait_until
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError

WIDTH = 960
"""Pixels of the film, as high as the window is for it."""
_TRAINING_FRAMES, _DRAWING_FRAMES, _MOMENT_FRAMES = 28, 26, 30
_UPDATES_A_SECOND = 30
"""While it is filmed: as many as leave the window time for a picture of every few of them."""
_FRAME_MILLISECONDS, _REST_MILLISECONDS = 110, 1400
_QUALITY = 72
_HIDDEN_UNITS_TAB, _NETWORK_TAB, _DRAWN_NETWORK_TAB = 0, 2, 2
_THREE = (
    (0.3, 0.27),
    (0.42, 0.2),
    (0.58, 0.21),
    (0.66, 0.31),
    (0.6, 0.42),
    (0.46, 0.48),
    (0.62, 0.53),
    (0.69, 0.64),
    (0.62, 0.77),
    (0.46, 0.82),
    (0.3, 0.75),
)


class FilmMaker:
    """Takes pictures of a window while it is used, and writes them as one animated WebP."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._frames: list[QImage] = []
        self._durations: list[int] = []

    def film_training(self) -> None:
        """Train the form's network to its end, slowly enough to be watched, with its curves and hidden units.

        Raises:
            LabError: the run has not ended well.
        """
        window, lab = self._window, self._window.lab
        window.show_page_named("trainPage")
        self._turn("networkTabs", _HIDDEN_UNITS_TAB)
        lab.live.set_slow_motion(_UPDATES_A_SECOND)
        lab.start()
        wait_until(lambda: lab.run is not None and lab.weights is not None)
        total = 1 if lab.run is None else lab.run.total_updates
        for number in range(_TRAINING_FRAMES):
            self._wait_for(round(total * number / _TRAINING_FRAMES))
            self._take()
        lab.live.set_slow_motion(None)
        wait_until(lambda: not lab.live.is_training)
        if lab.run is None or not isinstance(lab.run.outcome, Finished):
            raise LabError(QT_TRANSLATE_NOOP("errors", "The film needs a run that has ended well, and it did not."))
        settle(window)
        self._take(_REST_MILLISECONDS)

    def _wait_for(self, updates: int) -> None:
        """Wait until the weights that are seen have so many behind them, or the run is over."""
        lab = self._window.lab
        wait_until(lambda: not lab.live.is_training or (lab.weights is not None and lab.weights.updates >= updates))

    def film_drawing(self) -> None:
        """Draw a digit, the whole network beside it."""
        self._window.show_page_named("drawPage")
        self._turn("drawTabBar", _DRAWN_NETWORK_TAB)
        canvas = self._window.findChild(DrawCanvas)
        assert canvas is not None
        canvas.set_strokes([])
        settle(self._window)
        self._take()
        line = np.array(_THREE)
        lengths = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
        for number in range(1, _DRAWING_FRAMES + 1):
            drawn = np.linspace(0, lengths[-1] * number / _DRAWING_FRAMES, 4 * number + 2)
            points = np.stack([np.interp(drawn, lengths, line[:, axis]) for axis in (0, 1)], axis=1)
            canvas.set_strokes([points * min(canvas.width(), canvas.height())])
            settle(self._window)
            self._take()
        self._durations[-1] = _REST_MILLISECONDS

    def film_moments(self) -> None:
        """Go through the run from its beginning, the whole network large."""
        lab = self._window.lab
        self._window.show_page_named("trainPage")
        self._turn("networkTabs", _NETWORK_TAB)
        last = lab.time.last
        for number in range(_MOMENT_FRAMES):
            updates = round(last * (number / _MOMENT_FRAMES) ** 2)  # most is learned first
            lab.time.go_to(updates)
            wait_until(lambda: lab.time.is_there)
            settle(self._window)
            self._take()
        lab.time.back_to_now()
        settle(self._window)
        self._take(_REST_MILLISECONDS)

    def write(self, path: Path) -> None:
        """Write all pictures taken, in order.

        Raises:
            LabError: Pillow is not installed, or the file cannot be written.
        """
        pictures = [_as_pillow(frame) for frame in self._frames]
        try:
            pictures[0].save(
                path,
                save_all=True,
                append_images=pictures[1:],
                duration=self._durations,
                loop=0,
                quality=_QUALITY,
                method=4,
            )
        except OSError as error:
            words = QT_TRANSLATE_NOOP("errors", "The film “{path}” cannot be written.")
            raise LabError(words, path=path) from error

    def _turn(self, bar: str, tab: int) -> None:
        tabs = self._window.findChild(QTabBar, bar)
        assert tabs is not None
        tabs.setCurrentIndex(tab)
        settle(self._window)

    def _take(self, milliseconds: int = _FRAME_MILLISECONDS) -> None:
        """One picture more, seen for so long."""
        pass_events()
        image = self._window.grab().toImage()
        image.setDevicePixelRatio(1)
        self.add(image.scaledToWidth(WIDTH, Qt.TransformationMode.SmoothTransformation), milliseconds)

    def add(self, frame: QImage, milliseconds: int) -> None:
        """Show a picture for so long after those before; all have one size."""
        self._frames.append(frame)
        self._durations.append(milliseconds)


def import_pillow() -> Any:
    """Pillow's module for images, which writes films.

    Raises:
        LabError: it is not installed.
    """
    try:
        from PIL import Image
    except ImportError as error:
        raise LabError(
            QT_TRANSLATE_NOOP(
                "errors",
                "A film needs Pillow, which is not installed: get it with “python -m uv sync --extra film”, or leave"
                " out --film.",
            )
        ) from error
    return Image


def _as_pillow(frame: QImage) -> Any:
    plain = frame.convertToFormat(QImage.Format.Format_RGBX8888)
    size = (plain.width(), plain.height())
    return import_pillow().frombuffer("RGBX", size, bytes(plain.constBits()), "raw", "RGBX", 0, 1).convert("RGB")
