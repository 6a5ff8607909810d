"""Why a cluster cannot be used is told in one sentence, without one and without Ray."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from mnist_lab.runs.ray_cluster import ClusterError, check_same, connect, processors
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


@pytest.mark.usefixtures("without_ray")
def test_the_token_that_is_given_counts(head, tmp_path):
    (tmp_path / "token").write_text("secret")
    os.environ["RAY_AUTH_TOKEN"] = "another"
    with pytest.raises(ClusterError, match="needs Ray"):
        connect(head, tmp_path / "token")
    assert os.environ["RAY_AUTH_MODE"] == "token"
    assert os.environ["RAY_AUTH_TOKEN_PATH"] == str(tmp_path / "token")
    assert "RAY_AUTH_TOKEN" not in os.environ


@pytest.mark.usefixtures("without_ray")
@pytest.mark.parametrize(("has_token", "mode"), [(True, "token"), (False, None)])
def test_rays_own_file_with_a_token_is_used_where_it_is(head, tmp_path, monkeypatch, has_token, mode):
    for name in ("RAY_AUTH_MODE", "RAY_AUTH_TOKEN", "RAY_AUTH_TOKEN_PATH"):
        os.environ.pop(name, None)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    if has_token:
        (tmp_path / ".ray").mkdir()
        (tmp_path / ".ray" / "auth_token").write_text("secret")
    with pytest.raises(ClusterError, match="needs Ray"):
        connect(head, None)
    assert os.environ.get("RAY_AUTH_MODE") == mode


@pytest.fixture
def unhealthy(monkeypatch):
    """Ray is installed, and its health check says what is set as `stderr`."""
    monkeypatch.setitem(sys.modules, "ray", ModuleType("ray"))
    done = subprocess.CompletedProcess([], 1, "", "")

    def run(*_args, **_kwargs):
        if not done.stderr:
            raise subprocess.TimeoutExpired("ray", 60)
        return done

    monkeypatch.setattr(subprocess, "run", run)
    return done


@pytest.mark.parametrize(
    ("says", "sentence"),
    [
        (
            "ray.exceptions.AuthenticationError: RPC error: InvalidAuthToken",
            "does not let this computer in: its token",
        ),
        ("ray.exceptions.RpcError: Timed out while waiting", r"^Something answers at “127.*”, but no cluster does"),
        ("", r"^Something answers at “127.*”, but no cluster does"),
    ],
)
def test_why_a_cluster_refuses_is_told(head, unhealthy, says, sentence):
    unhealthy.stderr = says
    with pytest.raises(ClusterError, match=sentence):
        connect(head, None)


def test_where_this_computer_has_joined_no_cluster_it_is_told(unhealthy):
    unhealthy.stderr = "ConnectionError: Could not find any running Ray instance."
    with pytest.raises(ClusterError, match="No cluster runs on this computer: join one with"):
        connect("auto", None)


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
