"""A training session's state between two gradient updates: to go back to, to keep, to go on from in another process."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_lab.inspection.weights import sha256_of
from mnist_lab.network.backend import Runtime
from mnist_lab.network.errors import NetworkError
from mnist_lab.words import QT_TRANSLATE_NOOP

_FORMAT = "MNIST Lab snapshot 1"

_WEIGHTS = ("hidden_", "output/")
"""How the names of kernels and biases begin."""

Kind = tuple[tuple[int, ...], str]
"""Shape and dtype of a variable."""


class SnapshotError(NetworkError):
    """A snapshot that is damaged, or does not fit the network it is given to."""


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Everything that a gradient update changes, after `updates` of them.

    Attributes:
        updates: gradient updates behind it.
        optimizer: identifier of the optimizer whose state it holds.
        variables: read-only arrays by the lab's own names (see `network.variables`): weights from the first layer to
            the last, kernel before bias, as float32; dropout's random states; the optimizer's state, iterations and
            learning rate.
        runtime: what else decided the bits.
    """

    updates: int
    optimizer: str
    variables: Mapping[str, NDArray[Any]]
    runtime: Runtime

    def __post_init__(self) -> None:
        for value in self.variables.values():
            value.flags.writeable = False

    @property
    def learning_rate(self) -> float:
        """The one in force."""
        return float(self.variables["optimizer/learning_rate"])

    @cached_property
    def hashes(self) -> dict[str, str]:
        """SHA-256 of each variable's bytes, little-endian in C order, as hexadecimal digits."""
        return {name: sha256_of([value]) for name, value in self.variables.items()}

    @cached_property
    def weights_sha256(self) -> str:
        """SHA-256 over the bytes of all kernels and biases; see `NetworkWeights.sha256`."""
        return sha256_of(self.weights)

    @property
    def weights(self) -> list[NDArray[np.float32]]:
        """Kernels and biases, first layer to last, kernel before bias."""
        return [value for name, value in self.variables.items() if name.startswith(_WEIGHTS)]

    @property
    def kinds(self) -> dict[str, Kind]:
        """Shape and dtype of every variable."""
        return {name: (value.shape, value.dtype.name) for name, value in self.variables.items()}

    def is_finite(self) -> bool:
        """Whether no weight is NaN or infinite."""
        return all(bool(np.isfinite(value).all()) for value in self.weights)

    def to_bytes(self) -> bytes:
        """The snapshot in the safetensors format, with a hash of every variable; `from_bytes` reads it."""
        from safetensors.numpy import save

        header = {
            "format": _FORMAT,
            "updates": str(self.updates),
            "optimizer": self.optimizer,
            "runtime": json.dumps(asdict(self.runtime)),
            "hashes": json.dumps(self.hashes),
        }
        return save({name: np.asarray(value, order="C") for name, value in self.variables.items()}, header)

    @classmethod
    def from_bytes(cls, data: bytes) -> "Snapshot":
        """Read what `to_bytes` made; nothing in it is executed, and it takes no more memory than `data` twice.

        Raises:
            SnapshotError: it is no snapshot, or some bytes of it have changed.
        """
        from safetensors import SafetensorError
        from safetensors.numpy import load

        try:
            header = json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])["__metadata__"]
            if header["format"] != _FORMAT:
                raise KeyError("format")
            hashes: dict[str, str] = json.loads(header["hashes"])
            tensors = load(data)
            # The format lists variables by size; the hashes stand in the lab's own order.
            snapshot = cls(
                int(header["updates"]),
                str(header["optimizer"]),
                {name: tensors.pop(name) for name in hashes},
                Runtime(**json.loads(header["runtime"])),
            )
        except (ValueError, TypeError, KeyError, RecursionError, SafetensorError) as error:
            raise SnapshotError(
                QT_TRANSLATE_NOOP("errors", "This is no snapshot of MNIST Lab, or it is damaged: use another one.")
            ) from error
        changed = [name for name in hashes if snapshot.hashes[name] != hashes[name]]
        if changed or tensors:
            raise SnapshotError(
                QT_TRANSLATE_NOOP("errors", "This snapshot is damaged at “{name}”: use another one."),
                name=(changed or list(tensors))[0],
            )
        return snapshot

    def check_fits(self, optimizer: str, kinds: Mapping[str, Kind]) -> None:
        """See that it can be given to a network with this optimizer and variables of these shapes and dtypes.

        Raises:
            SnapshotError: one sentence on the first difference.
        """
        if self.optimizer != optimizer:
            raise SnapshotError(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "This snapshot holds the state of the optimizer “{its}”, not of “{optimizer}”: choose “{its}”.",
                ),
                its=self.optimizer,
                optimizer=optimizer,
            )
        _check_same(self.kinds, kinds)

    def check_weights_fit(self, kinds: Mapping[str, Kind]) -> None:
        """See that its kernels and biases can be given to a network with variables of these shapes and dtypes.

        Raises:
            SnapshotError: one sentence on the first difference.
        """
        _check_same(_of_weights(self.kinds), _of_weights(kinds))


def _of_weights(kinds: Mapping[str, Kind]) -> dict[str, Kind]:
    return {name: kind for name, kind in kinds.items() if name.startswith(_WEIGHTS)}


def _check_same(its_kinds: Mapping[str, Kind], kinds: Mapping[str, Kind]) -> None:
    for name in dict.fromkeys([*kinds, *its_kinds]):
        if its_kinds.get(name) != kinds.get(name):
            raise SnapshotError(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "This snapshot is of another network: “{name}” is {its} in it and {wanted} in the network."
                    " Choose the settings of the run that it was taken from.",
                ),
                name=name,
                its=_in_words(its_kinds.get(name)),
                wanted=_in_words(kinds.get(name)),
            )


def _in_words(kind: Kind | None) -> str:
    if kind is None:
        return QT_TRANSLATE_NOOP("errors", "missing")
    shape, dtype = kind
    return f"{'×'.join(map(str, shape)) or 'scalar'} {dtype}"
