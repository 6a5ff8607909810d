"""The map of a layer, computed in the background while it is looked at, anew when the network changes."""

from PySide6.QtCore import QObject, Signal

from mnist_lab.studies.layer_map import LayerMap, MapRequest, compute_map
from mnist_lab.window import translation
from mnist_lab.window.state.derived import Derived
from mnist_lab.work import JobHandle

_REST_MILLISECONDS = 1_000
"""Between two maps of a network that goes on learning: each takes some tenths of a second of one core."""


class MapSource(QObject):
    """Knows which map is wanted and which there is; it outlives the page.

    Attributes:
        problem: why there is none, in a sentence; "" if there is, or will be.

    Signals:
        changed(): there is another map, or none any more, or a problem.
    """

    changed = Signal()

    def __init__(self, owner: QObject) -> None:
        """`owner` is the lab, which ends all jobs when the window closes."""
        super().__init__(owner)
        self.problem = ""
        self._derived: Derived[MapRequest, LayerMap] = Derived(owner, _compute, self._fail, _REST_MILLISECONDS)
        self._derived.changed.connect(self.changed)
        self._wanted: MapRequest | None = None
        self._cache_key: tuple[object, ...] | None = None

    @property
    def value(self) -> LayerMap | None:
        """The newest map."""
        return self._derived.value

    @property
    def request(self) -> MapRequest | None:
        """What `value` is a map of."""
        return self._derived.input

    def watch(self, watch: bool) -> None:
        """Count one watcher more, or one less; the wanted map is computed while there is any."""
        self._derived.watch(watch)

    def ask(self, request: MapRequest, source_id: str, *, is_live: bool) -> None:
        """Want this map; `source_id` stays the same while the weights of the network go on changing.

        t-SNE takes seconds: it is made once for a network that is live, and again when it is at rest.
        """
        cache_key = (source_id, request.layer, request.method)
        is_same = cache_key == self._cache_key
        if is_same and self._wanted is not None:
            is_there = self._wanted.weights is request.weights and self._wanted.images is request.images
            if is_there or (request.method == "tsne" and is_live):
                return
        is_news = not is_same or bool(self.problem)
        if not is_same:
            self._cache_key = cache_key
        self.problem, self._wanted = "", request
        self._derived.set_input(request, self._cache_key)
        if is_news:
            self.changed.emit()

    def forget(self) -> None:
        """Want none."""
        if self._wanted is None:
            return
        self._wanted, self._cache_key, self.problem = None, None, ""
        self._derived.set_input(None, None)
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        self.problem = translation.sentence(error)
        self.changed.emit()


def _compute(request: MapRequest, handle: JobHandle) -> LayerMap:
    return compute_map(request, lambda: handle.is_cancelled)
