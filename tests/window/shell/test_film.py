"""The film for the README: pictures of the window while it is used, in one file."""

import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QImage

from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.window.shell.film_making import WIDTH, FilmMaker, import_pillow
from mnist_lab.words import LabError
from tests.window.conftest import Driver


def test_a_digit_is_drawn_in_the_film(driver: Driver, tmp_path: Path) -> None:
    generator = np.random.default_rng(5)
    layers = tuple(
        DenseWeights(generator.normal(0, 0.1, pair).astype(np.float32), np.zeros(pair[1], np.float32))
        for pair in ((784, 20), (20, 10))
    )
    driver.window.lab.keep_network("random", NetworkWeights(layers, "relu", 3))
    maker = FilmMaker(driver.window)
    maker.film_drawing()
    maker.write(tmp_path / "film.webp")
    with Image.open(tmp_path / "film.webp") as film:
        frames = getattr(film, "n_frames", 1)
        assert frames > 20
        assert film.width == WIDTH
        first = np.asarray(film.convert("L"), np.int16)
        film.seek(frames - 1)
        last = np.asarray(film.convert("L"), np.int16)
    assert np.count_nonzero(np.abs(first - last) > 100) > 500, "the digit has been drawn"


def test_a_file_that_cannot_be_written_and_a_missing_library_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, driver: Driver
) -> None:
    maker = FilmMaker(driver.window)
    maker.add(QImage(40, 30, QImage.Format.Format_RGB32), 100)
    with pytest.raises(LabError, match="cannot be written"):
        maker.write(tmp_path / "none" / "film.webp")
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(LabError, match="needs Pillow"):
        import_pillow()
