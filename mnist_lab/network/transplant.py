"""One run's state as another run's start: what fits its network and optimizer is taken over, the rest is new."""

from collections.abc import Mapping

from mnist_lab.network.snapshot import Kind, Snapshot

_OPTIMIZER = "optimizer/"
_RATE = "optimizer/learning_rate"


def adapted(snapshot: Snapshot, fresh: Snapshot) -> Snapshot:
    """`snapshot` as a session can enter it whose own start is `fresh`; it keeps its updates.

    Kernels, biases and the learning rate are taken over. So are dropout's random states, as far as there are any, and
    the optimizer's state as a whole: where the optimizer is another, or keeps other variables, its state is new.

    Args:
        snapshot: of the run that is left.
        fresh: of the session that goes on, before its first update.

    Raises:
        SnapshotError: it is of a network with other layers.
    """
    snapshot.check_weights_fit(fresh.kinds)
    carries_optimizer = snapshot.optimizer == fresh.optimizer and _state(snapshot.kinds) == _state(fresh.kinds)
    variables = dict(fresh.variables)
    for name, kind in fresh.kinds.items():
        is_state = name.startswith(_OPTIMIZER) and name != _RATE
        if snapshot.kinds.get(name) == kind and (carries_optimizer or not is_state):
            variables[name] = snapshot.variables[name]
    return Snapshot(snapshot.updates, fresh.optimizer, variables, fresh.runtime)


def _state(kinds: Mapping[str, Kind]) -> dict[str, Kind]:
    """What the optimizer keeps."""
    return {name: kind for name, kind in kinds.items() if name.startswith(_OPTIMIZER)}
