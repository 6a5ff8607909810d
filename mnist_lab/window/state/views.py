"""What each page keeps outside its widgets, so that it can be thrown away and built again, also in the next session."""

import math
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from pydantic import JsonValue

from mnist_lab.course.state import Value

Model = TypeVar("Model")

_CONTROLS = "control "
"""Before the names of controls in what is kept for the next session."""


class View:
    """What one page keeps besides its widgets: where its controls stand, and the models that its parts show."""

    def __init__(self) -> None:
        self._controls: dict[str, object] = {}
        self._models: dict[str, object] = {}
        self._kept: dict[str, JsonValue] = {}
        self._tellers: dict[str, Callable[[], JsonValue]] = {}
        self._facts: dict[str, Callable[[], Value]] = {}

    def control(self, name: str) -> object:
        """Where the control of that objectName stood last; None if nobody touched it."""
        return self._controls.get(name)

    def set_control(self, name: str, value: object, *, lasts: bool = True) -> None:
        """Keep where a control stands: a number, a text or some of them; if it `lasts`, the next session has it."""
        self._controls[name] = value
        if lasts:
            self._kept[_CONTROLS + name] = _json(value)

    def model(self, name: str, make: Callable[[], Model]) -> Model:
        """The model of that name, made now if there is none yet; it stays when the page goes."""
        if name not in self._models:
            self._models[name] = make()
        return self._models[name]  # type: ignore[return-value]  # each name has one maker

    # What the course reads

    def tell(self, name: str, tell: Callable[[], Value]) -> None:
        """Let the course know what `tell` gives: something that outlives the page, or that is None without it."""
        self._facts[name] = tell

    def facts(self) -> dict[str, Value]:
        """Where controls stand, by their objectNames, and what was told besides, by names of its own."""
        controls: dict[str, Value] = {
            name: value for name, value in self._controls.items() if isinstance(value, bool | int | float | str)
        }
        return controls | {name: tell() for name, tell in self._facts.items()}

    @property
    def told(self) -> Iterable[str]:
        """The names under which the page tells something."""
        return self._facts.keys()

    # From one session to the next

    def kept(self, name: str) -> JsonValue:
        """What was kept under that name in the last session, as it stood in a file: to be judged; None for nothing."""
        return self._kept.get(name)

    def keep(self, name: str, tell: Callable[[], JsonValue]) -> None:
        """Let the next session find what `tell` gives: it is asked now and then, and at the end."""
        self._tellers[name] = tell

    def to_keep(self) -> dict[str, JsonValue]:
        """All that the next session is to find."""
        self._kept.update({name: tell() for name, tell in self._tellers.items()})
        return {name: value for name, value in self._kept.items() if value is not None}

    def restore(self, kept: Mapping[str, JsonValue]) -> None:
        """Take over what an earlier session kept, before the page is made."""
        self._kept.update(kept)
        for name, value in kept.items():
            if name.startswith(_CONTROLS) and isinstance(value, str | int | float):
                self._controls[name.removeprefix(_CONTROLS)] = value


class Views:
    """The views of all pages."""

    def __init__(self) -> None:
        self._views: dict[str, View] = {}

    def of(self, page: str) -> View:
        """The view of a page, by the name of its class."""
        return self._views.setdefault(page, View())

    def facts(self) -> dict[str, Value]:
        """What the course reads of every page, as "descentPage.descentRate"."""
        return {_full(page, name): value for page, view in self._views.items() for name, value in view.facts().items()}

    def told(self) -> frozenset[str]:
        """The names of those facts that pages tell, touched or not."""
        return frozenset(_full(page, name) for page, view in self._views.items() for name in view.told)

    def to_keep(self) -> dict[str, dict[str, JsonValue]]:
        """What the next session is to find of every page."""
        return {page: kept for page, view in self._views.items() if (kept := view.to_keep())}

    def restore(self, kept: Mapping[str, Mapping[str, JsonValue]]) -> None:
        """Take over what an earlier session kept, before any page is made."""
        for page, values in kept.items():
            self.of(page).restore(values)

    def forget(self) -> None:
        """Let every page be as new when it is made next."""
        self._views.clear()


def _full(page: str, name: str) -> str:
    return f"{page[0].lower()}{page[1:]}.{name}"


def _json(value: object) -> JsonValue:
    """The value as a file holds it; None for what a file cannot hold."""
    match value:
        case bool() | int() | str():
            return value
        case float() if math.isfinite(value):
            return value
    return None
