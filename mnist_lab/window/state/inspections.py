"""What follows from the newest weights and takes time: computed once, off the window's thread, for all pages."""

from bisect import insort

from PySide6.QtCore import QObject, Signal

from mnist_lab.inspection.evaluation import Evaluation, evaluate
from mnist_lab.inspection.forward import scaled
from mnist_lab.inspection.samples import LayerSample, sample_layers
from mnist_lab.studies.looked import Looked
from mnist_lab.window.state.derived import Derived
from mnist_lab.work import Cancelled, JobHandle

_REST_MILLISECONDS = 400
"""Between two evaluations of a network that goes on learning: each takes about 0.1 s of both cores."""
_SAMPLE_REST_MILLISECONDS = 100
"""Between two samples while a page looks at them: each takes about 5 ms with 512 units."""
_FIRST_MARK, _MARK_GROWTH = 1, 1.6
"""Layers are sampled after 1, 2, 3, 5, 8 … updates: twenty times in a run of 10,000, which costs it nothing."""
SAMPLE_IMAGES = 256
"""The first training images, on which gradients and activity are sampled: always the same, so that samples compare."""


class Inspections(QObject):
    """Results computed from the newest weights.

    Attributes:
        evaluation: all test images judged by the network; `watch` it to have it computed.
        samples: gradient and activity of every layer at some moments of the run, in order.

    Signals:
        sampled(): `samples` has a new entry, or was emptied for a new run.
    """

    sampled = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.evaluation: Derived[Looked, Evaluation] = Derived(parent, _evaluate, rest_milliseconds=_REST_MILLISECONDS)
        self.samples: list[LayerSample] = []
        self._sample: Derived[Looked, LayerSample] = Derived(
            parent, _take_sample, rest_milliseconds=_SAMPLE_REST_MILLISECONDS
        )
        self._sample.changed.connect(self._on_sampled)
        self._sample.watch(True)
        self._close_watchers = 0
        self._next_mark = float(_FIRST_MARK)
        self._source_id = ""
        self._looked: Looked | None = None
        self._begun: Looked | None = None  # the network that the run begins with, until it is sampled

    def watch_samples(self, watch: bool) -> None:
        """Count one close watcher more, or one less; while there is any, each new copy of the weights is sampled."""
        self._close_watchers += 1 if watch else -1
        if watch and self._looked is not None:
            self._take(self._looked)  # what is shown now may be newer than the last mark

    def set_looked(self, looked: Looked | None, source_id: str) -> None:
        """Take over what is looked at; None while the source has no network."""
        if source_id != self._source_id:
            self._source_id = source_id
            self._next_mark = float(_FIRST_MARK)
            self.samples, self._begun = [], None
            self._sample.set_input(None, source_id)
            self.sampled.emit()
        self.evaluation.set_input(looked, source_id)
        self._looked = looked
        if looked is not None and not looked.weights.updates:
            self._begun = looked
        self._take_if_due()

    def _take_if_due(self) -> None:
        """Sample what is looked at where somebody looks closely, or a mark is passed."""
        looked = self._looked
        if looked is not None and (self._close_watchers or looked.weights.updates >= self._next_mark):
            self._take(looked)

    def _take(self, looked: Looked) -> None:
        """Sample these weights, unless they were sampled before."""
        if any(sample.updates == looked.weights.updates for sample in self.samples):
            return
        self._next_mark = max(self._next_mark, looked.weights.updates * _MARK_GROWTH, _MARK_GROWTH)
        self._sample.set_input(looked, self._source_id)

    def _on_sampled(self) -> None:
        sample = self._sample.value
        if sample is None:
            return
        insort(self.samples, sample, key=lambda known: known.updates)  # one may look at earlier moments
        self.sampled.emit()
        begun, self._begun = self._begun, None
        if begun is not None and self.samples[0].updates:
            self._take(begun)  # a short run is over before the network that it began with had its turn
        else:
            self._take_if_due()  # it may have given way to that one


def _evaluate(looked: Looked, handle: JobHandle) -> Evaluation:
    digits = looked.digits
    result = evaluate(looked.weights, digits.test_images, digits.test_labels, lambda: handle.is_cancelled)
    if result is None:
        raise Cancelled
    return result


def _take_sample(looked: Looked, _handle: JobHandle) -> LayerSample:
    images = scaled(looked.digits.train_images[:SAMPLE_IMAGES])
    return sample_layers(looked.weights, images, looked.digits.train_labels[:SAMPLE_IMAGES])
