"""What the store knows of a run leads to its moments; without Keras here. `tests/test_moment_commands.py` replays."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import numpy as np
import pytest

from mnist_lab.data.digits import Digits
from mnist_lab.network.events import Diverged
from mnist_lab.runs import run_file
from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.facts import Batch
from mnist_lab.runs.moments import last_moment, moment_of, recording_of, snapshot_reader
from mnist_lab.runs.run_file import RunFile
from mnist_lab.runs.run_reader import as_json, read_facts
from mnist_lab.runs.store import RunStore
from tests.network.runs import made_up_digits
from tests.runs.kept import DATA, EXPERIMENT, end_of, keep, snapshot_at, told


@pytest.fixture(scope="module")
def few_digits() -> Digits:
    return made_up_digits(10, 5)


def test_a_recording_is_what_is_kept(store: RunStore, few_digits: Digits) -> None:
    writer = store.begin(EXPERIMENT, DATA)
    hashed = replace(end_of(2), weights_sha256="a" * 64)
    writer.write(Batch([told(0, 20)], [end_of(1), hashed], snapshot=snapshot_at(0)))
    writer.close()
    kept = store.load(writer.id)
    recording = recording_of(kept, few_digits, snapshot_reader(store, writer.id))
    assert recording.hashes == {0: snapshot_at(0).weights_sha256, 20: "a" * 64}, "that of epoch 1 was not kept yet then"
    assert (recording.run_id, recording.experiment, recording.xla) == (writer.id, EXPERIMENT, True)
    assert recording.losses.tolist() == list(range(20))
    assert recording.part(19).end is None
    with pytest.raises(ValueError, match="never run here"):
        recording_of(replace(kept, experiment=None), few_digits, recording.snapshot)


def test_a_snapshot_that_is_damaged_is_passed_over(store: RunStore) -> None:
    writer = keep(store)
    read = snapshot_reader(store, writer.id)

    def places() -> list[int]:
        return [snapshot.updates for at in (9, 10, 19, 20) if (snapshot := read(at)) is not None]

    assert places() == [0, 10, 10, 20]
    with closing(sqlite3.connect(writer.path)) as connection, connection:
        connection.execute("UPDATE parts SET data = zeroblob(length(data)) WHERE updates = 10")
    assert places() == [0, 0, 0, 20], "an older one leads to the same bits"
    with closing(sqlite3.connect(writer.path)) as connection, connection:
        connection.execute("UPDATE parts SET data = zeroblob(length(data)) WHERE updates = 0")
    assert read(10) is None, "its seed does, too"
    with RunFile(writer.path, write=True) as file, file.writing():
        file.put(run_file.FACTS, 0, as_json(replace(read_facts(file), begins_trained=True)))
    with pytest.raises(StoreError, match="changed"):
        read(10)
    writer = store.begin(EXPERIMENT, DATA)
    writer.write(Batch([told(0, 3)]))
    assert snapshot_reader(store, writer.id)(2) is None
    writer.close()


def test_the_last_moment_is_a_network_with_numbers(store: RunStore) -> None:
    kept = store.load(keep(store).id)
    assert last_moment(kept) == 20
    assert last_moment(replace(kept, outcome=Diverged(20, np.inf, kept_updates=17))) == 17


def test_the_last_network_is_had_as_it_was_kept(store: RunStore) -> None:
    run_id = keep(store).id
    moment = moment_of(store, run_id)
    assert (moment.updates, moment.is_replayed, moment.identical, moment.update) == (20, False, True, None)
    assert moment.weights.sha256() == moment.snapshot.weights_sha256 == snapshot_at(20).weights_sha256
    with pytest.raises(StoreError, match="has no update 21: choose one from 0"):
        moment_of(store, run_id, 21)
    with pytest.raises(StoreError, match="choose update 0, 10, 20"):
        moment_of(store, run_id, 4)  # nobody has the digits that it says it was trained on
