"""Brings pictures from files and the clipboard in, one at a time, off the window's thread."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from mnist_lab.window import dialogs, translation
from mnist_lab.window.pages.draw.pad_content import taken
from mnist_lab.window.pages.draw.pad_picture import PadPicture
from mnist_lab.window.pages.draw.picture_import import picture_in, read_picture, take_picture
from mnist_lab.window.state.background import Job


class PictureImporter(QObject):
    """The newest wish counts: one that is still being worked on is dropped for it.

    Signals:
        made(object): a `PadPicture`, ready for the pad.
        failed(str): a sentence for the learner.
    """

    made = Signal(object)
    failed = Signal(str)

    def __init__(self, owner: QObject, parent: QWidget) -> None:
        """`owner` is the lab, which ends all jobs when the window closes."""
        super().__init__(parent)
        self._owner = owner
        self._window = parent
        self._job: Job | None = None

    @Slot()
    def open(self) -> None:
        """Let the learner choose a file."""
        path = dialogs.ask_for_picture(self._window)
        if path is not None:
            self.take(path)

    @Slot()
    def paste(self) -> None:
        """Take what was copied."""
        picture = picture_in(QApplication.clipboard().mimeData())
        if picture is None:
            self.failed.emit(self.tr("No picture was copied: copy one, or a picture's file, then paste it."))
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

    def take_again(self, picture: PadPicture, is_inverted: bool, is_cropped: bool) -> None:
        """Take the digit from an imported picture in another way."""
        if picture.imported is not None:
            pixels, origin = picture.imported.pixels, picture.origin
            self._begin(lambda: taken(pixels, is_inverted, is_cropped, origin))

    def _begin(self, make: Callable[[], PadPicture]) -> None:
        if self._job is not None:
            self._job.cancel()
        self._job = Job(self._owner, lambda _handle: make(), self._on_made, self._on_failed)
        self._job.start()

    def _on_made(self, picture: PadPicture) -> None:
        self._job = None
        self.made.emit(picture)

    def _on_failed(self, error: Exception) -> None:
        self._job = None
        self.failed.emit(translation.sentence(error))
