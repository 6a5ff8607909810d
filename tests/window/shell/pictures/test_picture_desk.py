"""Pictures leave the lab by menu, right click and keys: to the clipboard, and as files."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from mnist_lab.window.saved_file import file_stem
from mnist_lab.window.shell.banner import Banner
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.plots.zoomable_plot import ZoomablePlot
from tests.window.conftest import Driver

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
NO_KEY = Qt.KeyboardModifier.NoModifier
RIGHT, LEFT = Qt.MouseButton.RightButton, Qt.MouseButton.LeftButton

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # a grab of the keyboard, without a screen


@pytest.fixture(autouse=True)
def active(driver: Driver) -> None:
    driver.window.activateWindow()
    driver.qtbot.waitActive(driver.window)
    QGuiApplication.clipboard().clear()


def _told(driver: Driver) -> str:
    banner = driver.window.findChild(Banner)
    assert not banner.isHidden()
    return banner.findChild(Notice).text


def _menu() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def _choose(menu: QMenu, name: str) -> None:
    """With the mouse, as it lies there."""
    action = next(one for one in menu.actions() if one.objectName() == name)
    QTest.mouseClick(menu, LEFT, NO_KEY, menu.actionGeometry(action).center())


def _answer(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> list[str]:
    """Let the next dialog be answered with that path; returns what each has proposed."""
    proposed: list[str] = []

    def answer(dialog: QFileDialog) -> int:
        proposed.append(Path(dialog.selectedFiles()[0]).name)
        if path is None:
            return QFileDialog.DialogCode.Rejected
        dialog.selectFile(str(path))
        return QFileDialog.DialogCode.Accepted

    monkeypatch.setattr(QFileDialog, "exec", answer)
    return proposed


def test_ctrl_shift_c_copies_the_picture_that_has_the_keyboard_else_the_page(driver: Driver) -> None:
    plot = driver.find(QWidget, "lossPlot")
    driver.press("lossPlot", Qt.Key.Key_C)
    assert QGuiApplication.clipboard().image().isNull(), "not without Ctrl and Shift"
    driver.qtbot.keyClick(plot, Qt.Key.Key_C, CTRL | SHIFT)
    image = QGuiApplication.clipboard().image()
    assert image.width() > 2 * plot.width()
    assert image.width() < driver.window.width()
    assert f"“Loss”, {image.width()} × {image.height()} pixels" in _told(driver)
    field = driver.find(QWidget, "hiddenUnits")
    field.setFocus()
    driver.qtbot.keyClick(field, Qt.Key.Key_C, CTRL | SHIFT)
    page = driver.find(QWidget, "trainPage")
    assert QGuiApplication.clipboard().image().size() == page.size() * 2
    assert "“Train”" in _told(driver)


@pytest.mark.parametrize("key", [(Qt.Key.Key_Menu, NO_KEY), (Qt.Key.Key_F10, SHIFT)])
def test_the_keys_of_menus_open_that_of_the_picture_with_the_keyboard(
    driver: Driver, key: tuple[Qt.Key, Qt.KeyboardModifier]
) -> None:
    tiles = driver.find(QWidget, "weightTilesField")
    tiles.setFocus()
    driver.qtbot.keyClick(tiles, *key)
    driver.qtbot.keyClick(_menu(), Qt.Key.Key_Down)
    driver.qtbot.keyClick(_menu(), Qt.Key.Key_Return)
    assert "“Hidden units”" in _told(driver)
    assert driver.window.focusWidget() is tiles
    driver.qtbot.waitUntil(lambda: driver.window.findChild(QMenu, "pictureMenu") is None)
    driver.press("startButton", key[0], shift=key[1] == SHIFT)
    assert QApplication.activePopupWidget() is None, "a button has no such menu"


def test_a_right_click_on_a_plot_opens_the_menu_and_a_drag_looks_closer(driver: Driver) -> None:
    plot, handle = driver.find(ZoomablePlot, "lossPlot"), driver.window.windowHandle()
    place = plot.mapTo(driver.window, plot.rect().center())
    QTest.mousePress(handle, RIGHT, NO_KEY, place)
    assert QApplication.activePopupWidget() is None, "nobody knows yet whether it becomes a drag"
    QTest.mouseRelease(handle, RIGHT, NO_KEY, place)
    _menu().close()
    assert not plot.is_zoomed
    driver.window.show_page_named("descentPage")
    curve = driver.find(ZoomablePlot, "descentCurve")
    place = curve.mapTo(driver.window, curve.rect().center())
    QTest.mousePress(handle, RIGHT, NO_KEY, place)
    for step in (10, 20, 40):
        QTest.mouseMove(handle, place + QPoint(step, -step))
    QTest.mouseRelease(handle, RIGHT, NO_KEY, place + QPoint(40, -40))
    assert curve.is_zoomed
    assert QApplication.activePopupWidget() is None


def test_what_goes_with_a_picture_has_its_menu_and_words_have_none(driver: Driver) -> None:
    driver.window.show_page_named("drawPage")
    driver.find(QWidget, "drawCanvas").setFocus()
    handle = driver.window.windowHandle()
    bars = driver.find(QWidget, "probabilities")
    QTest.mouseClick(handle, RIGHT, NO_KEY, bars.mapTo(driver.window, bars.rect().center()))
    _choose(_menu(), "copyThisPictureAction")
    assert "“What it answers”" in _told(driver)
    answer = driver.find(QWidget, "prediction")
    QTest.mouseClick(handle, RIGHT, NO_KEY, answer.mapTo(driver.window, answer.rect().center()))
    assert QApplication.activePopupWidget() is None


def test_the_file_menu_names_the_pictures_in_view_and_saves_any(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    menu = driver.find(QMenu, "picturesMenu")
    menu.popup(QPoint(0, 0))
    assert [one.text() for one in menu.actions() if one.menu()] == ["Loss", "Accuracy", "Hidden units"]
    menu.close()
    driver.window.show_page_named("drawPage")
    menu.popup(QPoint(0, 0))
    names = [one.text() for one in menu.actions() if one.menu()]
    assert names == ["Draw a digit", "What goes in", "What it answers"]
    inner = menu.actions()[-2].menu()
    assert isinstance(inner, QMenu)
    menu.close()
    proposed = _answer(monkeypatch, tmp_path / "in")
    next(one for one in inner.actions() if one.objectName() == "savePictureAsSvgAction").trigger()
    driver.wait(lambda: "in.svg" in _told(driver))
    assert proposed == ["what-goes-in.svg"]
    root = ET.fromstring((tmp_path / "in.svg").read_bytes())
    assert root.findtext("{http://www.w3.org/2000/svg}title") == "What goes in"


def test_the_page_is_saved_as_png_and_its_folder_can_be_opened(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _answer(monkeypatch, None)
    action = driver.window.findChild(QAction, "savePageAsPngAction")
    action.trigger()
    assert driver.window.findChild(Banner).isHidden(), "the learner changed their mind"
    path = tmp_path / "page.png"
    proposed = _answer(monkeypatch, path)
    action.trigger()
    driver.wait(lambda: not driver.window.findChild(Banner).isHidden())
    assert proposed == ["train.png"]
    assert str(path) in _told(driver)
    assert QImage(str(path)).size() == driver.find(QWidget, "trainPage").size() * 2
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return False

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    driver.click("acceptOfferButton")
    assert opened == [str(tmp_path)]
    assert "opens no folder" in _told(driver)


@pytest.mark.parametrize(
    ("name", "said"), [("no-folder/x.png", "could not be saved"), ("picture.jpg", "does not end in .png")]
)
def test_a_picture_that_cannot_be_saved_says_why(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    (tmp_path / "no-folder").write_text("a file")
    _answer(monkeypatch, tmp_path / name)
    driver.window.findChild(QAction, "savePageAsPngAction").trigger()
    driver.wait(lambda: not driver.window.findChild(Banner).isHidden())
    assert said in _told(driver)
    assert Path(name).name in _told(driver)
    assert {one.name for one in tmp_path.iterdir()} == {"no-folder", "lab-home"}


def test_file_names_are_made_of_titles() -> None:
    assert file_stem("Momentum, written three ways") == "momentum-written-three-ways"
    assert file_stem("Größe: ½ · |slope|") == "größe-½-slope"
    assert file_stem("…") == "picture"
    assert len(file_stem("long " * 40)) <= 60
