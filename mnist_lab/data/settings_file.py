"""The settings of the window as names and words in an INI file, replaced as a whole.

Not Qt's own settings: reading those, PySide executes Python that somebody has put into the file, and waits for ever for
a pipe in its place.
"""

import configparser
import contextlib
import io
from collections.abc import Callable
from pathlib import Path

from mnist_lab.files.atomic import rename_aside, write_atomically
from mnist_lab.files.bounded import open_regular
from mnist_lab.files.errors import FileError
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError

MOST_BYTES = 1024**2
_SECTION = "General"


class SettingsError(LabError):
    """Settings that cannot be read or kept, with the reason in one sentence."""


class SettingsFile:
    """What was chosen once, by name.

    Attributes:
        problem: why the file could not be read when it was opened; None: it was, or there is none.
    """

    def __init__(self, path: Path) -> None:
        """Read `path`; it need not exist."""
        self._path = path
        self.problem: SettingsError | None = None
        self._values: dict[str, str] = {}
        try:
            self._values = self._read()
        except SettingsError as error:
            self.problem = error

    def word(self, name: str, otherwise: str = "") -> str:
        """What is kept under `name`, or `otherwise`."""
        return self._values.get(name, otherwise)

    def keep(self, name: str, word: str) -> None:
        """Keep one word; what another window of the lab has kept under other names meanwhile stays.

        A file that cannot be read is set aside.

        Raises:
            SettingsError: it cannot be written.
        """
        try:
            try:
                self._values = self._read()
            except SettingsError:
                rename_aside(self._path)
            self._values[name] = word
            write_atomically(self._path, _serialised(self._values))
        except OSError as error:
            raise self._unkept(error) from error

    def set_aside(self) -> Callable[[], None]:
        """Begin anew, with the old file renamed beside; returns how to have it back, in place of what is kept since.

        That, too, raises SettingsError.

        Raises:
            SettingsError: it cannot be renamed; all is as before.
        """
        before = self._values
        try:
            with contextlib.suppress(SettingsError):
                before = self._read()
            kept = rename_aside(self._path)
        except FileNotFoundError:  # nothing was ever kept
            kept = None
        except OSError as error:
            raise self._unkept(error) from error
        self._values = {}
        return lambda: self._put_back(before, kept)

    def _put_back(self, values: dict[str, str], kept: Path | None) -> None:
        try:
            write_atomically(self._path, _serialised(values))
            self._values = dict(values)
            if kept is not None:
                kept.unlink(missing_ok=True)  # all of it is back
        except OSError as error:
            raise self._unkept(error) from error

    def _unkept(self, error: OSError) -> SettingsError:
        return SettingsError(
            QT_TRANSLATE_NOOP(
                "errors",
                "The settings cannot be kept in “{path}” ({reason}): allow writing there, or let MNIST_LAB_HOME "
                "name another folder.",
            ),
            path=self._path,
            reason=error.strerror or error,
        )

    def _read(self) -> dict[str, str]:
        try:
            with open_regular(self._path) as file:
                content = file.read(MOST_BYTES + 1)
            return _parsed(content)
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except FileError as error:
            raise SettingsError(error.template, **error.values) from error
        except (configparser.Error, ValueError) as error:
            raise SettingsError(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "The settings in “{path}” are damaged: the lab begins with its own; put a copy in its place if you "
                    "have one.",
                ),
                path=self._path,
            ) from error
        except OSError as error:
            raise SettingsError(
                QT_TRANSLATE_NOOP(
                    "errors", "The settings in “{path}” cannot be read ({reason}): allow it, and start the lab again."
                ),
                path=self._path,
                reason=error.strerror or error,
            ) from error


def _parser() -> configparser.RawConfigParser:
    parser = configparser.RawConfigParser(delimiters=("=",), strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # names keep their capitals
    return parser


def _parsed(content: bytes) -> dict[str, str]:
    """Raises ValueError or configparser.Error for what is no INI file, or a larger one than settings make."""
    if len(content) > MOST_BYTES:
        raise ValueError("too large")
    parser = _parser()
    parser.read_string(content.decode("utf-8"))
    return dict(parser.items(_SECTION)) if parser.has_section(_SECTION) else {}


def _serialised(values: dict[str, str]) -> bytes:
    parser = _parser()
    parser[_SECTION] = values
    text = io.StringIO()
    parser.write(text, space_around_delimiters=False)
    return text.getvalue().encode()
