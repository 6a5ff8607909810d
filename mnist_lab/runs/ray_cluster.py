"""A Ray cluster that was joined: which computers are there, and whether all of them give the same bits."""

import socket
from typing import Any

from mnist_lab.runs.ray_worker import bits_depend_on
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError

_ANSWER_SECONDS = 10.0
"""For a computer to take up a connection."""
_PROBE_SECONDS = 120.0
"""For a computer to start a process and say which versions it has."""


class ClusterError(LabError):
    """A cluster that cannot be used, with the reason in one sentence."""


def call(address: str) -> None:
    """See that somebody takes up a connection at host:port.

    Raises:
        OSError: nobody does.
    """
    host, _colon, port = address.rpartition(":")
    socket.create_connection((host.strip("[]"), int(port)), _ANSWER_SECONDS).close()


def reason_of(error: OSError) -> str:
    """What the system says of it."""
    return error.strerror or str(error) or type(error).__name__


def processors(ray: Any) -> int:
    """How many processors the computers of the cluster offer that are there now.

    Raises:
        ClusterError: its head is gone. Ray itself would wait for it for a minute and then end this process.
    """
    address = ray.get_runtime_context().gcs_address
    try:
        call(address)
    except OSError as error:
        raise ClusterError(
            QT_TRANSLATE_NOOP(
                "errors",
                "The head of the cluster at “{address}” is gone ({reason}). What was trained is kept; runs that had not"
                " ended go on with --resume or in the window.",
            ),
            address=address,
            reason=reason_of(error),
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

    One that has gone meanwhile is left out.

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
        try:
            there = ray.get(answer, timeout=_PROBE_SECONDS)
        except ray.exceptions.RayError as error:
            if node in living_nodes(ray):
                raise _cannot_run(names[node], error) from error
        else:
            check_same(names[node], there)


def _cannot_run(name: str, error: Exception) -> ClusterError:
    return ClusterError(
        QT_TRANSLATE_NOOP(
            "errors",
            "{computer} of the cluster cannot run MNIST Lab ({reason}): install the version of this computer there,"
            " into the Python that “ray start” uses.",
        ),
        computer=name,
        reason=last_line(error),
    )


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
