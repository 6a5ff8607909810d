"""Preparing: the picture after each step on its way into the network, and what the answer would be without the step."""

from dataclasses import asdict

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from mnist_lab.data.preprocess import ALL_STEPS, PreparedImage, Steps
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.window import theme
from mnist_lab.window.pages.draw.answers import Answer, answer_of, seen
from mnist_lab.window.pages.draw.pad_content import PadContent, prepare_pad
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.pictures.grey_image import grey_image, ink_colours
from mnist_lab.window.widgets.pictures.square import Square
from mnist_lab.window.words import fill

STEP_NAMES = ("pen", "box", "centre", "scale")
_SMALLEST = 70


class PreparingTab(QWidget):
    """Four thumbnails, each with its switch.

    Attributes:
        steps: which steps are taken, as the switches stand.
        is_anew: whether pictures that are 28×28 already are prepared once more.

    Signals:
        switched(): one of them is other now.
    """

    switched = Signal()

    def __init__(self, steps: Steps, is_anew: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.steps = steps
        self.is_anew = is_anew
        self._stages: dict[str, _Stage] = {}
        self._content: PadContent | None = None
        # What the network receives of it, by steps: weights that come every moment need not have it made anew.
        self._inputs: dict[tuple[Steps, bool], NDArray[np.float32] | None] = {}
        grid = QGridLayout()
        grid.setSpacing(theme.GAP)
        for index, name in enumerate(STEP_NAMES):
            stage = self._stage(name)
            stage.switch.setChecked(getattr(steps, name))
            stage.switch.toggled.connect(self._on_switched)
            self._stages[name] = stage
            grid.addWidget(stage, index // 2, index % 2)
        self._anew = QCheckBox(self.tr("Prepare a picture of the set once more"), self)
        self._anew.setObjectName("prepareAnew")
        self._anew.setAccessibleName(self._anew.text())
        self._anew.setToolTip(
            self.tr("A digit of the set was prepared by MNIST's makers and goes in as it is; this prepares it again.")
        )
        self._anew.setChecked(is_anew)
        self._anew.toggled.connect(self._on_anew)
        self._sentence = QLabel(self)
        self._sentence.setObjectName("preparingSentence")
        self._sentence.setWordWrap(True)
        self._sentence.setMinimumHeight(2 * self._sentence.fontMetrics().lineSpacing())
        content = QWidget(self)
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.SMALL_GAP)
        inside.addLayout(grid, 1)
        inside.addWidget(self._anew)
        inside.addWidget(self._sentence)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.addWidget(Panel(self.tr("From the pad to the network, step by step"), content, parent=self))

    def show_steps(self, steps: Steps) -> None:
        """Let the switches stand as these steps are taken."""
        self.steps = steps
        for name, stage in self._stages.items():
            with QSignalBlocker(stage.switch):
                stage.switch.setChecked(getattr(steps, name))

    def show_preparation(
        self,
        content: PadContent,
        prepared: PreparedImage | None,
        weights: NetworkWeights | None,
        now: Answer | None,
        *,
        is_drawing: bool,
    ) -> None:
        """Show each stage of `prepared`, made of `content`, and the network's answers with and without its step.

        While the pen is down the other answers wait: the line must follow the hand.
        """
        pictures: dict[str, NDArray[np.floating] | None] = dict.fromkeys(STEP_NAMES)
        if prepared is not None:
            pictures["pen"], pictures["box"] = prepared.drawn, prepared.boxed
            pictures["centre"], pictures["scale"] = prepared.centred / np.float32(255), seen(prepared)
        skippable = self._skippable(content)
        for name, stage in self._stages.items():
            words = ""
            if prepared is not None and now is not None:
                other = None if is_drawing else weights
                words = self._say_without(name, content, other, name in skippable)
            stage.show_stage(pictures[name], name in skippable, words)
        self._anew.setEnabled(content.is_prepared)
        is_usual = self.steps == ALL_STEPS
        usual = now if is_usual or is_drawing else self._answer(content, weights, ALL_STEPS)
        self._sentence.setText(self._compare(prepared is not None, usual, now, is_usual=is_usual or is_drawing))

    def _answer(self, content: PadContent, weights: NetworkWeights | None, steps: Steps) -> Answer | None:
        if weights is None:
            return None
        if content is not self._content:
            self._content = content
            self._inputs.clear()
        key = steps, self.is_anew
        if key not in self._inputs:
            prepared = prepare_pad(content, steps, is_anew=self.is_anew)
            self._inputs[key] = None if prepared is None else prepared.image
        return answer_of(weights, self._inputs[key])

    def _skippable(self, content: PadContent) -> frozenset[str]:
        """The steps that do something to the drawing."""
        if content.picture is None:
            return frozenset(STEP_NAMES)
        if content.is_prepared and not self.is_anew:
            return frozenset({"scale"})
        return frozenset(STEP_NAMES) - {"pen"}

    def _stage(self, name: str) -> "_Stage":
        texts = {
            "pen": (
                self.tr("Redraw the line"),
                self.tr("Draw the line anew, at a width that belongs to the digit's size."),
            ),
            "box": (self.tr("Shrink to a box"), self.tr("Cut the digit out and shrink it to 19 of 28 pixels.")),
            "centre": (self.tr("Centre of mass"), self.tr("Put the centre of its ink on the middle.")),
            "scale": (self.tr("Divide by 255"), self.tr("Turn grey levels 0–255 into numbers 0–1.")),
        }
        title, explanation = texts[name]
        return _Stage(name, title, explanation, self)

    def _say_without(self, name: str, content: PadContent, weights: NetworkWeights | None, can_skip: bool) -> str:
        """In words; without weights, that the answer is still to come."""
        if not can_skip:
            return self.tr("Nothing to do here")
        if weights is None:
            return self.tr("Without it: …")
        answer = self._answer(content, weights, one_skipped(name))
        spelled = self.tr("no answer") if answer is None else answer.spell()
        return fill(self.tr("Without it: {answer}"), answer=spelled)

    def _compare(self, is_inked: bool, usual: Answer | None, now: Answer | None, *, is_usual: bool) -> str:
        if not is_inked:
            return self.tr("Draw something: then each step shows what it does to it.")
        if usual is None:
            return self.tr("With a network, each step shows here what the answer would be without it.")
        if is_usual:
            words = self.tr("As the switches stand, the answer is {usual}. Switch a step off to skip it.")
            return fill(words, usual=usual.spell())
        spelled = self.tr("none") if now is None else now.spell()
        words = self.tr("The answer with every step: {usual}. As the switches stand: {now}.")
        return fill(words, usual=usual.spell(), now=spelled)

    @Slot(bool)
    def _on_switched(self, _on: bool) -> None:
        self.steps = Steps(**{name: stage.switch.isChecked() for name, stage in self._stages.items()})
        self.switched.emit()

    @Slot(bool)
    def _on_anew(self, on: bool) -> None:
        self.is_anew = on
        self.switched.emit()


def one_skipped(name: str) -> Steps:
    """All steps but one."""
    return Steps(**(asdict(ALL_STEPS) | {name: False}))


class _Stage(QWidget):
    """One step: its switch, its picture, and what the answer would be without it."""

    def __init__(self, name: str, title: str, explanation: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.switch = QCheckBox(title, self)
        self.switch.setObjectName(f"{name}Step")
        self.switch.setAccessibleName(title)
        self.switch.setAccessibleDescription(explanation)
        self.switch.setToolTip(explanation)
        self._picture = _Thumbnail(self)
        self._picture.setAccessibleName(title)
        self._picture.setToolTip(explanation)
        self._words = QLabel(self)
        self._words.setObjectName(f"{name}StepAnswer")
        theme.set_role(self._words, "caption")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(Square(self._picture, self), 1)
        layout.addWidget(self._words)

    def show_stage(self, picture: NDArray[np.floating] | None, can_skip: bool, words: str) -> None:
        self.switch.setEnabled(can_skip)
        self._picture.set_picture(picture)
        self._words.setText(words)


class _Thumbnail(QWidget):
    """A small square picture of ink."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._values: NDArray[np.floating] | None = None
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.set_palette(theme.current())

    def set_picture(self, values: NDArray[np.floating] | None) -> None:
        """Show (s, s) values from 0 to 1; None shows paper."""
        self._values = values
        self._image = QImage() if values is None else grey_image(values, self._colours)
        self.update()

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        self._palette = palette
        self._colours = ink_colours(palette)
        self.set_picture(self._values)

    def minimumSizeHint(self) -> QSize:
        """Large enough to see a digit."""
        return QSize(_SMALLEST, _SMALLEST)

    def sizeHint(self) -> QSize:
        """The same."""
        return self.minimumSizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture and its edge."""
        painter = QPainter(self)
        if self._image.isNull():
            painter.fillRect(self.rect(), QColor(self._palette.paper))
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._image.width() > self.width())
            painter.drawImage(self.rect(), self._image)
        painter.setPen(QColor(self._palette.border))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -1, -1))  # at any scale within the widget
        painter.end()
