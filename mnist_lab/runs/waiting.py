"""What a run has told and is not written yet, in order. Numbers are never dropped; snapshots may be, but for two."""

import threading

from mnist_lab.network.events import Diverged, EpochEnd, Event, Failed, Finished, RateChanged, Stopped, Updates
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.runs.facts import Batch

KeptEvent = Updates | EpochEnd | RateChanged | Stopped | Finished | Diverged | Failed
_Outcome = Stopped | Finished | Diverged | Failed
_News = Updates | EpochEnd | Finished | Diverged


class Waiting:
    """A queue from the thread that trains to the one that writes; neither ever waits for the other.

    Attributes:
        has_numbers: whether any update was told so far, written or not.
        has_news: whether training did or found anything: an update, an epoch's end, an end of its own. Without, a run
            that is to go on, and fails or is stopped at once, stays as it was.
        has_ended: whether the run's last event was told.
    """

    def __init__(self, most_bytes: int) -> None:
        """`most_bytes` of snapshots may wait: of more, the oldest is dropped that is neither the first nor the last."""
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self._items: list[KeptEvent | Snapshot] = []
        self._in_hand = 0  # items at the head, which are being written
        self._first: Snapshot | None = None
        self.has_numbers = self.has_news = False
        self.has_ended = False

    def add(self, event: Event) -> None:
        """Take in the next event; those that are not kept are forgotten."""
        if not isinstance(event, KeptEvent):
            return
        with self._lock:
            self.has_numbers = self.has_numbers or isinstance(event, Updates)
            self.has_news = self.has_news or isinstance(event, _News)
            if self.has_news or not isinstance(event, Failed | Stopped):
                self._items.append(event)
            self.has_ended = self.has_ended or isinstance(event, _Outcome)

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not self._items

    def offer(self, snapshot: Snapshot) -> None:
        """Take in a snapshot of where the run stands."""
        with self._lock:
            if self._first is None:
                self._first = snapshot
            self._items.append(snapshot)
            self._drop_some()

    def _drop_some(self) -> None:
        waiting = [item for item in self._items[self._in_hand :] if isinstance(item, Snapshot)]
        excess = sum(map(_bytes, waiting)) - self._most_bytes
        for snapshot in waiting[:-1]:
            if excess > 0 and snapshot is not self._first:
                self._items = [item for item in self._items if item is not snapshot]
                excess -= _bytes(snapshot)

    def take_in_hand(self) -> Batch | None:
        """All that waits up to the first snapshot, or to the end behind it, for one transaction; None: nothing waits.

        It stays here until `forget_batch`, so that it can be tried again.
        """
        with self._lock:
            self._in_hand = self._length_of_batch()
            items = self._items[: self._in_hand]
        if not items:
            return None
        return Batch(
            [item for item in items if isinstance(item, Updates)],
            [item for item in items if isinstance(item, EpochEnd)],
            [item for item in items if isinstance(item, RateChanged)],
            next((item for item in items if isinstance(item, Snapshot)), None),
            next((item for item in items if isinstance(item, _Outcome)), None),
        )

    def _length_of_batch(self) -> int:
        for index, item in enumerate(self._items):
            if isinstance(item, Snapshot):
                is_end = isinstance(next(iter(self._items[index + 1 :]), None), _Outcome)
                return index + 1 + is_end
        return len(self._items)

    def put_back(self) -> None:
        """What is in hand was not written."""
        with self._lock:
            self._in_hand = 0

    def forget_batch(self) -> None:
        """What is in hand was written."""
        with self._lock:
            del self._items[: self._in_hand]
            self._in_hand = 0


def _bytes(snapshot: Snapshot) -> int:
    return sum(value.nbytes for value in snapshot.variables.values())
