"""Where a page's controls stand and what its plots show closer: kept outside them, put back when it is built again.

A control is kept by its objectName, without a word in the page. Not kept are those below a widget that was marked by
`shows_state`: they show what already lives outside, as the form shows the experiment.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QScrollBar,
    QSlider,
    QSpinBox,
    QTabWidget,
    QWidget,
)

from mnist_lab.window.state.views import View
from mnist_lab.window.widgets.basic.stage_bar import StageBar
from mnist_lab.window.widgets.plots.zoomable_plot import ZoomablePlot

_MARK = "showsState"
Control = TypeVar("Control", bound=QWidget)


def shows_state(widget: QWidget) -> None:
    """Say that the controls in `widget` show what is kept elsewhere."""
    widget.setProperty(_MARK, True)


def keep_controls(page: QWidget, view: View) -> None:
    """Put the controls of a page that was just built where they stood, and note from now on where they are put."""
    for control, kind in list(_controls(page)):
        name = kind.name(control)
        _put_back(control, kind, view.control(name))
        kind.follow(control, partial(_note, control, kind, view, name))


def control_names(page: QWidget) -> list[str]:
    """What the controls of a page are kept as; each name once, or two controls would be taken for one."""
    return [kind.name(control) for control, kind in _controls(page)]


def _note(control: QWidget, kind: "_Kind[Any]", view: View, name: str) -> None:
    view.set_control(name, kind.read(control), lasts=kind.lasts)


@dataclass(frozen=True)
class _Kind(Generic[Control]):
    """How to read and set one kind of control.

    Attributes:
        type: its class.
        name: what it is kept as.
        read: where it stands.
        can_put: whether it has such a place now: a list may be filled later.
        put: set it, as the learner would.
        follow: have a function called whenever it was put elsewhere.
        grows: have a function called when it may have got more places; None where the places are always the same.
        lasts: whether it is to stand there in the next session, too: there other things may be shown.
    """

    type: type[Control]
    name: Callable[[Control], str]
    read: Callable[[Control], Any]
    can_put: Callable[[Control, Any], bool]
    put: Callable[[Control, Any], None]
    follow: Callable[[Control, Callable[[], None]], object]
    grows: Callable[[Control, Callable[[], None]], object] | None = None
    lasts: bool = True


def _always(_control: QWidget, _value: object) -> bool:
    return True


def _zoom(plot: ZoomablePlot, ranges: Sequence[tuple[float, float]]) -> None:
    plot.getViewBox().setRange(xRange=ranges[0], yRange=ranges[1], padding=0)
    plot.pause_ranges()


def _bars(area: QAbstractScrollArea) -> tuple[QScrollBar, QScrollBar]:
    return area.horizontalScrollBar(), area.verticalScrollBar()


def _scroll(area: QAbstractScrollArea, places: tuple[int, int]) -> None:
    for place, bar in zip(places, _bars(area), strict=True):
        bar.setValue(place)


_KINDS: tuple[_Kind[Any], ...] = (
    _Kind(
        QTabWidget,
        lambda tabs: tabs.tabBar().objectName(),
        QTabWidget.currentIndex,
        lambda tabs, index: 0 <= index < tabs.count(),
        QTabWidget.setCurrentIndex,
        lambda tabs, note: tabs.currentChanged.connect(lambda _index: note()),
    ),
    _Kind(
        StageBar,
        lambda bar: bar.name,
        lambda bar: bar.current,
        _always,
        StageBar.go,
        lambda bar, note: bar.stage_changed.connect(lambda _stage: note()),
    ),
    _Kind(
        QComboBox,
        QComboBox.objectName,
        QComboBox.currentIndex,
        lambda combo, index: 0 <= index < combo.count(),
        QComboBox.setCurrentIndex,
        lambda combo, note: combo.currentIndexChanged.connect(lambda _index: note()),
        lambda combo, look: combo.model().rowsInserted.connect(lambda *_rows: look()),
    ),
    _Kind(
        QAbstractButton,
        QAbstractButton.objectName,
        QAbstractButton.isChecked,
        _always,
        QAbstractButton.setChecked,
        lambda button, note: button.toggled.connect(lambda _checked: note()),
    ),
    _Kind(
        QSlider,
        QSlider.objectName,
        QSlider.value,
        lambda slider, value: slider.minimum() <= value <= slider.maximum(),
        QSlider.setValue,
        lambda slider, note: slider.valueChanged.connect(lambda _value: note()),
        lambda slider, look: slider.rangeChanged.connect(lambda *_range: look()),
    ),
    _Kind(
        QSpinBox,
        QSpinBox.objectName,
        QSpinBox.value,
        lambda field, value: field.minimum() <= value <= field.maximum(),
        lambda field, value: field.setValue(value),  # a number field's own
        lambda field, note: field.valueChanged.connect(lambda _value: note()),
    ),
    _Kind(
        QDoubleSpinBox,
        QDoubleSpinBox.objectName,
        QDoubleSpinBox.value,
        lambda field, value: field.minimum() <= value <= field.maximum(),
        lambda field, value: field.setValue(value),
        lambda field, note: field.valueChanged.connect(lambda _value: note()),
    ),
    _Kind(
        QLineEdit,
        QLineEdit.objectName,
        QLineEdit.text,
        _always,
        QLineEdit.setText,
        lambda line, note: line.textChanged.connect(lambda _text: note()),
        lasts=False,
    ),
    _Kind(
        ZoomablePlot,
        ZoomablePlot.objectName,
        lambda plot: [tuple(span) for span in plot.getViewBox().targetRange()] if plot.is_zoomed else None,
        _always,
        _zoom,
        lambda plot, note: [
            signal.connect(lambda *_ranges: note()) for signal in (plot.zoom_changed, plot.getViewBox().sigRangeChanged)
        ],
        lasts=False,
    ),
    _Kind(
        QAbstractScrollArea,
        QAbstractScrollArea.objectName,
        lambda area: tuple(bar.value() for bar in _bars(area)),
        lambda area, places: all(place <= bar.maximum() for place, bar in zip(places, _bars(area), strict=True)),
        _scroll,
        lambda area, note: [bar.valueChanged.connect(lambda _value: note()) for bar in _bars(area)],
        lambda area, look: [bar.rangeChanged.connect(lambda *_range: look()) for bar in _bars(area)],
        lasts=False,
    ),
)


def _controls(widget: QWidget) -> Iterator[tuple[QWidget, _Kind[Any]]]:
    """The controls below a widget that are kept, in the order of their building."""
    for child in widget.children():
        if not isinstance(child, QWidget) or child.property(_MARK):
            continue
        kind = next((kind for kind in _KINDS if isinstance(child, kind.type)), None)
        if kind is not None and kind.name(child) and _is_set_by_hand(child):
            yield child, kind
        if not isinstance(child, QComboBox | QAbstractSpinBox):  # their own line is a part of them
            yield from _controls(child)


def _is_set_by_hand(control: QWidget) -> bool:
    if isinstance(control, QAbstractButton):
        return control.isCheckable() and control.group() is None
    return not (isinstance(control, QLineEdit) and control.isReadOnly())


def _is_alike(value: object, other: object) -> bool:
    """Whether both are texts, both true or false, or both numbers; whole ones where the other is whole."""
    if isinstance(other, float):
        return isinstance(value, int | float) and not isinstance(value, bool)
    return type(value) is type(other)


def _put_back(control: QWidget, kind: _Kind[Any], value: object) -> None:
    """Put a control where it stood: now, or as soon as it has that place.

    It is held there until the event loop turns again: while a page is laid out, its scroll bars may shrink and grow.
    """
    stands = kind.read(control)
    if value is None or stands == value:
        return
    if isinstance(value, str | int | float) and not _is_alike(value, stands):
        return  # it comes from a file, perhaps of another version
    if kind.grows is None:
        if kind.can_put(control, value):
            kind.put(control, value)
        return
    waiting = [value]

    def look() -> None:
        if waiting and kind.can_put(control, waiting[0]):
            kind.put(control, waiting[0])
            QTimer.singleShot(0, control, waiting.clear)

    look()
    kind.grows(control, look)
