"""The menu of pictures: that which has the keyboard, the page, and each that is seen, also where no key can go."""

from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMenu

from mnist_lab.window.menu_action import add_action
from mnist_lab.window.shell.picture_desk import PictureDesk

COPY = "Ctrl+Shift+C"


class PictureMenu(QObject):
    """Fills a menu, and names in it the pictures of the page in view whenever it is opened."""

    def __init__(self, menu: QMenu, desk: PictureDesk) -> None:
        super().__init__(menu)
        self._menu = menu
        self._desk = desk
        self._named: list[QMenu] = []
        menu.setObjectName("picturesMenu")
        add_action(menu, "copyPictureAction", self.tr("&Copy picture"), COPY, desk.copy_focused,
                   self.tr("Copy the picture that has the keyboard; where none has, that of the page."))  # fmt: skip
        menu.addSeparator()
        add_action(menu, "copyPageAction", self.tr("Copy picture of this pa&ge"), "", partial(desk.copy, None),
                   self.tr("Put a picture of the whole page on the clipboard."))  # fmt: skip
        add_action(menu, "savePageAsPngAction", self.tr("Save picture of this page as &PNG…"), "",
                   partial(desk.save, None, "png"),
                   self.tr("The whole page in pixels, twice as fine as the screen."))  # fmt: skip
        add_action(menu, "savePageAsSvgAction", self.tr("Save picture of this page as &SVG…"), "",
                   partial(desk.save, None, "svg"),
                   self.tr("The whole page as a drawing of lines and words, sharp at any size."))  # fmt: skip
        menu.addSeparator()
        menu.aboutToShow.connect(self._name_pictures)

    @Slot()
    def _name_pictures(self) -> None:
        for menu in self._named:
            self._menu.removeAction(menu.menuAction())
            menu.deleteLater()
        self._named = []
        for name, picture in self._desk.pictures():
            menu = self._menu.addMenu(name.replace("&", "&&"))
            self._desk.fill_menu(menu, picture)
            self._named.append(menu)
