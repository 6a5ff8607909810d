"""The processor's cores belong to the training while a run goes on: NumPy's matrix products then take one thread.

OpenBLAS gives a product to all cores, and its threads wait for each other by spinning. Beside TensorFlow's threads,
which do the same, one of both always waits: a look at the layers that takes 10 ms alone took 100 ms beside a run, and
the looks of one run a fifth of its speed (measured on two cores). With one thread each takes at most 23 ms.
"""

from typing import Any

from threadpoolctl import ThreadpoolController


class SharedCores:
    """Lends NumPy's cores to a run and takes them back."""

    def __init__(self) -> None:
        self._limits: Any = None

    def lend(self) -> None:
        """Let each library for linear algebra that is loaded use one thread."""
        if self._limits is None:
            self._limits = ThreadpoolController().limit(limits=1, user_api="blas")

    def take_back(self) -> None:
        """Give each as many threads as it had."""
        if self._limits is not None:
            self._limits.restore_original_limits()
            self._limits = None
