"""The slider through the moments of a run."""

from PySide6.QtCore import QPoint, QPointF, QRect, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QStyle, QStyleOptionSlider, QWidget

from mnist_lab.window import theme
from mnist_lab.window.state.moment_stops import nearest_stop, next_stop
from mnist_lab.window.widgets.basic.slider import Slider


class MomentSlider(Slider):
    """Stands on the update that is looked at; what the run has not done yet cannot be reached.

    A press beside the handle takes it there at once. Where there are `stops` it stands at these alone.

    Attributes:
        last: the update beyond which there is nothing yet.
        stops: the only updates that can be looked at, rising; None: any can.

    Signals:
        moved(int, bool): the learner went to an update; whether they have let go.
    """

    moved = Signal(int, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("momentSlider")
        theme.set_role(self, "film")
        self.last = 0
        self.stops: tuple[int, ...] | None = None
        self._placed = 0
        self.valueChanged.connect(self._on_changed)
        self.sliderReleased.connect(self._on_released)

    def place(self, updates: int) -> None:
        """Stand there without saying so; not while one drags."""
        if not self.isSliderDown() and updates != self.value():
            with QSignalBlocker(self):
                self.setValue(updates)
        self._placed = self.value()

    def update_at(self, x: float) -> int:
        """The update that belongs to a place, in logical pixels from the left, within what the run has done."""
        groove, handle = self._part(QStyle.SubControl.SC_SliderGroove), self._part(QStyle.SubControl.SC_SliderHandle)
        room = groove.width() - handle.width()
        place = round(x) - groove.left() - handle.width() // 2
        return min(QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), place, room), self.last)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go where one presses, and drag from there."""
        if event.button() == Qt.MouseButton.LeftButton and not self._is_on_handle(event.position().toPoint()):
            self.setSliderDown(True)
            self.setSliderPosition(self.update_at(event.position().x()))
            event = self._on_its_handle(event)  # where it could not go to the pointer, Qt would page towards that
        super().mousePressEvent(event)

    def _on_its_handle(self, event: QMouseEvent) -> QMouseEvent:
        """The same press, in the middle of the handle."""
        place = QPointF(self._part(QStyle.SubControl.SC_SliderHandle).center())
        return QMouseEvent(
            event.type(), place, event.globalPosition(), event.button(), event.buttons(), event.modifiers()
        )

    def _part(self, part: QStyle.SubControl) -> QRect:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        return self.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, part, self)

    def _is_on_handle(self, place: QPoint) -> bool:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        part = self.style().hitTestComplexControl(QStyle.ComplexControl.CC_Slider, option, place, self)
        return part == QStyle.SubControl.SC_SliderHandle

    @Slot(int)
    def _on_changed(self, updates: int) -> None:
        reached = min(updates, self.last)
        if self.stops:
            is_dragged = self.isSliderDown()
            reached = nearest_stop(self.stops, reached) if is_dragged else next_stop(self.stops, self._placed, reached)
        if reached != updates:
            with QSignalBlocker(self):
                self.setValue(reached)
        self._placed = reached
        self.moved.emit(self.value(), not self.isSliderDown())

    @Slot()
    def _on_released(self) -> None:
        self.moved.emit(self.value(), True)
