"""What follows from the newest weights and takes time: computed once, off the window's thread, for all pages."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from mnist_lab.inspection.evaluation import Evaluation, evaluate
from mnist_lab.inspection.forward import scaled
from mnist_lab.inspection.samples import LayerSample, sample_layers
from mnist_lab.studies.trained import Trained
from mnist_lab.window.state.derived import Derived
from mnist_lab.work import JobHandle

_REST_MILLISECONDS = 400
"""Between two evaluations of a network that goes on learning: each takes about 0.1 s of both cores."""
_SAMPLE_REST_MILLISECONDS = 100
"""Between two samples while a page looks at them: each takes about 5 ms with 512 units."""
_FIRST_MARK, _MARK_GROWTH = 1, 1.6
"""Layers are sampled after 1, 2, 3, 5, 8 … updates: twenty times in a run of 10,000, which costs it nothing."""
SAMPLE_IMAGES = 256
"""The first training images, on which gradients and activity are sampled: always the same, so that samples compare."""


class Inspections(QObject):
    """Results about the newest weights.

    Attributes:
        evaluation: all test images judged by the network; `watch` it to have it computed.
        samples: gradient and activity of every layer at some moments of the run, in order.

    Signals:
        sampled(): `samples` has a new entry, or was emptied for a new run.
    """

    sampled = Signal()

    def __init__(self, parent: QObject, failure: Callable[[Exception], None]) -> None:
        super().__init__(parent)
        self.evaluation: Derived[Trained, Evaluation] = Derived(parent, _evaluate, failure, _REST_MILLISECONDS)
        self.samples: list[LayerSample] = []
        self._sample: Derived[Trained, LayerSample] = Derived(parent, _take_sample, failure, _SAMPLE_REST_MILLISECONDS)
        self._sample.changed.connect(self._on_sampled)
        self._sample.watch(True)
        self._close_watchers = 0
        self._next_mark = float(_FIRST_MARK)
        self._kind: object = None

    def watch_samples(self, watch: bool) -> None:
        """Take samples as often as weights come, not only at a few moments, until as many have said no as yes."""
        self._close_watchers += 1 if watch else -1

    def set_trained(self, trained: Trained | None, run: object) -> None:
        """Take over the newest weights of `run`; None while it has none."""
        if run is not self._kind:
            self._kind = run
            self._next_mark = float(_FIRST_MARK)
            self.samples = []
            self._sample.set_basis(None, run)
            self.sampled.emit()
        self.evaluation.set_basis(trained, run)
        if trained is not None and (self._close_watchers or trained.weights.updates >= self._next_mark):
            self._next_mark = max(trained.weights.updates, 1) * _MARK_GROWTH
            self._sample.set_basis(trained, run)

    def _on_sampled(self) -> None:
        sample = self._sample.value
        if sample is not None:
            self.samples.append(sample)
            self.sampled.emit()


def _evaluate(trained: Trained, handle: JobHandle) -> Evaluation:
    digits = trained.digits
    result = evaluate(trained.weights, digits.test_images, digits.test_labels, lambda: handle.is_cancelled)
    if result is None:
        raise RuntimeError("a cancelled evaluation has no result")  # dropped: nobody waits for a cancelled job
    return result


def _take_sample(trained: Trained, _handle: JobHandle) -> LayerSample:
    images = scaled(trained.digits.train_images[:SAMPLE_IMAGES])
    return sample_layers(trained.weights, images, trained.digits.train_labels[:SAMPLE_IMAGES])
