"""The maps of layers, computed in the background while they are looked at, anew when the network changes."""

from dataclasses import dataclass
from functools import partial
from typing import get_args

from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.studies.layer_map import LayerMap, MapRequest, Method, compute_map
from mnist_lab.window import translation
from mnist_lab.window.state.derived import Derived
from mnist_lab.work import JobHandle, Progress

_REST_MILLISECONDS = 1_000
"""Between two maps of a network that goes on learning: each takes some tenths of a second of one core."""
_MOST_KEPT = 6
"""Maps that are there at once when one comes back to them; each holds a copy of its network."""

_Key = tuple[str, int, Method]
"""The id of what is looked at, the layer, and how it is mapped."""


@dataclass(frozen=True, eq=False)
class _Wanted:
    """A map that is asked for, or was made."""

    key: _Key
    request: MapRequest

    def is_same_as(self, other: "_Wanted") -> bool:
        """Whether its map shows the same network and the same images in the same way."""
        mine, its = self.request, other.request
        return self.key == other.key and mine.weights is its.weights and mine.images is its.images


class MapSource(QObject):
    """Knows which map is wanted and which there are; it outlives the page.

    Each method has a maker of its own: a t-SNE map, which takes seconds, goes on while one looks at PCA, another tab or
    another page, and what was made is there on coming back.

    Signals:
        changed(): there is another map, or none any more, or another `problem` or `progress`.
    """

    changed = Signal()

    def __init__(self, owner: QObject) -> None:
        """`owner` is the lab, which ends all jobs when the window closes."""
        super().__init__(owner)
        self._wanted: _Wanted | None = None
        self._asked: dict[Method, _Wanted] = {}
        self._made: dict[_Key, tuple[_Wanted, LayerMap]] = {}
        self._problems: dict[_Key, str] = {}
        self._progress: Progress | None = None
        self._makers: dict[Method, Derived[_Wanted, LayerMap]] = {}
        for method in get_args(Method):
            maker = Derived(owner, _compute, partial(self._on_failed, method), _REST_MILLISECONDS)
            maker.changed.connect(self._on_made)
            self._makers[method] = maker
        self._makers["tsne"].progressed.connect(self._on_progressed)

    @property
    def value(self) -> LayerMap | None:
        """The newest map of what is wanted."""
        made = None if self._wanted is None else self._made.get(self._wanted.key)
        return None if made is None else made[1]

    @property
    def request(self) -> MapRequest | None:
        """What `value` is a map of."""
        made = None if self._wanted is None else self._made.get(self._wanted.key)
        return None if made is None else made[0].request

    @property
    def problem(self) -> str:
        """Why there is no such map, in a sentence; "" if there is, or will be."""
        return "" if self._wanted is None else self._problems.get(self._wanted.key, "")

    @property
    def progress(self) -> Progress | None:
        """How far the wanted map is, if that takes long; else None."""
        asked = self._asked.get("tsne")
        is_wanted = self._wanted is not None and asked is not None and self._wanted.key == asked.key
        return self._progress if is_wanted else None

    def watch(self, watch: bool) -> None:
        """Count one watcher more, or one less; wanted maps are begun while there is any."""
        for maker in self._makers.values():
            maker.watch(watch)

    def ask(self, request: MapRequest, source_id: str, *, is_live: bool) -> None:
        """Want this map; `source_id` stays the same while the weights of the network go on changing.

        t-SNE takes seconds: it is made once for a network that is live, and again when it is at rest.
        """
        method = request.method
        now = _Wanted((source_id, request.layer, method), request)
        before, self._wanted = self._wanted, now
        is_other = before is None or before.key != now.key
        if is_other:
            self._problems.pop(now.key, None)  # whoever comes back tries again
        if not self._is_there(now, is_live=is_live):
            self._asked[method] = now
            self._makers[method].set_input(now, repr(now.key))
        if is_other:
            self.changed.emit()

    def _is_there(self, wanted: _Wanted, *, is_live: bool) -> bool:
        """Whether the map was made, or is being made, or cannot be made."""
        made, asked = self._made.get(wanted.key), self._asked.get(wanted.request.method)
        known = [one for one in (asked, made and made[0]) if one is not None and one.key == wanted.key]
        if wanted.request.method == "tsne" and is_live and known:
            return True
        return wanted.key in self._problems or any(one.is_same_as(wanted) for one in known)

    def forget(self) -> None:
        """Want none; what is being made goes on."""
        if self._wanted is not None:
            self._wanted = None
            self.changed.emit()

    @Slot()
    def cancel(self) -> None:
        """Make the t-SNE map no further."""
        if self._asked.pop("tsne", None) is not None:
            self._makers["tsne"].set_input(None, None)
            self._set_progress(None)

    @Slot()
    def _on_made(self) -> None:
        for method, maker in self._makers.items():
            wanted, found = maker.input, maker.value
            if wanted is not None and found is not None and self._made.get(wanted.key, (None,))[0] is not wanted:
                self._made.pop(wanted.key, None)
                self._made[wanted.key] = wanted, found
                if method == "tsne":
                    self._progress = None
        while len(self._made) > _MOST_KEPT:
            del self._made[next(iter(self._made))]
        self.changed.emit()

    @Slot(object)
    def _on_progressed(self, progress: Progress) -> None:
        self._set_progress(progress)

    def _on_failed(self, method: Method, error: Exception) -> None:
        asked = self._asked.pop(method, None)
        if asked is not None:
            self._problems[asked.key] = translation.sentence(error)
        self._set_progress(None)

    def _set_progress(self, progress: Progress | None) -> None:
        self._progress = progress
        self.changed.emit()


def _compute(wanted: _Wanted, handle: JobHandle) -> LayerMap:
    return compute_map(wanted.request, handle)
