"""The steps that begin with another network and that train, as lines of a program."""

from collections.abc import Iterator
from pathlib import Path

from mnist_lab.experiment import Experiment
from mnist_lab.mirror.images_steps import generator
from mnist_lab.mirror.lines import Line, call, line, literal
from mnist_lab.mirror.source import Source
from mnist_lab.mirror.stretch import Stretch
from mnist_lab.network.streams import ORDER

_COUNTED = "data", "validation", "held_out_share", "moved_copies", "one_batch"
"""What decides how many images an epoch takes."""


def start_lines(path: Path) -> Iterator[Line]:
    """Weights, random states and all that the optimizer keeps, out of a file."""
    yield line(f"start = np.load({literal(str(path))})")
    yield line("optimizer.build(network.trainable_variables)")
    yield line("for variable, name in zip(network.variables + optimizer.variables, start.files):")
    yield line("    variable.assign(start[name])")


def fit_lines(experiment: Experiment, source: Source, stretch: Stretch, *, is_recorded: bool) -> Iterator[Line]:
    """As many epochs as are wanted, in the lab's own order; with `is_recorded` what they tell goes into `history`."""
    callbacks = ["history"] if is_recorded else []
    if stretch.rates:
        callbacks.append("Rates()")
        yield from _rates_lines(stretch)
    epochs = _Epochs(experiment, source, stretch)
    images, labels, indent = "train_images", "train_labels", ""
    counted = [line(f"epochs={epochs.last - epochs.first}", "epochs")]
    if not experiment.one_batch:
        images, labels = f"{images}[order]", f"{labels}[order]"
        if epochs.is_loop:
            numbers = f"{epochs.first}, {epochs.last}" if epochs.first else f"{epochs.last}"
            yield line(f"for epoch in range({numbers}):", "epochs", "batch_order", "one_batch")
            indent, counted = "    ", []
        for text in epochs.order_lines():
            yield line(f"{indent}{text}", "batch_order", "seed", *_COUNTED)
    aside = "held_out" if experiment.validation == "held_out" else "test"
    arguments = [
        line(images, "batch_order", "one_batch"),
        line(labels, "batch_order", "one_batch"),
        *counted,
        line(f"batch_size={experiment.batch_size}", "batch_size"),
        line("shuffle=False", "batch_order"),
        line(f"validation_data=({aside}_images, {aside}_labels)", "validation"),
        *([line(f"callbacks=[{', '.join(callbacks)}]")] if callbacks else []),
    ]
    yield from call(f"{indent}network.fit(", arguments)


def _rates_lines(stretch: Stretch) -> Iterator[Line]:
    """A callback that changes the learning rate as it was changed while the run went on."""
    yield line("from keras.callbacks import Callback")
    yield line(f"rates = {{{', '.join(f'{before}: {rate!r}' for before, rate in stretch.rates.items())}}}")
    yield line("")
    yield line("class Rates(Callback):")
    yield line("    def on_train_batch_begin(self, batch, logs=None):")
    yield line("        updates = int(optimizer.iterations)")
    yield line("        if updates in rates:")
    yield line("            optimizer.learning_rate = rates[updates]")
    yield line("")


class _Epochs:
    """Which epochs a stretch reaches into, and which of their images it takes.

    Attributes:
        first: the first of them, from 0.
        last: the one behind the last.
        is_loop: whether each of them has an order of its own.
    """

    def __init__(self, experiment: Experiment, source: Source, stretch: Stretch) -> None:
        self._experiment = experiment
        self._samples = experiment.samples(source.training_images)
        length = experiment.updates_per_epoch(source.training_images)
        end = experiment.epochs * length if stretch.end is None else stretch.end
        self.first, before = divmod(stretch.begin, length)
        self.last = -(-end // length)
        # Images of the first of these epochs that were trained on before, and of the last that are trained on.
        self._before = before * experiment.batch_size
        self._until = (end - (self.last - 1) * length) * experiment.batch_size if end % length else None
        self._is_fixed = experiment.batch_order == "fixed"
        self.is_loop = not self._is_fixed or bool(self._before) or self._until is not None

    def order_lines(self) -> Iterator[str]:
        """Whole epochs in their own order, the first and the last as far as they are wanted."""
        drawn = generator(self._experiment.seed, ORDER, 0 if self._is_fixed else "epoch")
        yield f"order = {drawn}.permutation({self._samples})"
        if self._until is not None:
            yield from self._part(self.last - 1, f"[:{self._until}]")
        if self._before:
            yield from self._part(self.first, f"[{self._before}:]")

    def _part(self, epoch: int, images: str) -> Iterator[str]:
        yield f"if epoch == {epoch}:"
        yield f"    order = order{images}"
