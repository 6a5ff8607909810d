"""Brings pictures from files and the clipboard to the pad, one at a time, off the window's thread."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from mnist_lab.window import translation
from mnist_lab.window.pages.draw.drawing_pad import DrawingPad
from mnist_lab.window.pages.draw.pad_content import taken
from mnist_lab.window.pages.draw.pad_picture import PadPicture
from mnist_lab.window.pages.draw.picture_import import picture_in, read_picture, take_picture
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.lab import Lab


class PictureImporter(QObject):
    """One import at a time: a new one cancels the one before.

    Signals:
        failed(): the pad stays as it is; the lab has said why.
    """

    failed = Signal()

    def __init__(self, lab: Lab, pad: DrawingPad) -> None:
        super().__init__(lab)
        self._lab = lab
        self._pad = pad
        self._job: Job | None = None

    @Slot()
    def paste(self) -> None:
        """Take what was copied."""
        picture = picture_in(QApplication.clipboard().mimeData())
        if picture is None:
            self._fail(self.tr("No picture was copied: copy one, or a picture's file, then paste it."))
        else:
            self.take(picture)

    @Slot(object)
    def take(self, picture: QImage | Path) -> None:
        """Take a file or a decoded picture."""
        if isinstance(picture, Path):
            self._begin(lambda: read_picture(picture))
        else:
            origin = self.tr("The copied picture")
            self._begin(lambda: take_picture(picture, origin))

    @Slot(bool, bool)
    def take_again(self, is_inverted: bool, is_cropped: bool) -> None:
        """Take the digit from the imported picture on the pad in another way."""
        picture = self._pad.drawing.picture
        if picture is not None and picture.imported is not None:
            pixels, origin = picture.imported.pixels, picture.origin
            self._begin(lambda: taken(pixels, is_inverted, is_cropped, origin))

    def _begin(self, make: Callable[[], PadPicture]) -> None:
        if self._job is not None:
            self._job.cancel()
        self._job = Job(self._lab, lambda _handle: make(), self._on_made, self._on_failed)
        self._job.start()

    def _on_made(self, picture: PadPicture) -> None:
        self._job = None
        self._pad.set_picture(picture)

    def _on_failed(self, error: Exception) -> None:
        self._job = None
        self._fail(translation.sentence(error))

    def _fail(self, sentence: str) -> None:
        self.failed.emit()
        self._lab.problem.emit(sentence)
