from collections.abc import Iterator
from pathlib import Path

import pytest

from mnist_lab.data.digits import Digits
from tests.network.downloads import threads_end
from tests.network.mnist_server import Server, running_server
from tests.network.runs import SMALL, Run, made_up_digits, run


@pytest.fixture(scope="session")
def digits() -> Digits:
    """620 training and 150 test images that nobody wrote."""
    return made_up_digits()


@pytest.fixture(scope="session")
def small_run(digits: Digits) -> Run:
    """The small experiment, trained once without disturbance; not to be changed by tests."""
    return run(SMALL, digits)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server to download from."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with running_server() as server:
        yield server
    assert threads_end()


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Where to download to; its folder is not there yet."""
    return tmp_path / "data" / "mnist.npz"


@pytest.fixture
def part(target: Path) -> Path:
    """Where a download keeps what has come; its folder is there, the file is not."""
    target.parent.mkdir()
    return target.with_name("mnist.npz.part")
