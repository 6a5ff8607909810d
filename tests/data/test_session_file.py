"""How the lab was left comes back as it was; whatever is damaged takes nothing else with it."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_lab.data import session_file
from mnist_lab.data.session_file import Session, SessionError, read, serialised, write
from mnist_lab.experiment import Experiment

LEFT = Session(
    experiment=Experiment(
        hidden_units=(64, 32), optimizer="sgd_momentum", optimizer_settings={"momentum": 0.5}, dropout=0.2, epochs=7
    ),
    data_choice="/home/ä/digits.npz",
    run_id="0123456789abcdef0123456789abcdef",
    page="drawPage",
    slow_motion=3.0,
    uses_own_digits=True,
    views={"DrawPage": {"drawing": {"strokes": [[[0.1, 0.2]]], "label": 7}, "control drawTabBar": 2}},
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "last_session.json"


def test_what_is_written_is_read(path: Path) -> None:
    assert read(path) == (Session(), None)
    for session in (LEFT, Session()):
        write(path, serialised(session))
        assert read(path) == (session, None)


BAD_PARTS = {
    "experiment": ({"epochs": 0}, {"optimizer": "nonsense"}, 5, {"colour": "red"}),
    "data_choice": (None, 7, "x" * 20_000),
    "run_id": (["a"],),
    "page": ({},),
    "slow_motion": (-1, "fast", 1e300),
    "uses_own_digits": ("yes", 1),
    "views": ([], {"DrawPage": 3}),
}


@pytest.mark.parametrize(("part", "value"), [(part, value) for part, values in BAD_PARTS.items() for value in values])
def test_a_part_that_makes_no_sense_takes_no_other_with_it(path: Path, part: str, value: object) -> None:
    content = json.loads(serialised(LEFT)) | {part: value, "from a newer lab": 1}
    write(path, json.dumps(content).encode())
    session, problem = read(path)
    assert problem is not None
    assert f"makes no sense ({part}): that begins anew" in str(problem)
    default = Session()
    for name in BAD_PARTS:
        assert getattr(session, name) == getattr(default if name == part else LEFT, name)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"format": "notes"}', b"\xff\xfe", b"[" * 100_000, serialised(LEFT)[:-3], b"NaN"],
    ids=["empty", "cut", "list", "other", "no text", "deep", "short", "nan"],
)
def test_a_damaged_file_is_set_aside_with_a_sentence(path: Path, content: bytes) -> None:
    write(path, content)
    session, problem = read(path)
    assert session == Session()
    assert problem is not None
    assert "is damaged (" in str(problem)
    kept = path.with_name("last_session.kept-1.json")
    assert str(kept) in str(problem)
    assert kept.read_bytes() == content
    assert read(path) == (Session(), None)


def test_a_huge_file_is_not_read_whole(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_file, "MOST_BYTES", 100)
    write(path, serialised(LEFT))
    assert "it is too large" in str(read(path)[1])


def test_a_place_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    path = tmp_path / "file" / "last_session.json"
    assert read(path) == (Session(), None)
    with pytest.raises(SessionError, match="cannot be kept in"):
        write(path, b"")
    session, problem = read(tmp_path)
    assert session == Session()
    assert "is no ordinary file" in str(problem)


@given(st.binary(min_size=1, max_size=20), st.integers(0, 2000))
def test_no_change_of_bytes_ends_the_lab(tmp_path_factory: pytest.TempPathFactory, data: bytes, place: int) -> None:
    path = tmp_path_factory.mktemp("session") / "last_session.json"
    content = serialised(LEFT)
    place %= len(content)
    write(path, content[:place] + data + content[place + len(data) :])
    session, _problem = read(path)
    assert isinstance(session, Session)
