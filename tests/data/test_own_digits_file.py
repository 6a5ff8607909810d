"""Own digits survive being saved and read, by two windows at once too; what cannot be read is never overwritten."""

import contextlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_lab.data import own_digits, own_digits_file
from mnist_lab.data.digits import DataError
from mnist_lab.data.own_digits import OwnDigit, OwnDigits, new_digit
from mnist_lab.data.own_digits_file import Kept, change, former_path, read, set_aside, take_over, usual_path
from mnist_lab.files.sqlite_file import connect
from tests.data.test_own_digits_json import record, whole

images = st.binary(min_size=784, max_size=784).map(lambda data: np.frombuffer(data, np.uint8).reshape(28, 28))
reals = st.floats(allow_nan=False, allow_infinity=False)
strokes = st.lists(
    st.lists(st.tuples(reals, reals), max_size=5).map(lambda points: np.array(points, float).reshape(-1, 2)), max_size=3
)
PICTURE = np.zeros((28, 28), np.uint8)
PICTURE[5:20, 12:15] = 200


def drawn(label: int) -> OwnDigit:
    return new_digit(PICTURE, label, [np.array([[0.5, 0.2], [0.5, 0.8]])])


def some_digits() -> OwnDigits:
    return OwnDigits((drawn(1), new_digit(PICTURE, 7)))


def write(path: Path, own: OwnDigits) -> Kept:
    return change(path, Kept(), lambda _before: own)


def adding(digit: OwnDigit) -> Callable[[OwnDigits], OwnDigits]:
    return lambda own: own.added(digit)


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
    return tmp_path / "own.sqlite"


@given(st.lists(st.tuples(images, st.integers(0, 9), st.none() | strokes), max_size=4))
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, made: list[tuple]) -> None:  # type: ignore[type-arg]
    path = tmp_path_factory.mktemp("own") / "deep" / "own.sqlite"
    own = OwnDigits(tuple(new_digit(*one) for one in made))
    kept = write(path, own)
    back = read(path)
    assert_same(own, back.own)
    assert back.token == kept.token


def test_no_file_is_no_digits(path: Path) -> None:
    assert len(read(path).own) == 0
    assert not path.exists()


def test_the_usual_places_are_in_the_lab_s_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MNIST_LAB_HOME", str(tmp_path))
    assert usual_path().parent == former_path().parent == tmp_path


def test_each_change_writes_its_own_row_and_order_stays(path: Path) -> None:
    kept = write(path, some_digits())
    first, second = kept.own
    later = drawn(4)
    kept = change(path, kept, adding(later))
    kept = change(path, kept, lambda own: own.without(first.identifier))
    kept = change(path, kept, adding(first))
    assert_same(read(path).own, OwnDigits((second, later, first)))
    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*), max(number) FROM digits").fetchone() == (3, 4)


def test_nothing_is_written_where_nothing_changes(path: Path) -> None:
    kept = write(path, some_digits())
    assert change(path, kept, lambda own: own).token == kept.token


def test_two_windows_lose_none_of_each_other_s(path: Path) -> None:
    one = other = write(path, OwnDigits())
    for label in range(5):
        one = change(path, one, adding(drawn(label)))
        other = change(path, other, adding(drawn(9 - label)))
    assert other.own.labels.tolist() == [0, 9, 1, 8, 2, 7, 3, 6, 4, 5]
    assert_same(read(path).own, other.own)


def test_two_processes_at_once_lose_none(path: Path) -> None:
    writer = (
        "import sys, numpy as np\n"
        "from pathlib import Path\n"
        "from mnist_lab.data.own_digits import new_digit\n"
        "from mnist_lab.data.own_digits_file import Kept, change, read\n"
        "kept = Kept()\n"
        "for _ in range(20):\n"
        "    read(Path(sys.argv[1]))\n"
        "    digit = new_digit(np.ones((28, 28), np.uint8), int(sys.argv[2]))\n"
        "    kept = change(Path(sys.argv[1]), kept, lambda own: own.added(digit))\n"
    )
    writers = [subprocess.Popen([sys.executable, "-c", writer, str(path), label]) for label in "37"]
    assert [process.wait(60) for process in writers] == [0, 0]
    assert sorted(read(path).own.labels.tolist()) == [3] * 20 + [7] * 20
    assert list(path.parent.iterdir()) == [path], "nobody took a file that the other was making for a damaged one"


_SAVES_FOR_EVER = """
import sys, numpy as np
from pathlib import Path
from mnist_lab.data.own_digits import new_digit
from mnist_lab.data.own_digits_file import change, read
path = Path(sys.argv[1])
kept = read(path)
print(len(kept.own), flush=True)
while True:
    digit = new_digit(np.ones((28, 28), np.uint8), 3, [np.zeros((50, 2))])
    kept = change(path, kept, lambda own: own.added(digit))
    print(len(kept.own), flush=True)
"""


@pytest.mark.acceptance
def test_a_kill_at_any_moment_loses_nothing_that_was_saved(path: Path) -> None:
    """Each process is killed a few milliseconds later than the one before, between two of its answers."""
    saved = 0
    for kill in range(25):
        with subprocess.Popen([sys.executable, "-c", _SAVES_FOR_EVER, path], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert int(process.stdout.readline()) >= saved
            told = [process.stdout.readline() for _ in range(kill + 1)]
            process.kill()
            saved = int([*told, *process.stdout.read().splitlines()][-1])
    assert len(read(path).own) >= saved


def rewritten(path: Path, *statements: str) -> None:
    """A file of own digits into which somebody else has written."""
    write(path, some_digits())
    with contextlib.closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


UNUSABLE: dict[str, tuple[str, ...]] = {
    "label": ("UPDATE digits SET label = 10",),
    "label in words": ("UPDATE digits SET label = 'one'",),
    "image": ("UPDATE digits SET image = x'00'",),
    "image of text": ("UPDATE digits SET image = 'a'",),
    "no identifier": ("UPDATE digits SET identifier = '' WHERE number = 1",),
    "text that is none": ("UPDATE digits SET identifier = CAST(x'ff' AS TEXT) WHERE number = 1",),
    "lengths alone": ("UPDATE digits SET points = NULL",),
    "other lengths": ("UPDATE digits SET stroke_lengths = x'03000000'",),
    "half a length": ("UPDATE digits SET stroke_lengths = x'0300'",),
    "half a point": ("UPDATE digits SET points = x'0000000000000000'",),
    "not a number": ("UPDATE digits SET points = x'000000000000f87f0000000000000000', stroke_lengths = x'01000000'",),
    "a trigger": ("CREATE TRIGGER t AFTER INSERT ON digits BEGIN DELETE FROM digits; END",),
    "a view": ("CREATE VIEW v AS SELECT 1",),
    "one table more": ("CREATE TABLE more (a)",),
    "one table less": ("DROP TABLE revision",),
    "another program's": ("PRAGMA application_id = 7",),
    "no version": ("PRAGMA user_version = 0",),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_a_file_that_is_wrong_is_kept_and_said(path: Path, name: str) -> None:
    rewritten(path, *UNUSABLE[name])
    content = path.read_bytes()
    with pytest.raises(DataError, match=r"damaged \(.+\): it is kept as “.*own\.kept-1\.sqlite”"):
        read(path)
    kept = path.with_name("own.kept-1.sqlite")
    assert kept.read_bytes() == content
    assert len(read(path).own) == 0
    write(path, some_digits())
    assert kept.read_bytes() == content
    assert len(read(path).own) == 2


def test_a_file_of_a_newer_lab_says_so_and_is_kept(path: Path) -> None:
    rewritten(path, "PRAGMA user_version = 2")
    with pytest.raises(DataError, match=r"newer MNIST Lab \(its version is 2, this lab reads 1\).*use the newer lab"):
        read(path)
    assert path.with_name("own.kept-1.sqlite").exists()


@given(st.binary(min_size=1, max_size=60), st.integers(0, 100_000), st.booleans())
def test_no_change_of_bytes_goes_wrong_in_silence(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, place: int, cut: bool
) -> None:
    path = tmp_path_factory.mktemp("own") / "own.sqlite"
    known = write(path, some_digits())
    content = path.read_bytes()
    place %= len(content)
    damaged = content[:place] + (b"" if cut else data + content[place + len(data) :])
    path.write_bytes(damaged)
    try:
        assert len(read(path).own) in (0, 1, 2)
    except DataError:
        assert path.with_name("own.kept-1.sqlite").read_bytes() == damaged
    else:  # whatever is wrong where nobody has looked: another digit is kept, or a sentence says why not
        with contextlib.suppress(DataError):
            change(path, known, adding(drawn(3)))
            assert 3 in read(path).own.labels


def test_writing_keeps_what_it_cannot_read_and_writes_what_it_knows(path: Path) -> None:
    known = write(path, some_digits())
    path.write_bytes(b"not mine")
    path.with_name("own.kept-1.sqlite").write_bytes(b"older")
    change(path, known, adding(drawn(3)))
    assert path.with_name("own.kept-2.sqlite").read_bytes() == b"not mine"
    assert path.with_name("own.kept-1.sqlite").read_bytes() == b"older"
    assert read(path).own.labels.tolist() == [1, 7, 3]
    path.unlink()
    change(path, known, adding(drawn(5)))
    assert read(path).own.labels.tolist() == [1, 7, 5]


def test_more_than_can_be_read_is_not_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = write(path, some_digits())
    before = path.read_bytes()
    monkeypatch.setattr(own_digits_file, "MOST_BYTES", 30_000)
    points = np.zeros((own_digits.MOST_POINTS, 2))
    with pytest.raises(DataError, match="remove some"):
        change(path, kept, adding(new_digit(PICTURE, 1, [points])))
    assert path.read_bytes() == before
    monkeypatch.setattr(own_digits_file, "MOST_BYTES", 1000)
    with pytest.raises(DataError, match="larger than 0 MB"):
        read(path)


def test_limits_of_the_file_are_those_of_the_collection(path: Path) -> None:
    strokes = [np.full((1, 2), 0.5)] * own_digits.MOST_POINTS
    full = OwnDigits(
        (
            new_digit(PICTURE, 1, strokes),
            *(OwnDigit(PICTURE, 1, None, str(number)) for number in range(own_digits.MOST_DIGITS - 1)),
        )
    )
    kept = write(path, full)
    back = read(path)
    assert len(back.own) == own_digits.MOST_DIGITS
    assert len(back.own.digits[0].strokes or ()) == own_digits.MOST_POINTS
    with pytest.raises(DataError, match="remove some"):
        change(path, kept, adding(drawn(1)))


def test_a_full_disk_leaves_what_was_there(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = write(path, some_digits())

    def connect_full(*arguments: object, **named: object) -> sqlite3.Connection:
        connection = connect(*arguments, **named)  # type: ignore[arg-type]
        connection.execute("PRAGMA max_page_count = 1")  # the least that SQLite takes: as many as there are
        return connection

    big = new_digit(PICTURE, 1, [np.zeros((5_000, 2))])
    with monkeypatch.context() as patch:
        patch.setattr(own_digits_file, "connect", connect_full)
        with pytest.raises(DataError, match=r"cannot be saved in “.*” \(there is no room left\): free some room"):
            change(path, kept, adding(big))
    assert_same(read(path).own, kept.own)
    assert list(path.parent.iterdir()) == [path]
    assert len(change(path, kept, adding(big)).own) == 3, "room was made"


def test_a_place_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DataError, match="cannot be saved"):
        write(tmp_path / "file" / "own.sqlite", OwnDigits())
    (tmp_path / "folder").mkdir()
    with pytest.raises(DataError, match="is no ordinary file"):
        read(tmp_path / "folder")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
def test_a_pipe_in_the_file_s_place_is_not_waited_for(path: Path) -> None:
    os.mkfifo(path)
    with pytest.raises(DataError, match=r"own\.sqlite” is no ordinary file"):
        read(path)
    write(path, some_digits())
    assert len(read(path).own) == 2


def test_a_link_stays_a_link(path: Path, tmp_path: Path) -> None:
    kept = write(tmp_path / "real.sqlite", OwnDigits())
    path.symlink_to(tmp_path / "real.sqlite")
    change(path, kept, adding(drawn(1)))
    assert path.is_symlink()
    assert len(read(tmp_path / "real.sqlite").own) == 1


def test_where_nothing_can_be_renamed_the_file_stays(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_bytes(b"not mine")

    def fail(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(DataError, match=r"kept as “.*own\.sqlite”"):
        read(path)
    with pytest.raises(DataError, match="cannot be saved"):
        write(path, some_digits())
    assert path.read_bytes() == b"not mine"


def test_a_collection_set_aside_is_empty_for_all_windows_and_whole_beside(path: Path) -> None:
    known = write(path, some_digits())
    kept, before, copy = set_aside(path)
    assert_same(before, known.own)
    assert_same(read(copy).own, known.own)
    assert len(kept.own) == len(read(path).own) == 0
    other = change(path, known, adding(drawn(5)))
    assert other.own.labels.tolist() == [5], "another window that still knew them does not bring them back"
    back = change(path, other, lambda own: own.joined(before))
    assert back.own.labels.tolist() == [5, 1, 7]


def test_an_earlier_version_s_file_is_taken_over_once(path: Path, tmp_path: Path) -> None:
    former = tmp_path / "own.json"
    assert take_over(former, path) == 0
    assert not path.exists()
    write(path, OwnDigits((drawn(3),)))
    former.write_bytes(whole(record(), record(identifier="b", label=7, strokes=[[[0.1, 0.2]]])))
    content = former.read_bytes()
    assert take_over(former, path) == 2
    assert read(path).own.labels.tolist() == [3, 1, 7]
    assert not former.exists()
    assert (tmp_path / "own.json.taken-over").read_bytes() == content
    former.write_bytes(content)  # as after a power cut between the two
    assert take_over(former, path) == 0
    assert read(path).own.labels.tolist() == [3, 1, 7]
    assert (tmp_path / "own.json.taken-over-2").read_bytes() == content


def test_an_earlier_version_s_file_stays_until_it_is_taken_over(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = tmp_path / "own.json"
    former.write_bytes(whole(record(), record(identifier="b")))
    monkeypatch.setattr(own_digits, "MOST_DIGITS", 1)
    with pytest.raises(DataError, match="would be 2 digits of your own, 1 is the most"):
        take_over(former, path)
    assert former.exists()
    former.write_bytes(b"not mine")
    with pytest.raises(DataError, match=r"kept as “.*own\.kept-1\.json”"):
        take_over(former, path)
    assert len(read(path).own) == 0
