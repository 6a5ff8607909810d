"""What follows from something else and takes time: computed off the window's thread, once, for all who look at it."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from mnist_lab.window.state.background import Failure, Job, failure_of
from mnist_lab.work import JobHandle

Input = TypeVar("Input")
Value = TypeVar("Value")


class Derived(QObject, Generic[Input, Value]):
    """A value that is computed from an input in a `Job`, and cached, while the count of watchers is above zero.

    A newer input with the same key (the same run, further trained) waits until the job at hand is over, so that results
    keep coming however fast the input changes; of several that wait only the newest counts. An input with another key
    (another run, other digits) cancels the job and drops the value: it is outdated. Between two jobs there is a rest,
    which leaves the machine to the training.

    Attributes:
        value: the newest result; None before the first.
        input: what `value` was computed from.

    Signals:
        changed(): there is a new value, or none any more.
        progressed(object): what the job at hand reported.
    """

    changed = Signal()
    progressed = Signal(object)

    def __init__(
        self,
        parent: QObject,
        compute: Callable[[Input, JobHandle], Value],
        failure: Failure | None = None,
        rest_milliseconds: int = 0,
    ) -> None:
        """`compute(input, handle)` runs in a thread of its own; its exceptions reach `failure`.

        `parent` is the lab, which ends all jobs when the window closes; it tells what failed where there is no
        `failure`.
        """
        super().__init__(parent)
        self._owner = parent
        self.value: Value | None = None
        self.input: Input | None = None
        self._compute = compute
        self._failure = failure or failure_of(parent)
        self._key: object = None
        self._wanted: Input | None = None
        self._job: Job | None = None
        self._watchers = 0
        self._rest = QTimer(self, singleShot=True, interval=rest_milliseconds)
        self._rest.timeout.connect(self._begin_now)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._begin_now)

    @property
    def is_current(self) -> bool:
        """Whether the value belongs to the newest input."""
        return self.value is not None and self.input is self._wanted

    @property
    def is_pending(self) -> bool:
        """Whether a value is to come, and there is a watcher for it."""
        return self._watchers > 0 and self._wanted is not None and self._wanted is not self.input

    def watch(self, watch: bool) -> None:
        """Count one watcher more, or one less."""
        self._watchers += 1 if watch else -1
        self._begin()

    def set_input(self, wanted: Input | None, key: object) -> None:
        """Compute from `wanted`; None means that there is nothing to compute.

        Keys are compared by identity, ids (texts) by value.
        """
        if not _is_same(key, self._key) or wanted is None:
            self._drop()
        self._key = key
        self._wanted = wanted
        self._begin()

    def end(self) -> None:
        """Compute no more; the job at hand belongs to the parent, which waits for it."""
        self._rest.stop()
        self._soon.stop()
        self._wanted = None
        self._cancel()

    def _drop(self) -> None:
        self._cancel()
        had_value, self.value, self.input = self.value is not None, None, None
        if had_value:
            self.changed.emit()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _begin(self) -> None:
        """Compute what is wanted once all that waits has been painted: Python would keep painting from going on."""
        if self.is_pending:
            self._soon.start()
        else:
            self._soon.stop()  # who looked no longer does; nothing is left to wait for

    @Slot()
    def _begin_now(self) -> None:
        wanted = self._wanted
        if not self.is_pending or wanted is None or self._job is not None or self._rest.isActive():
            return
        self._job = Job(
            self._owner,
            lambda handle: self._compute(wanted, handle),
            lambda value: self._receive(wanted, value),
            lambda error: self._fail(wanted, error),
        )
        self._job.progressed.connect(self._on_progressed)
        self._job.start()

    @Slot(object)
    def _on_progressed(self, report: object) -> None:
        if self.sender() is self._job:
            self.progressed.emit(report)

    def _receive(self, computed: Input, value: Value) -> None:
        self._job = None
        self.value, self.input = value, computed
        self.changed.emit()
        self._rest.start()

    def _fail(self, computed: Input, error: Exception) -> None:
        self._job = None
        if self._wanted is computed:
            self._wanted = None  # it would fail again
        self._failure(error)
        self._begin()


def _is_same(one: object, other: object) -> bool:
    """Ids are made anew; arrays, whose `==` is an array, are compared as objects."""
    return one is other or (isinstance(one, str) and one == other)
