"""What each page keeps outside its widgets, so that it can be thrown away and built again."""

from collections.abc import Callable
from typing import TypeVar

Model = TypeVar("Model")


class View:
    """What one page keeps besides its widgets: where its controls stand, and the models that its parts show."""

    def __init__(self) -> None:
        self._controls: dict[str, object] = {}
        self._models: dict[str, object] = {}

    def control(self, name: str) -> object:
        """Where the control of that objectName stood last; None if nobody touched it."""
        return self._controls.get(name)

    def set_control(self, name: str, value: object) -> None:
        """Keep where a control stands: a number, a text, or a pair of them."""
        self._controls[name] = value

    def model(self, name: str, make: Callable[[], Model]) -> Model:
        """The model of that name, made now if there is none yet; it stays when the page goes."""
        if name not in self._models:
            self._models[name] = make()
        return self._models[name]  # type: ignore[return-value]  # each name has one maker


class Views:
    """The views of all pages."""

    def __init__(self) -> None:
        self._views: dict[str, View] = {}

    def of(self, page: str) -> View:
        """The view of a page, by the name of its class."""
        return self._views.setdefault(page, View())
