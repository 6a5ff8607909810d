"""One gradient update looked at closely: it is the run's own, and looking changes nothing."""

import numpy as np
import pytest

from mnist_lab.data.digits import Digits
from mnist_lab.network.control import Control
from mnist_lab.network.events import Begun, Event, ObservedUpdate, Paused, Updates
from mnist_lab.network.model import build_model
from mnist_lab.network.trainer import Engine
from tests.network.runs import BATCH_SIZE, PLAIN, SMALL, Run, largest_difference, own_numbers, run, same_bits

pytestmark = pytest.mark.keras


def parameters(update: ObservedUpdate, which: str) -> list[np.ndarray]:
    return [array for layer in getattr(update, which).layers for array in (layer.kernel, layer.bias)]


def test_the_initial_weights_are_told(digits: Digits) -> None:
    (begun,) = run(SMALL, digits).of(Begun)
    assert begun.weights.updates == 0
    told = [array for layer in begun.weights.layers for array in (layer.kernel, layer.bias)]
    assert same_bits(told, build_model(SMALL).get_weights())


def collect(experiment: object = SMALL, asked_at: int = 17, engine: Engine = PLAIN) -> tuple[Run, list[ObservedUpdate]]:
    from tests.network.runs import made_up_digits

    seen: list[ObservedUpdate] = []

    def look(event: Event, control: Control) -> None:
        update = control.take_update()
        if update is not None:
            seen.append(update)
        if isinstance(event, Updates) and event.first <= asked_at < event.first + len(event.losses):
            control.request_update()

    control = Control()
    result = run(experiment, made_up_digits(), engine, control, look)  # type: ignore[arg-type]
    last = control.take_update()
    return result, seen + ([last] if last is not None else [])


@pytest.mark.parametrize("xla", [False, True], ids=["plain", "xla"])
def test_first_last_and_what_was_asked_for(xla: bool, digits: Digits, small_run: Run) -> None:
    result, seen = collect(engine=Engine(xla=xla, chunk=6))
    numbers = [update.before.updates for update in seen]
    assert numbers[-1] == 39, "the last of the run"
    assert len(numbers) >= 2, "the one asked for"
    assert 17 < numbers[-2] < 39
    if not xla:
        assert same_bits(result.parameters(), small_run.parameters()), "looking changes no bit"
    for update in seen:
        assert update.after.updates == update.before.updates + 1
        assert update.learning_rate == pytest.approx(SMALL.learning_rate)
        assert update.loss == result.losses[update.before.updates]
        assert update.accuracy == result.accuracies[update.before.updates]
        images, labels = digits.train_images[update.indices], digits.train_labels[update.indices]
        assert own_numbers(update.before, images, labels) == pytest.approx((update.loss, update.accuracy), abs=1e-5)


def test_it_is_the_update_that_keras_makes(digits: Digits) -> None:
    _, seen = collect()
    for update in seen:
        model = build_model(SMALL.changed(optimizer="sgd", learning_rate=0.5))
        model.set_weights(parameters(update, "before"))
        model.optimizer.learning_rate = 0.5
        images = digits.train_images[update.indices].reshape(-1, 784).astype("float32") / 255
        model.train_on_batch(images, np.eye(10, dtype="float32")[digits.train_labels[update.indices]])
        by_gradient = model.get_weights()[0] - parameters(update, "before")[0]
        by_run = parameters(update, "after")[0] - parameters(update, "before")[0]
        moved = np.abs(by_gradient) > 1e-7
        assert (np.sign(by_gradient[moved]) == np.sign(by_run[moved])).mean() > 0.999, "RMSprop keeps the sign"


def test_the_short_batch_has_its_few_images() -> None:
    _, seen = collect()
    assert len(seen[-1].indices) == 620 - 19 * BATCH_SIZE == 12


def test_held_out_images_are_never_in_a_batch(digits: Digits) -> None:
    experiment = SMALL.changed(validation="held_out", held_out_share=0.5)
    result, seen = collect(experiment, asked_at=3)
    for update in seen:
        images, labels = digits.train_images[update.indices], digits.train_labels[update.indices]
        assert own_numbers(update.before, images, labels)[0] == pytest.approx(update.loss, abs=1e-5)
    assert len(result.losses) == 20


def test_each_step_is_looked_at(digits: Digits) -> None:
    seen: list[int] = []

    def step(event: Event, control: Control) -> None:
        if isinstance(event, Paused):
            update = control.take_update()
            if update is not None:
                seen.append(update.before.updates)
            if len(seen) < 3:
                control.step()
            else:
                control.stop()

    run(SMALL, digits, PLAIN, Control(paused=True), step)
    assert seen == [0, 1, 2]


def test_a_penalty_is_part_of_the_loss(digits: Digits) -> None:
    _, seen = collect(SMALL.changed(l2=0.01))
    update = seen[-1]
    images, labels = digits.train_images[update.indices], digits.train_labels[update.indices]
    assert own_numbers(update.before, images, labels, 0.01)[0] == pytest.approx(update.loss, abs=1e-5)
    assert largest_difference(parameters(update, "before"), parameters(update, "after")) > 0
