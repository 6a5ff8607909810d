"""A kept network comes back bit for bit; anything else is refused in one sentence, and nothing is executed."""

import tracemalloc
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_lab.inspection import network_file
from mnist_lab.inspection.errors import InspectionError
from mnist_lab.inspection.network_file import read_network, write_network
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from tests.files.archives import break_packing, mark_encrypted, npy_header, write_archive

GENERATOR = np.random.default_rng(3)


def network(*sizes: int) -> NetworkWeights:
    layers = [
        DenseWeights(
            GENERATOR.normal(size=(inputs, units)).astype(np.float32), GENERATOR.normal(size=units).astype(np.float32)
        )
        for inputs, units in zip((784, *sizes), (*sizes, 10), strict=True)
    ]
    return NetworkWeights(tuple(layers), "tanh", 123)


@pytest.mark.parametrize("sizes", [(1,), (5,), (7, 3), (4, 4, 4, 4)])
def test_it_comes_back_bit_for_bit(sizes: tuple[int, ...], tmp_path: Path) -> None:
    before = network(*sizes)
    path = tmp_path / "deeper" / "one.npz"
    write_network(path, before)
    after = read_network(path)
    assert (after.activation, after.updates) == ("tanh", 123)
    for one, other in zip(before.layers, after.layers, strict=True):
        assert one.kernel.tobytes() == other.kernel.tobytes()
        assert one.bias.tobytes() == other.bias.tobytes()
    assert [file.name for file in path.parent.iterdir()] == ["one.npz"], "no temporary file is left"


def arrays() -> dict[str, np.ndarray]:
    weights = network(3)
    named = {"activation": np.array("relu"), "updates": np.array(7)}
    for index, layer in enumerate(weights.layers):
        named |= {f"kernel_{index}": layer.kernel, f"bias_{index}": layer.bias}
    return named


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"activation": np.array("evil")}, "activation"),
        ({"activation": np.array("relu" * 99)}, "activation"),
        ({"activation": np.array(["relu"])}, "activation"),
        ({"activation": np.array([0x110000], np.uint32).view("U1").reshape(())}, "activation"),
        ({"updates": np.array(7.0)}, "trained"),
        ({"kernel_0": np.zeros((784, 0), np.float32), "bias_0": np.zeros(0, np.float32)}, "layer 0"),
        ({"bias_0": np.zeros((3, 1), np.float32)}, "layer 0"),
        ({"kernel_0": arrays()["kernel_0"].astype(">f4")}, "layer 0"),
        ({"kernel_2": np.zeros((10, 9), np.float32), "bias_2": np.zeros(9, np.float32)}, "9 outputs"),
        ({"updates": np.array(-1)}, "trained"),
        ({"updates": np.array([1, 2])}, "trained"),
        ({"kernel_0": np.zeros((783, 3), np.float32)}, "layer 0"),
        ({"kernel_0": np.zeros((784, 3), np.float64)}, "layer 0"),
        ({"bias_1": np.zeros(9, np.float32)}, "layer 1"),
        ({"kernel_1": np.zeros((3, 9), np.float32), "bias_1": np.zeros(9, np.float32)}, "9 outputs"),
        ({"activation": np.array([object()])}, "Python objects"),
        ({"kernel_1": np.full((3, 10), None)}, "Python objects"),
    ],
)
def test_arrays_that_make_no_network(changes: dict[str, np.ndarray], words: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.npz"
    np.savez(path, allow_pickle=True, **(arrays() | changes))
    with pytest.raises(InspectionError) as refused:
        read_network(path)
    assert words in str(refused.value)
    assert "bad.npz" in str(refused.value)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04cut", b"plain words"])
def test_files_that_are_no_npz(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bad.npz"
    path.write_bytes(content)
    with pytest.raises(InspectionError):
        read_network(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InspectionError):
        read_network(tmp_path / "none.npz")


@pytest.mark.parametrize("missing", ["activation", "updates", "kernel_0", "bias_0", "kernel_1", "bias_1"])
def test_an_array_that_is_missing(missing: str, tmp_path: Path) -> None:
    named = arrays()
    del named[missing]
    np.savez(tmp_path / "bad.npz", **named)  # type: ignore[arg-type]
    with pytest.raises(InspectionError, match=r"“.*bad\.npz” is no network of this lab"):
        read_network(tmp_path / "bad.npz")


def test_more_layers_than_the_lab_has(tmp_path: Path) -> None:
    named = arrays()
    for index in range(2, 7):
        named |= {f"kernel_{index}": np.eye(10, dtype=np.float32), f"bias_{index}": np.zeros(10, np.float32)}
    np.savez(tmp_path / "bad.npz", **named)  # type: ignore[arg-type]
    with pytest.raises(InspectionError, match="more than 5 layers"):
        read_network(tmp_path / "bad.npz")


def test_each_reason_can_be_translated(tmp_path: Path) -> None:
    np.savez(tmp_path / "bad.npz", **(arrays() | {"bias_1": np.zeros(9, np.float32)}))  # type: ignore[arg-type]
    with pytest.raises(InspectionError) as refused:
        read_network(tmp_path / "bad.npz")
    reason = refused.value.values["reason"]
    assert isinstance(reason, InspectionError)
    assert reason.template == "its layer {layer} does not fit {inputs} inputs"
    assert refused.value.values["path"] == tmp_path / "bad.npz"


def test_a_damaged_and_an_encrypted_file(tmp_path: Path) -> None:
    damaged = break_packing(written(tmp_path / "damaged.npz"), "kernel_0")
    with pytest.raises(InspectionError, match=r"“kernel_0” in “.*damaged\.npz” is damaged \(.*invalid block type\)"):
        read_network(damaged)
    encrypted = mark_encrypted(written(tmp_path / "encrypted.npz"))
    with pytest.raises(InspectionError, match=r"encrypted\.npz” is damaged \(it is encrypted\)"):
        read_network(encrypted)


def test_a_folder_in_the_file_s_place(tmp_path: Path) -> None:
    (tmp_path / "bad.npz").mkdir()
    with pytest.raises(InspectionError, match=r"bad\.npz” is no ordinary file"):
        read_network(tmp_path / "bad.npz")


BOMBS = {
    "too many units": ("kernel_0", npy_header((784, 20_000))),
    "one axis": ("kernel_0", npy_header((15_000_000,))),
    "wrong inputs": ("kernel_0", npy_header((15_000_000, 1))),
    "other type": ("bias_0", npy_header((60_000_000,), "|u1")),
    "long word": ("activation", npy_header((), "<U15000000")),
    "many updates": ("updates", npy_header((7_500_000,), "<i8")),
    "what nobody asked for": ("extra", npy_header((60_000_000,), "|u1")),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_zip_bomb_costs_no_memory(name: str, tmp_path: Path) -> None:
    array, header = BOMBS[name]
    path = write_archive(tmp_path / "bad.npz", arrays() | {array: header + bytes(63_000_000)})
    assert path.stat().st_size < 200_000
    tracemalloc.start()
    try:
        if array == "extra":
            read_network(path)
        else:
            with pytest.raises(InspectionError, match=r"bad\.npz"):
                read_network(path)
        assert tracemalloc.get_traced_memory()[1] < 3e6
    finally:
        tracemalloc.stop()


def test_layers_that_are_too_large_together_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "large.npz")
    monkeypatch.setattr(network_file, "MOST_BYTES", 9_700)  # each of them is smaller
    with pytest.raises(InspectionError, match=r"“kernel_0, bias_0, kernel_1, bias_1” in .* claims to hold"):
        read_network(path)


def test_what_could_not_be_read_again_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_file, "MOST_BYTES", 9_000)
    with pytest.raises(InspectionError, match="cannot be kept"):
        write_network(tmp_path / "large.npz", network(3))
    assert not list(tmp_path.iterdir())


def test_what_does_not_fit_into_memory_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    path = written(tmp_path / "large.npz")
    monkeypatch.setattr("mnist_lab.files.npz.read_exactly", fail)
    with pytest.raises(InspectionError, match=r"large\.npz” does not fit into this computer's memory"):
        read_network(path)


def written(path: Path) -> Path:
    write_network(path, network(3))
    return path


def reads_or_says_why(path: Path) -> None:
    """Nothing but the lab's own error leaves the reader, and what it reads makes a network."""
    refusals: list[InspectionError] = []
    try:
        weights = read_network(path)
    except InspectionError as error:
        refusals.append(error)
    if refusals:
        assert path.name in str(refusals[0])
        return
    assert [layer.kernel.shape for layer in weights.layers] == [(784, 3), (3, 10)]
    assert {layer.kernel.dtype for layer in weights.layers} == {np.dtype(np.float32)}
    assert weights.updates >= 0


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same network as the lab writes it, and unpacked."""
    folder = tmp_path_factory.mktemp("networks")
    np.savez(folder / "stored.npz", **arrays())  # type: ignore[arg-type]
    return written(folder / "packed.npz"), folder / "stored.npz"


def flip(source: Path, place: int, mask: int) -> Path:
    content = bytearray(source.read_bytes())
    content[place % len(content)] ^= mask
    path = source.with_name("flipped.npz")
    path.write_bytes(content)
    return path


def fuzz(sources: tuple[Path, Path], count: int) -> None:
    """Flip bytes: half of them anywhere, half in the headers of the members and in the list of contents."""
    generator = np.random.default_rng(20)
    for _ in range(count):
        source = sources[int(generator.integers(2))]
        size = source.stat().st_size
        place = int(generator.choice([generator.integers(size), generator.integers(400), -generator.integers(1, 700)]))
        reads_or_says_why(flip(source, place, int(generator.integers(1, 256))))


# NumPy reads the headers of Python 2 as well, and says so in a warning; a flipped byte can look like one.
python_2 = pytest.mark.filterwarnings("ignore:Reading `.npy`")


@python_2
def test_a_flipped_byte_gives_a_network_or_a_sentence(sources: tuple[Path, Path]) -> None:
    fuzz(sources, 500)


@pytest.mark.acceptance
@python_2
def test_thousands_of_flipped_bytes_give_networks_or_sentences(sources: tuple[Path, Path]) -> None:
    fuzz(sources, 20_000)


@settings(max_examples=100, deadline=timedelta(seconds=10))
@given(data=st.data())
def test_any_lost_end_gives_a_sentence(sources: tuple[Path, Path], data: st.DataObject) -> None:
    content = data.draw(st.sampled_from(sources)).read_bytes()
    path = sources[0].with_name("short.npz")
    path.write_bytes(content[: data.draw(st.integers(0, len(content) - 1))])
    with pytest.raises(InspectionError, match=r"short\.npz"):
        read_network(path)
