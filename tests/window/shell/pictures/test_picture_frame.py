"""What a picture consists of: the painted widget with what belongs to it, sharp, and without a mark of the keyboard."""

from base64 import b64decode
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.window import theme
from mnist_lab.window.shell.picture_finding import name_of, named_pictures
from mnist_lab.window.shell.picture_frame import PictureFrame, frame_of, frame_of_page
from mnist_lab.window.shell.picture_svg import svg_of
from mnist_lab.window.shell.picture_taking import drawings_of, image_of
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.basic.scroll_place import ScrollPlace
from mnist_lab.window.widgets.pictures.colour_bar import ColourBar
from mnist_lab.window.widgets.pictures.matrix_picture import MatrixPicture
from mnist_lab.window.widgets.plots.effect_rows import EffectPanel, EffectRow
from mnist_lab.window.widgets.plots.main_effect_plot import MainEffectPlot
from mnist_lab.window.widgets.plots.xy_plot import Series, XyPlot

SVG = "{http://www.w3.org/2000/svg}"


class _Desk(QWidget):
    """A page with a plot in a panel of its own, and a panel with two matrices and their scale."""

    def __init__(self) -> None:
        super().__init__()
        self.plot = XyPlot("p", "Loss curve", "update", "loss", (Series("s", "batch", lambda p: p.training),), self)
        self.plot.set_series("s", np.arange(5), np.array([2.0, 1.5, 1.2, 1.0, 0.9]))
        self.plot.refresh()
        field, beside, caption = QSpinBox(self), QLabel("steps", self), QLabel("Lower is better.", self)
        row = QHBoxLayout()
        row.addWidget(beside)
        row.addWidget(field)
        content = QWidget(self)
        inside = QVBoxLayout(content)
        inside.addLayout(row)
        inside.addWidget(self.plot, 1)
        inside.addWidget(caption)
        self.matrices = [MatrixPicture(self) for _ in range(2)]
        for number, matrix in enumerate(self.matrices):
            matrix.setAccessibleName(f"Matrix {number}")
            matrix.set_values(np.linspace(-1, 1, 12).reshape(3, 4))
        self.scale = ColourBar(self)
        self.scale.set_limit(1.0)
        both = QWidget(self)
        line = QHBoxLayout(both)
        for matrix in self.matrices:
            line.addWidget(matrix)
        whole = QHBoxLayout(self)
        whole.addWidget(Panel("Loss", content, QCheckBox("log axis", self), parent=self), 1)
        whole.addWidget(Panel("Weights", both, self.scale, parent=self), 1)
        self.resize(900, 400)


@pytest.fixture
def desk(qtbot: QtBot) -> _Desk:
    page = _Desk()
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    return page


def _svg(frame: PictureFrame) -> ET.Element:
    return ET.fromstring(svg_of(frame.title, frame.size, frame.ground, drawings_of(frame)))


def _words(root: ET.Element) -> list[str]:
    return [(text.text or "").strip() for text in root.iter(f"{SVG}text")]


def _colours(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_a_panel_with_one_picture_is_that_picture_without_its_controls(desk: _Desk) -> None:
    frame = frame_of(desk.plot, desk)
    assert frame.title == name_of(desk.plot, desk) == "Loss"
    words = _words(_svg(frame))
    for said in ("Loss", "Lower is better.", "batch", "update", "loss"):
        assert said in words, (said, words)
    assert not {"steps", "log axis"} & set(words)


def test_a_picture_among_others_has_its_own_name_and_takes_their_scale_along(desk: _Desk) -> None:
    frame = frame_of(desk.matrices[1], desk)
    assert frame.title == "Matrix 1"
    words = _words(_svg(frame))
    assert {"Matrix 1", "−1", "+1"} <= set(words), words
    assert "Weights" not in words
    assert [name for name, _ in named_pictures(desk)] == ["Loss", "Matrix 0", "Matrix 1"]


def test_what_is_scrolled_out_of_sight_is_there_too_where_the_picture_says_so(qtbot: QtBot) -> None:
    plot, below = MainEffectPlot(), QLabel("Below")
    row = EffectRow("value", "90 %", "", 0.9, None, (0.9,))
    plot.set_panels((EffectPanel("First", "", (row,) * 20), EffectPanel("Last", "", (row,))), "")
    content = QWidget()
    inside = QVBoxLayout(content)
    inside.addWidget(ScrollPlace("area", plot, content), 1)
    inside.addWidget(below)
    panel = Panel("Effects", content)
    page = QWidget()
    QHBoxLayout(page).addWidget(panel)
    qtbot.addWidget(page)
    page.resize(600, 250)
    page.show()
    qtbot.waitExposed(page)
    frame = frame_of(plot, page)
    words = _words(_svg(frame))
    assert {"First", "Last", "Below"} <= set(words)
    assert frame.size.height() > plot.height() + below.height() > page.height()


def test_a_picture_has_two_pixels_for_each_of_the_screen_and_says_how_large_it_is_meant(desk: _Desk) -> None:
    for frame in (frame_of(desk.plot, desk), frame_of(desk.matrices[0], desk), frame_of_page(desk, "Desk")):
        image = image_of(frame, 1.0)
        assert image.size() == frame.size * 2
        assert image.devicePixelRatio() == 1
        assert image.dotsPerMeterX() == pytest.approx(2 * 96 / 0.0254, rel=0.001)
        assert image.text("Title") == frame.title
    assert image.size() == desk.size() * 2
    for screen, ratio in ((1.5, 3.0), (2.0, 2.0), (1.25, 2.5), (3.0, 3.0)):
        assert image_of(frame_of_page(desk, "Desk"), screen).size() == QSize(900, 400) * ratio


def test_a_curve_is_lines_and_as_wide_as_on_the_screen(desk: _Desk) -> None:
    root, colour = _svg(frame_of(desk.plot, desk)), desk.plot._drawn["s"].series.pen(desk.plot._palette).color()
    assert not list(root.iter(f"{SVG}image"))
    assert not any("vector-effect" in element.attrib for element in root.iter())
    groups = [group for group in root.iter(f"{SVG}g") if group.get("stroke") == colour.name()]
    assert {group.attrib["stroke-width"] for group in groups} == {"1.5"}

    desk.setFocus()  # away from the plot, whose ring is blue, too
    taken, seen = image_of(frame_of(desk.plot, desk), 1.0), desk.plot.grab().toImage()
    assert 3.4 < _blue(taken) / _blue(seen) < 4.6, "twice as long and twice as wide"


def _blue(image: QImage) -> int:
    """How many pixels are blue, as the curve is and nothing else."""
    pixels = np.frombuffer(bytes(image.convertToFormat(QImage.Format.Format_RGB32).constBits()), np.uint8)
    blue, _green, red, _alpha = pixels.reshape(-1, 4).T.astype(int)
    return int((blue - red > 90).sum())


def test_taking_a_picture_leaves_the_plot_as_it_was(desk: _Desk) -> None:
    before = desk.plot.grab().toImage()
    frame = frame_of(desk.plot, desk)
    image_of(frame, 1.0)
    drawings_of(frame)
    assert desk.plot.grab().toImage() == before


def test_a_picture_has_no_mark_of_the_keyboard(desk: _Desk, qtbot: QtBot) -> None:
    desk.activateWindow()
    qtbot.waitActive(desk)
    pictures: list[QWidget] = [desk.plot, desk.matrices[0]]
    for picture in pictures:
        desk.setFocus()
        before = image_of(frame_of(picture, desk), 1.0)
        plain = picture.grab().toImage()
        picture.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.waitUntil(picture.hasFocus)
        assert picture.grab().toImage() != plain, "on the screen it has one"
        assert image_of(frame_of(picture, desk), 1.0) == before


def test_heatmaps_are_never_blurred(desk: _Desk) -> None:
    matrix = desk.matrices[0]
    matrix.set_values(np.array([[1.0, -1.0], [-1.0, 1.0]]))
    frame = frame_of(matrix, desk)
    (image,) = [one for one in _svg(frame).iter(f"{SVG}image") if float(one.attrib["height"]) > 50]
    assert image.attrib["style"] == "image-rendering:pixelated"
    embedded = QImage.fromData(b64decode(image.attrib["{http://www.w3.org/1999/xlink}href"].partition("base64,")[2]))
    assert len(_colours(embedded)) == 2
    taken, area = image_of(frame, 1.0), matrix.cell_rect(0, 0).united(matrix.cell_rect(1, 1))
    table = theme.diverging(theme.current())
    ends = {QColor(*(int(part) for part in table[place])).name() for place in (0, -1)}
    place = next(part.place for part in frame.parts if part.place.size() == matrix.size())
    inner = area.translated(place.topLeft()).adjusted(2, 2, -2, -2)
    cells = taken.copy(*(round(2 * side) for side in (inner.x(), inner.y(), inner.width(), inner.height())))
    assert _colours(cells) == ends
