"""Pictures in which a place can be named: the index of an image, a cell as row and column, a share of the whole."""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

Place = int | tuple[int, int] | tuple[float, float]


@runtime_checkable
class Pickable(Protocol):
    """A picture that knows where its places are."""

    def point_of(self, place: int | tuple[int, int]) -> QPoint | None:
        """The middle of a place, where the mouse would click it; None while it is not in sight."""


def clicked_part(picture: QWidget) -> QWidget:
    """The widget that takes the mouse for a picture: of one that scrolls, its viewport."""
    return picture.viewport() if isinstance(picture, QAbstractScrollArea) else picture


def point_in(picture: QWidget, place: Place) -> QPoint | None:
    """Where to click for a place, in `clicked_part(picture)`; None while it is not in sight.

    Raises:
        TypeError: the picture knows no such places.
    """
    part = clicked_part(picture)
    if isinstance(place, tuple) and all(isinstance(one, float) for one in place):
        return QPoint(round(place[0] * (part.width() - 1)), round(place[1] * (part.height() - 1)))
    if not isinstance(picture, Pickable):
        raise TypeError(f"{picture.objectName()} knows no places")
    return picture.point_of(place)  # type: ignore[arg-type]  # shares were handled above
