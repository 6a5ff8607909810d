"""The lab in the menu of a Linux desktop: its entry, its icon, and that it opens .lab files by a double click.

Everything lies in the user's own folder, as freedesktop.org's specifications have it; nothing is written elsewhere.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from mnist_lab.data.places import resource
from mnist_lab.files.atomic import DOCUMENT, write_atomically
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError

DONE = 0

_PLACES = {
    "mnist-lab.desktop": "applications",
    "mnist-lab.xml": "mime/packages",
    "mnist-lab.svg": "icons/hicolor/scalable/apps",
}
"""The files of `resources/desktop`, and their folders."""

_TOOLS = {"update-mime-database": "mime", "update-desktop-database": "applications"}
"""What a desktop reads is made from these files by programs of its own, of these folders."""

_TOOL_SECONDS = 60.0
_RESERVED = re.compile(r'[\s"\'\\><~|&;$*?#()`]')


class DesktopError(LabError):
    """The lab cannot be put into the menu of the desktop."""


def install_desktop() -> int:
    """Write the files and have the desktop read them; say what was done. Returns the exit status.

    Raises:
        DesktopError: this is no such desktop, or a file cannot be written.
    """
    folder = _data_home()
    command = start_command(sys.argv[0])
    for name, place in _PLACES.items():
        content = (resource("desktop") / name).read_text(encoding="utf-8")
        for mark, value in (("@EXEC@", " ".join(map(_quoted, command))), ("@TRYEXEC@", _escaped(command[0]))):
            content = content.replace(mark, value)
        path = folder / place / name
        try:
            write_atomically(path, content.encode(), DOCUMENT)
        except OSError as error:
            raise _unwritten(path, error) from error
        sys.stdout.write(f"{path}\n")
    missing = _let_desktop_read(folder)
    sys.stdout.write("The lab is in the menu of the desktop now, and a double click opens .lab files.\n")
    if missing:
        tools = " and ".join(missing)
        sys.stdout.write(f"For the double click, the desktop needs {tools}: install what is missing, and repeat.\n")
    return DONE


def remove_desktop() -> int:
    """Take the files away again, where they are. Returns the exit status.

    Raises:
        DesktopError: this is no such desktop, or a file cannot be removed.
    """
    folder = _data_home()
    for name, place in _PLACES.items():
        path = folder / place / name
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise _unwritten(path, error) from error
    _let_desktop_read(folder)
    sys.stdout.write("The lab is no longer in the menu of the desktop.\n")
    return DONE


def start_command(program: str, python: str = sys.executable) -> list[str]:
    """What starts the lab again from anywhere, by the path of the script that was started.

    Args:
        program: as `sys.argv[0]` has it.
        python: the interpreter.
    """
    path = Path(os.path.abspath(program))
    if path.stem == "__main__":
        return [python, "-m", "mnist_lab"]
    if path.suffix == ".py":
        return [python, str(path)]
    return [str(path)]


def _data_home(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the desktop looks for a user's own files.

    Raises:
        DesktopError: other systems have no such place.
    """
    if sys.platform in ("win32", "darwin"):
        raise DesktopError(
            QT_TRANSLATE_NOOP(
                "errors",
                "Only the desktops of Linux and BSD take such an entry: here, choose the lab once by “Open with” for a "
                ".lab file.",
            )
        )
    chosen = environment.get("XDG_DATA_HOME", "")
    return Path(chosen) if os.path.isabs(chosen) else Path.home() / ".local" / "share"


def _let_desktop_read(folder: Path) -> Sequence[str]:
    """Run the desktop's own programs; returns those that are not here, or fail."""
    missing = []
    for tool, place in _TOOLS.items():
        found = shutil.which(tool)
        (folder / place).mkdir(parents=True, exist_ok=True)
        try:
            if found is None:
                raise FileNotFoundError(tool)
            subprocess.run([found, str(folder / place)], check=True, capture_output=True, timeout=_TOOL_SECONDS)
        except (OSError, subprocess.SubprocessError):
            missing.append(tool)
    return missing


def _quoted(argument: str) -> str:
    """An argument of “Exec”, with all that has a meaning there taken from it."""
    argument = argument.replace("%", "%%")
    if _RESERVED.search(argument):
        argument = '"' + re.sub(r'(["`$\\])', r"\\\1", argument) + '"'
    return _escaped(argument)


def _escaped(text: str) -> str:
    """A value of a desktop file: backslashes and line breaks have a meaning in all of them."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


def _unwritten(path: Path, error: OSError) -> DesktopError:
    return DesktopError(
        QT_TRANSLATE_NOOP("errors", "“{path}” cannot be written or removed ({reason}): allow it, and try again."),
        path=path,
        reason=error.strerror or error,
    )
