"""Racers take turns in one thread, and each has the bits of the same settings trained alone."""

from collections import defaultdict

import pytest

from mnist_lab.experiment import Experiment
from mnist_lab.network.control import KERAS_LOCK, Control
from mnist_lab.network.events import Begun, Diverged, Event, Failed, Finished, Paused, Prepared, Stopped, Updates
from mnist_lab.network.pace import Fairness
from mnist_lab.network.race import Racer, race
from mnist_lab.network.session import TrainingSession
from mnist_lab.network.trainer import Engine
from mnist_lab.optimizers import OPTIMIZERS
from tests.network.runs import PLAIN, SMALL, UPDATES_PER_EPOCH, Run, run

pytestmark = pytest.mark.keras

SHORT = Engine(xla=False, chunk=7)


class Raced:
    """A race in this thread, recorded."""

    def __init__(
        self, experiments, digits, *, fairness: Fairness = "updates", engine: Engine = PLAIN, listener=None
    ) -> None:
        self.control = Control()
        self.racers = [Racer(experiment, str(place)) for place, experiment in enumerate(experiments)]
        self.order: list[Event] = []
        runs: dict[str, Run] = defaultdict(Run)

        def publish(event: Event) -> None:
            self.order.append(event)
            runs[event.run_id].events.append(event)
            if listener is not None:
                listener(event, self.control)

        race(self.racers, digits, publish, self.control, fairness, engine)
        self.runs = [runs[racer.run_id] for racer in self.racers]
        for racer, recorded in zip(self.racers, self.runs, strict=True):
            recorded.weights = racer.control.take_weights()


@pytest.mark.parametrize(
    "identifiers",
    [["sgd", "nadam"], pytest.param([spec.identifier for spec in OPTIMIZERS], marks=pytest.mark.acceptance)],
)
def test_each_racer_has_the_bits_of_its_settings_alone(identifiers, digits):
    experiments = [SMALL.changed(optimizer=identifier, dropout=0.3) for identifier in identifiers]
    for experiment, raced in zip(experiments, Raced(experiments, digits).runs, strict=True):
        alone = run(experiment, digits)
        assert isinstance(raced.last, Finished)
        assert raced.weights.sha256() == alone.weights.sha256()
        assert raced.losses.tobytes() == alone.losses.tobytes()
        assert [end.weights_sha256 for end in raced.epochs] == [end.weights_sha256 for end in alone.epochs]


def test_two_equal_entries_have_equal_curves_and_one_start(digits):
    first, second = Raced([SMALL, SMALL], digits, engine=Engine(xla=True)).runs
    assert first.losses.tobytes() == second.losses.tobytes()
    assert first.accuracies.tobytes() == second.accuracies.tobytes()
    assert first.weights.sha256() == second.weights.sha256()
    assert first.of(Begun)[0].weights.sha256() == second.of(Begun)[0].weights.sha256()


def test_all_networks_stand_before_the_first_update(digits):
    kinds = [type(event) for event in Raced([SMALL, SMALL.changed(hidden_units=(5,))], digits).order]
    last_start = max(place for place, kind in enumerate(kinds) if kind is Prepared)
    assert last_start < kinds.index(Updates)


def test_at_equal_updates_no_racer_is_more_than_a_chunk_ahead(digits):
    raced = Raced([SMALL, SMALL.changed(hidden_units=(40, 20)), SMALL.changed(optimizer="adam")], digits, engine=SHORT)
    done = dict.fromkeys("012", 0)
    for event in raced.order:
        if isinstance(event, Updates):
            assert event.first == min(done.values())
            done[event.run_id] = event.first + len(event.losses)
    assert set(done.values()) == {2 * UPDATES_PER_EPOCH}


def test_at_equal_seconds_it_is_the_turn_of_who_trained_shortest(digits):
    raced = Raced([SMALL, SMALL.changed(hidden_units=(40, 20))], digits, fairness="seconds", engine=SHORT)
    seconds, ended = dict.fromkeys("01", 0.0), set()
    for event in raced.order:
        if isinstance(event, Finished):
            ended.add(event.run_id)
        if isinstance(event, Updates):
            assert all(seconds[event.run_id] <= other for name, other in seconds.items() if name not in ended)
            seconds[event.run_id] = event.training_seconds
    assert len(ended) == 2


def test_who_diverges_or_fails_leaves_and_the_others_go_on(digits):
    lost = SMALL.changed(optimizer="sgd", learning_rate=1000.0, activation="linear", initial_weights="large")
    other, diverged = Raced([SMALL, lost], digits).runs
    assert isinstance(diverged.last, Diverged)
    assert isinstance(other.last, Finished)
    assert other.losses.tobytes() == run(SMALL, digits).losses.tobytes()


def test_stop_ends_all_with_what_they_have(digits):
    def stop_soon(event: Event, control: Control) -> None:
        if isinstance(event, Updates) and event.first + len(event.losses) >= UPDATES_PER_EPOCH:
            control.stop()

    raced = Raced([SMALL, SMALL.changed(seed=3)], digits, engine=SHORT, listener=stop_soon)
    for one, racer in zip(raced.runs, raced.racers, strict=True):
        assert isinstance(one.last, Stopped)
        assert one.last.updates == len(one.losses) == one.weights.updates
        assert racer.control.halt.updates == one.last.updates
    assert not KERAS_LOCK.locked()


def test_stop_while_preparing_is_obeyed(digits):
    raced = Raced([SMALL, SMALL], digits, listener=lambda _event, control: control.stop())
    assert all(isinstance(one.last, Stopped) and one.last.updates == 0 for one in raced.runs)


def test_a_pause_is_told_with_the_weights_and_guests_are_served(digits):
    lent: list[int] = []

    def pause_once(event: Event, control: Control) -> None:
        if isinstance(event, Updates) and not lent and not control.is_paused:
            control.pause()
        if isinstance(event, Paused) and event.run_id == "1":

            def use(session: TrainingSession | None) -> None:
                lent.append(session.updates)
                session.advance(3)
                control.resume()

            assert control.ask(use)

    raced = Raced([SMALL, SMALL], digits, engine=SHORT, listener=pause_once)
    assert len(lent) == 1
    assert all(isinstance(one.last, Finished) for one in raced.runs)
    assert raced.runs[0].losses.tobytes() == raced.runs[1].losses.tobytes()


def test_what_cannot_be_raced_fails_with_its_sentence(digits):
    huge = Experiment(hidden_units=(16_384,) * 4, batch_size=100_000)
    raced = Raced([SMALL, huge], digits)
    assert all(isinstance(one.last, Failed) for one in raced.runs)
    assert "GB" in str(raced.runs[0].last.error)
