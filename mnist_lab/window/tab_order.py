"""Tab goes through the window as the eye does: down each column, and along each row, as the layouts have it."""

import itertools
from collections.abc import Iterator
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QGridLayout,
    QLayout,
    QScrollArea,
    QStackedWidget,
    QTabWidget,
    QWidget,
)


def follow_layouts(whole: QWidget) -> None:
    """Put everything in `whole` that Tab reaches into the order in which it is laid out, whether it is seen or not."""
    widgets = list(reading_order(whole))
    givers = {widget: heir for widget in widgets if (heir := _heir(widget)) is not None}
    lent: dict[QWidget, Qt.FocusPolicy] = {}
    stops: list[QWidget] = []
    for widget in widgets:
        if widget in givers:  # Qt puts it before the first child when it gets its heir again: both stand here now
            widget.setFocusProxy(None)  # type: ignore[arg-type]  # the stubs know of no None
            first = next(child for child in widget.children() if isinstance(child, QWidget))
            lent |= {one: one.focusPolicy() for one in (widget, first) if one not in lent and one not in stops}
            stops += [one for one in (widget, first) if one not in stops]
        elif _is_stop(widget) and widget not in stops:
            stops.append(widget)
    for one in lent:
        one.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # of others Qt changes no place
    for one, other in itertools.pairwise(stops):
        QWidget.setTabOrder(one, other)
    for one, policy in lent.items():
        one.setFocusPolicy(policy)
    for giver, heir in givers.items():
        giver.setFocusProxy(heir)


def _heir(widget: QWidget) -> QWidget | None:
    """What within the widget takes the keyboard in its place, as the bar of tabs does: Tab stops there, too."""
    heir = widget.focusProxy()
    return heir if heir is not None and widget.isAncestorOf(heir) else None


def _is_stop(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None


def reading_order(widget: QWidget) -> Iterator[QWidget]:
    """A widget and all in it, each once, in the order of the layouts; what is placed by hand comes last."""
    parts: list[QWidget]
    if isinstance(widget, QTabWidget):
        beside = widget.cornerWidget()
        parts = [widget.tabBar(), *([] if beside is None else [beside]), *_pages(widget)]
    elif isinstance(widget, QScrollArea):
        content = widget.widget()
        parts = [] if content is None else [content]
    elif isinstance(widget, QAbstractSpinBox | QComboBox):
        parts = []  # what they consist of is theirs
    else:
        placed = list(_placed(widget))
        by_hand = (child for child in widget.children() if isinstance(child, QWidget) and child not in placed)
        parts = [*placed, *(child for child in by_hand if not child.isWindow())]
    yield widget
    for part in parts:
        yield from reading_order(part)


def _pages(widget: QTabWidget | QStackedWidget) -> list[QWidget]:
    pages = (widget.widget(place) for place in range(widget.count()))
    return [page for page in pages if page is not None]


def _placed(widget: QWidget) -> Iterator[QWidget]:
    layout = widget.layout()
    if isinstance(widget, QStackedWidget):
        yield from _pages(widget)
    elif layout is not None:
        yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    """Without `itemAt`: PySide keeps what it gives when Qt deletes it, and then takes the next layout there for it."""
    parent = layout.parentWidget()
    inside = [*(parent.children() if parent is not None else ()), *layout.children()]
    placed = [
        (layout.indexOf(part), part) for part in inside if isinstance(part, QWidget | QLayout) and part is not layout
    ]
    placed = [(place, part) for place, part in placed if place >= 0]
    for _place, part in sorted(placed, key=lambda one: _row_and_column(layout, one[0])):
        if isinstance(part, QLayout):
            yield from _in_layout(part)
        else:
            yield part


def _row_and_column(layout: QLayout, place: int) -> tuple[int, int]:
    """Of an item in a grid; in all other layouts items stand in their order."""
    if not isinstance(layout, QGridLayout):
        return place, 0
    row, column, _rows, _columns = cast(tuple[int, int, int, int], layout.getItemPosition(place))
    return row, column
