"""Every painted picture of every page and tab can be copied and saved, whoever added it."""

import ast
import importlib
import pkgutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QMenu, QPlainTextEdit, QWidget

import mnist_lab.window.pages
import mnist_lab.window.widgets
from mnist_lab.window.pages import PAGES
from mnist_lab.window.shell.picture_desk import PictureDesk
from mnist_lab.window.shell.picture_frame import frame_of, frame_of_page
from mnist_lab.window.shell.picture_svg import svg_of
from mnist_lab.window.shell.picture_taking import drawings_of, image_of
from tests.window.conftest import Driver
from tests.window.pages.turning import page_at, turned_parts

NO_PICTURES = {
    "OptimizerMark": "the marker beside an optimizer's name",
    "ColourBar": "goes with the picture beside it",
    "AxisBars": "goes with the picture beside it",
    "RunLegend": "goes with the picture beside it",
}
"""What paints itself on a page, or in a widget of pictures or plots, and is not offered by itself."""
WORDS = "mnist_lab.window.widgets.basic"
"""What paints words, and signs beside them."""
PACKAGE = Path(mnist_lab.window.pages.__file__).parents[1]
SVG = "{http://www.w3.org/2000/svg}"


def _modules(package: object) -> Iterator[object]:
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):  # type: ignore[attr-defined]
        yield importlib.import_module(found.name)


def _painting_classes() -> set[type[QWidget]]:
    modules = [*_modules(mnist_lab.window.pages), *_modules(mnist_lab.window.widgets)]
    classes = {one for module in modules for one in vars(module).values() if isinstance(one, type)}
    return {
        one
        for one in classes
        if issubclass(one, QWidget)
        and any("paintEvent" in vars(kind) and kind.__module__.startswith("mnist_lab.") for kind in one.__mro__)
        and not one.__module__.startswith(WORDS)
        and not issubclass(one, QAbstractItemView | QComboBox | QPlainTextEdit)
    }


def test_whatever_paints_itself_is_a_picture_unless_it_says_otherwise() -> None:
    known = {one.__name__ for one in _painting_classes()}
    assert set(NO_PICTURES) <= known
    others = {one.__name__ for one in _painting_classes() if getattr(one, "PICTURE_ROLE", "picture") != "picture"}
    assert others == set(NO_PICTURES)
    assert len(known) > 40


def _right_click(driver: Driver, picture: QWidget) -> QMenu | None:
    """Click the middle of what is seen of a picture; None where nothing of it is in sight."""
    seen = picture.visibleRegion().boundingRect()
    if seen.isEmpty():
        return None
    place = picture.mapTo(driver.window, seen.center())
    handle = driver.window.windowHandle()
    QTest.mouseClick(handle, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, place)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu), picture.objectName()
    return menu


def _assert_can_be_taken(picture: QWidget, page: QWidget, least: QWidget) -> None:
    frame = frame_of_page(page, "page") if picture is page else frame_of(picture, page)
    image = image_of(frame, 1.0)
    assert image.size() == frame.size * 2
    assert frame.size.width() >= least.width()
    assert frame.size.height() >= least.height()
    root = ET.fromstring(svg_of(frame.title, frame.size, frame.ground, drawings_of(frame)))
    assert root.attrib["viewBox"] == f"0 0 {frame.size.width()} {frame.size.height()}"
    assert list(root.iter(f"{SVG}text")), "a title at least"
    assert len(list(root.iter())) > 6
    for shown in root.iter(f"{SVG}image"):
        is_crisp = "pixelated" in shown.get("style", "")
        assert is_crisp or shown.get("image-rendering") == "optimizeQuality", picture.objectName()


def test_parts_of_images_are_drawn_in_the_one_way_that_a_picture_can_take() -> None:
    """QtSvg draws all of an image where a part is asked for."""
    asked = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "drawImage":
                asked += [path.name] * (len(node.args) > 2)
    assert asked == ["picture_mode.py"], "elsewhere: picture_mode.draw_part"


@pytest.mark.keras
@pytest.mark.timeout(300)
@pytest.mark.qt_log_ignore("This plugin does not support")  # raising, and the keyboard for a menu, without a screen
def test_every_picture_of_every_page_has_its_menu_and_can_be_taken(driver: Driver) -> None:
    driver.window.lab.start()
    driver.wait_for_end()
    driver.window.activateWindow()
    driver.qtbot.waitActive(driver.window)
    taken: set[str] = set()
    kinds = tuple(one for one in _painting_classes() if one.__name__ not in NO_PICTURES)
    of_kind: Counter[type[QWidget]] = Counter()
    desk = driver.window.findChild(PictureDesk)
    for index in range(len(PAGES)):
        page = page_at(driver, index)
        for _ in turned_parts(page):
            QApplication.processEvents()
            painted = [
                one
                for one in page.findChildren(QWidget)
                if isinstance(one, kinds) and one.isVisible() and one.width() > 0
            ]
            assert {picture for _name, picture in desk.pictures()} == set(painted)
            for picture in painted:
                if picture.objectName() in taken:
                    continue
                taken.add(picture.objectName())
                menu = _right_click(driver, picture)
                if menu is not None:
                    names = [action.objectName() for action in menu.actions()]
                    assert names == ["copyThisPictureAction", "savePictureAsPngAction", "savePictureAsSvgAction"]
                    menu.close()
                assert all(name for name, _picture in desk.pictures()), "each has a name"
                of_kind[type(picture)] += 1
                if of_kind[type(picture)] <= 2:
                    _assert_can_be_taken(picture, page, picture)
        _assert_can_be_taken(page, page, page)
    assert len(taken) > 50
    assert QApplication.activePopupWidget() is None
