"""Settings come back; a file that cannot be read hides nothing, executes nothing and is never overwritten."""

import os
from pathlib import Path

import numpy as np
import pytest

from mnist_lab.data import settings_file
from mnist_lab.data.settings_file import SettingsError, SettingsFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "settings.ini"


def test_words_come_back_and_two_windows_keep_each_other_s(path: Path) -> None:
    one, other = SettingsFile(path), SettingsFile(path)
    assert (one.word("theme", "system"), one.word("theme"), one.problem) == ("system", "", None)
    one.keep("theme", "dark")
    other.keep("Geometry", "AdnQ+/=%;#")
    again = SettingsFile(path)
    assert (again.word("theme"), again.word("Geometry"), again.problem) == ("dark", "AdnQ+/=%;#", None)
    assert [file.name for file in path.parent.iterdir()] == ["settings.ini"]


def test_settings_of_earlier_labs_are_read(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("[General]\ngeometry=@ByteArray(\\x1\\xd9\\xd0\\xcb;)\ntheme=dark\n")
    assert SettingsFile(path).word("theme") == "dark"


@pytest.mark.parametrize("content", [b"words", b"[General", b"\xff\xfe", b"[General]\n=1\n", b"[General]\n" * 200_000])
def test_what_cannot_be_read_is_said_and_set_aside(content: bytes, path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    settings = SettingsFile(path)
    assert f"The settings in “{path}” are damaged" in str(settings.problem)
    settings.keep("theme", "light")
    assert SettingsFile(path).word("theme") == "light"
    assert path.with_name("settings.kept-1.ini").read_bytes() == content


def test_mangled_settings_give_words_or_a_sentence(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    SettingsFile(path).keep("theme", "dark")
    whole = path.read_bytes()
    generator = np.random.default_rng(5)
    for _ in range(200):
        content = bytearray(whole)
        for place in generator.integers(len(content), size=3):
            content[place] = generator.integers(256)
        path.write_bytes(content)
        settings = SettingsFile(path)
        assert settings.problem is None or path.name in str(settings.problem)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
def test_a_pipe_is_not_waited_for_and_a_folder_that_cannot_be_is_told(path: Path) -> None:
    path.parent.mkdir()
    os.mkfifo(path)
    settings = SettingsFile(path)
    assert "settings.ini” is no ordinary file" in str(settings.problem)
    settings.keep("theme", "dark")
    assert SettingsFile(path).word("theme") == "dark"
    for impossible in (path / "below a file.ini", path.with_name("long" * 100)):
        settings = SettingsFile(impossible)
        with pytest.raises(SettingsError, match="cannot be kept"):
            settings.keep("theme", "dark")


def test_a_refusal_by_the_system_is_a_sentence(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(settings_file, "open_regular", refuse)
    assert "cannot be read (Permission denied): allow it" in str(SettingsFile(path).problem)
