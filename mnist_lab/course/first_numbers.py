"""The learner's own numbers of the course's first two parts."""

from collections.abc import Callable

from mnist_lab.course.goals import is_run_of_before
from mnist_lab.course.number import Kind, Number, Reading, told
from mnist_lab.course.state import DigitFacts, DrawingFacts, LabState
from mnist_lab.experiment import PIXELS, Experiment

_BATCH = Experiment().batch_size

GOOD_ENOUGH = {"full": 0.96, "starter": 0.92}
"""Test accuracy that a small network is to reach on digits of a kind; on those of somebody's own any will do."""
CLEAR_GAP = 0.005
"""Between the accuracy of training and of new digits: what is less may be chance."""


def _of_set(
    read: Callable[[DigitFacts], float | str], kind: Kind = "whole", *, only: str = "", decimals: int = 1
) -> Reading:
    """A number of the digits in use, known only where they are of the kind `only`."""

    def find(_entry: LabState, now: LabState) -> Number | None:
        if now.digits is None or only not in ("", now.digits.kind):
            return None
        return Number(read(now.digits), kind, decimals)

    return find


def _of_chapter(read: Callable[[Experiment, int], int], *, only: str) -> Reading:
    """What the chapter's settings lead to on the digits in use."""
    return _of_set(lambda digits: read(Experiment(), digits.train_images), only=only)


def _gap(*, is_clear: bool) -> Reading:
    """Points of accuracy between training and new digits, known only where they are clear, or only where not."""

    def find(_entry: LabState, now: LabState) -> Number | None:
        run = now.run
        if run is None or run.train_accuracy is None or run.test_accuracy is None:
            return None
        gap = run.train_accuracy - run.test_accuracy
        return Number(100 * gap, "real") if (gap > CLEAR_GAP) == is_clear else None

    return find


def _sum_of_parameters(_entry: LabState, now: LabState) -> Number:
    layers = now.experiment.layers()
    return Number(" + ".join(f"{layer.inputs}×{layer.units} + {layer.units}" for layer in layers), "text")


def _of_drawing(read: Callable[[DrawingFacts], Number | None]) -> Reading:
    return lambda _entry, now: None if now.drawing is None else read(now.drawing)


def _of_next_first_batch(entry: LabState, now: LabState) -> Number | None:
    """Images of the batch that a step trains on first; None while a run that has had it stands in its place."""
    if is_run_of_before(entry, now):
        return None
    run, digits = now.run, now.digits
    experiment, images = (
        (now.experiment, None if digits is None else digits.train_images)
        if run is None
        else (run.experiment, run.digits.train_images)
    )
    return None if images is None else Number(min(experiment.batch_size, experiment.samples(images)))


def _of_run_of_before(*, is_live: bool) -> Reading:
    """Updates of the run that had its first batch before this step: planned while it goes on, else those it came to."""

    def find(entry: LabState, now: LabState) -> Number | None:
        run = now.run
        is_it = run is not None and is_run_of_before(entry, now) and run.is_live == is_live
        return Number(run.total_updates if is_live else run.updates) if run is not None and is_it else None

    return find


def _updates_waiting(_entry: LabState, now: LabState) -> Number | None:
    run = now.run
    return Number(run.updates) if run is not None and run.state == "paused" else None


def _updates_to_start(_entry: LabState, now: LabState) -> Number | None:
    """Updates of the next run, known only while Start begins one."""
    is_live = now.run is not None and now.run.is_live
    return None if is_live or now.digits is None else Number(now.experiment.total_updates(now.digits.train_images))


def _one_hot(_entry: LabState, now: LabState) -> Number | None:
    label = now.number("dataPage.label")
    if label is None:
        return None
    return Number("\u00a0".join("1" if place == label else "0" for place in range(10)), "text")  # in one line


def _scaled(_entry: LabState, now: LabState) -> Number | None:
    greyest = now.number("dataPage.greyest")
    return None if greyest is None else Number(greyest / 255, "figures", 3)


_OF_FIRST_NETWORK: dict[str, Reading] = {
    "image": told("dataPage.image"),
    "image_label": told("dataPage.label"),
    "image_ink": told("dataPage.ink"),
    "next_parameters": lambda _entry, now: Number(now.experiment.parameters()),
    "next_parameters_sum": _sum_of_parameters,
    "full_epoch": _of_chapter(lambda experiment, images: experiment.updates_per_epoch(images), only="full"),
    "full_updates": _of_chapter(lambda experiment, images: experiment.total_updates(images), only="full"),
    "starter_epoch": _of_chapter(lambda experiment, images: experiment.updates_per_epoch(images), only="starter"),
    "starter_updates": _of_chapter(lambda experiment, images: experiment.total_updates(images), only="starter"),
    "own_epoch": _of_chapter(lambda experiment, images: experiment.updates_per_epoch(images), only="own"),
    "own_updates": _of_chapter(lambda experiment, images: experiment.total_updates(images), only="own"),
    "first_batch": _of_next_first_batch,
    "updates_going_on": _of_run_of_before(is_live=True),
    "updates_ended": _of_run_of_before(is_live=False),
    "updates_waiting": _updates_waiting,
    "updates_to_start": _updates_to_start,
    "looked_back": told("trainPage.moment"),
    "full_goal": _of_set(lambda digits: GOOD_ENOUGH["full"], "percent", only="full", decimals=0),
    "starter_goal": _of_set(lambda digits: GOOD_ENOUGH["starter"], "percent", only="starter", decimals=0),
    "own_images": _of_set(lambda digits: digits.train_images, only="own"),
    "gap": _gap(is_clear=True),
    "no_gap": _gap(is_clear=False),
    "answer": _of_drawing(lambda drawing: None if drawing.answer is None else Number(drawing.answer)),
    "certainty": _of_drawing(
        lambda drawing: None if drawing.certainty is None else Number(drawing.certainty, "certainty")
    ),
    "drawn_label": _of_drawing(
        lambda drawing: Number(drawing.label) if drawing.label is not None and drawing.label != drawing.answer else None
    ),
}
_OF_TENSORS: dict[str, Reading] = {
    "set_train": _of_set(lambda digits: digits.train_images),
    "code_set_train": _of_set(lambda digits: str(digits.train_images), "text"),  # as in a shape
    "set_test": _of_set(lambda digits: digits.test_images),
    "set_bytes": _of_set(lambda digits: digits.train_images * PIXELS),
    "set_float_bytes": _of_set(lambda digits: digits.train_images * PIXELS * 4),
    "last_batch": _of_set(lambda digits: (digits.train_images - 1) // _BATCH),
    "images_left": _of_set(lambda digits: (digits.train_images - 1) % _BATCH + 1),
    "greyest": told("dataPage.greyest"),
    "greyest_scaled": _scaled,
    "one_hot": _one_hot,
}

FIRST_NUMBERS = _OF_FIRST_NETWORK | _OF_TENSORS
