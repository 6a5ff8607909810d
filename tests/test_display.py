import ctypes
import importlib.util
import re
import sys
from pathlib import Path

import pytest

from mnist_lab.display import (
    GUI_PACKAGES,
    PLATFORM_PACKAGES,
    MissingLibrariesError,
    NoWindowError,
    check_display,
    explain_import_error,
)

on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can lack a display")

COMPILER_AND_C = re.compile(r"lib(c|m|stdc\+\+|gcc_s|pthread|dl|rt)\.so")


@pytest.fixture
def without(monkeypatch):
    """Make the loader miss some libraries, the way it does on a machine that lacks them."""
    loader = ctypes.CDLL

    def lack(*missing: str) -> None:
        def load(name: str) -> ctypes.CDLL:
            needed_by_plugin = name.endswith(("libqxcb.so", "libqoffscreen.so"))
            absent = missing[0] if needed_by_plugin and missing else name
            if absent in missing:
                raise OSError(f"{absent}: cannot open shared object file: No such file or directory")
            return loader(name)

        monkeypatch.setattr(ctypes, "CDLL", load)

    return lack


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_other_systems_always_have_a_display(system):
    check_display({}, system)


@on_linux
def test_offscreen_needs_no_display():
    check_display({"QT_QPA_PLATFORM": "offscreen"})
    check_display({"QT_QPA_PLATFORM": "minimal:enable_fonts"})


@pytest.mark.parametrize("environment", [{}, {"DISPLAY": ""}, {"WAYLAND_DISPLAY": "", "DISPLAY": ""}])
def test_without_any_display_it_says_so(environment):
    with pytest.raises(NoWindowError, match="neither DISPLAY nor WAYLAND_DISPLAY"):
        check_display(environment, "linux")


@on_linux
@pytest.mark.parametrize("display", [":4711", "nonsense", "no.such.host.invalid:0"])
def test_an_x_server_that_does_not_answer_is_no_display(display, capfd):
    with pytest.raises(NoWindowError) as caught:
        check_display({"DISPLAY": display})
    # A machine without libxcb cannot even ask.
    assert display in str(caught.value) or isinstance(caught.value, MissingLibrariesError)


@on_linux
def test_a_platform_unknown_to_qt_is_named_beside_those_it_knows():
    with pytest.raises(NoWindowError, match=r"“teletype”.*offscreen"):
        check_display({"QT_QPA_PLATFORM": "teletype"})


@on_linux
def test_one_platform_that_works_is_enough():
    check_display({"QT_QPA_PLATFORM": "teletype;offscreen"})


@on_linux
def test_missing_libraries_are_named_by_their_packages_all_at_once(without):
    without("libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxcb.so.1")
    with pytest.raises(MissingLibrariesError) as caught:
        check_display({"DISPLAY": ":0"})
    sentence = str(caught.value)
    assert "\n" not in sentence
    for package in ("libxcb-cursor0", "libxcb-icccm4", "libxcb1"):
        assert re.search(rf"apt install .*\b{package}\b", sentence)


@on_linux
def test_a_missing_library_nobody_thought_of_is_named_itself(without):
    without("libfuture.so.9")
    with pytest.raises(MissingLibrariesError, match=r"libfuture\.so\.9"):
        check_display({"QT_QPA_PLATFORM": "offscreen"})


def test_what_pyside_lacks_when_imported_is_named_by_its_package(without):
    without("libEGL.so.1")
    error = ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")
    assert re.search(r"apt install .*libegl1", str(explain_import_error(error)))


def test_an_absent_pyside_is_told_with_the_command_that_installs_it():
    error = ModuleNotFoundError("No module named 'PySide6'", name="PySide6")
    assert re.search("PySide6.*uv sync", str(explain_import_error(error)))


@on_linux
def test_any_other_reason_is_quoted(without):
    error = ImportError("/lib/libc.so.6: version `GLIBC_2.99' not found")
    obstacle = explain_import_error(error)
    assert "GLIBC_2.99" in str(obstacle) or isinstance(obstacle, MissingLibrariesError)


@on_linux
@pytest.mark.parametrize(
    ("library", "packages"),
    [
        ("lib/libQt6Gui.so.6", GUI_PACKAGES),
        ("plugins/platforms/libqxcb.so", GUI_PACKAGES | PLATFORM_PACKAGES["xcb"]),
        ("plugins/platforms/libqwayland.so", GUI_PACKAGES | PLATFORM_PACKAGES["wayland"]),
    ],
)
def test_the_packages_cover_what_the_installed_qt_needs(library, packages):
    package = importlib.util.find_spec("PySide6")
    assert package is not None
    assert package.origin is not None
    folder = Path(package.origin).parent / "Qt"
    if not (folder / library).is_file():
        pytest.skip("this PySide6 is not the one from PyPI")
    names = re.findall(rb"lib[\w+-]+(?:\.so)(?:\.\d+)+", (folder / library).read_bytes())
    needed = {name.decode() for name in names if not (folder / "lib" / name.decode()).exists()}
    unknown = {name for name in needed if not COMPILER_AND_C.match(name)} - packages.keys()
    assert not unknown
