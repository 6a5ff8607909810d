"""A session can be left at any update and entered again, in another process too, with the same bits."""

import contextlib
import dataclasses
import json
import subprocess
import sys
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import ACTIVATIONS, Experiment
from mnist_lab.network import workbench
from mnist_lab.network.backend import keras_and_tensorflow
from mnist_lab.network.compiled import CompiledTraining, MeasuredDigits, ResidentDigits
from mnist_lab.network.session import TrainingSession
from mnist_lab.network.snapshot import Snapshot, SnapshotError
from mnist_lab.network.trainer import Engine
from mnist_lab.network.workbench import WorkbenchPool
from mnist_lab.optimizers import OPTIMIZERS, optimizer_spec
from tests.network.runs import SMALL, UPDATES_PER_EPOCH, changed_weights, own_numbers, run, same_bits

pytestmark = pytest.mark.keras

PROJECT = Path(__file__).resolve().parents[2]
IDENTIFIERS = [spec.identifier for spec in OPTIMIZERS]
with_and_without_xla = pytest.mark.parametrize("xla", [True, False], ids=["xla", "plain"])
MIDDLE, END = UPDATES_PER_EPOCH + 7, 3 * UPDATES_PER_EPOCH
"""A moment in the middle of the second epoch, and the end of the third."""
CHILD = """
import json, sys
from pathlib import Path
from mnist_lab.experiment import Experiment
from mnist_lab.network.session import TrainingSession
from mnist_lab.network.snapshot import Snapshot
from tests.network.runs import made_up_digits
digits = made_up_digits()
for task in json.loads(Path(sys.argv[1]).read_text()):
    start = Snapshot.from_bytes(Path(task["snapshot"]).read_bytes())
    session = TrainingSession(Experiment(**task["experiment"]), digits, start, xla=task["xla"])
    losses = []
    while session.updates < task["end"]:
        losses += session.advance(min(task["chunk"], task["end"] - session.updates)).losses.tolist()
    print(json.dumps({"hashes": session.snapshot().hashes, "losses": losses}))
    session.close()
"""


@pytest.fixture(autouse=True)
def keras_is_there() -> None:
    """Importing TensorFlow leaves exceptions in cycles, and with them whoever imported it, until they are collected."""
    keras_and_tensorflow()


def experiment_with(optimizer: str, dropout: float = 0.0) -> Experiment:
    return SMALL.changed(
        optimizer=optimizer, learning_rate=optimizer_spec(optimizer).default_rate, dropout=dropout, epochs=3
    )


@pytest.mark.parametrize(
    ("optimizers", "kinds"),
    [
        (["rmsprop", "nadam"], [(0.3, True)]),
        *(
            pytest.param(IDENTIFIERS, kinds, marks=pytest.mark.acceptance)
            for kinds in ([(0.3, True)], [(0.0, True)], [(0.0, False), (0.3, False)])
        ),
    ],
    ids=["two optimizers", "dropout and xla", "xla", "plain"],
)
@pytest.mark.timeout(300)
def test_optimizers_go_on_in_another_process_with_the_same_bits(
    optimizers: list[str], kinds: list[tuple[float, bool]], digits: Digits, tmp_path: Path
) -> None:
    """Left in the middle of an epoch, gone on with in chunks of another length; with and without dropout and XLA.

    Nadam has the most state: two numbers for each weight, one for all. Every optimizer under `--acceptance`.
    """
    tasks, expected = [], []
    for optimizer in optimizers:
        for dropout, xla in kinds:
            session = TrainingSession(experiment_with(optimizer, dropout), digits, xla=xla)
            for _ in range(9):
                session.advance(3)
            path = tmp_path / f"{optimizer} {dropout} {xla}"
            path.write_bytes(session.snapshot().to_bytes())
            losses = session.advance(END - MIDDLE).losses
            expected.append({"hashes": session.snapshot().hashes, "losses": losses.tolist()})
            tasks.append(
                {
                    "snapshot": str(path),
                    "experiment": session.experiment.model_dump(mode="json"),
                    "xla": xla,
                    "chunk": 5,
                    "end": END,
                }
            )
            session.close()
    (tmp_path / "tasks").write_text(json.dumps(tasks))
    finished = subprocess.run(
        [sys.executable, "-c", CHILD, str(tmp_path / "tasks")],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=250,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr[-2000:]
    for task, told, wanted in zip(tasks, finished.stdout.splitlines(), expected, strict=True):
        assert json.loads(told) == wanted, task


@pytest.mark.parametrize(
    ("optimizer", "xla"),
    [
        ("sgd", False),
        ("nadam", True),
        pytest.param("sgd", True, marks=pytest.mark.acceptance),
        pytest.param("nadam", False, marks=pytest.mark.acceptance),
    ],
    ids=["sgd-plain", "nadam-xla", "sgd-xla", "nadam-plain"],
)
def test_a_session_entered_again_has_the_bits_of_one_that_was_not_left(
    optimizer: str, xla: bool, digits: Digits
) -> None:
    experiment = experiment_with(optimizer, dropout=0.3)
    whole = TrainingSession(experiment, digits, xla=xla)
    losses = whole.advance(MIDDLE).losses
    kept = whole.snapshot()
    whole.advance(END - MIDDLE)
    expected = whole.snapshot()

    other = TrainingSession(experiment.changed(seed=experiment.seed), digits, kept, xla=xla)
    assert other.updates == MIDDLE
    for count in (1, 12, 2, 18):
        other.advance(count)
    assert other.updates == END
    assert other.snapshot().hashes == expected.hashes

    whole.restore(kept)
    assert whole.snapshot().hashes == kept.hashes
    whole.advance(END - MIDDLE)
    assert whole.snapshot().hashes == expected.hashes
    assert len(losses) == MIDDLE


@pytest.mark.parametrize("xla", [False, pytest.param(True, marks=pytest.mark.acceptance)], ids=["plain", "xla"])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation_goes_back_and_comes_again(activation: str, xla: bool, digits: Digits) -> None:
    session = TrainingSession(SMALL.changed(activation=activation, l2=0.001, dropout=0.2), digits, xla=xla)
    session.advance(13)
    kept = session.snapshot()
    first = session.advance(30)
    session.restore(kept)
    again = session.advance(30)
    assert same_bits(list(first), list(again))


@with_and_without_xla
def test_a_session_has_the_bits_of_train(xla: bool, digits: Digits) -> None:
    experiment = SMALL.changed(dropout=0.4, validation="held_out", held_out_share=0.2)
    result = run(experiment, digits, Engine(xla))
    session = TrainingSession(experiment, digits, xla=xla)
    numbers = session.advance(session.total_updates)
    assert same_bits(session.snapshot().weights, result.parameters())
    assert same_bits(list(numbers), [result.losses, result.accuracies])
    assert session.measure() == (result.epochs[-1].validation_loss, result.epochs[-1].validation_accuracy)
    test = own_numbers(session.weights(), digits.test_images, digits.test_labels)
    assert tuple(session.measure("test")) == pytest.approx(test, abs=1e-5)


@settings(max_examples=10)
@given(chunks=st.lists(st.integers(0, 25), max_size=12))
def test_chunks_of_any_length_give_the_same_bits(chunks: list[int]) -> None:
    from tests.network.runs import made_up_digits

    digits = made_up_digits()
    experiment = SMALL.changed(dropout=0.3)
    by_chunks = TrainingSession(experiment, digits, xla=False)
    losses = [by_chunks.advance(count).losses for count in chunks]
    at_once = TrainingSession(experiment, digits, xla=False)
    numbers = at_once.advance(sum(chunks))
    assert by_chunks.updates == at_once.updates == len(numbers.losses) == sum(chunks)
    assert same_bits([np.concatenate([np.empty(0, np.float32), *losses])], [numbers.losses])
    assert by_chunks.snapshot().hashes == at_once.snapshot().hashes
    by_chunks.close()
    at_once.close()


def test_it_knows_its_next_batch(digits: Digits) -> None:
    """Loss of the batch that it says comes next, in NumPy, is the loss that the update then has."""
    session = TrainingSession(SMALL.changed(validation="held_out"), digits, xla=False)
    session.advance(UPDATES_PER_EPOCH - 3)
    for _ in range(4):  # over the short batch and the end of the epoch
        indices, weights = session.next_batch(), session.weights()
        loss, accuracy = own_numbers(weights, digits.train_images[indices], digits.train_labels[indices])
        numbers = session.advance(1)
        assert (float(numbers.losses[0]), float(numbers.accuracies[0])) == pytest.approx((loss, accuracy), abs=1e-5)


def test_it_goes_on_beyond_its_epochs(digits: Digits) -> None:
    session = TrainingSession(SMALL.changed(epochs=1), digits, xla=False)
    session.advance(session.total_updates + 5)
    longer = TrainingSession(SMALL.changed(epochs=2), digits, xla=False)
    longer.advance(UPDATES_PER_EPOCH + 5)
    assert session.snapshot().hashes == longer.snapshot().hashes


def test_a_learning_rate_is_part_of_the_snapshot(digits: Digits) -> None:
    session = TrainingSession(SMALL, digits)
    session.advance(4)
    session.learning_rate = 0.02
    kept = session.snapshot()
    expected = session.advance(20).losses
    session.learning_rate = 0.5
    session.advance(3)
    session.restore(kept)
    assert session.learning_rate == kept.learning_rate == pytest.approx(0.02)
    assert same_bits([session.advance(20).losses], [expected])


# Snapshots


@pytest.mark.parametrize("optimizer", IDENTIFIERS)
def test_names_are_the_labs_own_whatever_was_built_before(optimizer: str, digits: Digits) -> None:
    experiment = SMALL.changed(hidden_units=(12, 9), dropout=0.1, optimizer=optimizer)
    names = [
        list(TrainingSession(experiment, digits, xla=xla).snapshot().variables) for xla in (optimizer == "nadam", False)
    ]
    assert names[0] == names[1]
    layers = [f"{layer}/{part}" for layer in ("hidden_1", "hidden_2", "output") for part in ("kernel", "bias")]
    states = {
        "rmsprop": ["velocity"],
        "sgd": [],
        "sgd_momentum": ["momentum"],
        "sgd_nesterov": ["momentum"],
        "adagrad": ["accumulator"],
    }.get(optimizer, ["momentum", "velocity"])
    expected = {
        *layers,
        "dropout_1/random_state",
        "dropout_2/random_state",
        "optimizer/iterations",
        "optimizer/learning_rate",
        *(f"optimizer/{state}/{layer}" for state in states for layer in layers),
        *(["optimizer/u_product"] if optimizer == "nadam" else []),
    }
    assert set(names[0]) == expected
    assert names[0][:6] == layers


def test_a_snapshot_survives_as_bytes(digits: Digits) -> None:
    session = TrainingSession(SMALL.changed(dropout=0.3, optimizer="nadam"), digits)
    session.advance(5)
    kept = session.snapshot()
    read = Snapshot.from_bytes(kept.to_bytes())
    assert (read.updates, read.optimizer, read.runtime) == (5, "nadam", kept.runtime)
    assert list(read.variables) == list(kept.variables)
    assert read.hashes == kept.hashes
    assert read.weights_sha256 == kept.weights_sha256 == session.weights().sha256()
    assert int(read.variables["optimizer/iterations"]) == 5
    assert all(not value.flags.writeable for value in read.variables.values())
    assert (kept.runtime.intra_op_threads, kept.runtime.onednn, kept.runtime.xla) == (2, False, True)


def test_a_snapshot_is_a_copy(digits: Digits) -> None:
    session = TrainingSession(SMALL, digits)
    kept = session.snapshot()
    before = {name: value.copy() for name, value in kept.variables.items()}
    session.advance(10)
    assert same_bits(list(kept.variables.values()), list(before.values()))


@pytest.mark.parametrize(
    ("other", "part"),
    [
        ({"hidden_units": (13,)}, "“hidden_1/kernel” is 784×12 float32 in it and 784×13 float32"),
        ({"hidden_units": (12, 12)}, "“hidden_2/kernel” is missing in it"),
        ({"dropout": 0.1}, "“dropout_1/random_state” is missing in it"),
        ({"optimizer": "adam"}, "of the optimizer “rmsprop”, not of “adam”"),
    ],
)
def test_one_of_another_network_is_refused_in_a_sentence(other: dict[str, object], part: str, digits: Digits) -> None:
    session = TrainingSession(SMALL, digits, xla=False)
    session.advance(3)
    strange = TrainingSession(SMALL.changed(**other), digits, xla=False)
    before = strange.snapshot().hashes
    with pytest.raises(SnapshotError) as caught:
        strange.restore(session.snapshot())
    assert part in str(caught.value)
    assert strange.snapshot().hashes == before
    assert strange.updates == 0


def test_one_with_more_than_the_network_has_is_refused(digits: Digits) -> None:
    session = TrainingSession(SMALL, digits, xla=False)
    kept = session.snapshot()
    more = dataclasses.replace(kept, variables={**kept.variables, "hidden_9/kernel": np.zeros(3, np.float32)})
    with pytest.raises(SnapshotError, match=r"hidden_9/kernel.*3 float32 in it and missing"):
        session.restore(more)
    wide = dataclasses.replace(
        kept, variables={**kept.variables, "output/bias": kept.variables["output/bias"].astype(np.float64)}
    )
    with pytest.raises(SnapshotError, match="10 float64 in it and 10 float32"):
        session.restore(wide)


def test_damaged_bytes_are_refused_in_a_sentence(digits: Digits) -> None:
    """One flipped bit anywhere: refused, or (in the header's own words) nothing that counts has changed."""
    session = TrainingSession(SMALL.changed(hidden_units=(2,), dropout=0.5), digits, xla=False)
    kept = session.snapshot()
    data = kept.to_bytes()
    generator = np.random.default_rng(0)
    for position in [*range(300), *generator.integers(0, len(data), 300).tolist()]:
        flipped = bytearray(data)
        flipped[position] ^= 1 << int(generator.integers(8))
        with contextlib.suppress(SnapshotError):
            assert Snapshot.from_bytes(bytes(flipped)).hashes == kept.hashes
    for cut in (0, 7, 8, 100, len(data) - 1):
        with pytest.raises(SnapshotError):
            Snapshot.from_bytes(data[:cut])
    with pytest.raises(SnapshotError):
        Snapshot.from_bytes(b"\xff" * 100)


def test_a_snapshot_with_a_bad_weight_says_so(digits: Digits) -> None:
    kept = TrainingSession(SMALL, digits, xla=False).snapshot()
    assert kept.is_finite()
    for bad in (np.nan, np.inf, -np.inf):
        assert not changed_weights(kept, bad).is_finite()


# Several sessions

TURNS = [SMALL.changed(dropout=0.3), SMALL.changed(dropout=0.3, learning_rate=0.01, seed=3)]
"""Of one shape."""
OTHERS = [SMALL.changed(hidden_units=(12, 10), optimizer="adamw"), SMALL.changed(activation="tanh", batch_size=50)]
"""Of different shapes."""


@pytest.mark.parametrize(
    ("count", "xla"),
    [
        (1, True),
        (7, False),
        pytest.param(7, True, marks=pytest.mark.acceptance),
        pytest.param(1, False, marks=pytest.mark.acceptance),
    ],
    ids=["1 xla", "7 plain", "7 xla", "1 plain"],
)
def test_sessions_that_take_turns_end_with_the_bits_they_have_alone(count: int, xla: bool, digits: Digits) -> None:
    experiments = [*TURNS, *OTHERS]
    alone = []
    for experiment in experiments:
        session = TrainingSession(experiment, digits, xla=xla)
        losses = session.advance(35).losses
        alone.append((session.snapshot().hashes, losses, session.measure()))
        session.close()
    sessions = [TrainingSession(experiment, digits, xla=xla) for experiment in experiments]
    told_to: list[list[float]] = [[] for _ in sessions]
    for _ in range(35 // count):
        for session, told in zip(sessions, told_to, strict=True):
            told.extend(session.advance(count).losses)
    for session, told, (hashes, expected, measured) in zip(sessions, told_to, alone, strict=True):
        assert session.snapshot().hashes == hashes
        assert same_bits([np.array(told, np.float32)], [expected])
        assert session.measure() == measured


def test_a_closed_session_says_so_and_gives_its_workbench_to_the_next(digits: Digits) -> None:
    pool = WorkbenchPool()
    first = TrainingSession(SMALL, digits, xla=False, pool=pool)
    assert not pool.idle
    first.close()
    first.close()
    with pytest.raises(RuntimeError, match="closed"):
        first.advance(1)
    with pytest.raises(RuntimeError, match="closed"):
        first.snapshot()
    assert len(pool.idle) == 1
    second = TrainingSession(SMALL.changed(seed=8), digits, xla=False, pool=pool)
    assert not pool.idle
    second.close()


def test_a_dropped_session_gives_everything_back_at_once(digits: Digits, monkeypatch: pytest.MonkeyPatch) -> None:
    """By counting references alone: tests run without the garbage collector."""
    resident: list[weakref.ref[Any]] = []

    def noted(place: Callable[..., Any]) -> Callable[..., Any]:
        def note(*arguments: Any) -> Any:
            placed = place(*arguments)
            resident.append(weakref.ref(placed))
            return placed

        return note

    for kind in (ResidentDigits, MeasuredDigits):
        monkeypatch.setattr(kind, "of", noted(kind.of))
    pool = WorkbenchPool()
    session = TrainingSession(SMALL, digits, pool=pool)
    session.advance(30)
    session.measure()
    session.snapshot()
    dropped = weakref.ref(session)
    del session
    assert dropped() is None
    assert len(resident) >= 3
    assert not any(one() for one in resident)
    assert len(pool.idle) == 1


def test_one_after_the_other_they_compile_once_for_each_shape(digits: Digits, monkeypatch: pytest.MonkeyPatch) -> None:
    """TensorFlow keeps about 10 MB for each program; `tests.benchmarks.sessions` measures the memory of sixty."""
    made: list[object] = []

    def count(*arguments: Any, **options: Any) -> Any:
        made.append(arguments)
        return CompiledTraining(*arguments, **options)

    pool = WorkbenchPool()
    monkeypatch.setattr(workbench, "CompiledTraining", count)
    for number in range(20):
        experiment = SMALL.changed(hidden_units=(3 + number % 4,), seed=number, learning_rate=0.001 * (number + 1))
        session = TrainingSession(experiment, digits, xla=False, pool=pool)
        session.advance(3)
        del session
    assert len(made) == len(pool.idle) == 4


def test_what_ends_the_making_of_a_session_leaves_nothing_behind(digits: Digits) -> None:
    class EnoughError(Exception):
        pass

    def stop(stage: str) -> None:
        if stage == "compiling":
            raise EnoughError

    pool = WorkbenchPool()
    with pytest.raises(EnoughError):
        TrainingSession(SMALL, digits, on_stage=stop, pool=pool)
    assert not pool.idle
    kept = TrainingSession(SMALL.changed(hidden_units=(3,)), digits, xla=False).snapshot()
    with pytest.raises(SnapshotError):
        TrainingSession(SMALL, digits, kept, xla=False, pool=pool)
    assert len(pool.idle) == 1
