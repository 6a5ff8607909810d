"""What somebody asks for is done in the thread of a live run, and the run goes on as if nothing had been."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from mnist_lab.data.digits import Digits
from mnist_lab.network.control import KERAS_LOCK, Control
from mnist_lab.network.events import Begun, Event, Paused, Prepared, Resumed, Stopped, Updates
from mnist_lab.network.session import TrainingSession
from mnist_lab.network.trainer import Engine
from mnist_lab.network.turns import in_turn
from tests.network.runs import SMALL, RunInThread, run, same_bits

pytestmark = pytest.mark.keras

ENDLESS = SMALL.changed(epochs=10_000)
PATIENCE_SECONDS = 60.0
Wanted = Callable[[], bool]


def where(session: TrainingSession | None, _is_wanted: Wanted) -> tuple[int, int]:
    """After how many updates the session stands (−1: there is none), and in which thread that was looked up."""
    return (-1 if session is None else session.updates), threading.get_ident()


def asked(control: Control) -> tuple[int, int]:
    """What `where` gives when it is asked of the run."""
    answer = in_turn(control, where)
    assert answer is not None
    return answer


@pytest.mark.parametrize("dropout", [0.0, 0.3])
def test_a_run_that_was_asked_all_the_time_ends_with_the_very_bits(dropout: float, digits: Digits) -> None:
    experiment = SMALL.changed(dropout=dropout, optimizer="adam")
    alone = run(experiment, digits)
    places: list[int] = []

    def play(session: TrainingSession | None) -> None:
        assert session is not None
        places.append(session.updates)
        session.learning_rate = 0.5
        session.advance(23)  # over an epoch's end

    def ask(event: Event, control: Control) -> None:
        if isinstance(event, Begun | Updates):
            for _ in range(2):
                assert control.ask(play) or places[-1] == 40

    result = run(experiment, digits, Engine(xla=False, chunk=7), listener=ask)
    assert same_bits(result.parameters(), alone.parameters())
    assert same_bits([result.losses, result.accuracies], [alone.losses, alone.accuracies])
    assert result.epochs == alone.epochs
    assert places[:4] == [0, 0, 23, 7] or places[:4] == [0, 23, 7, 30], "one after the other, with the same session"


def test_a_paused_run_and_one_in_slow_motion_answer(digits: Digits) -> None:
    with RunInThread(ENDLESS, digits, control=Control(paused=True)) as live:
        live.wait_for(Paused)
        updates, thread = asked(live.control)
        assert updates == 0
        assert thread != threading.get_ident()
        assert asked(live.control) == (0, thread)
        live.control.set_slow_motion(0.001)
        live.control.resume()
        live.wait_for(Updates)
        assert asked(live.control) == (1, thread)
        live.control.set_slow_motion(None)
        live.wait_for(Updates, 5)
        assert asked(live.control)[0] >= 5
        live.control.pause()
        live.wait_for(Paused, 2)
    assert [type(event) for event in live.result.events if isinstance(event, Paused | Resumed)] == [
        Paused,
        Resumed,
        Paused,
    ]
    assert live.result.updates[0].training_seconds < PATIENCE_SECONDS


def test_in_slow_motion_what_is_asked_counts_as_training(digits: Digits, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a run that is watched while films are played is told to be faster than it is."""
    real, later = time.perf_counter, [0.0]
    monkeypatch.setattr(time, "perf_counter", lambda: real() + later[0])

    def last_long(_session: TrainingSession | None) -> None:
        later[0] += 1_000.0

    def ask_once(event: Event, control: Control) -> None:
        if isinstance(event, Updates) and event.first == 0:
            control.ask(last_long)

    for speed, counts in ((1e6, True), (None, False)):
        control = Control()
        control.set_slow_motion(speed)
        result = run(SMALL, digits, control=control, listener=ask_once)
        assert (result.updates[-1].training_seconds >= 1_000.0) == counts


class Patient:
    """A job that lasts until it is not wanted any more; once that is over it is as quick as can be."""

    def __init__(self, times: int = 1) -> None:
        self.began = threading.Event()
        self.places: list[int] = []
        self._times = times

    def __call__(self, session: TrainingSession | None, is_wanted: Wanted) -> str | None:
        self.places.append(-1 if session is None else session.updates)
        if len(self.places) > self._times:
            return "done"
        self.began.set()
        while is_wanted():
            if session is not None:
                session.advance(1)
        return None


def begun(job: Patient, control: Control, pool: ThreadPoolExecutor) -> "Future[str | None]":
    answer = pool.submit(in_turn, control, job)
    assert job.began.wait(PATIENCE_SECONDS)
    return answer


def test_pause_and_stop_come_first_and_the_answer_all_the_same(digits: Digits) -> None:
    with ThreadPoolExecutor() as pool, RunInThread(ENDLESS, digits) as live:
        live.wait_for(Updates)
        patient = Patient()
        answer = begun(patient, live.control, pool)
        live.control.pause()
        live.wait_for(Paused)
        assert answer.result(PATIENCE_SECONDS) == "done"
        assert patient.places == [live.result.updates[-1].first + len(live.result.updates[-1].losses)] * 2
        patient = Patient()
        answer = begun(patient, live.control, pool)
        live.control.stop()
        live.join()
        assert answer.result(PATIENCE_SECONDS) == "done"
        assert patient.places[1] == -1, "the run has ended: it was done elsewhere"
    assert isinstance(live.result.last, Stopped)


def test_what_waits_when_the_run_ends_is_handed_back(digits: Digits) -> None:
    handed: list[TrainingSession | None] = []

    def stop(event: Event, control: Control) -> None:
        if isinstance(event, Prepared):
            control.stop()
            control.ask(handed.append)

    control = Control()
    assert not control.ask(handed.append), "there is no network yet"
    run(SMALL, digits, control=control, listener=stop)
    assert not control.ask(handed.append), "there is none any more"
    assert len(handed) == 1
    updates, thread = asked(control)
    assert (updates, thread) == (-1, threading.get_ident())


def test_mistakes_are_told_to_whoever_asked(digits: Digits) -> None:
    def fail(session: TrainingSession | None, _is_wanted: Wanted) -> None:
        if session is not None:
            session.advance(5)
        raise ZeroDivisionError

    with RunInThread(SMALL, digits, control=Control(paused=True)) as live:
        live.wait_for(Paused)
        with pytest.raises(ZeroDivisionError):
            in_turn(live.control, fail)
        live.control.resume()
        live.join()
    assert same_bits(live.result.parameters(), run(SMALL, digits).parameters())
    with pytest.raises(ZeroDivisionError):
        in_turn(None, fail)
    assert not KERAS_LOCK.locked()


def test_what_is_not_wanted_any_more_does_not_wait() -> None:
    wanted = iter([True, True, False])
    with KERAS_LOCK:
        assert in_turn(None, where, lambda: next(wanted)) is None
    assert in_turn(Control(), where, lambda: False) is None
