"""What the main window remembers: its size and its theme; settings that make no sense are passed over."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mnist_lab.window import theme
from mnist_lab.window.pages import PAGES
from mnist_lab.window.shell.fitting import first_size
from mnist_lab.window.shell.main_window import MainWindow
from tests.window.conftest import Driver


def test_size_and_theme_are_remembered_in_the_labs_home(make_window, lab_home: Path) -> None:
    first = make_window()
    first.show()
    first.resize(970, 700)  # Qt makes a window fit the screen, and the one of the tests is small
    first.choose_theme("dark")
    first.close()
    assert (lab_home / "settings.ini").exists()
    second = make_window()
    assert second.height() == 700
    assert theme.current() is theme.DARK
    assert second.findChild(QAction, "darkThemeAction").isChecked()
    second.choose_theme("light")
    assert theme.current() is theme.LIGHT


class _Program:
    """Makes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return Path.touch, (self.path,)


def _write_program(settings: Path) -> None:
    """Put a Python object into the settings, in the way in which PySide's own settings keep one."""
    written = QSettings(str(settings), QSettings.Format.IniFormat)
    written.setValue("theme", _Program(settings.with_name("ran")))
    written.sync()


@pytest.mark.parametrize("line", ["geometry=hello", "geometry=@ByteArray(x)", "theme=pink", "text_size=5000", None])
def test_settings_that_make_no_sense_are_passed_over(make_window, lab_home: Path, line: str | None) -> None:
    lab_home.mkdir()
    if line is None:
        _write_program(lab_home / "settings.ini")
    else:
        (lab_home / "settings.ini").write_text(f"[General]\n{line}\n")
    window = make_window()
    assert not (lab_home / "ran").exists(), "nothing in a settings file is executed"
    assert window.size() == first_size(window.screen().availableSize())
    window.show()
    assert window.screen().availableGeometry().contains(window.frameGeometry()), "with its title bar"
    assert window.findChild(QAction, "systemThemeAction").isChecked()
    assert theme.fonts.text_size() == theme.fonts.USUAL_TEXT


def _problems_of_the_first_moments(window: MainWindow, count: int, qtbot: QtBot) -> list[str]:
    """Show it until it has its digits and told of so many problems; the list grows with what is told later."""
    told: list[str] = []
    window.lab.problem.connect(told.append)
    window.show()
    qtbot.waitUntil(lambda: window.lab.digits is not None and len(told) >= count)
    return told


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
def test_a_home_where_nothing_can_be_kept_is_told_and_all_else_works(
    make_window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A name that is too long, or pipes where files should be: neither ends the lab nor is waited for."""
    pipes = tmp_path / "pipes"
    (pipes / "networks").mkdir(parents=True)
    for name in ("settings.ini", "own_digits.json", "networks/kept.npz"):
        os.mkfifo(pipes / name)
    for home in (tmp_path / ("long" * 75), pipes):
        monkeypatch.setenv("MNIST_LAB_HOME", str(home))
        window = make_window()
        others = ("kept.npz",) if home == pipes else ("last_session.json", "/runs”")
        names = ["settings.ini", "own_digits", *others]
        told = _problems_of_the_first_moments(window, len(names), qtbot)
        assert all([name in one for one in told].count(True) == 1 for name in names), "each is told once"
        before = len(told)
        window.choose_theme("light")
        assert ["cannot be kept" in one for one in told[before:]] == ([] if home == pipes else [True])
        window.close()
    levels = [record.levelname for record in caplog.records]
    assert levels == ["WARNING"] * 2, "of the geometry and the session that cannot be kept"


def test_a_theme_chosen_for_once_is_not_remembered(make_window) -> None:
    make_window().set_theme("dark")
    make_window()
    assert theme.current() is theme.LIGHT


def test_the_systems_theme_is_followed_live_and_only_when_asked_for(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    hints = QApplication.instance().styleHints()
    monkeypatch.setattr(theme, "system_is_dark", lambda _app: True)
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.current() is theme.DARK
    driver.window.choose_theme("light")
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.current() is theme.LIGHT


def test_themes_switch_live_by_menu(driver: Driver) -> None:
    for index in range(len(PAGES)):
        driver.window.show_page(index)
    for name, palette in (("dark", theme.DARK), ("light", theme.LIGHT)):
        driver.window.findChild(QAction, f"{name}ThemeAction").trigger()
        assert theme.current() is palette
        ground = driver.window.grab().toImage().pixelColor(driver.window.width() - 3, driver.window.height() // 2)
        assert (ground.lightness() < 128) == palette.is_dark
