"""The steps that load digits, prepare their images and prepare their labels, as lines of a program."""

import inspect
from collections.abc import Iterator

from mnist_lab.data.hand import CHOICE
from mnist_lab.experiment import MOVED_STRENGTHS, Experiment
from mnist_lab.mirror import moved_copies
from mnist_lab.mirror.lines import Line, call, line, literal
from mnist_lab.mirror.source import AddedDigits, IdxArray, Source
from mnist_lab.network.streams import HELD_OUT, LABELS, MOVED, ORDER

_NAMES = ("train_images", "train_labels", "test_images", "test_labels")
_ASIDE = ("validation", "held_out_share")
_COUNTED = ("data", *_ASIDE, "moved_copies", "one_batch")
"""What decides how many images are trained on."""


def generator(seed: int, *stream: int | str) -> str:
    """NumPy's generator of one use of randomness, as Python spells it."""
    return f"np.random.default_rng([{', '.join(map(str, (seed, *stream)))}])"


def load_lines(source: Source) -> Iterator[Line]:
    """From nothing to the four arrays, as they are in their file."""
    if any(array.is_packed for array in source.idx):
        yield line("import gzip", "data")
    yield line("import numpy as np")
    if source.is_mnist:
        yield line("from keras.datasets import mnist", "data")
        yield line("(train_images, train_labels), (test_images, test_labels) = mnist.load_data()", "data")
    elif source.npz is not None:
        yield line(f"digits = np.load({literal(str(source.npz))})", "data")
        yield line('train_images, train_labels = digits["x_train"], digits["y_train"]', "data")
        yield line('test_images, test_labels = digits["x_test"], digits["y_test"]', "data")
    for name, array in zip(_NAMES, source.idx, strict=False):
        yield line(f"{name} = {_read(array)}", "data")
    if source.was_binary:
        for name in ("train_images", "test_images"):
            yield line(f'{name} = {name}.astype("uint8") * 255', "data")
    if source.added is not None:
        yield from _added_lines(source.added)


def _added_lines(added: AddedDigits) -> Iterator[Line]:
    """Own digits behind those of others, of which only some stay beside a hand."""
    yield line("train_images = train_images.reshape((-1, 28, 28))", "data")
    if added.others < added.images:
        chosen = f"{generator(added.seed, CHOICE)}.permutation({added.images})[:{added.others}]"
        yield line(f"others = np.sort({chosen})", "data")
        yield line("train_images, train_labels = train_images[others], train_labels[others]", "data")
    yield line(f"own = np.load({literal(str(added.path))})", "data")
    for name, array in (("train_images", "x_train"), ("train_labels", "y_train")):
        yield line(f'{name} = np.concatenate([{name}, own["{array}"]])', "data")


def _read(array: IdxArray) -> str:
    """An array without its shape, which is not needed before images are prepared."""
    path, numbers = literal(str(array.path)), f"{literal(array.dtype)}, offset={array.offset}"
    if array.is_packed:
        return f"np.frombuffer(gzip.open({path}).read(), {numbers})"
    return f"np.fromfile({path}, {numbers})"


def prepare_lines(experiment: Experiment, source: Source) -> Iterator[Line]:
    """From the images of the file to rows of numbers from 0 to 1, of the very images that are trained on."""
    count, aside = source.training_images, experiment.held_out_samples(source.training_images)
    is_in_rows = source.idx or (experiment.moved_copies and not source.is_mnist)
    if is_in_rows and source.added is None:
        # IDX files were read as one row of numbers; the images in an .npz file may be rows.
        yield line(f"train_images = train_images.reshape(({count}, 28, 28))", "data")
    if aside:
        yield line(f"shuffled = {generator(experiment.seed, HELD_OUT)}.permutation({count})", "data", *_ASIDE, "seed")
        yield line(f"held_out, trained = np.sort(shuffled[:{aside}]), np.sort(shuffled[{aside}:])", "data", *_ASIDE)
        yield line("held_out_images, train_images = train_images[held_out], train_images[trained]", "validation")
    if experiment.moved_copies:
        yield from _copies_lines(experiment)
    if experiment.one_batch:
        everything = experiment.changed(one_batch=False).samples(count)
        order = f"{generator(experiment.seed, ORDER, 0)}.permutation({everything})"
        settings = "data", *_ASIDE, "moved_copies", "one_batch", "batch_size", "seed"
        yield line(f"batch = {order}[:{experiment.batch_size}]", *settings)
        yield line("train_images = train_images[batch]", "one_batch")
    yield _scaled("train_images", experiment.samples(count), *_COUNTED)
    yield _scaled("test_images", source.test_images, "data")
    if aside:
        yield _scaled("held_out_images", aside, "data", *_ASIDE)


def _scaled(name: str, count: int, *settings: str) -> Line:
    return line(f'{name} = {name}.reshape(({count}, 28 * 28)).astype("float32") / 255', *settings)


def _copies_lines(experiment: Experiment) -> Iterator[Line]:
    """The function that moves, between blank lines, and its call."""
    yield line("")
    for text in inspect.getsource(moved_copies.moved).splitlines():
        yield line(text, "moved_copies")
    yield line("")
    strengths = [line(f"{name.removeprefix('moved_')}={getattr(experiment, name)!r}", name) for name in MOVED_STRENGTHS]
    copies = line(f"{experiment.moved_copies}", "moved_copies")
    seed = line(f"seed=[{experiment.seed}, {MOVED}]", "seed")
    yield from call("copies = moved(", [line("train_images"), copies, seed, *strengths])
    yield line("train_images = np.concatenate([train_images, copies])", "moved_copies")


def label_lines(experiment: Experiment, source: Source) -> Iterator[Line]:
    """From the labels of the file to ten numbers for each image, one of them 1."""
    yield line("from keras.utils import to_categorical")
    if experiment.shuffled_labels:
        dealt = f"{generator(experiment.seed, LABELS)}.permutation(train_labels)"
        yield line(f"train_labels = {dealt}", "shuffled_labels", "seed")
    if experiment.validation == "held_out":
        yield line("held_out_labels, train_labels = train_labels[held_out], train_labels[trained]", "validation")
    if experiment.moved_copies:
        labels = f"np.repeat(train_labels, {experiment.moved_copies})"
        yield line(f"train_labels = np.concatenate([train_labels, {labels}])", "moved_copies")
    if experiment.one_batch:
        yield line("train_labels = train_labels[batch]", "one_batch")
    names = ("train_labels", "test_labels", *(("held_out_labels",) if experiment.validation == "held_out" else ()))
    for name in names:
        yield line(f"{name} = to_categorical({name}, 10)", *(("validation",) if name == "held_out_labels" else ()))
