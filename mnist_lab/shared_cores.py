"""The processor's cores belong to the training while a run goes on: NumPy's matrix products then take one thread.

OpenBLAS gives a product to all cores, and its threads wait for each other by spinning. Beside TensorFlow's threads,
which do the same, one of both always waits: a look at the layers that takes 10 ms alone took 100 ms beside a run, and
the looks of one run a fifth of its speed (measured on two cores). With one thread each takes at most 23 ms.
"""

import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from threadpoolctl import ThreadpoolController

_lock = threading.RLock()  # a loan may end while garbage is collected, in whatever is done here
_borrowers = 0
_limits: list[Any] = []


def _borrow() -> None:
    """Let each library for linear algebra that is loaded use one thread."""
    global _borrowers
    with _lock:
        _borrowers += 1  # first: no loan that ends meanwhile may be the last one
        # Those of linear algebra alone: ending a limit sets every library it knows to what that one had.
        libraries = ThreadpoolController().select(user_api="blas")  # also those others have set or loaded since
        if not _limits or any(library["num_threads"] > 1 for library in libraries.info()):
            _limits.append(libraries.limit(limits=1))


def _give_back() -> None:
    """Give each as many threads as it had, after the last one."""
    global _borrowers
    with _lock:
        _borrowers -= 1
        while not _borrowers and _limits:
            _limits.pop().restore_original_limits()


class SharedCores:
    """Lends NumPy's cores to a run and takes them back, at the latest when it is dropped."""

    def __init__(self) -> None:
        self._loan: weakref.finalize[[], SharedCores] | None = None

    def lend(self) -> None:
        """Let NumPy's products take one thread."""
        if self._loan is None:
            _borrow()
            self._loan = weakref.finalize(self, _give_back)
            self._loan.atexit = False

    def take_back(self) -> None:
        """Let them take as many as before, unless others still need the cores."""
        if self._loan is not None:
            self._loan()
            self._loan = None


@contextmanager
def one_core() -> Iterator[None]:
    """Let NumPy's products take one thread meanwhile: for what is timed, in any thread.

    Beside other programs two threads wait for each other a hundred times as long as a small product takes.
    """
    _borrow()
    try:
        yield
    finally:
        _give_back()
