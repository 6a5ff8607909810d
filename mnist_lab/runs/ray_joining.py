"""How the lab joins a Ray cluster: with its token, and with one sentence where that cannot be.

Ray is the extra `cluster`. It is imported here, when a sweep is to be trained on one.
"""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from mnist_lab.files.bounded import open_regular
from mnist_lab.files.errors import FileError
from mnist_lab.runs.ray_cluster import ClusterError, call, reason_of
from mnist_lab.words import QT_TRANSLATE_NOOP

RUNNING = "auto"
"""The address of a cluster that this computer has joined."""
_HEALTH_SECONDS = 60.0
"""For Ray to say whether a cluster is there: two where it is."""
_MOST_TOKEN_BYTES = 4096

Mode = Literal["token", "disabled"]
"""How a cluster knows who may use it, as Ray's variable RAY_AUTH_MODE has it."""


def connect(address: str, token: Path | None) -> Any:
    """Join the cluster as a driver.

    Args:
        address: host:port of its head, or `RUNNING`.
        token: the file with the cluster's token; None: what RAY_AUTH_TOKEN or RAY_AUTH_TOKEN_PATH say, or Ray's usual
            file, ~/.ray/auth_token.

    Returns:
        the module `ray`.

    Raises:
        ClusterError: Ray is not installed, the token cannot be read, nobody answers, or this computer is refused.
    """
    _check_address(address)
    if token is not None:
        _check_token(token)
    _check_installed()
    # Read by Ray when it is imported.
    if token is not None:
        os.environ["RAY_AUTH_TOKEN_PATH"] = str(token.absolute())
        os.environ.pop("RAY_AUTH_TOKEN", None)  # it would go first
    os.environ["RAY_AUTH_MODE"] = _mode_of(address, is_token_wanted=token is not None)
    import ray

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


def leave(ray: Any) -> None:
    """Leave the cluster; whatever of this driver's still runs there ends."""
    ray.shutdown()
    ray._private.worker._worker_logs_enabled = True


def _check_installed() -> None:
    if find_spec("ray") is None:
        raise ClusterError(
            QT_TRANSLATE_NOOP(
                "errors",
                "A sweep on a cluster needs Ray, which is not installed: get it with “python -m uv sync --extra"
                " cluster” or “pip install 'ray>=2.59'” (on Windows with Python 3.12 at most), or leave --cluster out.",
            )
        )


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
        call(address)
    except OSError as error:
        raise ClusterError(
            QT_TRANSLATE_NOOP(
                "errors",
                "Nobody answers at “{address}” ({reason}): see that “ray start --head” runs there and that no firewall"
                " is in between.",
            ),
            address=address,
            reason=reason_of(error),
        ) from error


def _mode_of(address: str, *, is_token_wanted: bool) -> Mode:
    """See that a cluster is there and lets this computer in; and how.

    One that asks for no token cannot be used with one, and the other way round: Ray's workers would end as they begin.
    """
    if _is_let_in(address, "disabled"):
        if is_token_wanted:
            raise ClusterError(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "The cluster at “{address}” asks for no token: it lets in whoever reaches it. Start it with"
                    " RAY_AUTH_MODE=token, or leave --token out.",
                ),
                address=address,
            )
        return "disabled"
    if not _is_let_in(address, "token"):
        raise ClusterError(
            QT_TRANSLATE_NOOP(
                "errors",
                "The cluster at “{address}” does not let this computer in: its token is missing here, or another one."
                " Give the cluster's own with --token FILE, or copy it to ~/.ray/auth_token.",
            ),
            address=address,
        )
    return "token"


def _is_let_in(address: str, mode: Mode) -> bool:
    """Ask the cluster. Ray's own command knows within two seconds; `ray.init` would try for twenty, and tell each time.

    Raises:
        ClusterError: there is no cluster.
    """
    command = [sys.executable, "-m", "ray.scripts.scripts", "health-check"]
    if address != RUNNING:
        command += ["--address", address]
    environment = {**os.environ, "RAY_AUTH_MODE": mode}
    try:
        checked = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=_HEALTH_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _no_cluster(address) from error
    if checked.returncode != 0 and "AuthenticationError" not in checked.stderr:
        raise _no_cluster(address)
    return checked.returncode == 0


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


def _check_token(token: Path) -> None:
    """See that the file holds something that may be one."""
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
                "“{path}” holds no token: take the file that “ray get-auth-token --generate” has made on the computer"
                " where the cluster was started.",
            ),
            path=token,
        )
