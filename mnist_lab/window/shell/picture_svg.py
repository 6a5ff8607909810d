"""Puts an SVG document together from drawings of QtSvg, small and crisp. Needs no window, and takes a moment."""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter

from mnist_lab.window.shell.picture_strokes import free_strokes

_SVG, _LINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_HREF = f"{{{_LINK}}}href"
_PLACE = ("x", "y", "width", "height")
_PNG = "data:image/png;base64,"
_FINE = 2
"""Pixels that an image should have in each of the document, so that its cells have sharp edges where it is shown by a
program that smooths images."""
_MOST_TIMES = 16


Box = tuple[int, int, int, int]
"""Left, top, width, height."""


@dataclass(frozen=True)
class DrawnPart:
    """A part of a picture.

    Attributes:
        place: in the whole.
        document: SVG as QtSvg writes it, of that size.
    """

    place: Box
    document: bytes


def svg_of(title: str, size: QSize, ground: str, drawings: list[DrawnPart]) -> bytes:
    """One document, UTF-8: text as text, lines as lines, and images as they are."""
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", _LINK)
    width, height = size.width(), size.height()
    root = ET.Element(_tag("svg"), _box(0, 0, width, height) | {"version": "1.1", "role": "img"})
    ET.SubElement(root, _tag("title")).text = title
    ET.SubElement(root, _tag("desc")).text = "MNIST Lab"
    ET.SubElement(root, _tag("rect"), {"width": str(width), "height": str(height), "fill": ground})
    for number, drawing in enumerate(drawings):
        part = ET.SubElement(root, _tag("svg"), _box(*drawing.place) | {"overflow": "hidden"})
        read = ET.fromstring(drawing.document)  # written by QtSvg a moment ago
        part.extend(child for child in read if child.tag not in (_tag("title"), _tag("desc")))
        _rename(part, f"part{number}-")
        _draw_images_well(part)
        free_strokes(part)
        _tidy(part)
        if not len(part):
            root.remove(part)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _tag(name: str) -> str:
    return f"{{{_SVG}}}{name}"


def _box(left: int, top: int, width: int, height: int) -> dict[str, str]:
    place = {"x": str(left), "y": str(top)} if left or top else {}
    return place | {"width": str(width), "height": str(height), "viewBox": f"0 0 {width} {height}"}


def _rename(part: ET.Element, prefix: str) -> None:
    """Give gradients and clips of each part names of their own."""
    for element in part.iter():
        for name, value in element.attrib.items():
            if name == "id":
                element.set(name, prefix + value)
            elif "url(#" in value:
                element.set(name, value.replace("url(#", f"url(#{prefix}"))


def _tidy(element: ET.Element) -> None:
    """Leave out groups without content, and fonts but those of text, which has its own."""
    if element.tag == _tag("text"):
        element.set("font-family", f"{element.get('font-family')},sans-serif")
    else:
        for name in [name for name in element.attrib if name.startswith("font-")]:
            del element.attrib[name]
        element.text = None
    element.tail = "\n"
    for child in list(element):
        _tidy(child)
        if child.tag in (_tag("g"), _tag("defs")) and not len(child):
            element.remove(child)


def _draw_images_well(part: ET.Element) -> None:
    for parent in list(part.iter()):
        for place, child in enumerate(list(parent)):
            if child.tag == _tag("image"):
                parent[place] = _drawn_well(child)


def _drawn_well(element: ET.Element) -> ET.Element:
    """An area of one colour as such; of an image that is not to be smoothed the cells with sharp edges."""
    image = QImage.fromData(b64decode(element.get(_HREF, "").removeprefix(_PNG)))
    colour = _only_colour(image)
    if colour is not None:
        look = {"fill": colour.name(), "fill-opacity": f"{colour.alphaF():g}", "stroke": "none"}
        return ET.Element(_tag("rect"), {name: element.get(name, "0") for name in _PLACE} | look)
    if element.get("image-rendering") == "optimizeSpeed":
        wanted = [_FINE * float(element.get(name, "0")) for name in ("width", "height")]
        times = round(max(wanted[0] / image.width(), wanted[1] / image.height()))
        if times > 1:
            size = image.size() * min(times, _MOST_TIMES)
            image = image.scaled(size, mode=Qt.TransformationMode.FastTransformation)
        element.set(_HREF, _PNG + b64encode(png_of(image)).decode())
        element.set("style", "image-rendering:pixelated")
    return element


def _only_colour(image: QImage) -> QColor | None:
    """The colour that all pixels have; None if they differ."""
    pixels = image.convertToFormat(QImage.Format.Format_ARGB32)
    content = bytes(pixels.constBits())
    return pixels.pixelColor(0, 0) if content == content[:4] * (len(content) // 4) else None


def png_of(image: QImage) -> bytes:
    """The image as the content of a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
    return bytes(buffer.data().data())
