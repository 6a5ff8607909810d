"""One SVG document of several drawings: nothing of one is another's, images stay crisp, lines grow with it."""

from base64 import b64decode
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen

from mnist_lab.window.shell.picture_frame import PictureFrame, PicturePart
from mnist_lab.window.shell.picture_strokes import free_strokes
from mnist_lab.window.shell.picture_svg import svg_of
from mnist_lab.window.shell.picture_taking import drawings_of

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"

pytestmark = pytest.mark.usefixtures("qapp")


def _document(*paintings: Callable[[QPainter], None]) -> ET.Element:
    """Drawings of 40×30 beside each other."""
    parts = tuple(PicturePart(QRect(40 * place, 0, 40, 30), paint) for place, paint in enumerate(paintings))
    frame = PictureFrame("Loss & more <1>", QSize(40 * len(parts), 30), "#ffffff", parts)
    return ET.fromstring(svg_of(frame.title, frame.size, frame.ground, drawings_of(frame)))


def _image(*colours: str) -> QImage:
    image = QImage(len(colours), 1, QImage.Format.Format_RGB32)
    for place, colour in enumerate(colours):
        image.setPixelColor(place, 0, QColor(colour))
    return image


def _embedded(element: ET.Element) -> QImage:
    return QImage.fromData(b64decode(element.attrib[HREF].partition("base64,")[2]))


def test_words_are_words_with_a_family_that_every_reader_has() -> None:
    def paint(painter: QPainter) -> None:
        painter.setFont(QFont("DejaVu Sans", 9))
        painter.drawText(QPointF(2, 12), "ε → 0")

    root = _document(paint)
    assert root.attrib["viewBox"] == "0 0 40 30"
    assert root.findtext(f"{SVG}title") == "Loss & more <1>"
    (text,) = root.iter(f"{SVG}text")
    assert text.text == "ε → 0"
    assert text.attrib["font-family"].endswith(",sans-serif")


def test_parts_keep_to_their_places_and_to_their_own_clips() -> None:
    def paint(painter: QPainter) -> None:
        painter.setClipRect(QRectF(0, 0, 10, 10))
        painter.drawEllipse(QRectF(0, 0, 20, 20))

    root = _document(paint, paint)
    first, second = root.findall(f"{SVG}svg")
    assert (second.attrib["x"], second.attrib["width"], second.attrib["overflow"]) == ("40", "40", "hidden")
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids)) == 2
    for part, own in ((first, ids[0]), (second, ids[1])):
        assert f"url(#{own})" in [element.get("clip-path") for element in part.iter()]


def test_cells_of_an_image_keep_their_edges_and_one_colour_is_an_area() -> None:
    def paint(painter: QPainter) -> None:
        painter.drawImage(QRectF(0, 0, 20, 2), _image(*("red", "blue") * 5))
        painter.drawImage(QRectF(0, 10, 20, 10), _image("red", "red"))

    root = _document(paint)
    (image,) = root.iter(f"{SVG}image")
    assert image.attrib["style"] == "image-rendering:pixelated"
    cells = _embedded(image)
    assert cells.width() == 40, "two pixels for each of the document, for who smooths images"
    assert [cells.pixelColor(x, 0).name() for x in (0, 3, 4, 39)] == ["#ff0000", "#ff0000", "#0000ff", "#0000ff"]
    areas = [rect for rect in root.iter(f"{SVG}rect") if rect.get("fill") == "#ff0000"]
    assert [(rect.attrib["y"], rect.attrib["width"]) for rect in areas] == [("10", "20")]


def test_nothing_is_left_where_nothing_was_painted() -> None:
    root = _document(lambda _painter: None)
    assert not root.findall(f"{SVG}svg")
    assert not list(root.iter(f"{SVG}g"))


def test_lines_whose_width_is_that_of_a_screen_grow_with_the_document() -> None:
    def paint(painter: QPainter) -> None:
        pen = QPen(QColor("red"), 1.5)
        pen.setCosmetic(True)
        painter.translate(10, 20)
        painter.scale(0.01, -100)
        painter.setPen(pen)
        painter.drawPolyline([QPointF(0, 0), QPointF(1000, 0.1)])

    (line,) = _document(paint).iter(f"{SVG}polyline")
    assert line.attrib["points"].split() == ["10,20", "20,10"]
    assert "vector-effect" not in line.attrib


def test_what_is_more_than_lines_stays_as_it_is() -> None:
    drawing = ET.fromstring(
        '<svg xmlns="http://www.w3.org/2000/svg"><g transform="matrix(2,0,0,2,0,0)">'
        '<path vector-effect="non-scaling-stroke" d="M0,0 L1,1"/><circle r="3"/></g></svg>'
    )
    before = ET.tostring(drawing)
    free_strokes(drawing)
    assert ET.tostring(drawing) == before


def test_a_mark_of_the_alpha_channel_is_kept() -> None:
    def paint(painter: QPainter) -> None:
        image = QImage(2, 2, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter.drawImage(QRectF(0, 0, 4, 4), image)

    (area,) = (rect for rect in _document(paint).iter(f"{SVG}rect") if rect.get("fill") == "#000000")
    assert area.attrib["fill-opacity"] == "0"
