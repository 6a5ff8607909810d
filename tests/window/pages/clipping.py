"""Whether what is seen of a page has its place and is whole, or can be scrolled to."""

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QScrollArea,
    QWidget,
)

from tests.window.hand import AnyWidget


def seen(page: QWidget, kind: type[AnyWidget]) -> list[AnyWidget]:
    """What is seen of a page, without the inner parts that Qt and pyqtgraph make for their own widgets."""
    return [widget for widget in page.findChildren(kind) if widget.isVisible() and not is_inner(widget)]


def is_inner(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    if widget.objectName().startswith("qt_") or widget.window().windowType() == Qt.WindowType.Popup:
        return True
    return isinstance(parent, QAbstractSpinBox | QComboBox) or (
        isinstance(parent, QAbstractScrollArea) and not isinstance(widget, QAbstractButton)
    )


def _scroll_area_of(widget: QWidget, page: QWidget) -> QScrollArea | None:
    parent = widget.parentWidget()
    while parent is not None and parent is not page:
        if isinstance(parent, QScrollArea) and parent.widget().isAncestorOf(widget):
            return parent
        parent = parent.parentWidget()
    return None


def assert_nothing_is_clipped(page: QWidget) -> None:
    # A busy page may just have got new words: Qt lays them out before it paints, but with its next events.
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    for widget in seen(page, QWidget):
        _assert_has_its_place(widget, page)
        if isinstance(widget, QAbstractButton):
            least = widget.minimumSizeHint()
            assert widget.width() >= least.width(), (widget.objectName(), widget.size(), least)
            assert widget.height() >= least.height(), (widget.objectName(), widget.size(), least)
        if isinstance(widget, QLabel) and widget.text():
            _assert_words_fit(widget)


def _assert_has_its_place(widget: QWidget, page: QWidget) -> None:
    """Within the page; in a part that scrolls, within what can be scrolled to."""
    area = _scroll_area_of(widget, page)
    room = page if area is None else area.widget()
    if widget is room:
        return
    assert room is not None
    place = QRect(widget.mapTo(room, QPoint(0, 0)), widget.size())
    assert QRect(QPoint(0, 0), room.size()).contains(place), (widget.objectName(), type(widget).__name__, place)
    if area is not None and area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
        assert area.widget().width() <= area.viewport().width(), area.objectName()


def _assert_words_fit(label: QLabel) -> None:
    if label.wordWrap():
        assert label.height() >= label.heightForWidth(label.width()), (label.text(), label.size())
    elif label.sizePolicy().horizontalPolicy() != label.sizePolicy().Policy.Ignored:
        assert label.width() >= label.sizeHint().width(), (label.objectName(), label.text(), label.size())
