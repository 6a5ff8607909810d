"""The lab in the menu of a Linux desktop: files in the user's own folder, as the desktop's own programs want them."""

import configparser
import os
import re
import shlex
import shutil
import subprocess
import sys
import xml.etree.ElementTree as Tree
from pathlib import Path

import pytest

from mnist_lab import app, desktop
from mnist_lab.arguments import read
from mnist_lab.commands import DesktopCommand
from mnist_lab.desktop import start_command
from tests.conftest import REPOSITORY

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="other desktops take no such entry")

FILES = {
    "applications/mnist-lab.desktop",
    "icons/hicolor/scalable/apps/mnist-lab.svg",
    "mime/packages/mnist-lab.xml",
}


@pytest.fixture
def data_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data home"
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    monkeypatch.setattr(sys, "argv", [str(REPOSITORY / "main.py")])
    return folder


def files_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("mnist-lab.*")}


def entry_in(folder: Path) -> dict[str, str]:
    parser = configparser.RawConfigParser()
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # its own recipe for names in capitals
    parser.read(folder / "applications" / "mnist-lab.desktop", encoding="utf-8")
    return dict(parser["Desktop Entry"])


def test_it_is_installed_and_removed_again(data_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):  # the second time is as the first
        assert app.main(["--install-desktop"]) == 0
        assert files_in(data_home) == FILES
    output = capsys.readouterr()
    assert output.err == ""
    assert str(data_home / "applications" / "mnist-lab.desktop") in output.out
    assert "a double click opens .lab files" in output.out
    assert app.main(["--remove-desktop"]) == 0
    assert files_in(data_home) == set()
    assert app.main(["--remove-desktop"]) == 0, "there is nothing to remove"


def test_the_entry_starts_this_lab_from_anywhere(data_home: Path, tmp_path: Path) -> None:
    app.main(["--install-desktop"])
    entry = entry_in(data_home)
    assert entry["MimeType"] == "application/x-mnist-lab;"
    assert os.path.exists(entry["TryExec"])
    command = shlex.split(entry["Exec"])
    assert command[-1] == "%F"
    told = subprocess.run([*command[:-1], "--version"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert told.stdout.startswith("MNIST Lab ")


def test_the_desktop_s_own_programs_find_no_fault(data_home: Path) -> None:
    app.main(["--install-desktop"])
    validate = shutil.which("desktop-file-validate")
    if validate is not None:
        entry = data_home / "applications" / "mnist-lab.desktop"
        told = subprocess.run([validate, str(entry)], capture_output=True, text=True, check=False)
        assert (told.returncode, told.stdout) == (0, "")
    if shutil.which("update-mime-database") is not None:
        globs = (data_home / "mime" / "globs2").read_text(encoding="utf-8")
        assert "50:application/x-mnist-lab:*.lab" in globs
    root = Tree.parse(data_home / "mime" / "packages" / "mnist-lab.xml").getroot()
    spaces = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    assert [glob.get("pattern") for glob in root.findall(".//m:glob", spaces)] == ["*.lab"]
    assert Tree.parse(data_home / "icons/hicolor/scalable/apps/mnist-lab.svg").getroot().get("viewBox")


@pytest.mark.parametrize(
    ("program", "command"),
    [
        ("/opt/lab/main.py", ["/usr/bin/python", "/opt/lab/main.py"]),
        ("/opt/lab/mnist_lab/__main__.py", ["/usr/bin/python", "-m", "mnist_lab"]),
        ("/home/me/.local/bin/mnist-lab", ["/home/me/.local/bin/mnist-lab"]),
    ],
)
def test_what_starts_it_again(program: str, command: list[str]) -> None:
    assert start_command(program, "/usr/bin/python") == command


@pytest.mark.parametrize("name", ["with blank", 'quote"s', "dollar$x`y", "back\\slash", "percent%f", "a;b&c(d)"])
def test_folders_with_any_name(name: str, data_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read back as the specification says: the file's own escapes first, then the quotes, then the field codes."""
    folder = tmp_path / name
    folder.mkdir()
    monkeypatch.setattr(sys, "argv", [str(folder / "main.py")])
    app.main(["--install-desktop"])
    unescaped = entry_in(data_home)["Exec"].replace("\\\\", "\\")
    found = re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', unescaped)
    words = [re.sub(r"\\(.)", r"\1", quoted or plain).replace("%%", "%") for quoted, plain in found[:-1]]
    assert words == [sys.executable, str(folder / "main.py")]


def test_what_the_desktop_lacks_is_told(
    data_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _tool: None)
    assert app.main(["--install-desktop"]) == 0
    assert "needs update-mime-database and update-desktop-database" in capsys.readouterr().out


def test_mistakes_are_one_sentence(
    data_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data_home.write_text("a file")
    assert app.main(["--install-desktop"]) == 2
    assert "cannot be written or removed" in capsys.readouterr().err
    assert app.main(["--install-desktop", "--page", "draw"]) == 2
    assert capsys.readouterr().err == "--install-desktop stands alone: leave out --page.\n"
    monkeypatch.setattr(sys, "platform", "win32")
    assert app.main(["--install-desktop"]) == 2
    assert "choose the lab once by “Open with”" in capsys.readouterr().err
    assert read(["--remove-desktop"]) == DesktopCommand(is_removed=True)


def test_a_relative_folder_counts_for_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert desktop._data_home({"XDG_DATA_HOME": "relative"}) == tmp_path / ".local" / "share"
