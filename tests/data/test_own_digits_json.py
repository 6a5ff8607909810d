"""The own digits of earlier versions are read whole, or set aside with a sentence."""

import base64
import contextlib
import json
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_lab.data import own_digits, own_digits_json
from mnist_lab.data.digits import DataError
from mnist_lab.data.own_digits_json import read


def record(**fields: object) -> dict[str, object]:
    """One digit as earlier versions wrote it."""
    image = base64.b64encode(bytes(range(196)) * 4).decode()
    return {"identifier": "a", "label": 1, "image": image, "strokes": None} | fields


def whole(*digits: dict[str, object], **fields: object) -> bytes:
    """The file of an earlier version."""
    file = {"format": "mnist-lab own digits", "version": 1, "digits": list(digits)} | fields
    return json.dumps(file).encode()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "own.json"


def test_a_file_is_read_as_it_was_written(path: Path) -> None:
    path.write_bytes(whole(record(), record(identifier="b", label=7, strokes=[[[0.1, 0.2], [1e-300, -3]], []])))
    drawn, stroked = read(path)
    assert (drawn.label, drawn.identifier, drawn.strokes) == (1, "a", None)
    assert drawn.image.tobytes() == bytes(range(196)) * 4
    assert stroked.strokes is not None
    assert [stroke.tolist() for stroke in stroked.strokes] == [[[0.1, 0.2], [1e-300, -3.0]], []]


def test_no_file_is_told_apart(path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(path)


DAMAGED = {
    "empty": b"",
    "cut off": whole(record())[:-20],
    "bytes": bytes(range(256)),
    "another program's": b'{"format": "notes", "version": 1, "digits": []}',
    "a list": b"[1, 2]",
    "nested": b"[" * 100_000,
    "no version": b'{"format": "mnist-lab own digits", "digits": []}',
    "version 0": whole(version=0),
    "unknown field": whole(record(colour="red")),
    "no digit": whole(record(label=10)),
    "label in words": whole(record(label="1")),
    "short image": whole(record(image="AAAA")),
    "no base64": whole(record(image="?")),
    "one coordinate": whole(record(strokes=[[[1.0]]])),
    "infinite": whole(record(strokes=[[[1.0, 2.0]]])).replace(b"2.0", b"1e999"),
    "not a number": whole(record(strokes=[[[1.0, 2.0]]])).replace(b"2.0", b"NaN"),
    "no identifier": whole(record(identifier="")),
    "twice": whole(record(), record()),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_is_kept(path: Path, name: str) -> None:
    path.write_bytes(DAMAGED[name])
    with pytest.raises(DataError, match=r"damaged \(.+\): it is kept as “.*own\.kept-1\.json”"):
        read(path)
    assert path.with_name("own.kept-1.json").read_bytes() == DAMAGED[name]
    assert not path.exists()


@given(st.binary(max_size=60), st.integers(0, 3000))
def test_no_change_of_bytes_goes_wrong_in_silence(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, place: int
) -> None:
    path = tmp_path_factory.mktemp("own") / "own.json"
    content = whole(record(), record(identifier="b", strokes=[[[0.5, 0.5]]]))
    place %= len(content)
    damaged = content[:place] + data + content[place + len(data) :]
    path.write_bytes(damaged)
    with contextlib.suppress(DataError):
        read(path)
    kept = path if path.exists() else path.with_name("own.kept-1.json")
    assert kept.read_bytes() == damaged


def test_a_file_of_a_newer_lab_says_so_and_is_kept(path: Path) -> None:
    path.write_bytes(whole(version=2, novelty=True))
    with pytest.raises(DataError, match=r"newer MNIST Lab \(its version is 2, this lab reads 1\).*use the newer lab"):
        read(path)
    assert path.with_name("own.kept-1.json").exists()


def test_a_huge_file_is_not_read_whole(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_digits_json, "MOST_BYTES", 1000)
    path.write_bytes(b" " * 5000)
    with pytest.raises(DataError, match="larger than 0 MB"):
        read(path)


def test_a_file_of_many_small_values_is_refused_before_it_is_read_as_json(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of them would take fifty bytes and more."""
    monkeypatch.setattr(own_digits_json, "MOST_VALUES", 2_000)
    for value in (b"[]", b"{}", b"0", b'{"a":[[]]}'):
        path.write_bytes(whole(record(strokes=[[]])).replace(b"[[]]", b"[" + (value + b",") * 3_000 + value + b"]"))
        with pytest.raises(DataError, match=r"\(it lists more than digits and strokes have\): it is kept as"):
            read(path)


def test_the_largest_collection_is_not_called_damaged(path: Path) -> None:
    """Points are spelled with all their digits: a file of them alone reaches its size before its number of values."""
    point = b",".join(f"[{x!r},{y!r}]".encode() for x, y in np.random.default_rng(1).random((1_000, 2)))
    assert point.count(b",") + point.count(b"[") < own_digits_json.MOST_VALUES * len(point) / own_digits_json.MOST_BYTES


def test_limits_of_the_file_are_those_of_a_digit(path: Path) -> None:
    points = [[[0.5, 0.5]] * (own_digits.MOST_POINTS // 2)] * 2
    path.write_bytes(whole(record(strokes=points)))
    assert len(read(path)) == 1
    path.write_bytes(whole(record(strokes=[*points, [[0.5, 0.5]]])))
    with pytest.raises(DataError, match="20,000 points"):
        read(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
def test_a_pipe_or_a_folder_in_the_file_s_place_is_not_waited_for(path: Path, tmp_path: Path) -> None:
    os.mkfifo(path)
    for odd in (path, tmp_path):
        with pytest.raises(DataError, match="is no ordinary file"):
            read(odd)


def test_where_nothing_can_be_renamed_the_file_stays(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_bytes(b"not mine")

    def fail(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(DataError, match=r"kept as “.*own\.json”"):
        read(path)
    assert path.read_bytes() == b"not mine"
