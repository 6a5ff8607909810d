"""The program of a kept run, run by plain Keras, ends with the run's own bits, however it went."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from mnist_lab.data.digits import Digits
from mnist_lab.data.hand import hand_digits
from mnist_lab.data.hand_digit import HandDigit
from mnist_lab.data.own_digits import OwnDigits, new_digit, with_own
from mnist_lab.mirror.errors import MirrorError
from mnist_lab.mirror.kept import KeptProgram, kept_program
from mnist_lab.mirror.program import program
from mnist_lab.mirror.saving import write_files
from mnist_lab.mirror.source import source_of
from mnist_lab.optimizers import OPTIMIZERS
from mnist_lab.runs.facts import KeptRun
from mnist_lab.runs.moments import last_moment, recording_of, snapshot_reader
from mnist_lab.runs.store import RunStore
from tests.mirror.files import opened
from tests.mirror.programs import Programs
from tests.network.runs import SMALL, made_up_digits
from tests.runs.conftest import MEMORY
from tests.runs.forked import Runs, change_rate_after, stop_after

pytestmark = [pytest.mark.keras, pytest.mark.xdist_group("tests/mirror/test_truth.py")]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="mnist-lab-home-", dir=MEMORY) as name:
        yield Path(name)


@pytest.fixture(scope="module")
def runs(folder: Path) -> Runs:
    return Runs(RunStore(folder / "home"), opened(made_up_digits(), folder / "own.npz"))


def made(
    runs: Runs, kept: KeptRun, until: int | None = None, digits: Digits | None = None, own: int = 0
) -> KeptProgram:
    recording = recording_of(kept, digits or runs.digits, snapshot_reader(runs.store, kept.facts.id))
    beside = runs.store.folder / f"run-{kept.facts.number}.py"
    begins_trained = kept.facts.begins_trained
    return kept_program(recording, beside, until=until, own_digits=own, begins_trained=begins_trained, checks=True)


def check(
    programs: Programs, runs: Runs, kept: KeptRun, until: int | None = None, digits: Digits | None = None, own: int = 0
) -> str:
    """Run it, compare the bits, and return its text."""
    written = made(runs, kept, until, digits, own)
    write_files(written.files)
    programs.begin(written.program.text)
    moment = runs.moment(kept, last_moment(kept) if until is None else until, *([digits] if digits else []))
    assert programs.result()["weights_sha256"] == moment.weights_sha256
    return written.program.text


def test_a_run_of_its_settings_has_their_program(runs: Runs) -> None:
    kept = runs.run(SMALL)
    again = runs.fork(kept, 15)
    expected = program(SMALL, source_of(runs.digits), checks=True).text
    assert made(runs, kept).program.text == made(runs, again).program.text == expected
    assert not made(runs, kept).files


def test_stopped_within_an_epoch_and_gone_on_at_other_rates(programs: Programs, runs: Runs) -> None:
    stopped = runs.run(SMALL.changed(dropout=0.3), change_rate_after(10, 0.01), stop_after(25))
    text = check(programs, runs, stopped)
    assert "rates = {10: 0.01}" in text
    resumed = runs.resumed(stopped, change_rate_after(30, 0.003))
    assert "rates = {10: 0.01, 30: 0.003}" in check(programs, runs, resumed)
    check(programs, runs, resumed, until=28)
    check(programs, runs, resumed, until=20)
    check(programs, runs, runs.run(SMALL.changed(batch_order="fixed")), until=27)
    check(programs, runs, resumed, until=0)


@pytest.mark.parametrize("batch_order", ["reshuffled", pytest.param("fixed", marks=pytest.mark.acceptance)])
def test_forked_with_another_network_or_optimizer(batch_order: str, programs: Programs, runs: Runs) -> None:
    parent = runs.run(SMALL.changed(hidden_units=(12, 9), dropout=0.2, batch_order=batch_order))
    child = runs.fork(parent, 15, change_rate_after(30, 0.002), dropout=0.4, learning_rate=0.01)
    check(programs, runs, child)
    check(programs, runs, child, until=18)
    check(programs, runs, child, until=10)
    other = runs.fork(child, 33, optimizer="adam", l2=0.01, epochs=3)
    check(programs, runs, other)
    check(programs, runs, other, until=25)
    rated = runs.fork(parent, 15, learning_rate=0.01)
    assert not made(runs, rated).files, "another rate is no other network"
    check(programs, runs, rated)


@pytest.mark.parametrize(
    "optimizer",
    [
        pytest.param(spec.identifier, marks=() if spec.identifier == "nadam" else pytest.mark.acceptance)
        for spec in OPTIMIZERS
    ],
)
def test_forked_with_other_batches(optimizer: str, programs: Programs, runs: Runs) -> None:
    parent = runs.run(SMALL.changed(optimizer=optimizer, hidden_units=(12, 9, 7), dropout=0.1))
    child = runs.fork(parent, 15, change_rate_after(10, 0.002), batch_size=50)
    check(programs, runs, child)


def test_own_digits_and_a_hand(programs: Programs, runs: Runs) -> None:
    images = made_up_digits(training=6).train_images
    own = OwnDigits(tuple(new_digit(image, label) for label, image in enumerate(images)))
    digits = with_own(runs.digits, own)
    with_more = Runs(runs.store, digits)
    check(programs, with_more, with_more.run(SMALL.changed(moved_copies=1)), own=len(own))
    hand = hand_digits(
        runs.digits, [HandDigit(label, (), image) for label, image in enumerate(images)], copies=3, others=100, times=2
    )
    learned = runs.fork(runs.run(SMALL), 15, digits=hand, epochs=2)
    check(programs, runs, learned, digits=hand)


def test_a_start_that_is_gone_is_told(runs: Runs) -> None:
    child = runs.fork(runs.run(SMALL), 15, dropout=0.4)
    recording = recording_of(child, runs.digits, lambda updates: None)
    with pytest.raises(MirrorError, match="write the network itself"):
        kept_program(recording, Path("run.py"))
