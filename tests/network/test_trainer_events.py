"""What a run tells: every update once, in order, and numbers that are those of the data."""

import gc
import weakref
from functools import partial
from typing import Any

import numpy as np
import psutil
import pytest

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network import compiled, trainer, workbench
from mnist_lab.network.backend import keras_and_tensorflow
from mnist_lab.network.batches import batch_order, split_held_out
from mnist_lab.network.control import KERAS_LOCK, Control
from mnist_lab.network.errors import NetworkError
from mnist_lab.network.events import (
    Begun,
    Diverged,
    EpochEnd,
    Event,
    Failed,
    Finished,
    LastEvent,
    Prepared,
    Preparing,
    Stopped,
    Updates,
)
from mnist_lab.network.session import TrainingSession
from mnist_lab.network.trainer import Engine, train
from tests.network.runs import SMALL, Run, made_up_digits, own_numbers, run, same_bits

pytestmark = pytest.mark.keras


@pytest.mark.parametrize("chunk", [1, 4, 1000, None])
def test_every_update_is_told_once_and_in_order(chunk: int | None, digits: Digits) -> None:
    result = run(SMALL, digits, Engine(xla=False, chunk=chunk))
    expected = 0
    for event in result.events:
        if isinstance(event, Updates):
            assert event.first == expected
            assert event.losses.dtype == event.accuracies.dtype == np.float32
            assert event.losses.shape == event.accuracies.shape
            expected += len(event.losses)
    assert expected == 40


def test_the_order_of_events(small_run: Run) -> None:
    kinds = [type(event).__name__ for event in small_run.events]
    without_repeats = [kind for index, kind in enumerate(kinds) if kind != kinds[index - 1]]
    assert without_repeats == ["Preparing", "Begun", "Prepared", *["Updates", "EpochEnd"] * 2, "Finished"]
    stages = [event.stage for event in small_run.of(Preparing)]
    assert stages == ["importing", "building", "compiling"]
    assert sum(isinstance(event, LastEvent) for event in small_run.events) == 1


@pytest.mark.parametrize(
    ("images", "batch_size", "expected"),
    [(620, 32, 20), (620, 31, 20), (620, 620, 1), (620, 1000, 1), (620, 619, 2), (33, 1, 33)],
)
def test_the_short_last_batch_counts(images: int, batch_size: int, expected: int) -> None:
    experiment = SMALL.changed(batch_size=batch_size, epochs=2)
    result = run(experiment, made_up_digits(images, 20))
    (prepared,) = result.of(Prepared)
    assert prepared.samples == images
    assert prepared.updates_per_epoch == experiment.updates_per_epoch(images) == expected
    assert prepared.total_updates == experiment.total_updates(images) == len(result.losses) == 2 * expected
    assert prepared.parameters == experiment.parameters()
    assert [end.updates for end in result.epochs] == [expected, 2 * expected]
    assert [end.epoch for end in result.epochs] == [1, 2]
    assert isinstance(result.last, Finished)
    assert result.last.updates == 2 * expected


def test_the_chapters_run_has_2345_updates() -> None:
    experiment = Experiment()
    assert experiment.updates_per_epoch(60_000) == 469
    assert experiment.total_updates(60_000) == 2_345


@pytest.mark.parametrize("batch_size", [32, 1000])
def test_an_epochs_training_numbers_are_the_mean_over_its_images(batch_size: int, digits: Digits) -> None:
    result = run(SMALL.changed(batch_size=batch_size), digits)
    per_epoch = len(result.losses) // 2
    sizes = np.full(per_epoch, batch_size)
    sizes[-1] = 620 - sizes[:-1].sum()
    for index, end in enumerate(result.epochs):
        chunk = slice(index * per_epoch, (index + 1) * per_epoch)
        assert end.train_loss == pytest.approx(np.average(result.losses[chunk], weights=sizes), abs=1e-6)
        assert end.train_accuracy == pytest.approx(np.average(result.accuracies[chunk], weights=sizes), abs=1e-6)
        right = end.train_accuracy * 620
        assert right == pytest.approx(round(right), abs=1e-3), "a whole number of images was right"


@pytest.mark.parametrize("l2", [0.0, 0.02])
def test_validation_is_measured_with_the_weights_at_the_epochs_end(l2: float, digits: Digits) -> None:
    one_epoch = run(SMALL.changed(epochs=1, l2=l2), digits)
    assert one_epoch.weights is not None
    (end,) = one_epoch.epochs
    expected = own_numbers(one_epoch.weights, digits.test_images, digits.test_labels, l2)
    assert (end.validation_loss, end.validation_accuracy) == pytest.approx(expected, abs=1e-5)
    assert isinstance(one_epoch.last, Finished)
    assert one_epoch.last.test_loss == end.validation_loss
    assert one_epoch.last.test_accuracy == end.validation_accuracy
    assert one_epoch.last.train_accuracy == end.train_accuracy


def test_dropout_is_off_while_measuring(digits: Digits) -> None:
    result = run(SMALL.changed(epochs=1, dropout=0.9), digits)
    assert result.weights is not None
    expected = own_numbers(result.weights, digits.test_images, digits.test_labels)
    assert (result.epochs[0].validation_loss, result.epochs[0].validation_accuracy) == pytest.approx(expected, abs=1e-5)


def test_measuring_in_parts_weighs_every_image_alike(monkeypatch: pytest.MonkeyPatch, digits: Digits) -> None:
    """150 images in parts of 40: the last part of 30 must not count like a whole one."""
    monkeypatch.setattr(compiled, "_EVALUATION_IMAGES", 40)
    monkeypatch.setattr(
        trainer, "TrainingSession", partial(TrainingSession, pool=workbench.WorkbenchPool())
    )  # programs of earlier tests have other parts
    result = run(SMALL.changed(epochs=1), digits)
    assert result.weights is not None
    expected = own_numbers(result.weights, digits.test_images, digits.test_labels)
    assert (result.epochs[0].validation_loss, result.epochs[0].validation_accuracy) == pytest.approx(expected, abs=1e-5)


def test_held_out_images_are_kept_out(digits: Digits) -> None:
    experiment = SMALL.changed(validation="held_out", held_out_share=0.25, epochs=1)
    trained, held_out = split_held_out(experiment, digits)
    assert len(held_out) == 155
    assert sorted([*trained, *held_out]) == list(range(620))

    result = run(experiment, digits)

    (prepared,) = result.of(Prepared)
    assert (prepared.samples, prepared.updates_per_epoch) == (465, 15)
    assert result.weights is not None
    (end,) = result.epochs
    on_held_out = own_numbers(result.weights, digits.train_images[held_out], digits.train_labels[held_out])
    assert (end.validation_loss, end.validation_accuracy) == pytest.approx(on_held_out, abs=1e-5)
    assert isinstance(result.last, Finished)
    on_test = own_numbers(result.weights, digits.test_images, digits.test_labels)
    assert (result.last.test_loss, result.last.test_accuracy) == pytest.approx(on_test, abs=1e-5)

    only_the_others = Digits(
        digits.train_images[trained], digits.train_labels[trained], digits.test_images, digits.test_labels, "own", ""
    )
    same = run(SMALL.changed(epochs=1), only_the_others)
    assert same_bits(same.parameters(), result.parameters()), "the held-out images must not matter for the weights"


def test_the_held_out_images_depend_on_the_seed(digits: Digits) -> None:
    experiment = SMALL.changed(validation="held_out")
    _, first = split_held_out(experiment, digits)
    _, second = split_held_out(experiment.changed(seed=1), digits)
    assert len(first) == len(second) == 62
    assert set(first) != set(second)


@pytest.mark.parametrize("order", ["fixed", "reshuffled"])
def test_an_epoch_meets_every_image_once(order: str) -> None:
    experiment = SMALL.changed(batch_order=order)
    orders = [batch_order(experiment, 500, epoch) for epoch in range(3)]
    for one in orders:
        assert one.dtype == np.int32
        assert np.array_equal(np.sort(one), np.arange(500))
        assert not np.array_equal(one, np.arange(500))
    assert np.array_equal(orders[0], orders[1]) == (order == "fixed")
    assert not np.array_equal(orders[0], batch_order(experiment.changed(seed=3), 500, 0))


def test_digits_stay_as_they_are(digits: Digits, small_run: Run) -> None:
    untouched = made_up_digits()
    assert small_run.updates
    assert np.array_equal(digits.train_images, untouched.train_images)
    assert np.array_equal(digits.test_labels, untouched.test_labels)


def test_every_event_carries_the_id_of_its_run(digits: Digits) -> None:
    events: list[Event] = []
    train(SMALL, digits, events.append, Control(), Engine(xla=False), run_id="mine")
    train(SMALL.changed(validation="held_out"), made_up_digits(1), events.append, Control(), run_id="mine")
    assert {type(event) for event in events} >= {Preparing, Begun, Prepared, Updates, EpochEnd, Finished, Failed}
    assert {event.run_id for event in events} == {"mine"}


# No compiling while the curves run


@pytest.mark.parametrize(
    ("xla", "test_images", "compiled_programs"),
    [(True, 1_150, [1, 1, 1, 1]), (False, 150, [1, 1, 0, 1])],
    ids=["xla", "plain"],
)
def test_nothing_is_compiled_once_training_has_begun(
    xla: bool, test_images: int, compiled_programs: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whole batches, the short batch, validation: what is needed is traced before `Prepared`, and never again."""
    counts: dict[str, list[int]] = {}
    programs: list[Any] = []

    def remember_training(*arguments: Any, **options: Any) -> Any:
        training = compiled.CompiledTraining(*arguments, **options)
        programs.extend([training._whole.compiled, training._short.compiled])
        return training

    def remember_evaluation(*arguments: Any, **options: Any) -> Any:
        evaluation = compiled.CompiledEvaluation(*arguments, **options)
        programs.extend([evaluation._whole, evaluation._rest])
        return evaluation

    def count(event: Event, control: Control) -> None:
        counts.setdefault(type(event).__name__, []).extend(
            program.experimental_get_tracing_count() for program in programs
        )

    monkeypatch.setattr(trainer, "TrainingSession", partial(TrainingSession, pool=workbench.WorkbenchPool()))
    monkeypatch.setattr(workbench, "CompiledTraining", remember_training)
    monkeypatch.setattr(workbench, "CompiledEvaluation", remember_evaluation)
    run(SMALL, made_up_digits(test=test_images), Engine(xla, chunk=4), listener=count)
    assert counts["Prepared"] == compiled_programs
    assert counts["Finished"] == compiled_programs


# Failing


def test_a_network_that_does_not_fit_fails_before_anything_starts(
    monkeypatch: pytest.MonkeyPatch, digits: Digits
) -> None:
    class NearlyFull:
        available = 100_000

    monkeypatch.setattr(psutil, "virtual_memory", NearlyFull)
    result = run(SMALL, digits)
    (failed,) = result.events
    assert isinstance(failed, Failed)
    assert isinstance(failed.error, NetworkError)
    assert f"{SMALL.parameters():,} parameters" in str(failed.error)


def test_whatever_else_goes_wrong_is_told_once(monkeypatch: pytest.MonkeyPatch, digits: Digits) -> None:
    error = RuntimeError("the disk is on fire")

    def broken(self: object, *arguments: object) -> None:
        raise error

    monkeypatch.setattr(compiled.CompiledEvaluation, "measure", broken)
    result = run(SMALL, digits)
    assert result.last == Failed(error)
    assert sum(isinstance(event, LastEvent) for event in result.events) == 1
    assert not KERAS_LOCK.locked()


def test_after_a_failure_the_next_run_is_as_if_nothing_had_been(
    monkeypatch: pytest.MonkeyPatch, digits: Digits, small_run: Run
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(compiled.CompiledTraining, "run", lambda *_: 1 / 0)
        assert isinstance(run(SMALL, digits).last, Failed)
    assert same_bits(run(SMALL, digits).parameters(), small_run.parameters())


@pytest.mark.parametrize("dropout", [0.0, 0.3])
def test_a_machine_without_xla_trains_the_same_network(
    dropout: float, monkeypatch: pytest.MonkeyPatch, digits: Digits
) -> None:
    """Where XLA cannot compile, the run says nothing to the learner and goes on with plain graphs."""
    import tensorflow

    class WithoutXla(compiled.TrainingProgram):
        def __init__(self, model: Any, batch_size: int, *, xla: bool) -> None:
            super().__init__(model, batch_size, xla=False)
            self._is_refused = xla

        def __call__(self, *arguments: Any) -> Any:
            if self._is_refused:
                raise tensorflow.errors.UnimplementedError(None, None, "no XLA here")
            return super().__call__(*arguments)

    monkeypatch.setattr(compiled, "TrainingProgram", WithoutXla)
    monkeypatch.setattr(
        trainer, "TrainingSession", partial(TrainingSession, pool=workbench.WorkbenchPool())
    )  # an earlier test's network has been compiled with XLA
    experiment = SMALL.changed(dropout=dropout)
    result = run(experiment, digits, Engine(xla=True))
    monkeypatch.undo()
    assert same_bits(result.parameters(), run(experiment, digits, Engine(xla=False)).parameters())


@pytest.mark.parametrize("validation", ["test", "held_out"])
def test_a_single_training_image(validation: str) -> None:
    """It can be trained on, or kept aside, but not both."""
    last = run(SMALL.changed(validation=validation), made_up_digits(1, 5)).last
    if validation == "test":
        assert isinstance(last, Finished)
    else:
        assert isinstance(last, Failed)
        assert isinstance(last.error, NetworkError)
        assert "test images" in str(last.error)


DIVERGING = {"hidden_units": (12, 12), "activation": "linear", "optimizer": "sgd", "learning_rate": 1000.0}


def _stops_at_once(event: Event, control: Control) -> None:
    if isinstance(event, Updates):
        control.stop()


@pytest.mark.parametrize(
    ("fields", "listener", "last"),
    [
        ({}, None, Finished),
        ({}, _stops_at_once, Stopped),
        (DIVERGING, None, Diverged),
    ],
    ids=["finished", "stopped", "diverged"],
)
def test_a_run_that_is_over_keeps_no_digits_in_memory(
    fields: dict[str, object], listener: Any, last: type, digits: Digits, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without waiting for a collection of garbage: the tensors of all of MNIST take 43 MB a run."""
    keras_and_tensorflow()  # TensorFlow keeps an exception of its import, and with it the frames of whoever imported it
    sessions: list[weakref.ref[TrainingSession]] = []

    class Watched(TrainingSession):
        def __init__(self, *parts: Any, **options: Any) -> None:
            super().__init__(*parts, **options)
            sessions.append(weakref.ref(self))

    monkeypatch.setattr(trainer, "TrainingSession", Watched)
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        result = run(SMALL.changed(**fields), digits, listener=listener)
    finally:
        if was_enabled:
            gc.enable()
    assert isinstance(result.last, last)
    assert [session() for session in sessions] == [None]
