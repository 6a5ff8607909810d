"""`main.py screenshots`, as a child process: real pages with real content, a person's settings left alone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QSettings
from PySide6.QtGui import QImage

from mnist_lab.window.pages import PAGES
from tests.conftest import REPOSITORY

pytestmark = pytest.mark.keras


def _take(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    return subprocess.run(
        [sys.executable, str(REPOSITORY / "main.py"), "screenshots", *arguments],
        env=kept | {"MNIST_LAB_HOME": str(home)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=100,
        check=False,
    )


def _colours(image: QImage) -> set[int]:
    return {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}


def test_a_picture_of_every_page_at_twice_the_scale(tmp_path: Path, lab_home: Path) -> None:
    lab_home.mkdir()
    settings_file = lab_home / "settings.ini"
    QSettings(str(settings_file), QSettings.Format.IniFormat).setValue("theme", "dark")
    before = settings_file.read_bytes()
    result = _take(lab_home, str(tmp_path / "out"), "--size", "1280x720", "--scale", "2")
    assert result.returncode == 0, result.stderr
    paths = [Path(line) for line in result.stdout.splitlines()]
    assert paths == [tmp_path / "out" / f"{spec.object_name}.png" for spec in PAGES]
    pictures = [QImage(str(path)) for path in paths]
    for picture in pictures:
        assert (picture.width(), picture.height()) == (2560, 1440)
        assert len(_colours(picture)) > 100
        assert picture.pixelColor(picture.width() - 3, 300).lightness() > 200  # the light theme, as is said by default
    assert len({bytes(picture.constBits()) for picture in pictures}) == len(PAGES)
    assert settings_file.read_bytes() == before


@pytest.mark.acceptance
def test_a_film_is_small_enough_for_a_page(tmp_path: Path, lab_home: Path) -> None:
    result = _take(lab_home, str(tmp_path / "out"), "--film")
    assert result.returncode == 0, result.stderr
    paths = [Path(line) for line in result.stdout.splitlines()]
    assert paths[-1] == tmp_path / "out" / "film.webp"
    assert len(paths) == len(PAGES) + 1
    assert sum(path.stat().st_size for path in paths) < 4_000_000
    with Image.open(paths[-1]) as film:
        assert getattr(film, "n_frames", 1) > 60


def test_a_folder_that_cannot_be_written_is_told_in_one_line(tmp_path: Path, lab_home: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    result = _take(lab_home, str(blocked / "out"))
    assert (result.returncode, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1
    assert "cannot be made" in result.stderr
