"""Files of which anything has changed: what is taken in is whole and can be used, or there is one sentence."""

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_lab.lab_file.errors import LabFileError
from mnist_lab.lab_file.importing import import_lab_file
from mnist_lab.lab_file.writing import write_lab_file
from mnist_lab.run_list import list_in_words
from mnist_lab.runs.family import Families
from mnist_lab.runs.opening import open_run
from mnist_lab.runs.store import RunStore
from tests.lab_file import homes
from tests.lab_file.hostile import Parts, listed_again, put_together, taken_apart
from tests.runs.conftest import MEMORY
from tests.runs.test_own_facts import BASE

_SUITE, _ACCEPTANCE = 100, 3_000
"""Examples of each test."""

_BYTES = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=4)), min_size=1, max_size=8
)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just("f" * 32),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


class Good(dict[str, bytes]):
    """The parts of a good file; hypothesis writes out what it is given."""

    def __repr__(self) -> str:
        return "good"


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    """One file with a run of every kind."""
    folder = tmp_path_factory.mktemp("good")
    store = RunStore(folder)
    write_lab_file(folder / "good.lab", store, [make(store) for make in homes.KINDS])
    return Good(taken_apart(folder / "good.lab"))


def _changed(content: bytes, changes: list[tuple[float, bytes]], length: float) -> bytes:
    data = bytearray(content)
    for where, new in changes:
        at = int(where * len(data))
        data[at : at + len(new)] = new
    return bytes(data[: int(length * len(data))])


def _look_at(content: bytes | Parts) -> bool:
    """Whether it is taken in; then everything that is done with a run can be done."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        path = Path(folder) / "one.lab"
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            put_together(path, content)
        store = RunStore(Path(folder) / "home")
        try:
            imported = import_lab_file(store, path)
        except LabFileError:
            assert not store.folder.exists()
            return False
        rows = store.refresh()
        assert {run.id for run in imported.runs} == {row.id for row in rows}
        assert list_in_words(rows, Families(rows))
        for row in rows:
            assert row.error is None
            assert store.check(row.id) == []
            kept = open_run(store, row.id, [BASE]) if row.kind == "run" else store.network_weights(row.id)
            assert kept is not None
        assert all(run.here.standing == "same" for run in import_lab_file(store, path).runs)
    return True


def _change_bytes(good: Parts, changes: list[tuple[float, bytes]], length: float, folder: Path) -> None:
    whole = put_together(folder / "good.lab", good).read_bytes()
    _look_at(_changed(whole, changes, length))


def _change_part(good: Parts, part: int, changes: list[tuple[float, bytes]]) -> None:
    """The manifest tells the truth: whoever changes a part on purpose sees to that."""
    name = sorted(good)[part % len(good)]
    changed = good | {name: _changed(good[name], changes, 1)}
    _look_at(changed if name == "manifest.json" else listed_again(changed))


def _change_json(good: Parts, data: st.DataObject) -> None:
    names = [name for name in good if name.endswith("run.json")]
    name = data.draw(st.sampled_from(names))
    told = json.loads(good[name])
    for _ in range(data.draw(st.integers(1, 3))):
        _replace_somewhere(told, data)
    text = json.dumps(told).replace("Infinity", '"Infinity"').replace("NaN", '"NaN"')
    _look_at(listed_again(good | {name: text.encode(errors="surrogatepass")}))


def _replace_somewhere(told: Any, data: st.DataObject) -> None:
    while True:
        keys = list(told) if isinstance(told, dict) else list(range(len(told)))
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        inner = told[key]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.integers(0, 4)) == 0:
            told[key] = data.draw(_VALUES)
            return
        told = inner


_PARTS = st.integers(0, 10_000)


def test_the_good_one_is_taken_in(good: Parts) -> None:
    assert _look_at(good)


@settings(max_examples=_SUITE)
@given(changes=_BYTES, length=st.just(1.0) | st.floats(0, 1))
def test_changed_bytes(good: Parts, tmp_path_factory: Any, changes: list[tuple[float, bytes]], length: float) -> None:
    _change_bytes(good, changes, length, tmp_path_factory.getbasetemp())


@settings(max_examples=_SUITE)
@given(part=_PARTS, changes=_BYTES)
def test_changed_parts(good: Parts, part: int, changes: list[tuple[float, bytes]]) -> None:
    _change_part(good, part, changes)


@settings(max_examples=_SUITE)
@given(data=st.data())
def test_changed_json(good: Parts, data: st.DataObject) -> None:
    _change_json(good, data)


@pytest.mark.acceptance
@pytest.mark.timeout(3600)
@settings(max_examples=_ACCEPTANCE)
@given(changes=_BYTES, length=st.just(1.0) | st.floats(0, 1))
def test_thousands_of_changed_bytes(
    good: Parts, tmp_path_factory: Any, changes: list[tuple[float, bytes]], length: float
) -> None:
    _change_bytes(good, changes, length, tmp_path_factory.getbasetemp())


@pytest.mark.acceptance
@pytest.mark.timeout(3600)
@settings(max_examples=_ACCEPTANCE)
@given(part=_PARTS, changes=_BYTES)
def test_thousands_of_changed_parts(good: Parts, part: int, changes: list[tuple[float, bytes]]) -> None:
    _change_part(good, part, changes)


@pytest.mark.acceptance
@pytest.mark.timeout(3600)
@settings(max_examples=_ACCEPTANCE)
@given(data=st.data())
def test_thousands_of_changed_fields(good: Parts, data: st.DataObject) -> None:
    _change_json(good, data)
