"""A process without the lab that runs programs of the mirror, one after the other, and what they say of themselves."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

_CHILD = "import runpy, sys\nfor path in sys.stdin: runpy.run_path(path.rstrip())"
_READ_BY_KERAS = re.compile(r"TF_|TF2_|XLA_|KERAS_|TENSORFLOW_|ONEDNN_|DNNL_")


class Programs:
    """Plain Python and Keras, with nothing set that a person's shell would not set.

    Each program has a namespace of its own; Keras is imported once, after the first has set what is read then.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0
        environment = {name: value for name, value in os.environ.items() if not _READ_BY_KERAS.match(name)}
        environment["KERAS_HOME"] = str(folder / "keras")
        with self._said.open("wb") as said:
            self._process = subprocess.Popen(
                [sys.executable, "-u", "-c", _CHILD],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                cwd=folder,
                env=environment,
                text=True,
                encoding="utf-8",
            )

    @property
    def _said(self) -> Path:
        return self._folder / "stderr.txt"

    def begin(self, text: str) -> None:
        """Run a program; `result` waits for it."""
        self._count += 1
        path = self._folder / f"program_{self._count}.py"
        path.write_text(text, encoding="utf-8")
        assert self._process.stdin is not None
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()

    def result(self) -> Any:
        """The JSON object that the next program prints as its last line."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith("{"):
                return json.loads(line, parse_constant=_refuse)
        raise AssertionError(self._said.read_text())

    def end(self) -> None:
        """End the process; all programs must have been asked for their result."""
        left, _ = self._process.communicate()
        assert (left, self._process.returncode) == ("", 0), self._said.read_text()


def _refuse(constant: str) -> None:
    raise AssertionError(f"JSON knows no {constant}")
