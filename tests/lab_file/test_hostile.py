"""Whatever comes as a .lab file: its runs, or one sentence that says why not; no memory, and nothing taken in."""

import io
import json
import sqlite3
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mnist_lab.lab_file.errors import LabFileError
from mnist_lab.lab_file.importing import import_lab_file
from mnist_lab.lab_file.parts import VERSION
from mnist_lab.lab_file.writing import write_lab_file
from mnist_lab.runs.store import RunStore
from tests.files.archives import mark_encrypted, npy_header
from tests.files.test_npz import Evil, little_memory
from tests.lab_file import homes
from tests.lab_file.hostile import Parts, listed_again, put_together, taken_apart, with_arrays, with_json
from tests.runs.kept import keep

RUN = "a" * 32
JSON, NUMBERS, SNAPSHOT = f"runs/{RUN}/run.json", f"runs/{RUN}/numbers.npz", f"runs/{RUN}/snapshots/20.npz"
TRUTH = "what it tells of a run makes no sense"


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    folder = tmp_path_factory.mktemp("good")
    store = RunStore(folder)
    keep(store, run_id=RUN, name="good")
    write_lab_file(folder / "good.lab", store, [RUN])
    return taken_apart(folder / "good.lab")


def refusal(path: Path) -> str:
    """Why it is refused; nothing of it is in the home then."""
    store = RunStore(path.parent / "home")
    with pytest.raises(LabFileError) as refused:
        import_lab_file(store, path)
    sentence = str(refused.value)
    assert path.name in sentence
    assert "\n" not in sentence
    assert not store.folder.exists()
    return sentence


def refused(parts: Parts, folder: Path) -> str:
    return refusal(put_together(folder / "one.lab", parts))


def test_the_good_one_is_good_however_it_is_packed(good: Parts, tmp_path: Path) -> None:
    backwards = dict(reversed(list(good.items())))
    for packing in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        path = put_together(tmp_path / f"{packing}.lab", {"runs/": b"", **backwards}, packing)
        (run,) = import_lab_file(RunStore(tmp_path / str(packing)), path).runs
        assert run.is_new


# The archive


@pytest.mark.parametrize("name", ["../evil.npz", "/etc/evil", "runs\\evil", "C:evil", "runs//x"])
def test_names_that_lead_out_of_it(name: str, good: Parts, tmp_path: Path) -> None:
    assert f"the name “{name}” could lead out of it" in refused(listed_again(good | {name: b"x"}), tmp_path)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["one.lab"]


def test_a_link_in_it(good: Parts, tmp_path: Path) -> None:
    path = put_together(tmp_path / "one.lab", {name: one for name, one in good.items() if name != SNAPSHOT})
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo(SNAPSHOT)
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, good[SNAPSHOT])
    assert f"“{SNAPSHOT}” is a link, or no ordinary file" in refusal(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice(good: Parts, tmp_path: Path) -> None:
    path = put_together(tmp_path / "one.lab", good)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(JSON, good[JSON])
    assert f"“{JSON}” stands in it twice" in refusal(path)


def test_bombs(good: Parts, tmp_path: Path) -> None:
    zeros = bytes(80_000_000)
    with little_memory(20e6):
        path = put_together(tmp_path / "one.lab", good | {SNAPSHOT: zeros}, zipfile.ZIP_DEFLATED)
        assert "more than 100 times its own size" in refusal(path)
    many = good | {f"runs/{RUN}/snapshots/{at}.npz": b"" for at in range(100, 30_200)}
    path = put_together(tmp_path / "two.lab", many)
    assert "parts, and 30,000 is the most" in refusal(path)


def test_a_bomb_in_an_inner_file(good: Parts, tmp_path: Path) -> None:
    """Sixty megabytes of zeros in the numbers, packed to sixty kilobytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as inner:
        inner.writestr("losses.npy", npy_header((2, 7_500_000)) + bytes(60_000_000))
    with little_memory(20e6):
        assert "other shapes or dtypes" in refused(listed_again(good | {NUMBERS: stream.getvalue()}), tmp_path)


def test_what_is_encrypted_or_packed_otherwise(good: Parts, tmp_path: Path) -> None:
    path = mark_encrypted(put_together(tmp_path / "one.lab", {"manifest.json": good["manifest.json"]}))
    assert "it is encrypted" in refusal(path)
    path = put_together(tmp_path / "two.lab", good, zipfile.ZIP_LZMA)
    assert "it is packed in a way that NumPy does not use" in refusal(path)


def test_a_part_that_has_changed(good: Parts, tmp_path: Path) -> None:
    assert f"“{SNAPSHOT}” is not what was written" in refused(good | {SNAPSHOT: good[SNAPSHOT][::-1]}, tmp_path)
    assert f"“{JSON}” is not what was written" in refused(good | {JSON: good[JSON] + b" "}, tmp_path)


@pytest.mark.parametrize("name", [JSON, NUMBERS, SNAPSHOT])
def test_a_part_that_is_missing(name: str, good: Parts, tmp_path: Path) -> None:
    without = {other: content for other, content in good.items() if other != name}
    assert f"“{name}” is missing" in refused(without, tmp_path)
    assert f"“{name}” is missing" in refused(listed_again(without), tmp_path)


def test_a_part_that_belongs_to_nothing(good: Parts, tmp_path: Path) -> None:
    more = good | {"virus.exe": b"MZ"}
    assert "it holds “virus.exe”, which no .lab file has" in refused(more, tmp_path)
    assert "it holds “virus.exe”, which no .lab file has" in refused(listed_again(more), tmp_path)


# Files of another kind


@pytest.mark.parametrize("size", [0, 1, 500, -1])
def test_a_file_that_is_cut_off(size: int, good: Parts, tmp_path: Path) -> None:
    path = put_together(tmp_path / "one.lab", good)
    path.write_bytes(path.read_bytes()[:size])
    assert "it is no zip file, or its end is missing" in refusal(path)


def test_files_with_another_ending(tmp_path: Path) -> None:
    path = tmp_path / "one.lab"
    np.savez(tmp_path / "digits.npz", x_train=np.zeros(3))
    (tmp_path / "digits.npz").rename(path)
    assert "it holds arrays of NumPy: let its name end in .npz" in refusal(path)
    put_together(path, {"metadata.json": b"{}", "config.json": b"{}", "model.weights.h5": b""})
    assert "it is a Keras model: let its name end in .keras" in refusal(path)
    put_together(path, {"letter.txt": b""})
    assert "it is a zip file of another program" in refusal(path)
    path.write_bytes(b"\x89HDF\r\n\x1a\n" + bytes(100))
    assert "it is an HDF5 file" in refusal(path)


def test_a_run_s_own_file_is_never_opened_as_sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = RunStore(tmp_path / "from")
    run_id = keep(store).id
    path = (store.folder / f"{run_id}.run").rename(tmp_path / "one.lab")
    monkeypatch.setattr(sqlite3, "connect", lambda *_arguments, **_more: pytest.fail("opened"))
    assert "it is the lab's own file of a run: export the run as .lab" in refusal(path)


@pytest.mark.parametrize("name", ["none.lab", "folder.lab", "nul\0.lab"])
def test_what_is_no_file(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder.lab").mkdir()
    with pytest.raises(LabFileError):
        import_lab_file(RunStore(tmp_path), tmp_path / name)


# The manifest


def test_a_newer_version_names_its_lab(good: Parts, tmp_path: Path) -> None:
    newer = with_json(good, "manifest.json", lambda told: told.update(version=VERSION + 1, lab="9.0", parts="other"))
    versions = f"(its version is {VERSION + 1}, this lab reads {VERSION})"
    assert refused(newer, tmp_path).endswith(f"is of a newer MNIST Lab, 9.0 {versions}: use that lab to open it.")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"format": "something"}, "another program made it"),
        ({"version": 0}, "of which version"),
        ({"version": "1"}, "of which version"),
        ({"version": True}, "of which version"),
        ({"version": 10**30, "lab": ["x"]}, "is of a newer MNIST Lab, ?"),
        ({"lab": 3}, "“lab” in “manifest.json” makes no sense"),
        ({"runs": [RUN, RUN]}, "it holds no run, or one twice"),
        ({"runs": []}, "it holds no run, or one twice"),
        ({"runs": ["../../x"]}, "“runs › 0” in “manifest.json” makes no sense"),
        ({"runs": ["b" * 32]}, f"“runs/{'b' * 32}/run.json” is missing"),
        ({"parts": {"x": {"bytes": -1, "sha256": "0" * 64}}}, "“parts › x › bytes” in “manifest.json” makes no sense"),
    ],
)
def test_manifests_that_lie(changes: dict[str, object], words: str, good: Parts, tmp_path: Path) -> None:
    assert words in refused(with_json(good, "manifest.json", lambda told: told.update(changes)), tmp_path)


def test_a_file_without_a_run(good: Parts, tmp_path: Path) -> None:
    nothing = with_json({"manifest.json": good["manifest.json"]}, "manifest.json", lambda told: told.update(runs=[]))
    assert "it holds no run" in refused(listed_again(nothing), tmp_path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "it is no JSON"),
        (b"\xff\xfe", "it is no UTF-8 text"),
        (b'{"facts": "\\ud800"}', "it is no UTF-8 text"),
        (b"[" * 100_000, "brackets stand within brackets without end"),
        (b'{"facts": NaN}', "it is no JSON (NaN is no number)"),
        (b'{"facts": ' + b"9" * 5000 + b"}", "it is no JSON"),
        (b'{"facts": 1, "facts": 2}', "'facts' stands twice in one object"),
        (b"[]", "makes no sense"),
        (b"{}", "“facts” in"),
    ],
)
def test_json_that_is_none(content: bytes, words: str, good: Parts, tmp_path: Path) -> None:
    assert words in refused(listed_again(good | {JSON: content}), tmp_path)


# What is told of a run


def _set(*path: str | int, to: object) -> Callable[[dict[str, Any]], None]:
    def change(told: Any) -> None:
        for step in path[:-1]:
            told = told[step]
        told[path[-1]] = to

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_set("facts", "id", to="b" * 32), "it has a run under another's id"),
        (_set("facts", "id", to="../../b"), "“facts › id” in"),
        (_set("facts", "number", to=10**40), "“facts › number” in"),
        (_set("facts", "kind", to="virus"), "“facts › kind” in"),
        (_set("facts", "created", to="yesterday"), "“facts › created” in"),
        (_set("facts", "created", to="9999-12-31T23:59:59-12:00"), f"{TRUTH}: date"),
        (_set("facts", "created", to="0001-01-01T00:00:00+12:00"), f"{TRUTH}: date"),
        (_set("facts", "parent_id", to="../../../etc/passwd"), f"{TRUTH}: parent"),
        (_set("facts", "parent_id", to=RUN), f"{TRUTH}: parent"),
        (_set("facts", "activation", to="__import__('os')"), f"{TRUTH}: activation"),
        (_set("facts", "activation", to="tanh"), f"{TRUTH}: activation"),
        (_set("facts", "versions", "keras", to="9" * 1000), f"{TRUTH}: versions"),
        (_set("facts", "runtime", to={"xla": {"deep": []}}), f"{TRUTH}: versions"),
        (_set("facts", "runtime", to={"threads": 10**300}), f"{TRUTH}: versions"),
        (_set("facts", "experiment", to=None), f"{TRUTH}: settings"),
        (_set("facts", "experiment", "hidden_units", to=[10**9]), "“facts › experiment › hidden_units"),
        (_set("facts", "experiment", "new_setting", to=1), "“facts › experiment › new_setting"),
        (_set("experiment", "epochs", to=-1), "“experiment › epochs” in"),
        (_set("facts", "data", to=None), f"{TRUTH}: settings"),
        (_set("facts", "data", "fingerprint", to="0" * 63), f"{TRUTH}: data"),
        (_set("facts", "data", "train_images", to=10**30), "“facts › data › train_images” in"),
        (_set("facts", "data", "own_digits", to=101), f"{TRUTH}: data"),
        (_set("facts", "data", "own", to={"base_fingerprint": "x", "labels": "", "images": ""}), f"{TRUTH}: data"),
        (
            _set("facts", "data", "own", to={"base_fingerprint": "0" * 64, "labels": "12", "images": "00"}),
            f"{TRUTH}: data",
        ),
        (_set("facts", "past", to=[{"until": 5, "experiment": {}}]), f"{TRUTH}: what it has from its parent"),
        (_set("name", to="x" * 201), f"{TRUTH}: name or note"),
        (_set("note", to="x" * 10_001), f"{TRUTH}: name or note"),
        (_set("rate_changes", to=[[12, 1e9]]), "“rate_changes › 0 › 1” in"),
        (_set("rate_changes", to=[[12, 0.1], [3, 0.1]]), f"{TRUTH}: learning rates"),
        (_set("rate_changes", to=[[999, 0.1]]), f"{TRUTH}: snapshots"),
        (_set("epochs", 0, "epoch", to=10**30), f"{TRUTH}: epochs"),
        (_set("epochs", 0, "epoch", to=3), f"{TRUTH}: epochs"),
        (_set("epochs", 1, "updates", to=21), f"{TRUTH}: epochs"),
        (_set("epochs", 0, "validation_accuracy", to="NaN"), f"{TRUTH}: epochs"),
        (_set("epochs", 0, "train_accuracy", to=2), f"{TRUTH}: epochs"),
        (_set("epochs", 0, "weights_sha256", to="x"), f"{TRUTH}: epochs"),
        (_set("outcome", to="done"), "“outcome” in"),
        (_set("outcome", to={}), "the end of a run in it makes no sense"),
        (_set("outcome", to={"kind": "exploded"}), "the end of a run in it makes no sense"),
        (_set("outcome", to={"kind": ["finished"]}), "the end of a run in it makes no sense"),
        (_set("outcome", "updates", to=19), f"{TRUTH}: end"),
        (_set("outcome", "test_accuracy", to="NaN"), f"{TRUTH}: end"),
        (_set("outcome", to={"kind": "diverged", "update": 40, "loss": "NaN", "kept_updates": 3}), f"{TRUTH}: end"),
        (_set("outcome", to={"kind": "failed", "sentence": ""}), f"{TRUTH}: end"),
        (_set("snapshots", 0, "updates", to=10), f"{TRUTH}: snapshots"),
        (_set("snapshots", 2, "updates", to=19), "snapshots/19.npz” is missing"),
        (_set("snapshots", to=[]), "which no .lab file has"),
        (_set("snapshots", 2, "runtime", to={}), "does not say what it was made with"),
        (_set("snapshots", 2, "weights_sha256", to="0" * 64), f"“{SNAPSHOT}” has other weights than it says"),
        (_set("snapshots", 2, "variables", to=["output/kernel"]), f"“{SNAPSHOT}” has other arrays than it says"),
        (_set("snapshots", 2, "variables", to=["a"] * 101), "“snapshots › 2 › variables” in"),
    ],
)
def test_runs_that_never_were(
    change: Callable[[dict[str, Any]], None], words: str, good: Parts, tmp_path: Path
) -> None:
    assert words in refused(with_json(good, JSON, change), tmp_path)


def test_a_path_to_digits_on_this_computer_is_not_followed(good: Parts, tmp_path: Path) -> None:
    for origin in ("/dev/zero", "C:\\Users\\x\\digits.npz", "\\\\server\\share\\digits.npz", "../digits.npz"):
        path = put_together(tmp_path / "one.lab", with_json(good, JSON, _set("facts", "data", "origin", to=origin)))
        store = RunStore(tmp_path / f"home {len(origin)}")
        import_lab_file(store, path)
        data = store.load(RUN).facts.data
        assert data is not None
        assert data.origin in ("zero", "digits.npz")


# Arrays


def _numbers(name: str, make: Callable[[np.ndarray], np.ndarray]) -> Callable[[Parts], Parts]:
    return lambda parts: with_arrays(parts, NUMBERS, lambda arrays: arrays.update({name: make(arrays[name])}))


def _weights(name: str, make: Callable[[np.ndarray], np.ndarray]) -> Callable[[Parts], Parts]:
    return lambda parts: with_arrays(parts, SNAPSHOT, lambda arrays: arrays.update({name: make(arrays[name])}))


def _nan(values: np.ndarray) -> np.ndarray:
    changed = values.copy()
    changed.flat[3] = np.nan
    return changed


SHAPES = "the numbers of a run in it have other shapes or dtypes"
NO_NETWORK = "its snapshot after update 20 is no network of that run"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_numbers("losses", lambda values: values[:-1]), f"{TRUTH}: numbers"),
        (_numbers("accuracies", lambda values: values[:-1]), f"{TRUTH}: numbers"),
        (_numbers("losses", lambda values: values.astype(np.float64)), SHAPES),
        (_numbers("losses", lambda values: values.reshape(2, 10)), SHAPES),
        (_numbers("losses", lambda values: values.astype(">f4")), SHAPES),
        (_numbers("losses", lambda _: np.array(3, np.float32)), SHAPES),
        (_numbers("losses", _nan), f"{TRUTH}: losses"),
        (_numbers("accuracies", _nan), f"{TRUTH}: accuracies"),
        (_numbers("accuracies", lambda values: values - 1), f"{TRUTH}: accuracies"),
        (_numbers("seconds_at", _nan), f"{TRUTH}: training seconds"),
        (_numbers("seconds_at", lambda values: values[::-1]), f"{TRUTH}: training seconds"),
        (_numbers("seconds_at", lambda values: values[:-1]), f"{TRUTH}: training seconds"),
        (_numbers("seconds_at", lambda values: values[:0]), f"{TRUTH}: training seconds"),
        (_numbers("seconds_at", lambda values: values + 0.5), f"{TRUTH}: training seconds"),
        (_numbers("seconds_at", lambda values: values[:, :1]), SHAPES),
        (lambda parts: with_arrays(parts, NUMBERS, lambda arrays: arrays.update(more=np.zeros(3))), SHAPES),
        (lambda parts: with_arrays(parts, NUMBERS, lambda arrays: arrays.pop("seconds_at")), SHAPES),
        (_weights("output/kernel", _nan), NO_NETWORK),
        (_weights("output/kernel", lambda values: values[:, :9]), NO_NETWORK),
        (_weights("output/bias", lambda values: values[:9]), NO_NETWORK),
        (_weights("hidden_1/kernel", lambda values: values[:783]), NO_NETWORK),
        (_weights("hidden_1/kernel", lambda values: values.astype(np.float64)), NO_NETWORK),
        (_weights("hidden_1/kernel", lambda values: values.astype(np.complex64)), "holds no numbers of a network"),
        (_weights("optimizer/iterations", lambda _: np.array("words")), "holds no numbers of a network"),
        (_weights("optimizer/iterations", lambda _: np.array(0, ">i8")), "holds no numbers of a network"),
        (lambda parts: listed_again(parts | {SNAPSHOT: b"odd"}), "is no .npz file"),
        (lambda parts: listed_again(parts | {SNAPSHOT: parts[SNAPSHOT][:-30]}), "is no .npz file"),
    ],
)
def test_arrays_that_fit_nothing(change: Callable[[Parts], Parts], words: str, good: Parts, tmp_path: Path) -> None:
    assert words in refused(change(good), tmp_path)


def test_a_network_of_other_settings(good: Parts, tmp_path: Path) -> None:
    def widen(arrays: dict[str, np.ndarray]) -> None:
        arrays["hidden_1/kernel"] = np.ones((784, 5), np.float32)
        arrays["hidden_1/bias"] = np.ones(5, np.float32)
        arrays["output/kernel"] = np.ones((5, 10), np.float32)

    assert NO_NETWORK in refused(with_arrays(good, SNAPSHOT, widen), tmp_path)


def test_nothing_in_it_is_ever_executed(good: Parts, tmp_path: Path) -> None:
    evil = np.array([Evil(tmp_path / "was here")], object)
    parts = with_arrays(good, SNAPSHOT, lambda arrays: arrays.update({"output/bias": evil}))
    assert "holds Python objects" in refused(parts, tmp_path)
    assert not (tmp_path / "was here").exists()


def test_a_kept_network_with_the_numbers_of_a_run(tmp_path: Path) -> None:
    store = RunStore(tmp_path / "from")
    run_id = homes.network(store)
    write_lab_file(tmp_path / "good.lab", store, [run_id])
    parts = taken_apart(tmp_path / "good.lab")
    name = f"runs/{run_id}/run.json"
    assert f"{TRUTH}: kind" in refused(with_json(parts, name, _set("rate_changes", to=[[0, 0.1]])), tmp_path)
    assert f"{TRUTH}: snapshots" in refused(with_json(parts, name, _set("snapshots", to=[])), tmp_path)
    losses = with_arrays(
        parts, f"runs/{run_id}/numbers.npz", lambda arrays: arrays.update(losses=np.zeros(3, np.float32))
    )
    assert f"{TRUTH}: numbers" in refused(losses, tmp_path)


# Own digits


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("labels", lambda values: values + 8),
        ("labels", lambda values: values.astype(np.int64)),
        ("labels", lambda _: np.array(3, np.uint8)),
        ("images", lambda values: values[:, :27]),
        ("images", lambda values: values[:2]),
        ("identifiers", lambda values: values[[0, 0, 1]]),
        ("identifiers", lambda values: np.array([b"\xff", b"b", b"c"])),
        ("identifiers", lambda values: np.array([b"", b"b", b"c"])),
        ("identifiers", lambda values: np.array(["a", "b", "c"])),
        ("strokes", lambda values: values + 1),
        ("strokes", lambda values: values - 9),
        ("points", lambda values: -values),
        ("points", lambda values: values * 2),
        ("xy", lambda values: values * np.inf),
        ("xy", lambda values: values.reshape(-1)),
        ("odd", lambda _: np.zeros(3)),
    ],
)
def test_own_digits_that_are_none(name: str, make: Callable[[Any], np.ndarray], tmp_path: Path) -> None:
    from mnist_lab.data.own_digits import OwnDigits, new_digit
    from tests.runs.test_own_facts import own

    store = RunStore(tmp_path / "from")
    images = own(3).images
    drawn = OwnDigits(tuple(new_digit(image, 5, [np.ones((2, 2)), np.ones((1, 2))]) for image in images))
    write_lab_file(tmp_path / "good.lab", store, [keep(store).id], own=drawn)
    parts = taken_apart(tmp_path / "good.lab")
    changed = with_arrays(parts, "own_digits.npz", lambda arrays: arrays.update({name: make(arrays.get(name))}))
    assert "its own digits make no sense" in refused(changed, tmp_path)


def test_what_the_file_says_is_told_as_it_stands(good: Parts, tmp_path: Path) -> None:
    """No text from a file is a pattern with places to be filled."""
    failed = {"kind": "failed", "sentence": "{0.__class__} {x}"}
    path = put_together(tmp_path / "one.lab", with_json(good, JSON, _set("outcome", to=failed)))
    store = RunStore(tmp_path / "home")
    import_lab_file(store, path)
    assert store.load(RUN).failure == "{0.__class__} {x}"
    assert json.dumps(store.load(RUN).name) == '"good"'
