"""The pad with everything that belongs to it: undo, clear, where pictures come from, and what is done to them."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mnist_lab.window import page_keys, theme
from mnist_lab.window.keyboard import add_shortcut
from mnist_lab.window.pages.draw.change_tools import ChangeTools
from mnist_lab.window.pages.draw.draw_canvas import DrawCanvas
from mnist_lab.window.pages.draw.drawing_pad import DrawingPad
from mnist_lab.window.pages.draw.pad_content import PadContent, can_change, change_of
from mnist_lab.window.pages.draw.picture_import import PictureDrop
from mnist_lab.window.pages.draw.picture_sources import PictureSources
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.widgets.basic.key_line import KeyLine
from mnist_lab.window.widgets.basic.keyed_button import KeyedButton
from mnist_lab.window.widgets.basic.one_place import OnePlace
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.fields.complaints import Complaints
from mnist_lab.window.widgets.pictures.square import Square


class PadPanel(QWidget):
    """Takes all the height there is: the pad is as large as it may be.

    Attributes:
        canvas: the pad.
        drop: tells of pictures that are dropped on it.
        sources: where pictures come from.
        changes: moving, turning and noise.
    """

    def __init__(self, pad: DrawingPad, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = DrawCanvas(self, pad=pad)
        self.canvas.setObjectName("drawCanvas")
        self.drop = PictureDrop(self.canvas)
        self.sources = PictureSources(pad.pen_share, self)
        self._complaints = Complaints(self)
        self._complaints.setObjectName("padComplaints")
        self._complaints.add_field(self.sources.number)
        self._complaints.reserve_lines(0)  # the line of keys has room for it
        self.changes = ChangeTools(self)
        self._undo = KeyedButton("ph.arrow-counter-clockwise", self.tr("&Undo"), page_keys.UNDO, self)
        self._undo.setObjectName("undoButton")
        self._undo.setAccessibleName(self.tr("Undo"))
        self._undo.setToolTip(self.tr("Take the last stroke, picture or change back, or the last clearing (Ctrl+Z)."))
        self._clear = IconButton("ph.trash", self.tr("&Clear"), self)
        self._clear.setObjectName("clearButton")
        self._clear.setAccessibleName(self.tr("Clear"))
        self._clear.setToolTip(self.tr("Empty the pad; Undo brings the drawing back."))
        self._build()
        self._undo.clicked.connect(self._on_undo)
        self._clear.clicked.connect(self._on_clear)
        self.sources.pen_share_changed.connect(pad.set_pen_share)
        add_shortcut(page_keys.UNDO, self).activated.connect(self._on_undo)
        add_shortcut(page_keys.REDO, self).activated.connect(self.canvas.redo)

    def show_content(self, content: PadContent, *, is_inked: bool) -> None:
        """Let the tools show what can be done with the drawing."""
        self._complaints.settle()  # it is another one
        self._undo.setEnabled(self.canvas.pad.drawing.can_undo)
        self._clear.setEnabled(not self.canvas.is_empty)
        self.sources.show_picture(content.picture)
        self.changes.show_change(change_of(content) if is_inked or can_change(content) else None)

    @property
    def usual_width(self) -> int:
        """How wide it is at least, in logical pixels, where no tool needs a row more than usual."""
        return self.sources.usual_width + self._panel.width_around()

    def _build(self) -> None:
        content = QWidget(self)
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.GAP)
        inside.addWidget(Square(self.canvas, self), 1)
        inside.addWidget(OnePlace(self._complaints, KeyLine(self.canvas, self.canvas.KEYS, content), content))
        inside.addWidget(self.sources)
        inside.addWidget(self.changes)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._panel = Panel(self.tr("Draw a digit"), content, self._undo, self._clear, parent=self)
        layout.addWidget(self._panel)

    @Slot()
    def _on_undo(self) -> None:
        self.canvas.undo()
        self.canvas.setFocus()  # the button may be disabled now, and Ctrl+Z must go on

    @Slot()
    def _on_clear(self) -> None:
        self.canvas.clear()
        self.canvas.setFocus()
