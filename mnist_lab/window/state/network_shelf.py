"""Networks that the learner kept beside the runs: edited copies, each in a file of its own in the lab's home."""

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from mnist_lab.data.places import lab_home
from mnist_lab.files.atomic import remove_left_overs
from mnist_lab.inspection.errors import InspectionError
from mnist_lab.inspection.network_file import SUFFIX, read_network, write_network
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.window import translation
from mnist_lab.window.state.background import Job
from mnist_lab.words import QT_TRANSLATE_NOOP
from mnist_lab.work import JobHandle


@dataclass(frozen=True, eq=False)
class KeptNetwork:
    """A network with a name.

    Attributes:
        name: as the learner knows it.
        weights: the network.
        path: its file.
    """

    name: str
    weights: NetworkWeights
    path: Path

    @cached_property
    def id(self) -> str:
        """Tells it from every other kept network, and from every run."""
        return f"network:{self.path.name}"


class NetworkShelf(QObject):
    """The kept networks.

    Attributes:
        networks: all of them, by name.

    Signals:
        changed(): there are others now.
        problem(str): a sentence for the learner.
    """

    changed = Signal()
    problem = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._owner = parent
        self.networks: tuple[KeptNetwork, ...] = ()
        self._folder = lab_home() / "networks"

    def load(self) -> None:
        """Read what was kept, in the background."""
        if os.path.lexists(self._folder):  # unlike `Path.exists`, never raises
            Job(self._owner, self._read, self._receive, self._tell).start()

    def keep(self, name: str, weights: NetworkWeights) -> KeptNetwork | None:
        """Keep a network under that name, or that name with a number if it is taken; None if it cannot be written."""
        taken = {network.path.name.casefold() for network in self.networks}
        with suppress(OSError):  # a folder that cannot be listed, cannot be written to either: `write_network` tells
            taken.update(file.casefold() for file in os.listdir(self._folder))  # another window may have kept some
        stem = re.sub(r"[^\w\- ]", "_", name).strip()[:60] or "network"
        numbers = (f"{stem}{SUFFIX}" if number == 1 else f"{stem} {number}{SUFFIX}" for number in range(1, 10_000))
        path = self._folder / next(file for file in numbers if file.casefold() not in taken)
        try:
            write_network(path, weights)
        except InspectionError as error:
            self._tell(error)
            return None
        except OSError as error:
            self._tell(
                InspectionError(
                    QT_TRANSLATE_NOOP(
                        "errors",
                        "The network cannot be kept in “{path}” ({reason}): allow writing there, or make room.",
                    ),
                    path=path,
                    reason=error.strerror or error,
                )
            )
            return None
        kept = KeptNetwork(path.stem, weights, path)
        self.networks = (*self.networks, kept)
        self.changed.emit()
        return kept

    def _read(self, _handle: JobHandle) -> tuple[list[KeptNetwork], list[InspectionError]]:
        """Every network that can be read, and a sentence for each file that cannot; one never hides the others."""
        networks: list[KeptNetwork] = []
        problems: list[InspectionError] = []
        try:
            files = sorted(file for file in os.listdir(self._folder) if file.endswith(SUFFIX))
        except OSError as error:
            problems.append(_unlisted(self._folder, error))
            return networks, problems
        remove_left_overs(self._folder)
        for path in (self._folder / file for file in files):
            try:
                networks.append(KeptNetwork(path.stem, read_network(path), path))
            except InspectionError as error:
                problems.append(error)
        return networks, problems

    def _receive(self, result: tuple[list[KeptNetwork], list[InspectionError]]) -> None:
        networks, problems = result
        known = {network.path for network in self.networks}
        self.networks = (*(network for network in networks if network.path not in known), *self.networks)
        for error in problems:
            self._tell(error)
        if networks:
            self.changed.emit()

    def _tell(self, error: Exception) -> None:
        self.problem.emit(translation.sentence(error))


def _unlisted(folder: Path, error: OSError) -> InspectionError:
    return InspectionError(
        QT_TRANSLATE_NOOP(
            "errors", "The kept networks in “{path}” cannot be read ({reason}): allow it, and start the lab again."
        ),
        path=folder,
        reason=error.strerror or error,
    )
