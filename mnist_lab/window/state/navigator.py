"""Which page is to be shown, and what it is to do there: "open this there", from any page to any other."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot


@dataclass(frozen=True)
class UnitToOpen:
    """A request to the Weights page: show one unit of the first layer closely.

    Attributes:
        unit: its index, from 0.
    """

    unit: int


@dataclass(frozen=True)
class LayerToOpen:
    """A request to the Weights page: show one layer closely.

    Attributes:
        layer: its index, from 0.
    """

    layer: int


@dataclass(frozen=True)
class CellToOpen:
    """A request to the Evaluate page: show the images of one cell of the confusion matrix.

    Attributes:
        digit: which digit they are.
        answer: what the network takes them for.
    """

    digit: int
    answer: int


@dataclass(frozen=True)
class RunToChoose:
    """A request to the Runs page: select one run.

    Attributes:
        id: of the run.
    """

    id: str


@dataclass(frozen=True)
class RunsToCompare:
    """A request to the Runs page: select several runs, side by side.

    Attributes:
        ids: of the runs.
    """

    ids: tuple[str, ...]


@dataclass(frozen=True)
class RangeTestToOpen:
    """A request to the Trials page: show the range test, ready to start."""


class Navigator(QObject):
    """Passes requests on to the window, which shows the page and hands the request to its `receive`.

    Signals:
        wanted(str, object): the objectName of a page, and a request that it understands, or None.
    """

    wanted = Signal(str, object)

    def open(self, page: str, request: object = None) -> None:
        """Show the page of that objectName, and let it do what `request` says."""
        self.wanted.emit(page, request)

    @Slot(int, int)
    def open_unit(self, layer: int, unit: int) -> None:
        """Show a unit on the Weights page: of the first layer by itself, of any other with its layer.

        Args:
            layer: from 0.
            unit: its index, from 0.
        """
        self.open("weightsPage", LayerToOpen(layer) if layer else UnitToOpen(unit))
