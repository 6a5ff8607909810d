"""Rings the marked step on the curve, and says above it what is marked, or else how the ball stands."""

import math

from PySide6.QtCore import QObject, Slot

from mnist_lab.window.pages.descent import looks
from mnist_lab.window.pages.descent.curve.curve_model import CurveModel
from mnist_lab.window.pages.descent.curve.curve_view import CurveView
from mnist_lab.window.pages.descent.marked_step import StepMark
from mnist_lab.window.words import fill, spell


class CurveMarks(QObject):
    """Between the bench, the curve and the step that is looked at."""

    def __init__(self, model: CurveModel, curve: CurveView, parent: QObject) -> None:
        super().__init__(parent)
        self._bench, self._curve, self._marked = model.bench, curve, model.marked
        self._marked.changed.connect(self._show)

    def refresh(self) -> None:
        """Show the balls as they are now; a mark on what is no more goes."""
        self._marked.forget_beyond({name: ball.path.steps for name, ball in self._bench.balls.balls.items()})
        self._curve.show_balls(self._bench.pictures())
        self._show()

    @Slot()
    def _show(self) -> None:
        mark = self._marked.mark
        self._curve.point_at(() if mark is None else self._bench.pictures_at(mark.step, mark.rule))
        self._curve.set_readout(*self._present_words() if mark is None else self._marked_words(mark))

    def _present_words(self) -> tuple[str, ...]:
        ball = self._bench.ball
        if ball is None:
            return (self.tr("Tick an optimizer on the left"),)
        numbers = (self._bench.balls.steps, *(_number(value) for value in (ball.x, float(ball.path.loss[-1]))))
        return (fill(self.tr("step {} · x {} · loss {}"), *numbers),)

    def _marked_words(self, mark: StepMark) -> tuple[str, ...]:
        """In full, and shorter for a narrow window."""
        path = self._bench.balls.balls[mark.rule].path
        values = (_number(float(column[mark.step])) for column in (path.x, path.loss, path.slope))
        short = fill(self.tr("step {} · x {} · loss {} · slope {}"), mark.step, *values)
        return fill(self.tr("{name}: {values}"), name=looks.name(mark.rule), values=short), short


def _number(value: float) -> str:
    return spell(value, 4, 3) if math.isfinite(value) else "–"
