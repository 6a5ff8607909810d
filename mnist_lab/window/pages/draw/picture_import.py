"""Pictures from outside: a file, the clipboard, or what is dropped; decoded off the window's thread."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QImageReader
from PySide6.QtWidgets import QWidget

from mnist_lab.data.digits import DataError
from mnist_lab.data.pictures import MOST_PIXELS, ink_of, looks_inverted
from mnist_lab.window.pages.draw.pad_content import taken
from mnist_lab.window.pages.draw.pad_picture import PadPicture
from mnist_lab.words import QT_TRANSLATE_NOOP

_LONGEST = 512
"""A larger picture is shrunk to this many pixels: of 28 in the end, each still has hundreds."""


def read_picture(path: Path) -> PadPicture:
    """Decode a file and take the digit from it, dark on light or light on dark as it seems to be.

    Raises:
        DataError: it is no picture, a huge one, or one without a digit.
    """
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)  # a telephone's photograph says in which way it was held
    size = reader.size()
    if size.isValid() and size.width() * size.height() > MOST_PIXELS:
        raise DataError(
            QT_TRANSLATE_NOOP(
                "errors",
                "The picture “{path}” has {width:,} × {height:,} pixels: it may have {most:,.0f} million; cut out the"
                " digit, or shrink it.",
            ),
            path=path,
            width=size.width(),
            height=size.height(),
            most=MOST_PIXELS / 1e6,
        )
    image = reader.read()
    if image.isNull():
        raise DataError(
            QT_TRANSLATE_NOOP(
                "errors",
                "“{path}” cannot be read as a picture ({reason}): choose a PNG, JPEG, GIF or BMP file.",
            ),
            path=path,
            reason=reader.errorString(),
        )
    return take_picture(image, path.name)


def take_picture(image: QImage, origin: str) -> PadPicture:
    """Take the digit from a decoded picture; see `read_picture`."""
    if max(image.width(), image.height()) > _LONGEST:
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        image = image.scaled(_LONGEST, _LONGEST, keep, smooth)
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    pixels = ink_of(rows[:, : 4 * image.width()].reshape(image.height(), image.width(), 4))
    return taken(pixels, looks_inverted(pixels), True, origin)


def picture_in(data: QMimeData) -> QImage | Path | None:
    """The picture that was copied or dragged: its pixels, or its file; None if there is none."""
    for url in data.urls():
        if url.isLocalFile():
            return Path(url.toLocalFile())
    if data.hasImage():
        image = data.imageData()
        return image if isinstance(image, QImage) and not image.isNull() else None
    return None


class PictureDrop(QObject):
    """Lets pictures be dropped on a widget.

    Signals:
        dropped(object): a QImage, or the Path of a file.
    """

    dropped = Signal(object)

    def __init__(self, target: QWidget) -> None:
        super().__init__(target)
        target.setAcceptDrops(True)
        target.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what holds a picture."""
        if isinstance(event, QDragEnterEvent | QDropEvent) and event.type() in (
            QEvent.Type.DragEnter,
            QEvent.Type.DragMove,
            QEvent.Type.Drop,
        ):
            picture = picture_in(event.mimeData())
            if picture is None:
                event.ignore()
                return True
            event.acceptProposedAction()
            if event.type() == QEvent.Type.Drop:
                self.dropped.emit(picture)
            return True
        return super().eventFilter(watched, event)
