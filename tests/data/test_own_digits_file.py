"""Own digits survive being saved and read, and a file that cannot be read is never overwritten."""

import contextlib
import json
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_lab.data import own_digits, own_digits_file
from mnist_lab.data.digits import DataError
from mnist_lab.data.own_digits import OwnDigit, OwnDigits, new_digit
from mnist_lab.data.own_digits_file import read, usual_path, write

images = st.binary(min_size=784, max_size=784).map(lambda data: np.frombuffer(data, np.uint8).reshape(28, 28))
reals = st.floats(allow_nan=False, allow_infinity=False)
strokes = st.lists(
    st.lists(st.tuples(reals, reals), max_size=5).map(lambda points: np.array(points, float).reshape(-1, 2)), max_size=3
)


def some_digits() -> OwnDigits:
    picture = np.zeros((28, 28), np.uint8)
    picture[5:20, 12:15] = 200
    return OwnDigits().added(new_digit(picture, 1, [np.array([[0.5, 0.2], [0.5, 0.8]])])).added(new_digit(picture, 7))


def assert_same(one: OwnDigits, other: OwnDigits) -> None:
    assert np.array_equal(one.images, other.images)
    assert np.array_equal(one.labels, other.labels)
    for first, second in zip(one, other, strict=True):
        assert first.identifier == second.identifier
        assert (first.strokes is None) == (second.strokes is None)
        for stroke, same in zip(first.strokes or (), second.strokes or (), strict=True):
            assert stroke.shape == same.shape
            assert stroke.tobytes() == same.tobytes()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "own.json"


@given(st.lists(st.tuples(images, st.integers(0, 9), st.none() | strokes), max_size=4))
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple]) -> None:  # type: ignore[type-arg]
    own = OwnDigits(tuple(new_digit(*one) for one in drawn))
    path = tmp_path_factory.getbasetemp() / "own_digits_round_trip" / "deep" / "own.json"
    write(path, own)
    back = read(path)
    assert_same(own, back)
    write(path, back)
    assert_same(own, read(path))


def test_no_file_is_no_digits(path: Path) -> None:
    assert len(read(path)) == 0


def test_the_usual_place_is_the_lab_s_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MNIST_LAB_HOME", str(tmp_path))
    assert usual_path().parent == tmp_path


def changed(**fields: object) -> dict[str, object]:
    return {"identifier": "a", "label": 1, "image": "A" * 1046 + "==", "strokes": None} | fields


def whole(*digits: dict[str, object], **fields: object) -> bytes:
    file = {"format": "mnist-lab own digits", "version": 1, "digits": list(digits)} | fields
    return json.dumps(file).encode()


def test_a_file_made_by_hand_is_read(path: Path) -> None:
    path.write_bytes(whole(changed()))
    assert read(path).labels.tolist() == [1]


DAMAGED = {
    "empty": b"",
    "cut off": whole(changed())[:-20],
    "bytes": bytes(range(256)),
    "another program's": b'{"format": "notes", "version": 1, "digits": []}',
    "a list": b"[1, 2]",
    "nested": b"[" * 100_000,
    "no version": b'{"format": "mnist-lab own digits", "digits": []}',
    "version 0": whole(version=0),
    "unknown field": whole(changed(colour="red")),
    "no digit": whole(changed(label=10)),
    "label in words": whole(changed(label="1")),
    "short image": whole(changed(image="AAAA")),
    "no base64": whole(changed(image="?")),
    "one coordinate": whole(changed(strokes=[[[1.0]]])),
    "infinite": whole(changed(strokes=[[[1.0, 2.0]]])).replace(b"2.0", b"1e999"),
    "not a number": whole(changed(strokes=[[[1.0, 2.0]]])).replace(b"2.0", b"NaN"),
    "no identifier": whole(changed(identifier="")),
    "twice": whole(changed(), changed()),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_is_kept(path: Path, name: str) -> None:
    path.write_bytes(DAMAGED[name])
    with pytest.raises(DataError, match=r"damaged \(.+\): it is kept as “.*own\.kept-1\.json”"):
        read(path)
    kept = path.with_name("own.kept-1.json")
    assert kept.read_bytes() == DAMAGED[name]
    assert len(read(path)) == 0
    write(path, some_digits())
    assert kept.read_bytes() == DAMAGED[name]
    assert len(read(path)) == 2


@given(st.binary(max_size=60), st.integers(0, 3000))
def test_no_change_of_bytes_goes_wrong_in_silence(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, place: int
) -> None:
    path = tmp_path_factory.mktemp("own") / "own.json"
    write(path, some_digits())
    content = path.read_bytes()
    place %= len(content)
    damaged = content[:place] + data + content[place + len(data) :]
    path.write_bytes(damaged)
    kept = path
    with contextlib.suppress(DataError):
        read(path)
    if not path.exists():
        kept = path.with_name("own.kept-1.json")
    assert kept.read_bytes() == damaged


def test_writing_keeps_what_it_cannot_read(path: Path) -> None:
    path.write_bytes(b"not mine")
    path.with_name("own.kept-1.json").write_bytes(b"older")
    write(path, some_digits())
    assert path.with_name("own.kept-2.json").read_bytes() == b"not mine"
    assert path.with_name("own.kept-1.json").read_bytes() == b"older"
    assert len(read(path)) == 2


def test_a_file_of_a_newer_lab_says_so_and_is_kept(path: Path) -> None:
    path.write_bytes(whole(version=2, novelty=True))
    with pytest.raises(DataError, match=r"newer MNIST Lab \(its version is 2, this lab reads 1\).*use the newer lab"):
        read(path)
    assert path.with_name("own.kept-1.json").exists()


def test_a_huge_file_is_not_read_whole(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_digits_file, "MOST_BYTES", 1000)
    path.write_bytes(b" " * 5000)
    with pytest.raises(DataError, match="larger than 0 MB"):
        read(path)


def test_a_file_of_many_small_values_is_refused_before_it_is_read_as_json(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of them would take fifty bytes and more."""
    monkeypatch.setattr(own_digits_file, "MOST_VALUES", 2_000)
    for value in (b"[]", b"{}", b"0", b'{"a":[[]]}'):
        path.write_bytes(whole(changed(strokes=[[]])).replace(b"[[]]", b"[" + (value + b",") * 3_000 + value + b"]"))
        with pytest.raises(DataError, match=r"\(it lists more than digits and strokes have\): it is kept as"):
            read(path)


def test_the_largest_collection_is_not_called_damaged(path: Path) -> None:
    """Points are spelled with all their digits: a file of them alone reaches its size before its number of values."""
    point = b",".join(f"[{x!r},{y!r}]".encode() for x, y in np.random.default_rng(1).random((1_000, 2)))
    assert point.count(b",") + point.count(b"[") < own_digits_file.MOST_VALUES * len(point) / own_digits_file.MOST_BYTES


def test_more_than_can_be_read_is_not_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(path, some_digits())
    before = path.read_bytes()
    monkeypatch.setattr(own_digits_file, "MOST_BYTES", len(before))
    with pytest.raises(DataError, match="remove some"):
        write(path, OwnDigits((*some_digits(), *some_digits())))
    assert path.read_bytes() == before


def test_limits_of_the_file_are_those_of_the_collection(path: Path) -> None:
    points = [[[0.5, 0.5]] * (own_digits.MOST_POINTS // 2)] * 2
    path.write_bytes(whole(changed(strokes=points)))
    assert len(read(path)) == 1
    path.write_bytes(whole(changed(strokes=[*points, [[0.5, 0.5]]])))
    with pytest.raises(DataError, match="20,000 points"):
        read(path)
    full = OwnDigits(
        tuple(OwnDigit(np.zeros((28, 28), np.uint8), 1, None, str(number)) for number in range(own_digits.MOST_DIGITS))
    )
    write(path, full)
    assert len(read(path)) == own_digits.MOST_DIGITS


def test_a_failed_replacement_leaves_the_old_digits_and_no_rubbish(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(path, some_digits())
    before = path.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(DataError, match=r"cannot be saved in “.*” \(No space left on device\): free some room"):
        write(path, OwnDigits())
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_place_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DataError, match="cannot be saved"):
        write(tmp_path / "file" / "own.json", OwnDigits())
    (tmp_path / "folder").mkdir()
    with pytest.raises(DataError, match="is no ordinary file"):
        read(tmp_path / "folder")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
def test_a_pipe_in_the_file_s_place_is_not_waited_for(path: Path) -> None:
    os.mkfifo(path)
    with pytest.raises(DataError, match=r"own\.json” is no ordinary file"):
        read(path)
    write(path, some_digits())
    assert len(read(path)) == 2


def test_a_link_stays_a_link(path: Path, tmp_path: Path) -> None:
    write(tmp_path / "real.json", OwnDigits())
    path.symlink_to(tmp_path / "real.json")
    write(path, some_digits())
    assert path.is_symlink()
    assert len(read(tmp_path / "real.json")) == 2


def test_what_killed_labs_left_is_removed(path: Path) -> None:
    left = path.with_name("own.json.abcd1234.part")
    left.write_bytes(b"half")
    os.utime(left, (0, 0))
    read(path)
    assert not left.exists()


def test_where_nothing_can_be_renamed_the_file_stays(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_bytes(b"not mine")

    def fail(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(DataError, match=r"kept as “.*own\.json”"):
        read(path)
    with pytest.raises(DataError, match="cannot be saved"):
        write(path, some_digits())
    assert path.read_bytes() == b"not mine"
