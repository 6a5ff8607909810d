"""Lets every picture of a page leave the lab: on the clipboard, as PNG or SVG; and the page itself."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QStackedWidget, QWidget

from mnist_lab.files.atomic import DOCUMENT, write_atomically
from mnist_lab.window import dialogs, translation
from mnist_lab.window.menu_action import add_action
from mnist_lab.window.pages import PAGES
from mnist_lab.window.saved_file import file_stem, saved_offer
from mnist_lab.window.shell.picture_finding import named_pictures, picture_of
from mnist_lab.window.shell.picture_frame import PictureFrame, frame_of, frame_of_page
from mnist_lab.window.shell.picture_svg import png_of, svg_of
from mnist_lab.window.shell.picture_taking import drawings_of, image_of
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.words import fill

Kind = Literal["png", "svg"]


class PictureDesk(QObject):
    """Takes pictures of the page in view."""

    def __init__(self, lab: Lab, pages: QStackedWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._lab = lab
        self._pages = pages
        self._window = parent

    # Which

    @property
    def page(self) -> QWidget:
        """The page in view."""
        page = self._pages.currentWidget()
        assert page is not None
        return page

    def pictures(self) -> list[tuple[str, QWidget]]:
        """The pictures that are seen on it, with their names."""
        return named_pictures(self.page)

    def focused(self) -> QWidget | None:
        """The picture that has the keyboard; None if none has."""
        widget = QApplication.focusWidget()
        return picture_of(widget, self.page) if widget is not None and self.page.isAncestorOf(widget) else None

    # What is done

    def copy(self, picture: QWidget | None) -> None:
        """Put a picture on the clipboard; None: the page."""
        frame = self._frame(picture)
        image = image_of(frame, self._ratio)
        QGuiApplication.clipboard().setImage(image)
        words = self.tr("Copied: the picture “{title}”, {width} × {height} pixels.")
        self._lab.noticed.emit(fill(words, title=frame.title, width=image.width(), height=image.height()))

    def copy_focused(self) -> None:
        """Copy the picture that has the keyboard; where none has, the page."""
        self.copy(self.focused())

    def save(self, picture: QWidget | None, kind: Kind) -> None:
        """Ask for a file, and save a picture there as it is now; None: the page."""
        frame = self._frame(picture)
        if kind == "svg":
            make = partial(svg_of, frame.title, frame.size, frame.ground, drawings_of(frame))
        else:
            make = partial(png_of, image_of(frame, self._ratio))
        path = dialogs.ask_to_save_picture(self._window.window(), file_stem(frame.title), kind)
        if path is None:
            return
        if path.suffix.lower() != f".{kind}":
            words = self.tr("The picture was not saved: “{name}” does not end in .{kind}, as such a file must.")
            self._lab.problem.emit(fill(words, name=path.name, kind=kind))
            return
        Job(self._lab, lambda _handle: _write(path, make), self._on_saved, partial(self._on_failed, path)).start()

    def _on_saved(self, path: Path) -> None:
        said = fill(self.tr("The picture is saved as “{path}”."), path=path)
        self._lab.offered.emit(saved_offer(said, path.parent, self._lab.problem.emit))

    def _on_failed(self, path: Path, error: Exception) -> None:
        if not isinstance(error, OSError):
            raise error
        words = self.tr("The picture could not be saved as “{path}”: {reason}. Choose another folder or name.")
        self._lab.problem.emit(fill(words, path=path, reason=error.strerror or error))

    @property
    def _ratio(self) -> float:
        return self._window.devicePixelRatioF()

    def _frame(self, picture: QWidget | None) -> PictureFrame:
        if picture is not None:
            return frame_of(picture, self.page)
        spec = PAGES[self._pages.currentIndex()]
        return frame_of_page(self.page, translation.translate("pages", spec.title).replace("&", ""))

    # Menus

    def open_menu(self, widget: QWidget | None, place: QPoint) -> bool:
        """Offer what can be done with the picture that a widget belongs to, at a place of the screen; False: none."""
        picture = None if widget is None else picture_of(widget, self.page)
        if picture is None:
            return False
        menu = QMenu(self._window)
        menu.setObjectName("pictureMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_menu(menu, picture)
        menu.popup(place)
        return True

    def open_menu_by_key(self) -> bool:
        """The same for the picture that has the keyboard, on it."""
        picture = self.focused()
        return picture is not None and self.open_menu(picture, picture.mapToGlobal(picture.rect().center()))

    def fill_menu(self, menu: QMenu, picture: QWidget) -> None:
        """Put what can be done with a picture into a menu."""
        add_action(menu, "copyThisPictureAction", self.tr("&Copy picture"), "", partial(self.copy, picture),
                   self.tr("Put it on the clipboard, with its title, axes and legend."))  # fmt: skip
        add_action(menu, "savePictureAsPngAction", self.tr("Save picture as &PNG…"), "",
                   partial(self.save, picture, "png"), self.tr("In pixels, twice as fine as the screen."))  # fmt: skip
        add_action(menu, "savePictureAsSvgAction", self.tr("Save picture as &SVG…"), "",
                   partial(self.save, picture, "svg"),
                   self.tr("As a drawing of lines and words, sharp at any size."))  # fmt: skip


def _write(path: Path, make: Callable[[], bytes]) -> Path:
    write_atomically(path, make(), mode=DOCUMENT)
    return path
