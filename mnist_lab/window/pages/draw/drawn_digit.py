"""The digit on the Draw page: the drawing, how it is prepared, and what the network receives of it."""

from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.data.preprocess import ALL_STEPS, PreparedImage, Steps
from mnist_lab.window.pages.draw.drawing_pad import DrawingPad
from mnist_lab.window.pages.draw.pad_content import prepare_pad
from mnist_lab.window.state.drawing import Drawing
from mnist_lab.window.state.lab import Lab


class DrawnDigit(QObject):
    """Prepares the drawing at every change and hands it to the lab.

    Attributes:
        pad: the drawing.
        steps: which steps of the preparation are taken.
        is_anew: whether pictures that are 28×28 already are prepared once more.
        content: the drawing as it was prepared.
        prepared: what the network receives; None if nothing is inked.
        is_saved: whether this drawing is kept among one's own digits.

    Signals:
        changed(): any of these is other now.
    """

    changed = Signal()

    def __init__(self, lab: Lab) -> None:
        super().__init__(lab)
        self._lab = lab
        self.pad = DrawingPad(self)
        self.steps = ALL_STEPS
        self.is_anew = False
        self.content = self.pad.content()
        self.prepared: PreparedImage | None = None
        self.is_saved = False
        self.pad.changed.connect(self._on_pad_changed)

    def set_preparation(self, steps: Steps, *, is_anew: bool) -> None:
        """Prepare the drawing in another way."""
        self.steps, self.is_anew = steps, is_anew
        self._on_pad_changed()

    @Slot()
    def _on_pad_changed(self) -> None:
        self.is_saved = False
        self.content = self.pad.content()
        self.prepared = prepare_pad(self.content, self.steps, is_anew=self.is_anew)
        self.changed.emit()
        drawing = None if self.prepared is None else Drawing(self.prepared.image, self.content.label)
        self._lab.set_drawing(drawing)
