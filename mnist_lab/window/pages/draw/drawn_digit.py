"""The digit on the Draw page: the drawing, how it is prepared, and what the network receives of it."""

from typing import Annotated

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError
from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.data.preprocess import ALL_STEPS, PreparedImage, Steps
from mnist_lab.window.pages.draw.drawing_pad import DrawingPad
from mnist_lab.window.pages.draw.pad_content import prepare_pad
from mnist_lab.window.state.drawing import Drawing
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.views import View

_KEPT = "drawing"
_MOST_POINTS = 100_000
"""Of a drawing that the next session brings back: a quarter of an hour of the pen, 4 MB."""

_Share = Annotated[float, Field(ge=0, le=1)]


class _KeptDrawing(BaseModel):
    """The strokes in shares of the pad's side, and the digit that they were said to be."""

    model_config = ConfigDict(extra="forbid")

    strokes: Annotated[list[list[tuple[_Share, _Share]]], Field(max_length=_MOST_POINTS)]
    label: Annotated[int, Field(ge=0, le=9)] | None


class DrawnDigit(QObject):
    """Prepares the drawing at every change and hands it to the lab; strokes on plain paper outlast the session.

    Attributes:
        pad: the drawing.
        steps: which steps of the preparation are taken.
        is_anew: whether pictures that are 28×28 already are prepared once more.
        content: the drawing as it was prepared.
        prepared: what the network receives; None if nothing is inked.
        is_saved: whether this drawing is kept among one's own digits.
        changes: how often it has changed; a stroke counts once it is drawn.

    Signals:
        changed(): any of these is other now.
    """

    changed = Signal()

    def __init__(self, lab: Lab, view: View) -> None:
        """Begin with the drawing of the last session, which `view` has, if there was one."""
        super().__init__(lab)
        self._lab = lab
        self.pad = DrawingPad(self)
        self.steps = ALL_STEPS
        self.is_anew = False
        self.content = self.pad.content()
        self.prepared: PreparedImage | None = None
        self.is_saved = False
        self.changes = 0
        self.pad.changed.connect(self._on_pad_changed)
        self._restore(view.kept(_KEPT))
        view.keep(_KEPT, self._to_keep)
        view.tell("changes", lambda: self.changes)

    def set_preparation(self, steps: Steps, *, is_anew: bool) -> None:
        """Prepare the drawing in another way."""
        self.steps, self.is_anew = steps, is_anew
        self._on_pad_changed()

    @Slot()
    def _on_pad_changed(self) -> None:
        self.is_saved = False
        self.changes += not self.pad.drawing.is_down
        self.content = self.pad.content()
        self.prepared = prepare_pad(self.content, self.steps, is_anew=self.is_anew)
        self.changed.emit()
        drawing = None if self.prepared is None else Drawing(self.prepared.image, self.content.label)
        self._lab.set_drawing(drawing)

    def _to_keep(self) -> JsonValue:
        strokes = self.content.shares()
        if strokes is None or sum(map(len, strokes)) > _MOST_POINTS:
            return None
        return {"strokes": [stroke.tolist() for stroke in strokes], "label": self.content.label}

    def _restore(self, kept: JsonValue) -> None:
        if kept is None:
            return
        try:
            drawing = _KeptDrawing.model_validate(kept)
        except ValidationError:
            self._lab.problem.emit(self.tr("Your last drawing was not kept as it should be: the pad is empty."))
            return
        strokes = [np.array(stroke, np.float64).reshape(-1, 2) for stroke in drawing.strokes]
        self.pad.set_strokes(strokes, 1.0, label=drawing.label)
