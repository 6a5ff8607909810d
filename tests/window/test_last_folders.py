"""File dialogs open where one was last, at home first, and never in the program's own folder."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QDir
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.data.settings_file import SettingsFile
from mnist_lab.window import dialogs
from mnist_lab.window.last_folders import LastFolders


class Dialogs:
    """Qt's own, answered at once.

    Attributes:
        begun: the folders in which they opened.
        answer: what is chosen next; "" gives up.
    """

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.answer = ""

    def choose(self, _parent: QWidget, _title: str, folder: str, _kinds: str = "") -> str:
        self.begun.append(folder)
        return self.answer

    def choose_file(self, parent: QWidget, title: str, folder: str, kinds: str) -> tuple[str, str]:
        return self.choose(parent, title, folder), kinds


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Dialogs:
    asked = Dialogs()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", asked.choose_file)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", asked.choose)
    return asked


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Callable[[], QWidget]:
    """Makes a window of another start of the lab in the same home."""

    def make() -> QWidget:
        window = QWidget()
        LastFolders(SettingsFile(tmp_path / "settings.ini"), window)
        qtbot.addWidget(window)
        return window

    return make


def test_each_kind_of_file_has_its_own_folder_also_next_time(
    asked: Dialogs, window: Callable[[], QWidget], tmp_path: Path
) -> None:
    home = QDir.homePath()
    (tmp_path / "digits").mkdir()
    first = window()
    part = QWidget(first)  # a page asks for its window
    assert dialogs.ask_for_data_file(part) is None
    asked.answer = str(tmp_path / "digits" / "mine.npz")
    assert dialogs.ask_for_data_file(part) == tmp_path / "digits" / "mine.npz"
    asked.answer = ""
    assert dialogs.ask_for_data_folder(part) is None
    assert dialogs.ask_for_picture(part) is None
    assert asked.begun == [home, home, str(tmp_path / "digits"), home]

    asked.begun.clear()
    second = window()
    asked.answer = str(tmp_path / "digits")
    assert dialogs.ask_for_data_folder(second) == tmp_path / "digits"
    asked.answer = ""
    dialogs.ask_for_data_file(second)
    (tmp_path / "digits").rmdir()
    dialogs.ask_for_data_file(second)
    assert asked.begun == [str(tmp_path / "digits"), str(tmp_path / "digits"), home], "a folder that is gone is left"


@pytest.mark.parametrize("word", ["", ".", "relative/folder", "/no/such/folder", "\0"])
def test_a_word_that_is_no_folder_leads_home(qtbot: QtBot, tmp_path: Path, word: str) -> None:
    settings = SettingsFile(tmp_path / "settings.ini")
    settings.keep("data_folder", word)
    owner = QWidget()
    qtbot.addWidget(owner)
    assert LastFolders(settings, owner).of("data") == QDir.homePath()


def test_a_folder_that_cannot_be_kept_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    owner = QWidget()
    qtbot.addWidget(owner)
    folders = LastFolders(SettingsFile(tmp_path / "file" / "settings.ini"), owner)
    with qtbot.waitSignal(folders.problem) as told:
        folders.note("data", tmp_path)
    assert "cannot be kept" in told.args[0]


@pytest.mark.parametrize(
    ("typed", "kind", "written"),
    [("mine", 0, "mine.html"), ("mine", 1, "mine.md"), ("mine.md", 0, "mine.md")],
)
def test_a_worksheet_is_saved_where_one_says_with_the_ending_of_its_kind(
    window: Callable[[], QWidget],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    kind: int,
    written: str,
) -> None:
    folder = tmp_path / "school"
    folder.mkdir()

    def save(dialog: QFileDialog) -> int:
        dialog.filterSelected.emit(dialog.nameFilters()[kind])
        dialog.selectFile(str(folder / typed))
        return QFileDialog.DialogCode.Accepted

    monkeypatch.setattr(QFileDialog, "exec", save)
    first = window()
    assert dialogs.ask_to_save_worksheet(first) == folder / written
    monkeypatch.setattr(QFileDialog, "exec", lambda _dialog: QFileDialog.DialogCode.Rejected)
    assert dialogs.ask_to_save_worksheet(first) is None
    folders = first.findChild(LastFolders)
    assert folders is not None
    assert folders.of("worksheet") == str(folder)
