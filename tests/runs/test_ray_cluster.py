"""How a cluster is joined, and why one cannot be: told in one sentence, without one and without Ray."""

import os
import socket
import subprocess
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType, SimpleNamespace

import pytest

from mnist_lab.runs.ray_cluster import ClusterError, check_same, processors
from mnist_lab.runs.ray_joining import connect
from mnist_lab.runs.ray_pool import RayPool
from mnist_lab.runs.ray_worker import bits_depend_on
from tests.network.runs import made_up_digits


@pytest.fixture
def head():
    """The address of somebody who answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch):
    monkeypatch.setattr(os, "environ", dict(os.environ))


@pytest.fixture
def without_ray(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)


@pytest.mark.parametrize("address", ["", "head", "head:", ":6379", "head:0", "head:65536", "head:six", "head:²"])
def test_what_is_no_address_is_refused(address):
    with pytest.raises(ClusterError, match=r"is no address of a cluster: it must be HOST:PORT"):
        connect(address, None)


def test_where_nobody_answers_it_is_told_at_once(head, monkeypatch):
    def refused(*_args):
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket, "create_connection", refused)
    with pytest.raises(ClusterError, match=r"^Nobody answers at “127.*” \(Connection refused\): see that"):
        connect(head, None)


@pytest.mark.usefixtures("without_ray")
def test_without_the_extra_it_is_told_what_to_install(head):
    with pytest.raises(ClusterError, match=r"needs Ray, which is not installed: get it with .*--extra cluster"):
        connect(head, None)


@pytest.mark.parametrize("content", [b"", b" \n", b"x" * 5000])
def test_a_file_without_a_token_is_refused(head, tmp_path, content):
    (tmp_path / "token").write_bytes(content)
    with pytest.raises(ClusterError, match="holds no token: take the file"):
        connect(head, tmp_path / "token")


@pytest.mark.parametrize(("name", "sentence"), [("missing", "cannot be read: No such file"), ("", "is no ordinary")])
def test_a_token_that_cannot_be_read_is_told(head, tmp_path, name, sentence):
    with pytest.raises(ClusterError, match=sentence):
        connect(head, tmp_path / name)


class MadeUpHealth:
    """What Ray's health check says: `asks_for_token`, and which token the cluster has; or `says`, where it is none."""

    def __init__(self):
        self.asks_for_token, self.is_right, self.says = True, True, ""

    def run(self, _command, *, env, **_options):
        if self.says == "nothing":
            raise subprocess.TimeoutExpired("ray", 60)
        is_let_in = not self.says and (not self.asks_for_token or (env["RAY_AUTH_MODE"] == "token" and self.is_right))
        return subprocess.CompletedProcess([], 1 - is_let_in, "", self.says or "ray.exceptions.AuthenticationError: no")


@pytest.fixture
def health(monkeypatch):
    """Ray is installed, as far as can be seen without importing it."""
    ray, made_up = ModuleType("ray"), MadeUpHealth()
    ray.__spec__ = ModuleSpec("ray", None)
    monkeypatch.setitem(sys.modules, "ray", ray)
    monkeypatch.setattr(subprocess, "run", made_up.run)
    for name in ("RAY_AUTH_MODE", "RAY_AUTH_TOKEN", "RAY_AUTH_TOKEN_PATH"):
        os.environ.pop(name, None)
    return made_up


@pytest.fixture
def token(tmp_path):
    (tmp_path / "token").write_text("secret")
    return tmp_path / "token"


def test_the_token_that_is_given_counts(head, health, token):
    os.environ["RAY_AUTH_TOKEN"] = "another"
    with pytest.raises(AttributeError):  # of the module that is no Ray: so far it came
        connect(head, token)
    assert os.environ["RAY_AUTH_MODE"] == "token"
    assert os.environ["RAY_AUTH_TOKEN_PATH"] == str(token)
    assert "RAY_AUTH_TOKEN" not in os.environ


@pytest.mark.parametrize(("asks_for_token", "mode"), [(True, "token"), (False, "disabled")])
def test_the_cluster_decides_whether_a_token_is_used(head, health, asks_for_token, mode):
    health.asks_for_token = asks_for_token
    with pytest.raises(AttributeError):
        connect(head, None)
    assert os.environ["RAY_AUTH_MODE"] == mode


def test_a_cluster_that_refuses_the_token_is_told(head, health, token):
    health.is_right = False
    with pytest.raises(ClusterError, match="does not let this computer in: its token is missing here, or another"):
        connect(head, token)


def test_a_token_for_a_cluster_that_anybody_may_use_is_told(head, health, token):
    health.asks_for_token = False
    with pytest.raises(ClusterError, match=r"asks for no token: .* Start it with RAY_AUTH_MODE=token, or leave"):
        connect(head, token)


@pytest.mark.parametrize("says", ["ray.exceptions.RpcError: Timed out while waiting", "nothing"])
@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("", "^Something answers at “127.*”, but no cluster does"),
        ("auto", "^No cluster runs on this computer: join one"),
    ],
)
def test_where_no_cluster_is_it_is_told(head, health, says, address, sentence):
    health.says = says
    with pytest.raises(ClusterError, match=sentence):
        connect(address or head, None)


def test_where_the_head_of_a_cluster_is_gone_it_is_told_at_once(head, monkeypatch):
    ray = SimpleNamespace(
        get_runtime_context=lambda: SimpleNamespace(gcs_address=head), cluster_resources=lambda: {"CPU": 3.0}
    )
    assert processors(ray) == 3

    def refused(*_args):
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket, "create_connection", refused)
    with pytest.raises(ClusterError, match=r"^The head of the cluster at “127.*” is gone \(Connection refused\)"):
        processors(ray)


def test_a_computer_with_the_same_versions_may_train():
    check_same("desk", bits_depend_on())


@pytest.mark.parametrize("what", [*bits_depend_on()])
def test_a_computer_that_would_train_other_bits_is_named(what):
    there = {**bits_depend_on(), what: "0.1"}
    with pytest.raises(ClusterError, match=r"^desk \(10.0.0.2\) of the cluster would train other bits: .* 0.1 \(here "):
        check_same("desk (10.0.0.2)", there)


@pytest.mark.usefixtures("without_ray")
def test_a_pool_that_could_not_start_can_be_stopped(head):
    pool = RayPool(head)
    with pytest.raises(ClusterError):
        pool.start(made_up_digits())
    pool.stop()
    assert pool.workers == 0
