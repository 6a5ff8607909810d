"""Arrays out of an HDF5 file that nobody vouches for, read in a process that may crash, hang or be greedy."""

import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mnist_lab.files.errors import DamageError
from mnist_lab.words import QT_TRANSLATE_NOOP
from mnist_lab.work import Cancelled

_WORKER = Path(__file__).with_name("h5_worker.py")
_REFUSED = 3
_SECONDS = 60.0
"""For a small file on a slow and busy computer; what hangs is ended then. A large one has more by its size."""
_BYTES_A_SECOND = 10_000_000
_LOOK_SECONDS = 0.1
_ROOM = 2 * 1024**3
"""Bytes of addresses that Python, NumPy and HDF5 take by themselves; far less of memory."""
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)


def read_arrays(
    content: bytes | bytearray,
    datasets: Mapping[str, tuple[int, ...]],
    number: str,
    is_wanted: Callable[[], bool] = lambda: True,
) -> tuple[list[NDArray[np.float32]], int | None]:
    """Float32 arrays by their paths, and a whole number.

    Args:
        content: of the file.
        datasets: paths, and the shapes that the arrays must have; how large they are is the caller's business.
        number: the path of an int64.
        is_wanted: whether anybody still waits for them; asked now and then.

    Returns:
        the arrays in the order of `datasets`; the number, None where there is none.

    Raises:
        DamageError: an array is missing or another, or the file cannot be read.
        Cancelled: nobody waits for them any more.
    """
    sizes = [4 * math.prod(shape) for shape in datasets.values()]
    most = _ROOM + 4 * (len(content) + sum(sizes))
    command = [sys.executable, "-P", str(_WORKER), json.dumps(datasets), number, str(most)]
    told = _told(command, content, is_wanted)
    if len(told) != 8 + sum(sizes):
        raise _unreadable()
    found = int(np.frombuffer(told, "<i8", 1)[0])
    arrays, at = [], 8
    for shape, size in zip(datasets.values(), sizes, strict=True):
        flat = np.frombuffer(told, "<f4", size // 4, at)
        arrays.append(flat.astype(np.float32).reshape(shape))
        at += size
    return arrays, None if found < 0 else found


def _told(command: Sequence[str], content: bytes | bytearray, is_wanted: Callable[[], bool]) -> bytes:
    """What the process writes that is given the file.

    Raises:
        DamageError: it refuses the file, ends otherwise than it should, or does not end.
        Cancelled: nobody waits for it any more.
    """
    deadline = time.monotonic() + _SECONDS + len(content) / _BYTES_A_SECOND
    with tempfile.TemporaryFile(prefix="mnist-lab-") as file:  # in a pipe it could not be waited for and looked after
        file.write(content)
        file.seek(0)
        with subprocess.Popen(
            command,
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=os.environ | {"OPENBLAS_NUM_THREADS": "1", "HDF5_PLUGIN_PRELOAD": "::"},
            creationflags=_NO_WINDOW,
        ) as process:
            try:
                told, complaint = _ended(process, deadline, is_wanted)
            finally:
                process.kill()  # nothing where it has ended
    if process.returncode == _REFUSED:
        raise DamageError(
            QT_TRANSLATE_NOOP("errors", "its weights “{name}” are missing, or of another shape or dtype"),
            name=complaint.decode(errors="replace"),
        )
    if process.returncode:
        raise _unreadable()
    return told


def _ended(process: "subprocess.Popen[bytes]", deadline: float, is_wanted: Callable[[], bool]) -> tuple[bytes, bytes]:
    """What it has written when it is over."""
    while True:
        try:
            return process.communicate(timeout=_LOOK_SECONDS)
        except subprocess.TimeoutExpired as error:
            if not is_wanted():
                raise Cancelled from error
            if time.monotonic() > deadline:
                raise _unreadable() from error


def _unreadable() -> DamageError:
    return DamageError(QT_TRANSLATE_NOOP("errors", "its weights cannot be read"))
