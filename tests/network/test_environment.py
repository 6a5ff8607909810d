"""One seed gives one network, whatever the environment says to TensorFlow, XLA and Keras."""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from mnist_lab.data.places import keras_home
from mnist_lab.data.starter import load_starter
from mnist_lab.experiment import Experiment
from mnist_lab.network.environment import joined_xla_flags, prepare
from tests.network.runs import run_with_xla

pytestmark = pytest.mark.timeout(300)

PROJECT = Path(__file__).resolve().parents[2]
NETWORKS = (
    Experiment(epochs=1),
    Experiment(epochs=1, hidden_units=(64,), dropout=0.5, optimizer="adam"),
    Experiment(epochs=1, hidden_units=(128, 64), activation="tanh", batch_size=32, l2=0.001),
    Experiment(epochs=2, hidden_units=(700,), optimizer="sgd_momentum", batch_size=1000, learning_rate=0.05),
)
"""The chapter's, and three others."""
DEEP = Experiment(
    epochs=1, hidden_units=(64, 32), activation="tanh", batch_size=32, dropout=0.5, l2=0.001, optimizer="adam"
)
"""Some of each."""
CHILD = """
import json, sys
from mnist_lab.data.starter import load_starter
from mnist_lab.experiment import Experiment
from mnist_lab.network import environment
environment.prepare()
from tests.network.runs import run_with_xla
digits = load_starter()
assert not {"sklearn", "pandas"} & set(sys.modules), "Keras is to leave them alone: it would take 1.6 s"
experiments = [Experiment(**fields) for fields in json.loads(sys.argv[1])]
print(json.dumps([run_with_xla(experiment, digits).weights.sha256() for experiment in experiments]))
"""


def hashes_of_a_child(
    others: Mapping[str, str], before: tuple[str, ...] = (), networks: Sequence[Experiment] = NETWORKS
) -> list[str]:
    """`weights_sha256` of `networks`, trained in a process with this environment."""
    fields = json.dumps([experiment.model_dump(mode="json") for experiment in networks])
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TF_", "XLA_", "KERAS_"))}
    kept.pop("MNIST_LAB_KERAS_HOME", None)
    finished = subprocess.run(
        [*before, sys.executable, "-c", CHILD, fields],
        env={**kept, **others},
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=250,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr[-2000:]
    hashes: list[str] = json.loads(finished.stdout.splitlines()[-1])
    return hashes


def hashes_here(networks: Sequence[Experiment]) -> list[str]:
    """Their `weights_sha256` in this process."""
    digits = load_starter()
    results = [run_with_xla(experiment, digits) for experiment in networks]
    return [result.weights.sha256() for result in results if result.weights is not None]


@pytest.fixture(scope="module")
def expected() -> list[str]:
    return hashes_here(NETWORKS)


ONE_CORE = """
import os, sys
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
os.execv(sys.argv[1], sys.argv[1:])
"""
THREADS = {"TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1", "OMP_NUM_THREADS": "1"}
ONEDNN = {"TF_ENABLE_ONEDNN_OPTS": "1", "TF_NUM_INTRAOP_THREADS": "5", "TF_FUNCTION_JIT_COMPILE_DEFAULT": "1"}
FLAGS = {
    "XLA_FLAGS": "--xla_cpu_enable_fast_math=true --xla_cpu_max_isa=SSE4_2 --xla_there_is_no_such_flag=1",
    "TF_XLA_FLAGS": "--tf_xla_auto_jit=2 --there_is_no_such_flag",
    "TENSORFLOW_USE_CUSTOM_CONTRACTION_KERNEL": "0",
    "ONEDNN_MAX_CPU_ISA": "SSE41",
    "DNNL_MAX_CPU_ISA": "SSE41",
    "KERAS_BACKEND": "jax",
    "KERAS_NNX_ENABLED": "true",
    "TF2_BEHAVIOR": "0",
}


CAN_CHOOSE_CORES = hasattr(os, "sched_setaffinity")  # on Linux alone


@pytest.mark.keras
@pytest.mark.parametrize(
    "networks", [(DEEP,), pytest.param(NETWORKS, marks=pytest.mark.acceptance)], ids=["one", "all"]
)
def test_neither_cores_nor_what_others_set_change_a_bit(networks: Sequence[Experiment], tmp_path: Path) -> None:
    """All at once: one core and thread, oneDNN, flags that change numbers or do not exist, and a bad keras.json.

    Flags that change no number are kept: XLA ends a process over one that it does not know.
    """
    (tmp_path / "keras.json").write_text('{"floatx": "bfloat16", "epsilon": "1e-07", "backend": "torch"}')
    dump = tmp_path / "dump"
    names = ["dump_hlo_as_text", "dump_hlo_as_proto", "dump_hlo_as_dot", "dump_hlo_as_html", "hlo_profile"]
    kept = [f"--xla_dump_to={dump}", "--xla_cpu_enable_xprof_traceme", *(f"--xla_{name}" for name in names)]
    flags = " ".join([FLAGS["XLA_FLAGS"], *kept])
    assert joined_xla_flags(flags).split()[:-1] == kept
    others = {**ONEDNN, **FLAGS, **THREADS, "XLA_FLAGS": flags, "KERAS_HOME": str(tmp_path)}
    one_core = (sys.executable, "-c", ONE_CORE) if CAN_CHOOSE_CORES else ()
    assert hashes_of_a_child(others, one_core, networks) == hashes_here(networks)
    assert list(dump.iterdir()), "what was asked for is dumped"


@pytest.mark.keras
@pytest.mark.acceptance
@pytest.mark.skipif(not CAN_CHOOSE_CORES, reason="cores can be chosen on Linux alone")
def test_one_core_gives_the_bits_of_two(expected: list[str]) -> None:
    assert hashes_of_a_child({}, (sys.executable, "-c", ONE_CORE)) == expected


@pytest.mark.keras
@pytest.mark.acceptance
@pytest.mark.parametrize("others", [{}, THREADS, ONEDNN, FLAGS], ids=["nothing", "threads", "oneDNN", "flags"])
def test_what_others_set_changes_no_bit_by_itself(others: dict[str, str], expected: list[str]) -> None:
    assert hashes_of_a_child(others) == expected


@pytest.mark.keras
@pytest.mark.acceptance
@pytest.mark.parametrize(
    "content", ['{"floatx": "bfloat16"}', '{"floatx": "float64", "epsilon": 0.1}', "[]", "{", None]
)
def test_no_keras_json_ends_the_lab_or_changes_a_bit(content: str | None, expected: list[str], tmp_path: Path) -> None:
    """None: it is a folder."""
    file = tmp_path / "keras.json"
    file.mkdir() if content is None else file.write_text(content)
    assert hashes_of_a_child({"KERAS_HOME": str(tmp_path)}) == expected


def test_what_is_set_before_tensorflow_comes() -> None:
    others = {
        "PATH": "/bin",
        "OMP_NUM_THREADS": "3",
        "TF_XLA_FLAGS": "--nonsense",
        "TF_NUM_INTRAOP_THREADS": "8",
        "TF_ENABLE_ONEDNN_OPTS": "1",
        "TENSORFLOW_USE_CUSTOM_CONTRACTION_KERNEL": "0",
        "ONEDNN_MAX_CPU_ISA": "AVX2",
        "TF_CPP_MAX_VLOG_LEVEL": "1",
        "TF_CPP_MIN_LOG_LEVEL": "0",
        "KERAS_BACKEND": "torch",
        "KERAS_MAX_EPOCHS": "many",
        "KERAS_HOME": "/home/ada/keras",
    }
    prepare(others)
    assert others == {
        "PATH": "/bin",
        "OMP_NUM_THREADS": "3",
        "TF_NUM_INTRAOP_THREADS": "2",
        "TF_ENABLE_ONEDNN_OPTS": "0",
        "TF_CPP_MAX_VLOG_LEVEL": "1",
        "TF_CPP_MIN_LOG_LEVEL": "0",
        "XLA_FLAGS": joined_xla_flags(""),
        "KERAS_BACKEND": "tensorflow",
        "KERAS_HOME": os.devnull,
        "MNIST_LAB_KERAS_HOME": "/home/ada/keras",
    }
    again = dict(others)
    prepare(again)
    assert again == others


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("--xla_dump_to=/somewhere --xla_dump_hlo_as_text", "--xla_dump_to=/somewhere --xla_dump_hlo_as_text "),
        ("--xla_cpu_enable_xprof_traceme=true", "--xla_cpu_enable_xprof_traceme=true "),
        ("--xla_dump_hlo_as_text=banana", ""),
        ("--xla_cpu_max_isa=SSE4_2 --xla_nonsense", ""),
        ("/a/file/with/flags", ""),
        ("", ""),
    ],
)
def test_only_flags_that_change_no_number_are_joined(given: str, kept: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "x86_64")
    assert joined_xla_flags(given) == f"{kept}--xla_cpu_max_isa=AVX2"
    monkeypatch.setattr(platform, "machine", lambda: "arm64")
    assert joined_xla_flags(given) == kept.strip()


def test_keras_home_is_still_where_a_copy_of_mnist_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    for chosen, expected in (("/home/ada/keras", "/home/ada/keras"), ("", str(Path("~/.keras").expanduser()))):
        monkeypatch.setenv("KERAS_HOME", chosen)
        assert str(keras_home()) == expected
        prepare()
        assert os.environ["KERAS_HOME"] == os.devnull
        assert str(keras_home()) == expected
