"""The colour bar prints its limit and shows the colours of the theme."""

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.pictures.colour_bar import ColourBar


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_bar_runs_from_negative_through_zero_to_positive(qtbot, palette: theme.Palette) -> None:
    bar = ColourBar()
    qtbot.addWidget(bar)
    bar.set_palette(palette)
    bar.set_limit(0.31)
    bar.resize(bar.sizeHint())
    assert bar.accessibleName() == "Weights from −0.31 to +0.31"
    image = bar.grab().toImage()
    row = [image.pixelColor(x, image.height() // 2).name() for x in range(image.width())]
    assert palette.zero in row
    table = {"#" + bytes(entry).hex() for entry in theme.diverging(palette)}
    assert sum(colour in table for colour in row) > 46
    bar.resize(bar.minimumSizeHint())
    narrow = bar.grab().toImage()
    row = [narrow.pixelColor(x, narrow.height() // 2).name() for x in range(narrow.width())]
    strip = [x for x, colour in enumerate(row) if colour in table]
    assert row[(strip[0] + strip[-1]) // 2] == palette.zero, "in its middle, however short"


def test_room_does_not_depend_on_the_limit(qtbot) -> None:
    bar = ColourBar()
    qtbot.addWidget(bar)
    sizes = set()
    for limit in (0.1, 0.31, 12.0):
        bar.set_limit(limit)
        sizes.add(bar.sizeHint().toTuple())
    assert len(sizes) == 1


@pytest.mark.parametrize("limit", [0.00012, 99.0, 4.6e19, 3.4e38, 1.2e-12])
def test_numbers_are_never_cut(qtbot, limit: float) -> None:
    bar = ColourBar()
    qtbot.addWidget(bar)
    bar.set_limit(limit)
    low, high = bar.accessibleName().removeprefix("Weights from ").split(" to ")
    assert "e" not in low + high
    metrics = QFontMetricsF(theme.fonts.font("small"))
    numbers = metrics.horizontalAdvance(low) + metrics.horizontalAdvance(high) + 2 * theme.GAP
    assert numbers + 51 <= bar.sizeHint().width()
    assert numbers + 27 <= bar.minimumSizeHint().width()


def test_a_hidden_scale_keeps_its_room(qtbot) -> None:
    host = QWidget()
    layout = QVBoxLayout(host)
    picture, bar = QWidget(), ColourBar()
    layout.addWidget(picture, 1)
    layout.addWidget(bar)
    qtbot.addWidget(host)
    host.resize(300, 300)
    host.show()
    before = picture.geometry()
    bar.hide()
    layout.activate()
    assert picture.geometry() == before
