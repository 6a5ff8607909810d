"""Where the program of the form reads its digits from: found off the window's thread, for files may be read for it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.data.digits import Digits
from mnist_lab.data.places import lab_home
from mnist_lab.mirror.source import Source, source_with_added
from mnist_lab.window import translation
from mnist_lab.window.state.derived import Derived
from mnist_lab.window.state.lab import Lab
from mnist_lab.work import JobHandle

_HASH_SIGNS = 12


@dataclass(frozen=True, eq=False)
class UsedDigits:
    """The digits of the next run.

    Attributes:
        digits: all of them.
        own_digits: how many of the training images are the learner's own.
    """

    digits: Digits
    own_digits: int

    def found(self, beside: Path | None = None) -> "FoundDigits":
        """Where a program finds them: own digits in a file beside that program, or in the lab's home.

        Raises:
            DataError: they are in files that have gone or are damaged.
            OSError: they cannot be opened.
        """
        if beside is not None:
            path = beside.with_name(f"{beside.stem}_digits.npz")
        elif self.own_digits:
            path = lab_home() / "programs" / f"own_digits_{self.digits.fingerprint[:_HASH_SIGNS]}.npz"
        else:
            path = Path("own_digits.npz")  # there are none, and none are read
        source, arrays = source_with_added(self.digits, self.own_digits, path)
        return FoundDigits(self, source, {path.absolute(): arrays} if arrays else {})


@dataclass(frozen=True, eq=False)
class FoundDigits:
    """Where a program finds them.

    Attributes:
        used: the digits.
        source: where from.
        files: what must be written for that, see `mirror.saving`.
    """

    used: UsedDigits
    source: Source
    files: Mapping[Path, Mapping[str, NDArray[Any]]]

    @property
    def here(self) -> Source:
        """The same digits, read from what is on this computer: Keras need not download MNIST."""
        return replace(self.source, npz=Path(self.used.digits.origin)) if self.source.is_mnist else self.source


def _found(used: UsedDigits, _handle: JobHandle) -> FoundDigits:
    return used.found()


class ProgramSource(QObject):
    """Follows the digits in use while somebody looks.

    Attributes:
        problem: why they cannot be found, in one sentence; "" where they can.

    Signals:
        changed(): they were found, or cannot be.
    """

    changed = Signal()

    def __init__(self, lab: Lab) -> None:
        super().__init__(lab)
        self._lab = lab
        self.problem = ""
        self._derived: Derived[UsedDigits, FoundDigits] = Derived(lab, _found, self._on_failed)
        self._derived.changed.connect(self._on_found)
        self._used: UsedDigits | None = None

    @property
    def found(self) -> FoundDigits | None:
        """Where they are; None as long as that is not known."""
        return self._derived.value if self._derived.is_current else None

    def watch(self, watch: bool) -> None:
        """Look for them while anybody watches."""
        self._derived.watch(watch)

    def follow(self) -> None:
        """Take note of which digits are in use now."""
        digits, own = self._lab.digits, self._lab.own_digits
        if digits is None or (self._used is not None and self._used.digits is digits):
            return
        self.problem = ""
        self._used = UsedDigits(digits, len(own.own) if own.is_used else 0)
        self._derived.set_input(self._used, digits)

    @Slot()
    def _on_found(self) -> None:
        self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        self.problem = translation.sentence(error)
        self.changed.emit()
