"""The weight tiles are true to the weights and can be read by mouse and keyboard."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QToolTip

from mnist_lab.window import page_keys, theme
from mnist_lab.window.widgets.basic.short_label import ShortLabel
from mnist_lab.window.widgets.pictures.colour_bar import ColourBar
from mnist_lab.window.widgets.pictures.tile_look import TileLook
from mnist_lab.window.widgets.pictures.weight_tiles import WeightTiles


def random_kernel(units: int, spread: float = 0.1) -> np.ndarray:
    return np.random.default_rng(units).normal(0, spread, (784, units)).astype(np.float32)


@pytest.fixture
def tiles(qtbot) -> WeightTiles:
    tiles = WeightTiles()
    qtbot.addWidget(tiles)
    tiles.resize(29 * 16 + 2, 29 * 4 + 40)
    tiles.show()
    qtbot.waitActive(tiles)
    return tiles


def middle(tiles: WeightTiles, unit: int) -> QPoint:
    return tiles.field.tile_rect(unit).center().toPoint()


def point(qtbot, tiles: WeightTiles, place: QPoint) -> None:
    for each in (QPoint(0, 0), place):  # only a pointer that moves is told
        qtbot.mouseMove(tiles.field, each)


def columns_of(tiles: WeightTiles) -> int:
    """How many tiles stand beside each other; all of them where there is one row."""
    first = tiles.field.tile_rect(0).top()
    below = (unit for unit in range(tiles.field.first, tiles.field.last) if tiles.field.tile_rect(unit).top() > first)
    return next(below, tiles.field.units)


def words_of(tiles: WeightTiles) -> list[str]:
    return [label.text() for label in tiles.findChildren(QLabel) if label.isVisible()]


def shown_colour(tiles: WeightTiles, unit: int, row: int, column: int) -> str:
    rect = tiles.field.tile_rect(unit)
    image = tiles.field.grab().toImage()
    ratio = image.devicePixelRatio()
    x, y = rect.left() + (column + 0.5) * rect.width() / 28, rect.top() + (row + 0.5) * rect.height() / 28
    return image.pixelColor(int(x * ratio), int(y * ratio)).name()


def test_empty_tiles_say_when_weights_appear(tiles: WeightTiles) -> None:
    assert tiles.readout == ""
    assert tiles.limit == 0
    assert not tiles.grab().isNull()
    tiles.set_kernel(random_kernel(3))
    tiles.clear()
    assert tiles.field.units == 0
    assert tiles.limit == 0
    assert tiles.findChild(ColourBar).isHidden()


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_colours_are_those_of_the_scale(tiles: WeightTiles, qapp: QApplication, palette: theme.Palette) -> None:
    theme.apply(qapp, palette)
    kernel = np.zeros((784, 4), np.float32)
    kernel[5 * 28 + 7, 2] = 0.5
    kernel[9 * 28 + 1, 3] = -0.5
    tiles.set_kernel(kernel)
    assert shown_colour(tiles, 0, 14, 14) == palette.zero
    assert shown_colour(tiles, 2, 5, 7) == palette.positive
    assert shown_colour(tiles, 2, 5, 8) == palette.zero
    assert shown_colour(tiles, 3, 9, 1) == palette.negative
    theme.apply(qapp, theme.LIGHT)


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("units", [3, 60])
def test_the_panel_shows_between_tiles(
    tiles: WeightTiles, qapp: QApplication, palette: theme.Palette, units: int
) -> None:
    theme.apply(qapp, palette)
    tiles.set_kernel(random_kernel(units))
    image = tiles.field.grab().toImage()
    first, second = tiles.field.tile_rect(0), tiles.field.tile_rect(1)
    columns = range(round(first.right()), round(second.left()))
    assert len(columns) >= 2
    for column in columns:
        assert image.pixelColor(column, round(first.center().y())).name() == palette.panel
    below = columns_of(tiles)
    if below < units:
        for row in range(round(first.bottom()), round(tiles.field.tile_rect(below).top())):
            assert image.pixelColor(round(first.center().x()), row).name() == palette.panel
    theme.apply(qapp, theme.LIGHT)


def test_between_two_scales_each_place_is_read_as_it_is_painted(qtbot, tiles: WeightTiles) -> None:
    tiles.resize(764, 218)
    kernel = random_kernel(64)
    kernel[:, 20] = np.where(np.arange(784) % 2, 0.5, -0.5)
    tiles.set_kernel(kernel)
    rect = tiles.field.tile_rect(20)
    assert 28 < rect.width() < 56, "28 weights, of which some are a pixel larger"
    image = tiles.field.grab().toImage()
    colours = {0.5: theme.current().positive, -0.5: theme.current().negative}
    for y in range(round(rect.top()), round(rect.bottom()), 5):
        for x in range(round(rect.left()), round(rect.right())):
            point(qtbot, tiles, QPoint(x, y))
            assert tiles.field.pointed is not None
            unit, row, column = tiles.field.pointed
            assert unit == 20
            assert image.pixelColor(x, y).name() == colours[kernel[28 * row + column, 20]]


def test_no_tool_tip_covers_the_tiles_and_none_promises_what_a_click_does(tiles: WeightTiles) -> None:
    tiles.set_kernel(random_kernel(60))
    place = middle(tiles, 10)
    asked = QHelpEvent(QEvent.Type.ToolTip, place, tiles.field.mapToGlobal(place))
    assert tiles.field.event(asked)
    assert QToolTip.text() == ""
    explanations = [label.toolTip() for label in tiles.findChildren(QLabel)]
    assert any("numbered from 0" in words for words in explanations)
    assert not any("click" in words.lower() for words in (tiles.field.toolTip(), *explanations))


def test_tiles_stand_still_when_scale_and_pages_appear(tiles: WeightTiles) -> None:
    before = tiles.field.geometry()
    for units in (5, 100):
        tiles.set_kernel(random_kernel(units))
        tiles.layout().activate()
        assert tiles.field.geometry() == before


def test_scale_is_printed_and_only_grows_within_a_run(tiles: WeightTiles) -> None:
    bar = tiles.findChild(ColourBar)
    for weight, limit in ((0.3071, 0.31), (0.1, 0.31), (0.4, 0.4)):
        tiles.set_kernel(np.full((784, 2), weight, np.float32))
        assert tiles.limit == pytest.approx(limit)
        assert bar.limit == tiles.limit
    assert bar.accessibleName() == "Weights from −0.4 to +0.4"
    tiles.clear()
    tiles.set_kernel(np.full((784, 2), 0.1, np.float32))
    assert tiles.limit == pytest.approx(0.1)


def test_pointer_reads_one_weight(qtbot, tiles: WeightTiles) -> None:
    kernel = np.zeros((784, 60), np.float32)
    tiles.set_kernel(kernel)
    place = middle(tiles, 12)
    rect = tiles.field.tile_rect(12)
    row, column = (
        int((place.y() - rect.top()) / rect.height() * 28),
        int((place.x() - rect.left()) / rect.width() * 28),
    )
    kernel[row * 28 + column, 12] = -0.25
    tiles.set_kernel(kernel)
    point(qtbot, tiles, place)
    assert tiles.readout == f"weight −0.2500 · unit 12, row {row}, column {column}"
    for weight, words in ((4.6e19, "+4.6 × 10¹⁹"), (-3e-5, "−3.0 × 10⁻⁵"), (0, "0.0000"), (np.inf, "infinite")):
        kernel[row * 28 + column, 12] = weight
        tiles.set_kernel(kernel)
        point(qtbot, tiles, place)
        assert tiles.readout.startswith(f"weight {words} · ")
    assert tiles.field.accessibleDescription() == tiles.readout
    point(qtbot, tiles, rect.bottomRight().toPoint())
    assert tiles.field.pointed is None


def test_a_readout_without_room_says_the_same_in_shorter_words(qtbot) -> None:
    label = ShortLabel()
    qtbot.addWidget(label)
    texts = ("weight +0.0276 · unit 4, row 13, column 27", "+0.0276 · 4 [13, 27]")
    label.set_texts(*texts)
    for text in texts:
        label.resize(label.fontMetrics().horizontalAdvance(text), 20)
        assert label.shown == text
    label.resize(label.width() - 8, 20)
    assert label.shown.endswith("…")
    assert label.text() == texts[0]


def test_readout_follows_training(qtbot, tiles: WeightTiles) -> None:
    tiles.set_kernel(np.full((784, 60), 0.1, np.float32))
    point(qtbot, tiles, middle(tiles, 3))
    tiles.set_kernel(np.full((784, 60), 0.2, np.float32))
    assert tiles.readout.startswith("weight +0.2000 · ")


def test_click_opens_a_unit(qtbot, tiles: WeightTiles) -> None:
    tiles.set_kernel(random_kernel(60))
    with qtbot.waitSignal(tiles.unit_activated) as opened:
        qtbot.mouseClick(tiles.field, Qt.MouseButton.LeftButton, pos=middle(tiles, 33))
    assert opened.args == [33]
    with qtbot.assertNotEmitted(tiles.unit_activated):
        qtbot.mouseClick(tiles.field, Qt.MouseButton.RightButton, pos=middle(tiles, 33))


def test_what_does_not_fit_is_on_further_pages(qtbot, tiles: WeightTiles) -> None:
    tiles.set_kernel(random_kernel(100))
    previous = tiles.findChild(QToolButton, "weightTilesPrevious")
    following = tiles.findChild(QToolButton, "weightTilesNext")
    a_page = tiles.field.last
    assert 40 <= a_page < 100
    assert not previous.isEnabled()
    assert f"units 0–{a_page - 1} of 100" in words_of(tiles)
    qtbot.mouseClick(following, Qt.MouseButton.LeftButton)
    assert tiles.field.first == a_page
    assert f"units {a_page}–99 of 100" in words_of(tiles)
    assert not following.isEnabled()
    with qtbot.waitSignal(tiles.unit_activated) as opened:
        qtbot.mouseClick(tiles.field, Qt.MouseButton.LeftButton, pos=tiles.field.point_of(1))
    assert opened.args == [a_page + 1]
    assert tiles.field.point_of(100 - a_page) is None
    qtbot.mouseClick(previous, Qt.MouseButton.LeftButton)
    assert tiles.field.first == 0
    tiles.set_kernel(random_kernel(5))
    assert previous.parent().isHidden()


def test_keyboard_selects_turns_and_opens(qtbot, tiles: WeightTiles) -> None:
    tiles.set_kernel(random_kernel(100))
    tiles.setFocus()
    a_page, columns = tiles.field.last, columns_of(tiles)
    for key, selected in (
        (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 1 + columns),
        (Qt.Key.Key_Up, 1),
        (Qt.Key.Key_PageDown, a_page),
        (Qt.Key.Key_Right, a_page + 1),
        (Qt.Key.Key_End, 99),
        (Qt.Key.Key_Right, 99),
        (Qt.Key.Key_PageUp, 0),
        (Qt.Key.Key_Home, 0),
    ):
        qtbot.keyClick(tiles.field, key)
        assert tiles.field.selected == selected
        assert tiles.field.first <= selected < tiles.field.last
    tiles.select(7)
    low, high = tiles.field.kernel[:, 7].min(), tiles.field.kernel[:, 7].max()
    values = f"unit 7 · weights from {low:+.4f} to {high:+.4f} · ".replace("-", "−")
    assert tiles.readout == values + page_keys.TILES.lines()[0], "with what the keys do"
    label = next(label for label in tiles.findChildren(ShortLabel) if label.text() == tiles.readout)
    short = f"unit 7 · {low:+.4f} to {high:+.4f}".replace("-", "−")
    label.resize(label.fontMetrics().horizontalAdvance(short), label.height())
    assert label.shown == short, "both numbers, where there is room for no more"
    with qtbot.waitSignal(tiles.unit_activated) as opened:
        qtbot.keyClick(tiles.field, Qt.Key.Key_Return)
    assert opened.args == [7]


def test_focus_can_be_seen(qtbot, tiles: WeightTiles) -> None:
    tiles.set_kernel(random_kernel(20))
    tiles.field.clearFocus()
    before = tiles.field.grab().toImage()
    tiles.setFocus()
    assert tiles.field.grab().toImage() != before


@pytest.mark.parametrize("units", [1, 2, 16, 512, 2048])
def test_any_number_of_units(tiles: WeightTiles, units: int) -> None:
    tiles.set_kernel(random_kernel(units))
    tiles.resize(400, 300)
    assert not tiles.grab().isNull()
    tiles.resize(150, 60)
    assert not tiles.grab().isNull()


def test_weights_without_a_number_are_left_blank(qtbot, tiles: WeightTiles) -> None:
    kernel = random_kernel(4)
    kernel[:, 1] = np.nan
    kernel[0, 2] = np.inf
    tiles.set_kernel(kernel)
    assert np.isfinite(tiles.limit)
    assert shown_colour(tiles, 1, 14, 14) == theme.current().line
    point(qtbot, tiles, middle(tiles, 1))
    assert tiles.readout.startswith("weight not a number · ")


@pytest.mark.parametrize(("units", "width", "height"), [(512, 950, 620), (2048, 1940, 1020)])
def test_all_tiles_have_room_on_one_page(tiles: WeightTiles, units: int, width: int, height: int) -> None:
    tiles.resize(width, height)
    tiles.set_kernel(random_kernel(units))
    assert (tiles.field.first, tiles.field.last) == (0, units)
    tiles.set_order(np.random.default_rng(0).permutation(units))
    assert (tiles.field.first, tiles.field.last) == (0, units)


def test_an_order_moves_tiles_and_keeps_their_numbers(qtbot, tiles: WeightTiles) -> None:
    kernel = np.zeros((784, 5), np.float32)
    kernel[5 * 28 + 7, 3] = 0.5
    tiles.set_kernel(kernel)
    left = tiles.field.tile_rect(0)
    tiles.set_order(np.array([3, 1, 4, 0, 2]))
    assert tiles.field.tile_rect(3) == left
    assert shown_colour(tiles, 3, 5, 7) == theme.current().positive
    point(qtbot, tiles, middle(tiles, 3))
    assert " · unit 3, " in tiles.readout
    with qtbot.waitSignal(tiles.unit_activated) as opened:
        qtbot.mouseClick(tiles.field, Qt.MouseButton.LeftButton, pos=middle(tiles, 3))
    assert opened.args == [3]
    qtbot.keyClick(tiles.field, Qt.Key.Key_Right)
    assert tiles.field.selected == 1
    qtbot.keyClick(tiles.field, Qt.Key.Key_End)
    assert tiles.field.selected == 2
    tiles.set_order(None)
    assert tiles.field.tile_rect(0) == left


def test_pages_follow_the_order(qtbot, tiles: WeightTiles) -> None:
    tiles.set_kernel(random_kernel(300))
    tiles.set_order(np.arange(300)[::-1])
    assert (tiles.field.first, tiles.field.unit_at(0)) == (0, 299)
    tiles.field.setFocus()
    qtbot.keyClick(tiles.field, Qt.Key.Key_PageDown)
    assert tiles.field.first > 0
    assert tiles.field.selected == 299 - tiles.field.first
    tiles.set_kernel(random_kernel(7))  # another network: its units stand by number again
    assert tiles.field.order is None


def test_an_order_of_other_units_is_refused(tiles: WeightTiles) -> None:
    tiles.set_kernel(random_kernel(5))
    with pytest.raises(ValueError, match="5 units"):
        tiles.set_order(np.arange(4))


def test_zoom_makes_tiles_larger_and_pages_smaller(qtbot, tiles: WeightTiles) -> None:
    tiles.set_kernel(random_kernel(60))
    side, shown = tiles.field.tile_rect(0).width(), tiles.field.last
    tiles.field.setFocus()
    with qtbot.waitSignal(tiles.field.zoom_changed) as zoomed:
        qtbot.keyClick(tiles.field, Qt.Key.Key_Plus)
    assert zoomed.args == [2]
    assert tiles.field.tile_rect(0).width() == pytest.approx(2 * side, abs=1)
    assert tiles.field.last < shown
    tiles.set_zoom(8)
    assert tiles.field.tile_rect(0).bottom() <= tiles.field.height()  # one whole tile at least
    tiles.set_zoom(1)
    assert tiles.field.tile_rect(0).width() == side


def test_tiles_are_laid_out_anew_on_a_screen_with_more_pixels(tiles: WeightTiles, monkeypatch) -> None:
    tiles.set_kernel(random_kernel(40))
    before = tiles.field.tile_rect(0).width()
    monkeypatch.setattr(tiles.field, "devicePixelRatioF", lambda: 2.0, raising=False)
    QApplication.sendEvent(tiles.field, QEvent(QEvent.Type.DevicePixelRatioChange))
    assert 2 * tiles.field.tile_rect(0).width() >= 2 * before, "in pixels of the screen"


def test_other_tiles_go_on_with_scale_zoom_and_selection(qtbot, tiles: WeightTiles) -> None:
    look = TileLook()
    kernel = random_kernel(60)
    for number in range(2):
        again = WeightTiles(look=look)
        qtbot.addWidget(again)
        again.resize(tiles.size())
        again.show()
        if not number:
            again.set_kernel(10 * kernel)
            limit = again.limit
        again.set_kernel(kernel)
        if not number:
            again.set_zoom(3)
            again.select(50)
        assert (again.limit, again.field.zoom, again.field.selected) == (limit, 3, 50)
        assert again.field.first <= 50 < again.field.last
    again.set_kernel(random_kernel(7))
    assert again.field.selected == 0, "units of another network"
    again.clear()
    assert again.limit == 0
