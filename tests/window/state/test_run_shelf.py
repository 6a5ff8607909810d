"""The list of kept runs in the window: read in the background, changed at once and written in order."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.facts import KeptRun
from mnist_lab.runs.store import RunStore
from mnist_lab.window.state.offer import Offer
from mnist_lab.window.state.run_shelf import RunShelf
from tests.runs import kept


@pytest.fixture
def shelf(qtbot: QtBot) -> Iterator[RunShelf]:
    """Three runs, the newest first, read."""
    store = RunStore()
    for count in (5, 3, 5):
        kept.keep(store, count)
    owner = QObject()
    shelf = RunShelf(store, owner)
    with qtbot.waitSignal(shelf.checked):
        shelf.refresh()
    yield shelf
    shelf.end()


def _is_written(shelf: RunShelf, run_id: str, **wanted: object) -> bool:
    """Whether the store itself says so."""
    row = next((row for row in RunStore().rows() if row.id == run_id), None)
    return row is not None and all(getattr(row, name) == value for name, value in wanted.items())


def test_the_list_says_what_is_kept_and_what_it_takes(shelf: RunShelf) -> None:
    assert [(row.number, row.state) for row in shelf.rows] == [
        (3, "finished"),
        (2, "interrupted"),
        (1, "finished"),
    ]
    assert shelf.used_bytes >= sum(row.bytes for row in shelf.rows) > 0
    assert shelf.free_bytes


def test_changes_are_seen_at_once_and_written_in_their_order(shelf: RunShelf, qtbot: QtBot) -> None:
    run_id = shelf.rows[0].id
    for name in ("a", "b", "narrow"):
        shelf.rename(run_id, name)
    shelf.set_note(run_id, "it is good")
    shelf.set_starred([run_id, shelf.rows[1].id], True)
    row = shelf.row(run_id)
    assert row is not None
    assert (row.name, row.note, row.is_starred) == ("narrow", "it is good", True)
    assert shelf.rows[1].is_starred
    qtbot.waitUntil(lambda: _is_written(shelf, run_id, name="narrow", note="it is good", is_starred=True))


def test_what_is_asked_for_last_is_written_before_the_window_goes(shelf: RunShelf) -> None:
    run_id = shelf.rows[0].id
    for name in ("a", "b", "last"):
        shelf.rename(run_id, name)
    shelf.end()
    assert _is_written(shelf, run_id, name="last")
    shelf.refresh()
    assert not shelf.is_reading, "nothing begins any more"


def test_deleted_runs_come_back_one_deed_after_the_other(shelf: RunShelf, qtbot: QtBot) -> None:
    offers: list[Offer] = []
    shelf.offered.connect(offers.append)
    newest, middle, oldest = (row.id for row in shelf.rows)
    shelf.rename(oldest, "old")
    shelf.delete([oldest])
    shelf.delete([newest, middle])
    assert shelf.rows == ()
    assert [offer.sentence for offer in offers] == [
        "“old” is deleted: it lies in the lab's bin.",
        "2 runs deleted: they lie in the lab's bin.",
    ]
    offers[-1].accept()
    qtbot.waitUntil(lambda: [row.id for row in shelf.rows] == [newest, middle])
    shelf.undo()
    qtbot.waitUntil(lambda: [row.id for row in shelf.rows] == [newest, middle, oldest])
    shelf.undo()  # nothing is left to put back
    told: list[str] = []
    shelf.problem.connect(told.append)
    shelf.delete([newest, oldest])
    qtbot.waitUntil(lambda: [row.id for row in shelf.deleted] == [newest, oldest])
    shelf.restore([oldest])  # from the list of what lies in the bin
    qtbot.waitUntil(lambda: [row.id for row in shelf.deleted] == [newest])
    assert not offers[-1].is_open()
    shelf.undo()
    qtbot.waitUntil(lambda: not shelf.deleted and len(shelf.rows) == 3)
    assert told == []


def test_what_is_removed_for_good_is_not_to_be_undone(shelf: RunShelf, qtbot: QtBot) -> None:
    offers: list[Offer] = []
    told: list[str] = []
    shelf.offered.connect(offers.append)
    shelf.problem.connect(told.append)
    newest, middle, oldest = (row.id for row in shelf.rows)
    shelf.delete([newest, middle])
    qtbot.waitUntil(lambda: len(shelf.deleted) == 2)
    shelf.remove_deleted([newest])
    assert [row.id for row in shelf.deleted] == [middle]
    assert not offers[0].is_open(), "not all of them can come back"
    with qtbot.waitSignal(shelf.restored) as restored:
        shelf.restore([newest, middle])  # as Start over does, which knows nothing of it
    assert restored.args == [[middle]]
    qtbot.waitUntil(lambda: [row.id for row in shelf.rows] == [middle, oldest] and not shelf.deleted)
    assert (told, RunStore().deleted_rows()) == ([], [])


def test_a_run_that_goes_on_is_not_deleted(shelf: RunShelf, qtbot: QtBot) -> None:
    writer = shelf.store.resume(shelf.rows[1].id)
    with qtbot.waitSignal(shelf.checked):
        shelf.refresh()
    assert shelf.rows[1].state == "running"
    with qtbot.waitSignal(shelf.hindered) as told:
        shelf.delete([writer.id])
    (hindrance,) = told.args
    assert hindrance.sentence == "A run that goes on cannot be deleted: stop it first."
    assert len(shelf.rows) == 3
    assert hindrance.holds()
    writer.close()
    with qtbot.waitSignal(shelf.checked):
        shelf.refresh()
    assert not hindrance.holds()


def test_what_cannot_be_written_is_told_and_the_list_is_true_again(
    shelf: RunShelf, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise StoreError("The disk is full: make room.")

    monkeypatch.setattr(RunStore, "rename", refuse)
    with qtbot.waitSignal(shelf.problem) as told:
        shelf.rename(shelf.rows[0].id, "narrow")
    assert told.args == ["The disk is full: make room."]
    qtbot.waitUntil(lambda: shelf.rows[0].name == "")


def test_a_list_that_cannot_be_read_is_told_once(
    shelf: RunShelf, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise StoreError("It cannot be read: allow it.")

    told: list[str] = []
    shelf.problem.connect(told.append)
    monkeypatch.setattr(RunStore, "refresh", refuse)
    for _ in range(3):
        shelf.refresh()
        qtbot.waitUntil(lambda: not shelf.is_reading)
    assert told == ["It cannot be read: allow it."]
    assert len(shelf.rows) == 3, "what was read before stays"


def test_runs_are_read_whole_once(shelf: RunShelf, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    load = RunStore.load

    def note(store: RunStore, run_id: str) -> KeptRun:
        read.append(run_id)
        return load(store, run_id)

    monkeypatch.setattr(RunStore, "load", note)
    newest, middle, _oldest = (row.id for row in shelf.rows)
    with qtbot.waitSignal(shelf.loaded) as told:
        shelf.load([middle, newest])
    assert [run.facts.id for run in told.args[0]] == [newest, middle], "in the order of the list"
    with qtbot.waitSignal(shelf.loaded):
        shelf.load([newest, middle])
    assert read == [newest, middle]


def test_a_run_that_cannot_be_read_whole_is_told_and_the_list_read_again(shelf: RunShelf, qtbot: QtBot) -> None:
    newest, middle, _oldest = (row.id for row in shelf.rows)
    RunStore().delete(newest)  # by another window, or in the terminal
    with qtbot.waitSignal(shelf.problem) as told:
        shelf.load([middle, newest])
    assert told.args == [f"No run “{newest}” is kept here: choose one of the list of runs."]
    qtbot.waitUntil(lambda: shelf.row(newest) is None)
