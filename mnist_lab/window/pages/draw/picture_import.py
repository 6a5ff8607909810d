"""Pictures from outside: a file, the clipboard, or what is dropped; decoded off the window's thread."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QEvent, QMimeData, QObject, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QImageReader
from PySide6.QtWidgets import QWidget

from mnist_lab.data.digits import DataError
from mnist_lab.data.picture_file import PictureFile, read_picture_file
from mnist_lab.data.pictures import ink_of, looks_inverted
from mnist_lab.imports import IMPORTS
from mnist_lab.window.pages.draw.pad_content import taken
from mnist_lab.window.pages.draw.pad_picture import PadPicture
from mnist_lab.words import QT_TRANSLATE_NOOP

_LONGEST = 512
"""A larger picture is shrunk to this many pixels: of 28 in the end, each still has hundreds."""
_LONGEST_DECODED = 4 * _LONGEST


def read_picture(path: Path) -> PadPicture:
    """Decode a file and take the digit from it, dark on light or light on dark as it seems to be.

    Raises:
        DataError: it is no picture, a huge one, or one without a digit.
    """
    file = read_picture_file(path)
    buffer = QBuffer()
    buffer.setData(QByteArray(file.content))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(file.kind.encode()))
    reader.setAutoDetectImageFormat(False)  # Qt would try every decoder it has
    reader.setAutoTransform(True)  # a telephone's photograph says in which way it was held
    size = reader.size()
    _check_size(file, size, path)
    if file.kind == "jpeg" and max(size.width(), size.height()) > _LONGEST_DECODED:
        longest = QSize(_LONGEST_DECODED, _LONGEST_DECODED)
        reader.setScaledSize(size.scaled(longest, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise DataError(
            QT_TRANSLATE_NOOP(
                "errors",
                "“{path}” is damaged and cannot be read as a picture ({reason}): get the file again, or choose"
                " another.",
            ),
            path=path,
            reason=reader.errorString(),
        )
    return take_picture(image, path.name)


def _check_size(file: PictureFile, size: QSize, path: Path) -> None:
    pixels = size.width() * size.height()  # 1 where the file does not say: Qt's own bound holds then
    if pixels > file.most_pixels:
        raise DataError(
            QT_TRANSLATE_NOOP(
                "errors",
                "The picture “{path}” has {width:,} × {height:,} pixels: it may have {most:,.0f} million; cut out the"
                " digit, or shrink it.",
            ),
            path=path,
            width=size.width(),
            height=size.height(),
            most=file.most_pixels / 1e6,
        )
    if file.takes_too_long(pixels):
        raise DataError(
            QT_TRANSLATE_NOOP(
                "errors",
                "The picture “{path}” is packed in so many layers that unpacking it takes too long: save it anew as"
                " PNG.",
            ),
            path=path,
        )


def take_picture(image: QImage, origin: str) -> PadPicture:
    """Take the digit from a decoded picture; see `read_picture`."""
    keep = Qt.AspectRatioMode.KeepAspectRatio
    if max(image.width(), image.height()) > _LONGEST_DECODED:  # smoothly, all of it would take seconds
        image = image.scaled(_LONGEST_DECODED, _LONGEST_DECODED, keep, Qt.TransformationMode.FastTransformation)
    if max(image.width(), image.height()) > _LONGEST:
        image = image.scaled(_LONGEST, _LONGEST, keep, Qt.TransformationMode.SmoothTransformation)
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    pixels = ink_of(rows[:, : 4 * image.width()].reshape(image.height(), image.width(), 4))
    return taken(pixels, looks_inverted(pixels), True, origin)


def picture_in(data: QMimeData | None) -> QImage | Path | None:
    """The picture that was copied or dragged: its pixels, or its file; None if there is none, or nothing at all."""
    if data is None:
        return None
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
            if picture is None or (isinstance(picture, Path) and picture.suffix.lower() in IMPORTS):
                event.ignore()  # a run or a network is the window's to open
                return True
            event.acceptProposedAction()
            if event.type() == QEvent.Type.Drop:
                self.dropped.emit(picture)
            return True
        return super().eventFilter(watched, event)
