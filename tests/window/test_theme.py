"""The palettes can be read by everyone, and a change of the theme reaches every widget."""

import numpy as np
import pyqtgraph
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget

from mnist_lab.palette import Palette
from mnist_lab.window import theme
from mnist_lab.window.theme.colours import STEPS, luminance
from mnist_lab.window.theme.stylesheet import stylesheet
from tests.window.text_sizes import put_text_size

BOTH = pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK], ids=["light", "dark"])


def test_contrast_of_black_on_white_is_21() -> None:
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert theme.contrast("#777777", "#777777") == pytest.approx(1)


@BOTH
@pytest.mark.parametrize("role", ["text", "muted", "accent", "right", "wrong", "warning"])
def test_text_stands_out(palette: Palette, role: str) -> None:
    for ground in (palette.window, palette.panel):
        assert theme.contrast(getattr(palette, role), ground) >= 4.5


@BOTH
def test_text_on_accents_and_rows_stands_out(palette: Palette) -> None:
    assert theme.contrast(palette.accent_text, palette.accent) >= 4.5
    assert theme.contrast(palette.accent_text, palette.accent_hover) >= 4.5
    for ground in (palette.accent_soft, palette.hover, palette.paper):
        assert theme.contrast(palette.text, ground) >= 4.5
        assert theme.contrast(palette.muted, ground) >= 4.5


@BOTH
@pytest.mark.parametrize("role", ["text", "muted", "accent", "code_text", "code_number"])
def test_a_program_can_be_read_lit_and_unlit(palette: Palette, role: str) -> None:
    for ground in (palette.panel, palette.accent_soft, palette.hover):
        assert theme.contrast(getattr(palette, role), ground) >= 4.5


@BOTH
@pytest.mark.parametrize("role", ["training", "validation", "border", "positive", "negative", "ink"])
def test_curves_and_controls_stand_out(palette: Palette, role: str) -> None:
    for ground in (palette.window, palette.panel):
        assert theme.contrast(getattr(palette, role), ground) >= 3


@BOTH
def test_runs_stand_out(palette: Palette) -> None:
    assert len(palette.series) == len(theme.DASHES) == len(theme.MARKERS) == len(set(palette.series))
    assert all(theme.contrast(colour, palette.window) >= 3 for colour in palette.series)


@BOTH
def test_ten_digits_stand_out_and_differ(palette: Palette) -> None:
    assert len(palette.digits) == len(set(palette.digits)) == 10
    assert all(theme.contrast(colour, palette.panel) >= 3 for colour in palette.digits)


@BOTH
def test_single_batches_are_paler_than_their_smooth_line_but_visible(palette: Palette) -> None:
    pale = theme.contrast(palette.training_pale, palette.panel)
    assert 3 <= pale <= theme.contrast(palette.training, palette.panel) * 0.62


@BOTH
def test_zero_weight_is_exactly_neutral(palette: Palette) -> None:
    table = theme.diverging(palette)
    assert table.shape == (2 * STEPS + 1, 3)
    assert table.dtype == np.uint8
    assert "#" + table[STEPS].tobytes().hex() == palette.zero
    assert "#" + table[0].tobytes().hex() == palette.negative
    assert "#" + table[-1].tobytes().hex() == palette.positive
    assert int(table[STEPS].max()) - int(table[STEPS].min()) <= 5


@BOTH
def test_weights_change_lightness_steadily_on_each_side(palette: Palette) -> None:
    lightness = np.array([luminance("#" + entry.tobytes().hex()) for entry in theme.diverging(palette)])
    away = -1 if not palette.is_dark else 1
    assert np.all(np.diff(lightness[STEPS:]) * away >= 0)
    assert np.all(np.diff(lightness[: STEPS + 1]) * away <= 0)
    assert abs(lightness[0] - lightness[-1]) < 0.1


@BOTH
def test_stylesheet_is_complete_and_marks_exist(palette: Palette, qapp: QApplication) -> None:
    sheet = stylesheet(palette)
    assert "$" not in sheet
    marks = {part.split('"')[0] for part in sheet.split('url("')[1:]}
    assert len(marks) == 4
    for mark in marks:
        with open(mark, encoding="utf-8") as file:
            assert file.read().startswith("<svg")


class _Follower(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.palettes: list[Palette] = []

    def set_palette(self, palette: Palette) -> None:
        self.palettes.append(palette)


def test_change_of_theme_reaches_living_widgets(qtbot, qapp: QApplication) -> None:
    follower, primary = _Follower(), QPushButton("Start")
    for widget in (follower, primary):
        qtbot.addWidget(widget)
    theme.set_role(primary, "primary")
    for palette in (theme.DARK, theme.LIGHT):
        theme.apply(qapp, palette)
        assert theme.current() is palette
        assert follower.palettes[-1] is palette
        assert qapp.palette().color(QPalette.ColorRole.WindowText).name() == palette.text
        assert pyqtgraph.getConfigOption("background") == palette.panel
        assert pyqtgraph.getConfigOption("imageAxisOrder") == "row-major"
        image = primary.grab().toImage()
        assert image.pixelColor(8, image.height() // 2).name() == palette.accent


def test_figures_have_room_that_does_not_depend_on_the_digits(qapp: QApplication) -> None:
    theme.apply(qapp, theme.LIGHT)
    large = theme.fonts.font("large", bold=True)
    assert theme.fonts.widest(large, "1,111") == theme.fonts.widest(large, "8,048")
    assert large.pointSizeF() == pytest.approx(2 * qapp.font().pointSizeF())


def test_every_font_and_length_follows_the_text_size(qapp: QApplication) -> None:
    put_text_size(100)
    fonts = (theme.fonts.font, theme.fonts.fixed, lambda: theme.fonts.font("small"), lambda: theme.fonts.grown(1.5))
    before, sheet = [font().pointSizeF() for font in fonts], stylesheet(theme.LIGHT)
    put_text_size(200)
    assert [font().pointSizeF() for font in fonts] == pytest.approx([2 * points for points in before])
    assert theme.fonts.scaled(100) == 200
    assert qapp.styleSheet() == stylesheet(theme.current()) != sheet
    label = QLabel("words")
    label.ensurePolished()
    assert label.font().pointSizeF() == pytest.approx(2 * before[0])
    put_text_size(100)
    assert [font().pointSizeF() for font in fonts] == pytest.approx(before)
    for percent in (0, 95, 205, 250):
        with pytest.raises(ValueError, match=f"not {percent}"):
            theme.fonts.set_text_size(percent)


def test_type_grows_between_small_and_large(qapp: QApplication) -> None:
    theme.apply(qapp, theme.LIGHT)
    small, large = (theme.fonts.font(size).pointSizeF() for size in ("small", "large"))
    assert theme.fonts.grown(0.2).pointSizeF() == pytest.approx(small)
    assert theme.fonts.grown(1.5).pointSizeF() == pytest.approx(1.5 * small)
    assert theme.fonts.grown(9).pointSizeF() == pytest.approx(large)


@BOTH
@pytest.mark.parametrize("kind", [QPushButton, QToolButton])
def test_a_focused_button_has_one_ring_and_nothing_within(qtbot, qapp: QApplication, palette: Palette, kind) -> None:
    theme.apply(qapp, palette)
    page = QWidget()
    qtbot.addWidget(page)
    button, other = kind(page), QPushButton(page)
    button.setFixedSize(120, 32)
    other.move(0, 60)
    with qtbot.waitActive(page):
        page.show()
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    other.setFocus()
    calm = button.grab().toImage()
    qtbot.keyClick(page, Qt.Key.Key_Tab)  # from now on Qt marks the focus, as it does for those who use the keyboard
    focused = button.grab().toImage()
    assert button.hasFocus()
    assert focused.pixelColor(60, 0).name() == palette.accent
    for image in (calm, focused):
        assert len({image.pixelColor(60, row).name() for row in range(3, 29)}) == 1
    theme.apply(qapp, theme.LIGHT)


def test_words_have_a_ring_where_tab_comes_to_them_and_none_for_a_click_that_copies(qtbot, qapp: QApplication) -> None:
    theme.apply(qapp, theme.LIGHT)
    page = QWidget()
    qtbot.addWidget(page)
    copied, linked = QLabel("784×512 + 512", page), QLabel("a link", page)
    linked.move(0, 60)
    copied.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    linked.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
    with qtbot.waitActive(page):
        page.show()
    calm = copied.grab().toImage()
    qtbot.mouseClick(copied, Qt.MouseButton.LeftButton)
    assert copied.hasFocus()
    assert copied.grab().toImage() == calm
    qtbot.keyClick(page, Qt.Key.Key_Tab)
    assert linked.hasFocus()
    assert linked.grab().toImage().pixelColor(linked.width() // 2, 0).name() == theme.LIGHT.accent


@BOTH
def test_a_scroll_bar_is_quieter_than_the_edge_of_a_field(palette: Palette, qapp: QApplication) -> None:
    handle = stylesheet(palette).split("QScrollBar::handle { background: ")[1].split(";")[0]
    assert 1.4 <= theme.contrast(handle, palette.window) < theme.contrast(palette.border, palette.window) * 0.75
