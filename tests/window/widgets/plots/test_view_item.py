"""What is painted over a whole view keeps covering it."""

import pyqtgraph
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QStyleOptionGraphicsItem, QWidget

from mnist_lab.window.widgets.plots.view_item import ViewItem


class _Item(ViewItem):
    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        painter.drawRect(self.boundingRect())


def test_it_covers_what_is_in_view(qapp: QApplication) -> None:
    item = _Item()
    assert item.boundingRect().isEmpty()
    view = pyqtgraph.ViewBox()
    view.addItem(item, ignoreBounds=True)
    for low, high in ((0.0, 4.0), (-1.0, 100.0)):
        view.setRange(xRange=(low, high), yRange=(low, high), padding=0)
        covered = item.boundingRect()
        assert (covered.left(), covered.right()) == (low, high)
        assert (covered.top(), covered.bottom()) == (low, high)
