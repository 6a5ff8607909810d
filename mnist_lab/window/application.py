"""The application that the lab's window belongs to."""

import sys

from PySide6.QtCore import QEvent, QRect
from PySide6.QtGui import QCursor, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QToolTip, QWidget

from mnist_lab import __version__
from mnist_lab.window import translation


class LabApplication(QApplication):
    """Qt's own, but its tooltips are read at a glance: a long one has several lines, whichever part it belongs to."""

    def event(self, event: QEvent) -> bool:
        """Qt's timer for tooltips is an event of the application itself: only then is there one to be looked at.

        A filter would do for it, too, but it would be asked about every event of every widget.
        """
        is_handled = bool(super().event(event))
        if event.type() == QEvent.Type.Timer and QToolTip.isVisible():
            _break_lines()
        return is_handled


def make_application() -> LabApplication:
    """Make the application, under the names that a desktop knows it by, in the learner's language."""
    application = LabApplication(sys.argv[:1])
    application.setApplicationName("MNIST Lab")
    application.setOrganizationName("MNIST Lab")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("mnist-lab")
    translation.install(application)
    return application


def _break_lines() -> None:
    """Put the tooltip that has come into lines, before it is painted; one that is formatted already has them."""
    from mnist_lab.window.tip_lines import in_lines  # nothing that the lab needs to start

    tip, pointer = QToolTip.text(), QCursor.pos()
    lines = tip if Qt.mightBeRichText(tip) else in_lines(tip)
    widget = QApplication.widgetAt(pointer)
    if lines != tip and widget is not None:
        QToolTip.showText(pointer, lines, widget, _cell_at(widget))


def _cell_at(widget: QWidget) -> QRect:
    """Where the tooltip holds: in the cell of a table below the pointer; an empty rectangle means all of `widget`."""
    view = widget.parentWidget()
    if not isinstance(view, QAbstractItemView) or view.viewport() is not widget:
        return QRect()
    return view.visualRect(view.indexAt(widget.mapFromGlobal(QCursor.pos())))
