"""What follows from something else and takes time: computed off the window's thread, once, for all who look at it."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from mnist_lab.window.state.background import Failure, Job, failure_of
from mnist_lab.work import JobHandle

Basis = TypeVar("Basis")
Value = TypeVar("Value")


class Derived(QObject, Generic[Basis, Value]):
    """A value computed from a basis in a `Job`, while somebody watches.

    A new basis of the same kind (the same run, further trained) waits until the job at hand is over, so that results
    keep coming however fast the basis changes; of several that wait only the newest counts. A basis of another kind
    (another run, other digits) cancels the job and drops the value: it is outdated. Between two jobs there is a rest,
    which leaves the machine to the training.

    Attributes:
        value: the newest result; None before the first.
        basis: what `value` was computed from.

    Signals:
        changed(): there is a new value, or none any more.
    """

    changed = Signal()

    def __init__(
        self,
        parent: QObject,
        compute: Callable[[Basis, JobHandle], Value],
        failure: Failure | None = None,
        rest_milliseconds: int = 0,
    ) -> None:
        """`compute(basis, handle)` runs in a thread of its own; its exceptions reach `failure`.

        `parent` is the lab, which ends all jobs when the window closes, and tells what failed if nobody else does.
        """
        super().__init__(parent)
        self._owner = parent
        self.value: Value | None = None
        self.basis: Basis | None = None
        self._compute = compute
        self._failure = failure or failure_of(parent)
        self._kind: object = None
        self._wanted: Basis | None = None
        self._job: Job | None = None
        self._watchers = 0
        self._rest = QTimer(self, singleShot=True, interval=rest_milliseconds)
        self._rest.timeout.connect(self._begin)

    @property
    def is_current(self) -> bool:
        """Whether the value belongs to the newest basis."""
        return self.value is not None and self.basis is self._wanted

    @property
    def is_pending(self) -> bool:
        """Whether a value is to come that somebody watches for."""
        return self._watchers > 0 and self._wanted is not None and self._wanted is not self.basis

    def watch(self, watch: bool) -> None:
        """One watcher more, or one less: it is computed while the number of watchers is above zero."""
        self._watchers += 1 if watch else -1
        self._begin()

    def set_basis(self, basis: Basis | None, kind: object) -> None:
        """Compute from `basis`; None means that there is nothing to compute.

        Kinds are compared by identity, ids (texts) by value.
        """
        if not _is_same(kind, self._kind) or basis is None:
            self._drop()
        self._kind = kind
        self._wanted = basis
        self._begin()

    def end(self) -> None:
        """Compute no more; the job at hand belongs to the parent, which waits for it."""
        self._rest.stop()
        self._wanted = None
        self._cancel()

    def _drop(self) -> None:
        self._cancel()
        had_value, self.value, self.basis = self.value is not None, None, None
        if had_value:
            self.changed.emit()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    @Slot()
    def _begin(self) -> None:
        basis = self._wanted
        is_needed = self._watchers > 0 and basis is not None and basis is not self.basis
        if not is_needed or basis is None or self._job is not None or self._rest.isActive():
            return
        self._job = Job(
            self._owner,
            lambda handle: self._compute(basis, handle),
            lambda value: self._receive(basis, value),
            lambda error: self._fail(basis, error),
        )
        self._job.start()

    def _receive(self, basis: Basis, value: Value) -> None:
        self._job = None
        self.value, self.basis = value, basis
        self.changed.emit()
        self._rest.start()

    def _fail(self, basis: Basis, error: Exception) -> None:
        self._job = None
        if self._wanted is basis:
            self._wanted = None  # it would fail again
        self._failure(error)
        self._begin()


def _is_same(one: object, other: object) -> bool:
    """Ids are made anew; arrays, whose `==` is an array, are compared as objects."""
    return one is other or (isinstance(one, str) and one == other)
