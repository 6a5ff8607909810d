"""A Ray cluster as the lab joins it: with its token, and only where all computers give the same bits.

Ray is the extra `cluster`. It is imported here alone, when a sweep is to be trained on a cluster.
"""

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from mnist_lab.files.bounded import open_regular
from mnist_lab.files.errors import FileError
from mnist_lab.runs.ray_worker import bits_depend_on
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError

RUNNING = "auto"
"""The address of a cluster that this computer has joined."""
_ANSWER_SECONDS = 10.0
"""For a computer to take up a connection."""
_HEALTH_SECONDS = 60.0
"""For Ray to say whether a cluster is there: two where it is."""
_PROBE_SECONDS = 120.0
"""For a computer to start a process and say which versions it has."""
_MOST_TOKEN_BYTES = 4096


class ClusterError(LabError):
    """A cluster that cannot be used, with the reason in one sentence."""


def connect(address: str, token: Path | None) -> Any:
    """Join the cluster as a driver.

    Args:
        address: host:port of its head, or `RUNNING`.
        token: the file with the cluster's token; None: what RAY_AUTH_TOKEN or RAY_AUTH_TOKEN_PATH say, or Ray's usual
            file, ~/.ray/auth_token; where there is none, no token.

    Returns:
        the module `ray`.

    Raises:
        ClusterError: Ray is not installed, the token cannot be read, nobody answers, or this computer is refused.
    """
    _check_address(address)
    _set_token(token)
    ray = _import_ray()
    _check_health(address)
    # WORKAROUND Ray 2.60: a lost node is told on stdout in forty lines, whatever `log_to_driver` says. There is no
    # public switch, and stdout belongs to the result.
    ray._private.worker._worker_logs_enabled = False
    try:
        ray.init(address=address, log_to_driver=False, logging_level="ERROR")
    except (ray.exceptions.RayError, RuntimeError, OSError, ValueError) as error:
        raise ClusterError(
            QT_TRANSLATE_NOOP(
                "errors",
                "This computer cannot use the cluster at “{address}”: {reason} It must have joined it with “ray start"
                " --address …”, with the same Ray and Python.",
            ),
            address=address,
            reason=" ".join(str(error).split()),
        ) from error
    return ray


def _import_ray() -> Any:
    try:
        import ray
    except ImportError as error:
        raise ClusterError(
            QT_TRANSLATE_NOOP(
                "errors",
                "A sweep on a cluster needs Ray, which is not installed: get it with “python -m uv sync --extra"
                " cluster” or “pip install 'ray>=2.59'” (on Windows with Python 3.12 at most), or leave --cluster out.",
            )
        ) from error
    return ray


def _check_address(address: str) -> None:
    """See that somebody answers there: Ray itself would try for minutes."""
    if address == RUNNING:
        return
    host, _colon, port = address.rpartition(":")
    if not host or not port.isascii() or not port.isdigit() or not 0 < int(port) < 2**16:
        raise ClusterError(
            QT_TRANSLATE_NOOP(
                "errors",
                "“{address}” is no address of a cluster: it must be HOST:PORT as “ray start --head” has printed it, for"
                " instance 192.168.1.10:6379, or “auto” on a computer of the cluster.",
            ),
            address=address,
        )
    try:
        _call(address)
    except OSError as error:
        raise ClusterError(
            QT_TRANSLATE_NOOP(
                "errors",
                "Nobody answers at “{address}” ({reason}): see that “ray start --head” runs there and that no firewall"
                " is in between.",
            ),
            address=address,
            reason=_reason(error),
        ) from error


def _call(address: str) -> None:
    """See that somebody takes up a connection; raises OSError where nobody does."""
    host, _colon, port = address.rpartition(":")
    socket.create_connection((host.strip("[]"), int(port)), _ANSWER_SECONDS).close()


def _reason(error: OSError) -> str:
    return error.strerror or str(error) or type(error).__name__


def _check_health(address: str) -> None:
    """See that a cluster is there and takes the token.

    Ray's own command knows within two seconds. `ray.init` would try for twenty, and write of each time to stderr.
    """
    command = [sys.executable, "-m", "ray.scripts.scripts", "health-check"]
    if address != RUNNING:
        command += ["--address", address]
    try:
        checked = subprocess.run(command, capture_output=True, text=True, timeout=_HEALTH_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise _no_cluster(address) from error
    if checked.returncode == 0:
        return
    if "AuthenticationError" in checked.stderr:
        raise ClusterError(
            QT_TRANSLATE_NOOP(
                "errors",
                "The cluster at “{address}” does not let this computer in: its token is missing here, or another one."
                " Give the cluster's own with --token FILE, or copy it to ~/.ray/auth_token.",
            ),
            address=address,
        )
    raise _no_cluster(address)


def _no_cluster(address: str) -> ClusterError:
    if address == RUNNING:
        return ClusterError(
            QT_TRANSLATE_NOOP(
                "errors",
                "No cluster runs on this computer: join one with “ray start --address HOST:PORT”, or start one with"
                " “ray start --head”.",
            )
        )
    return ClusterError(
        QT_TRANSLATE_NOOP(
            "errors",
            "Something answers at “{address}”, but no cluster does: give the address that “ray start --head” has"
            " printed.",
        ),
        address=address,
    )


def _set_token(token: Path | None) -> None:
    """Let Ray use the token; it reads the environment when it is imported."""
    if token is not None:
        try:
            with open_regular(token) as file:
                text = file.read(_MOST_TOKEN_BYTES + 1)
        except FileError as error:
            raise ClusterError(error.template, **error.values) from error
        except OSError as error:
            raise ClusterError(
                QT_TRANSLATE_NOOP("errors", "The token in “{path}” cannot be read: {reason}."),
                path=token,
                reason=error.strerror,
            ) from error
        if not text.strip() or len(text) > _MOST_TOKEN_BYTES:
            raise ClusterError(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "“{path}” holds no token: take the file that “ray get-auth-token --generate” has made on the"
                    " computer where the cluster was started.",
                ),
                path=token,
            )
        os.environ.update(RAY_AUTH_MODE="token", RAY_AUTH_TOKEN_PATH=str(token.absolute()))
        os.environ.pop("RAY_AUTH_TOKEN", None)  # it would go first
        return
    usual = Path.home() / ".ray" / "auth_token"
    if os.environ.get("RAY_AUTH_TOKEN") or os.environ.get("RAY_AUTH_TOKEN_PATH") or usual.is_file():
        os.environ.setdefault("RAY_AUTH_MODE", "token")


def processors(ray: Any) -> int:
    """How many processors the computers of the cluster offer that are there now.

    Raises:
        ClusterError: its head is gone. Ray itself would wait for it for a minute and then end this process.
    """
    address = ray.get_runtime_context().gcs_address
    try:
        _call(address)
    except OSError as error:
        raise ClusterError(
            QT_TRANSLATE_NOOP(
                "errors",
                "The head of the cluster at “{address}” is gone ({reason}). What was trained is kept; runs that had not"
                " ended go on with --resume or in the window.",
            ),
            address=address,
            reason=_reason(error),
        ) from error
    return int(ray.cluster_resources().get("CPU", 0))


def living_nodes(ray: Any) -> dict[str, str]:
    """The name of each computer that is there now, by its id."""
    return {
        node["NodeID"]: f"{node['NodeManagerHostname']} ({node['NodeManagerAddress']})"
        for node in ray.nodes()
        if node["Alive"]
    }


def check_nodes(ray: Any) -> None:
    """See that a network gets the same bits on every computer of the cluster that may train one, and on this one.

    Raises:
        ClusterError: one sentence on the first that differs.
    """
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

    probe = ray.remote(num_cpus=0, max_retries=0)(bits_depend_on)
    trains = {node["NodeID"] for node in ray.nodes() if node["Alive"] and node["Resources"].get("CPU", 0) >= 1}
    names = {node: name for node, name in living_nodes(ray).items() if node in trains}
    asked = {
        node: probe.options(scheduling_strategy=NodeAffinitySchedulingStrategy(node, soft=False)).remote()
        for node in names
    }
    for node, answer in asked.items():
        check_same(names[node], _answered(ray, names[node], answer))


def _answered(ray: Any, name: str, answer: Any) -> dict[str, str]:
    try:
        versions: dict[str, str] = ray.get(answer, timeout=_PROBE_SECONDS)
    except ray.exceptions.RayError as error:
        raise ClusterError(
            QT_TRANSLATE_NOOP(
                "errors",
                "{computer} of the cluster cannot run MNIST Lab ({reason}): install the version of this computer there,"
                " into the Python that “ray start” uses.",
            ),
            computer=name,
            reason=last_line(error),
        ) from error
    return versions


def check_same(name: str, there: dict[str, str]) -> None:
    """See that what decides the bits is the same on the computer `name` as here.

    Raises:
        ClusterError: one sentence on what differs.
    """
    here = bits_depend_on()
    differing = [what for what in here if there.get(what, "") != here[what]]
    if differing:
        raise ClusterError(
            QT_TRANSLATE_NOOP(
                "errors",
                "{computer} of the cluster would train other bits: {differences}. Install the same versions on all"
                " computers, or leave that one out.",
            ),
            computer=name,
            differences=", ".join(
                f"{_TOLD.get(what, what)} {there.get(what) or '?'} (here {here[what]})" for what in differing
            ),
        )


_TOLD = {"lab": "MNIST Lab", "keras": "Keras", "tensorflow": "TensorFlow", "numpy": "NumPy", "python": "Python"}


def last_line(error: Exception) -> str:
    """What an error of Ray's says in the end: before that stands where, in many lines."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1] if lines else type(error).__name__


def leave(ray: Any) -> None:
    """Leave the cluster; whatever of this driver's still runs there ends."""
    ray.shutdown()
    ray._private.worker._worker_logs_enabled = True
