"""A run that travels from home to home is the very same there, and is there once."""

import threading
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mnist_lab.data import own_digits_file
from mnist_lab.data.own_digits import OwnDigits, new_digit
from mnist_lab.lab_file.errors import LabFileError
from mnist_lab.lab_file.importing import import_lab_file
from mnist_lab.lab_file.writing import write_lab_file
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.run_list import list_in_words
from mnist_lab.runs.facts import Batch, KeptRun
from mnist_lab.runs.family import Families
from mnist_lab.runs.opening import find_digits
from mnist_lab.runs.store import RunStore
from mnist_lab.work import Cancelled
from tests.lab_file import homes
from tests.lab_file.homes import KINDS, json_in, other_home, whole
from tests.runs.conftest import home as home
from tests.runs.conftest import store as store
from tests.runs.kept import DATA, EXPERIMENT, keep, snapshot_at, told
from tests.runs.test_own_facts import BASE, own


@pytest.mark.parametrize("make", KINDS)
def test_every_kind_of_run_is_the_same_in_another_home(
    make: Callable[[RunStore], str], store: RunStore, home: Path
) -> None:
    run_id, path = make(store), home / "one.lab"
    write_lab_file(path, store, [run_id])
    there = other_home(home)
    (run,) = import_lab_file(there, path).runs
    assert (run.id, run.is_new, run.here.number) == (run_id, True, 3)
    assert str(run.note).startswith(f"Run {store.load(run_id).facts.number} of “one.lab” is number 3 here.")
    before, after = whole(store, run_id), whole(there, run_id)
    _is_same(before[0], after[0])
    assert [_all_of(one) for one in after[1]] == [_all_of(one) for one in before[1]]
    assert [row.number for row in there.refresh()] == [3, 2, 1], "the list knows it"
    assert there.check(run_id) == []


def _all_of(snapshot: Snapshot) -> tuple[object, ...]:
    return snapshot.updates, snapshot.optimizer, list(snapshot.hashes.items()), snapshot.kinds, snapshot.runtime


def _is_same(before: KeptRun, after: KeptRun) -> None:
    data = before.facts.data
    if data is not None:
        data = replace(data, origin=data.origin.rpartition("/")[2])
    assert after.facts == replace(before.facts, number=3, data=data)
    for name in ("name", "note", "is_starred", "experiment", "rate_changes", "state", "failure", "training_seconds"):
        assert getattr(after, name) == getattr(before, name), name
    assert repr(after.outcome) == repr(before.outcome), "NaN differs from itself"
    assert repr(after.epochs) == repr(before.epochs)
    for name in ("losses", "accuracies", "seconds_at"):
        np.testing.assert_array_equal(getattr(after, name), getattr(before, name))


@pytest.mark.parametrize("make", KINDS)
def test_what_is_there_already_is_told_and_stays_as_it_is(
    make: Callable[[RunStore], str], store: RunStore, home: Path
) -> None:
    run_id, path = make(store), home / "one.lab"
    write_lab_file(path, store, [run_id])
    (at_home,) = import_lab_file(store, path).runs
    assert (at_home.is_new, at_home.here.standing) == (False, "same"), "at the home that it comes from, too"
    there = other_home(home)
    import_lab_file(there, path)
    there.rename(run_id, "called otherwise")
    (again,) = import_lab_file(there, path).runs
    assert (again.is_new, again.is_listed, again.here.standing, again.here.number) == (False, True, "same", 3)
    assert str(again.note).endswith("is here already, as number 3.")
    assert len(there.refresh()) == 3
    assert there.load(run_id).name == "called otherwise"
    there.delete(run_id)
    (deleted,) = import_lab_file(there, path).runs
    assert (deleted.is_listed, deleted.here.standing) == (False, "deleted")
    assert "is number 3 in the lab's bin: restore it" in str(deleted.note)
    assert len(there.refresh()) == 2
    there.remove_deleted(run_id)
    (anew,) = import_lab_file(there, path).runs
    assert (anew.is_new, anew.here.number) == (True, 4), "it is gone for good, and a number is never given twice"


def test_the_bytes_follow_from_the_runs_alone(store: RunStore, home: Path) -> None:
    ids = [make(store) for make in KINDS]
    write_lab_file(home / "one.lab", store, ids)
    write_lab_file(home / "two.lab", store, ids)
    assert (home / "one.lab").read_bytes() == (home / "two.lab").read_bytes()
    there = RunStore(home / "there")
    assert all(run.is_new for run in import_lab_file(there, home / "one.lab").runs)
    numbers = {row.id: row.number for row in there.refresh()}
    assert [numbers[run_id] for run_id in ids] == list(range(1, len(ids) + 1)), "in the order of the file"


def test_a_file_that_goes_to_and_fro_is_the_same_but_for_the_numbers(store: RunStore, home: Path) -> None:
    run_id = homes.finished(store)
    write_lab_file(home / "one.lab", store, [run_id])
    there = other_home(home)
    import_lab_file(there, home / "one.lab")
    write_lab_file(home / "two.lab", there, [run_id])
    with zipfile.ZipFile(home / "one.lab") as one, zipfile.ZipFile(home / "two.lab") as two:
        assert one.namelist() == two.namelist()
        for name in one.namelist():
            if name.endswith(".npz"):
                assert one.read(name) == two.read(name)
        told = [json_in(file.read(f"runs/{run_id}/run.json")) for file in (one, two)]
    numbers = [one["facts"].pop("number") for one in told]
    assert numbers == [1, 3]
    assert told[0] == told[1]


def test_no_folder_of_this_computer_is_told(store: RunStore, home: Path) -> None:
    run_id = homes.stopped(store)
    write_lab_file(home / "one.lab", store, [run_id])
    content = (home / "one.lab").read_bytes()
    assert b"digits.npz" in content
    assert b"somebody" not in content


@pytest.mark.parametrize("make", [homes.with_own_digits, homes.with_hand])
def test_digits_that_a_person_drew_travel_unless_they_are_not_to(
    make: Callable[[RunStore], str], store: RunStore, home: Path
) -> None:
    run_id, path = make(store), home / "one.lab"
    wanted = store.load(run_id).facts.data
    assert wanted is not None
    write_lab_file(path, store, [run_id])
    there, without = RunStore(home / "there"), RunStore(home / "without")
    import_lab_file(there, path)
    found = find_digits(there.load(run_id).facts.data, [BASE])
    assert found is not None
    assert found.fingerprint == wanted.fingerprint
    write_lab_file(path, store, [run_id], with_digits=False)
    import_lab_file(without, path)
    facts = without.load(run_id).facts.data
    assert facts is not None
    assert find_digits(facts, [BASE]) is None, "kept networks only"
    assert facts.fingerprint == wanted.fingerprint
    (again,) = import_lab_file(there, path).runs
    assert again.here.standing == "same", "with its digits or without it is the same run"


def test_own_digits_are_added_to_those_that_are_there(store: RunStore, home: Path) -> None:
    run_id, path = keep(store).id, home / "one.lab"
    drawn = [
        new_digit(own(1).images[0], 7, [np.array([[0.1, 0.2], [0.3, 0.4]]), np.array([[0.5, 0.5]])]),
        new_digit(own(1).images[0], 0, []),
        new_digit(own(2).images[1], 9),
    ]
    write_lab_file(path, store, [run_id], own=OwnDigits(tuple(drawn)))
    file = own_digits_file.usual_path()
    own_digits_file.change(file, own_digits_file.Kept(), lambda own: own.added(drawn[1]))
    assert import_lab_file(store, path).own_digits == 2
    assert import_lab_file(store, path).own_digits == 0, "they are there"
    kept = own_digits_file.read(file).own
    assert [digit.identifier for digit in kept] == [drawn[at].identifier for at in (1, 0, 2)]
    assert [None if digit.strokes is None else [s.tolist() for s in digit.strokes] for digit in kept] == [
        [], [[[0.1, 0.2], [0.3, 0.4]], [[0.5, 0.5]]], None,
    ]  # fmt: skip
    np.testing.assert_array_equal(kept.images, [drawn[at].image for at in (1, 0, 2)])
    assert kept.labels.tolist() == [0, 7, 9]


def test_a_run_that_went_on_here_is_another_now(store: RunStore, home: Path) -> None:
    run_id, path = keep(store, 4).id, home / "one.lab"
    write_lab_file(path, store, [run_id])
    writer = store.resume(run_id)
    writer.write(Batch([told(10, 7)]))
    (live,) = import_lab_file(store, path).runs
    assert live.here.standing == "live"
    assert "run 1 here, which is being trained" in str(live.note)
    writer.close()
    (other,) = import_lab_file(store, path).runs
    assert other.here.standing == "other"
    assert "with other content, 17 gradient updates in place of 15: nothing was changed. Delete" in str(other.note)
    store.delete(run_id)
    (new,) = import_lab_file(store, path).runs
    assert (new.is_new, new.here.number) == (True, 2)
    assert [row.number for row in store.deleted_rows()] == [1], "nothing is lost"


def test_a_run_that_is_damaged_here_is_told(store: RunStore, home: Path) -> None:
    run_id, path = keep(store).id, home / "one.lab"
    write_lab_file(path, store, [run_id])
    (store.folder / f"{run_id}.run").write_bytes(b"odd" * 999)
    (run,) = import_lab_file(store, path).runs
    assert run.here.standing == "damaged"
    assert "is here, but damaged: delete it" in str(run.note)
    store.refresh()
    store.delete(run_id)
    (run,) = import_lab_file(store, path).runs
    assert run.is_new


def test_the_family_of_a_run_whose_parent_stayed_at_home(store: RunStore, home: Path) -> None:
    run_id = homes.forked(store)
    write_lab_file(home / "one.lab", store, [run_id])
    there = other_home(home)
    import_lab_file(there, home / "one.lab")
    rows = there.refresh()
    families = Families(rows)
    assert [(kin.id, kin.row is None) for kin in families.of(run_id)] == [("e" * 32, True), (run_id, False)]
    assert "from run eeeeeeee (not here), update 10" in list_in_words(rows, families)[1]


def test_a_live_run_is_written_as_it_is_then(store: RunStore, home: Path) -> None:
    writer = store.begin(EXPERIMENT, DATA)
    writer.write(Batch([told(0, 5)], snapshot=snapshot_at(5)))
    write_lab_file(home / "one.lab", store, [writer.id])
    writer.close()
    there = other_home(home)
    import_lab_file(there, home / "one.lab")
    kept = there.load(writer.id)
    assert (kept.state, kept.updates) == ("interrupted", 5)
    resumed = there.resume(writer.id)
    assert resumed.halt().updates == 5, "and can go on there"
    resumed.close()


def test_of_very_many_snapshots_some_stay(store: RunStore, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mnist_lab.lab_file.writing.MOST_SNAPSHOTS", 2)
    run_id = keep(store).id
    write_lab_file(home / "one.lab", store, [run_id])
    there = other_home(home)
    import_lab_file(there, home / "one.lab")
    assert [one.updates for one in there.load(run_id).snapshots] == [0, 20]


def test_nobody_waits_any_more(store: RunStore, home: Path) -> None:
    run_id, path = keep(store).id, home / "one.lab"
    with pytest.raises(Cancelled):
        write_lab_file(path, store, [run_id], is_wanted=lambda: False)
    assert not path.exists()
    write_lab_file(path, store, [run_id])
    there = other_home(home)
    with pytest.raises(Cancelled):
        import_lab_file(there, path, lambda: False)
    assert len(there.refresh()) == 2


def test_two_windows_take_the_same_file_in(store: RunStore, home: Path) -> None:
    run_id, path = keep(store).id, home / "one.lab"
    write_lab_file(path, store, [run_id])
    there = RunStore(home / "there")
    threads = [threading.Thread(target=import_lab_file, args=(there, path)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [row.id for row in there.refresh()] == [run_id]
    assert sorted(one.name for one in there.folder.iterdir() if one.suffix in (".run", ".new")) == [f"{run_id}.run"]


def test_nothing_is_taken_in_where_one_run_is_damaged(store: RunStore, home: Path) -> None:
    ids, path = [keep(store).id for _ in range(2)], home / "one.lab"
    write_lab_file(path, store, ids)
    content = bytearray(path.read_bytes())
    content[content.rindex(b"output/bias.npy") - 500] ^= 1
    path.write_bytes(content)
    there = other_home(home)
    with pytest.raises(LabFileError):
        import_lab_file(there, path)
    assert len(there.refresh()) == 2
