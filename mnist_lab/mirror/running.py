"""A checked program run in a process of its own, by the Python that the lab runs in, as from a terminal."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from mnist_lab.mirror.errors import MirrorError
from mnist_lab.mirror.lines import Program
from mnist_lab.mirror.saving import Files, save_program
from mnist_lab.network.environment import without_settings
from mnist_lab.words import QT_TRANSLATE_NOOP

_HASH = re.compile(r'"weights_sha256": "([0-9a-f]{64})"')
_TAIL_BYTES = 4096
"""Of what it has printed, that are looked at: its last line ends with the hash."""
_SECONDS = 0.1
"""How long it may go unnoticed that nobody waits any more."""


def hash_in(text: str) -> str | None:
    """The hash of the weights in the last line of a checked program, or in all that it printed; None: it is not there.

    A hash alone is found, too.
    """
    found = _HASH.findall(text) or re.findall(r"\b[0-9a-f]{64}\b", text)
    return found[-1] if found else None


class ProgramRun:
    """One program while it runs; it is ended when this is left.

    with ProgramRun(make) as run:
        ...
        run.result(is_wanted)
    """

    def __init__(self, make: Callable[[Path], tuple[Program, Files]]) -> None:
        """Begin the program that `make` gives to be written to a path, with what it reads.

        Raises:
            OSError: it cannot be written or run.
        """
        self._folder = tempfile.TemporaryDirectory(prefix="mnist-lab-program-")
        folder = Path(self._folder.name)
        try:
            made, files = make(folder / "program.py")
            save_program(folder / "program.py", made, files)
            with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
                self._process = subprocess.Popen(
                    [sys.executable, str(folder / "program.py")],
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=err,
                    cwd=folder,
                    env=without_settings(os.environ, folder / "keras"),
                )
        except BaseException:
            self._folder.cleanup()
            raise

    def __enter__(self) -> "ProgramRun":
        return self

    def __exit__(self, *_: object) -> None:
        """End it, if it still runs, and leave nothing behind."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._folder.cleanup()

    def result(self, is_wanted: Callable[[], bool]) -> str | None:
        """The hash of its weights, as it prints it in the end; None: it is not wanted any more.

        Raises:
            MirrorError: it ended without.
        """
        while is_wanted():
            try:
                status = self._process.wait(_SECONDS)
            except subprocess.TimeoutExpired:
                continue
            found = hash_in(self._tail("out"))
            if status == 0 and found is not None:
                return found
            said = self._tail("err").strip().splitlines()
            raise MirrorError(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "The program has ended without a result ({reason}): run it in a terminal, which shows all it says.",
                ),
                reason=said[-1] if said else status,
            )
        return None

    def _tail(self, name: str) -> str:
        with (Path(self._folder.name) / name).open("rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(file.tell() - _TAIL_BYTES, 0))
            return file.read().decode(errors="replace")
