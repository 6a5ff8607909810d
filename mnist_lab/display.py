"""Whether a window can be opened here, found out without Qt, which would abort instead of saying so.

`mnist_lab.app` asks before it makes the QApplication and trains in the terminal where the answer is no.
"""

import ctypes
import importlib.util
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from mnist_lab.words import QT_TRANSLATE_NOOP, LabError, Listing

GUI_PACKAGES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
"""Shared libraries that QtGui itself needs, each with the Debian and Ubuntu package that holds it."""

PLATFORM_PACKAGES = {
    "xcb": {
        "libX11-xcb.so.1": "libx11-xcb1",
        "libxcb.so.1": "libxcb1",
        "libxcb-cursor.so.0": "libxcb-cursor0",
        "libxcb-icccm.so.4": "libxcb-icccm4",
        "libxcb-image.so.0": "libxcb-image0",
        "libxcb-keysyms.so.1": "libxcb-keysyms1",
        "libxcb-randr.so.0": "libxcb-randr0",
        "libxcb-render.so.0": "libxcb-render0",
        "libxcb-render-util.so.0": "libxcb-render-util0",
        "libxcb-shape.so.0": "libxcb-shape0",
        "libxcb-shm.so.0": "libxcb-shm0",
        "libxcb-sync.so.1": "libxcb-sync1",
        "libxcb-util.so.1": "libxcb-util1",
        "libxcb-xfixes.so.0": "libxcb-xfixes0",
        "libxcb-xkb.so.1": "libxcb-xkb1",
        "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    },
    "wayland": {
        "libwayland-client.so.0": "libwayland-client0",
        "libwayland-cursor.so.0": "libwayland-cursor0",
    },
}
"""The same for each platform plugin of Qt that speaks to a display."""

_LIBRARY_IN_MESSAGE = re.compile(r"^(\S+\.so[.\d]*): cannot open shared object file")


class NoWindowError(LabError):
    """No window can be opened; the sentence says why, and what would help."""


class NoDisplayError(NoWindowError):
    """Nothing says that there is a display at all."""


class MissingLibrariesError(NoWindowError):
    """Qt lacks shared libraries of the system."""


def check_display(environment: Mapping[str, str], system: str = sys.platform) -> None:
    """Return if Qt will find a display, without loading PySide6.

    Args:
        environment: the variables that Qt reads: QT_QPA_PLATFORM, WAYLAND_DISPLAY, DISPLAY, XDG_SESSION_TYPE.
        system: as `sys.platform`; only Linux can be without a display.

    Raises:
        NoWindowError: one sentence on what stands in the way.
    """
    if not system.startswith("linux"):
        return
    obstacles: list[NoWindowError] = []
    for platform in _platforms_tried(environment):
        try:
            _check_platform(platform, environment)
        except NoWindowError as obstacle:
            obstacles.append(obstacle)
        else:
            return
    if not obstacles:
        raise NoDisplayError(
            QT_TRANSLATE_NOOP(
                "errors",
                "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set); "
                "the window opens in a desktop session.",
            )
        )
    # A missing library can be mended at once, so it is worth more to the reader than a silent server.
    raise next((one for one in obstacles if isinstance(one, MissingLibrariesError)), obstacles[0])


def explain_import_error(error: ImportError) -> NoWindowError:
    """Say in one sentence why PySide6 could not be imported, and what would help."""
    if isinstance(error, ModuleNotFoundError):
        return NoWindowError(
            QT_TRANSLATE_NOOP(
                "errors",
                "The window needs PySide6, and Python finds no module “{module}”; “uv sync” installs it.",
            ),
            module=error.name,
        )
    return _explain_loading(error, GUI_PACKAGES)


def missing_libraries(libraries: Iterable[str]) -> list[str]:
    """Those of the shared libraries that the system's loader does not find."""
    return [library for library in libraries if not _loads(library)]


def _platforms_tried(environment: Mapping[str, str]) -> Sequence[str]:
    """List the platform plugins that Qt would try, first to last, without their options."""
    wished = environment.get("QT_QPA_PLATFORM", "")
    if wished:
        return [entry.partition(":")[0].lower() for entry in wished.split(";")]
    tried = []
    if environment.get("WAYLAND_DISPLAY") or environment.get("XDG_SESSION_TYPE") == "wayland":
        tried.append("wayland")
    if environment.get("DISPLAY"):
        tried.append("xcb")
    return tried


def _check_platform(platform: str, environment: Mapping[str, str]) -> None:
    """Raise NoWindowError unless the display of `platform` answers and Qt can load its plugin for it."""
    family = platform.partition("-")[0]  # wayland-egl and its like are names of one plugin
    if family == "xcb" and _loads("libxcb.so.1"):
        _check_x_server(environment.get("DISPLAY", ""))
    elif family == "wayland" and _loads("libwayland-client.so.0"):
        _check_wayland(environment.get("WAYLAND_DISPLAY", ""))
    _check_plugin(platform, family)


def _check_plugin(platform: str, family: str) -> None:
    folder = _plugin_folder()
    if folder is None:
        return  # PySide6 is the distribution's own, libraries included; or absent, which importing it tells
    plugin = folder / f"libq{family}.so"
    if not plugin.is_file():
        known = sorted(path.stem.removeprefix("libq") for path in folder.glob("libq*.so"))
        raise NoWindowError(
            QT_TRANSLATE_NOOP(
                "errors",
                "QT_QPA_PLATFORM names “{platform}”, unknown to Qt; unset it, or name one of {known}.",
            ),
            platform=platform,
            known=", ".join(known),
        )
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        raise _explain_loading(error, GUI_PACKAGES | PLATFORM_PACKAGES.get(family, {})) from error


def _plugin_folder() -> Path | None:
    """Where a PySide6 installed by pip keeps its platform plugins."""
    package = importlib.util.find_spec("PySide6")
    if package is None or package.origin is None:
        return None
    folder = Path(package.origin).parent / "Qt" / "plugins" / "platforms"
    return folder if folder.is_dir() else None


def _explain_loading(error: OSError | ImportError, packages: Mapping[str, str]) -> NoWindowError:
    """Name every missing library's package at once: the loader tells only of the first."""
    missing = missing_libraries(packages)
    named = _LIBRARY_IN_MESSAGE.match(str(error))
    if named and named[1] not in missing:
        missing.append(named[1])
    if not missing:
        return NoWindowError(QT_TRANSLATE_NOOP("errors", "Qt cannot be loaded here: {reason}."), reason=error)
    wanted = dict.fromkeys(packages.get(library, library) for library in missing)
    return MissingLibrariesError(
        QT_TRANSLATE_NOOP(
            "errors",
            "Qt lacks libraries of the system; on Debian or Ubuntu, “sudo apt install {packages}” helps.",
        ),
        packages=Listing(" ".join(wanted)),
    )


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _check_x_server(display: str) -> None:
    """Knock at the X server by the library Qt uses, so that names, sockets and permissions mean the same."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(display.encode(), None)
    refused = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    if refused:
        raise NoWindowError(
            QT_TRANSLATE_NOOP(
                "errors",
                "No X server lets the lab in at DISPLAY={display}; the window opens in a desktop session.",
            ),
            display=display,
        )


def _check_wayland(display: str) -> None:
    """Knock at the Wayland compositor; an empty name means the session's own."""
    wayland = ctypes.CDLL("libwayland-client.so.0")
    wayland.wl_display_connect.restype = ctypes.c_void_p
    wayland.wl_display_connect.argtypes = [ctypes.c_char_p]
    wayland.wl_display_disconnect.argtypes = [ctypes.c_void_p]
    connection = wayland.wl_display_connect(display.encode() or None)
    if connection is None:
        raise NoWindowError(
            QT_TRANSLATE_NOOP(
                "errors",
                "No compositor answers at WAYLAND_DISPLAY={display}; the window opens in a desktop session.",
            ),
            display=display,
        )
    wayland.wl_display_disconnect(connection)
