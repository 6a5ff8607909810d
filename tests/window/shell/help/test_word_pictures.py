"""The pictures of the glossary: twenty and more, drawn in the colours of the theme at any scale."""

import pytest
from PySide6.QtCore import QLocale, QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from mnist_lab.course.glossary import glossary
from mnist_lab.window.shell.help.sketch import Sketch
from mnist_lab.window.shell.help.word_pictures import PICTURES, paint
from mnist_lab.window.theme import DARK, LIGHT
from mnist_lab.window.words import ENGLISH, set_language

SIZE = QSize(400, 150)
_FEW = 40
"""A picture in which fewer sampled points differ from its ground shows nothing."""


def _drawn(image: QImage) -> int:
    ground = image.pixel(0, 0)
    points = [(x, y) for x in range(2, image.width(), 3) for y in range(2, image.height(), 3)]
    return sum(image.pixel(x, y) != ground for x, y in points)


def test_twenty_words_have_a_picture() -> None:
    assert len(PICTURES) >= 20
    assert PICTURES.keys() <= glossary().keys()


@pytest.mark.parametrize("ratio", [1.0, 1.25])
def test_each_is_drawn_in_both_themes_and_at_any_scale(qapp: QApplication, ratio: float) -> None:
    for word in PICTURES:
        light, dark = (paint(word, SIZE, ratio, palette) for palette in (LIGHT, DARK))
        assert light.size() == SIZE * ratio
        assert light.pixelColor(0, 0).name() == LIGHT.panel
        assert dark.pixelColor(0, 0).name() == DARK.panel
        assert _drawn(light) > _FEW, word
        assert _drawn(dark) > _FEW, word


def test_numbers_stand_in_the_signs_of_the_language(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(Sketch, "words", lambda _sketch, _box, words, **_options: said.append(words))
    monkeypatch.setattr(Sketch, "label", lambda _sketch, _x, _y, words, *_colour, **_options: said.append(words))
    set_language(QLocale(QLocale.Language.German))
    try:
        for word in PICTURES:
            paint(word, SIZE, 1.0, LIGHT)
    finally:
        set_language(ENGLISH)
    assert any("10.000" in words for words in said), "of thousands"
    assert any("ε = 0,3" in words for words in said)
    assert not [words for words in said if "4,000" in words or "10,000" in words]
