"""The chapter's card: one weight, a loss that is hidden, two probes, and the move they suggest."""

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QCheckBox, QLabel, QStyleOptionGraphicsItem, QVBoxLayout, QWidget

from mnist_lab.descent.perturbation import CARD, CARD_RANGE, card_loss
from mnist_lab.window import theme
from mnist_lab.window.pages.descent.naive.card_probes import CardProbes
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.widgets.basic.layouts import beside, paragraph
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn
from mnist_lab.window.widgets.basic.slider import Slider
from mnist_lab.window.widgets.basic.stat_card import StatCard
from mnist_lab.window.widgets.plots.view_item import ViewItem
from mnist_lab.window.widgets.plots.xy_plot import Series, XyPlot
from mnist_lab.window.words import fill, spell

_STEPS_A_UNIT = 100
_START = round(CARD[0].weight * _STEPS_A_UNIT)
_PROBES = 2
_HEIGHTS = (0.0, 1.0)
_HEAD = 9.0
_ROOM = 200.0
_CURVE_POINTS = 200


class CardStage(QWidget):
    """A slider for the weight and a button that runs one forward pass there."""

    def __init__(self, probes: CardProbes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._probes = probes
        self._make_controls()
        self._make_plot()
        beside(self._controls(), Panel(self.tr("Loss against one weight"), self._plot, self._reveal), parent=self)
        self._knob.valueChanged.connect(self._show_knob)
        self._probe.clicked.connect(self._on_probe)
        self._again.clicked.connect(self._on_again)
        self._reveal.toggled.connect(self._show_curve)
        self._show()

    def _make_controls(self) -> None:
        self._value = QLabel()
        self._value.setObjectName("cardWeight")
        theme.set_role(self._value, "large")
        self._knob = Slider()
        self._knob.setObjectName("cardKnob")
        self._knob.setAccessibleName(self.tr("The weight"))
        self._knob.setToolTip(self.tr("Turn the weight: arrow keys by 0.01, Page keys by 0.05."))
        self._knob.setRange(*(round(_STEPS_A_UNIT * end) for end in CARD_RANGE))
        self._knob.setPageStep(round(0.05 * _STEPS_A_UNIT))
        self._knob.setValue(_START)
        self._probe = IconButton("ph.arrow-fat-line-right", self.tr("Run a forward pass"))
        self._probe.setObjectName("cardProbe")
        self._probe.setToolTip(self.tr("Measure the loss with the weight as the slider has it, all others frozen."))
        self._again = IconButton("ph.arrow-counter-clockwise", self.tr("Start again"))
        self._again.setObjectName("cardAgain")
        self._again.setToolTip(self.tr("Forget the probes."))
        self._reveal = QCheckBox(self.tr("show the hidden loss"))
        self._reveal.setObjectName("cardReveal")
        self._reveal.setAccessibleName(self.tr("Show the hidden loss"))
        self._reveal.setToolTip(self.tr("The whole curve. It takes a forward pass for each of its points."))
        self._count = StatCard(self.tr("forward passes for one weight"), room="00")
        self._count.setObjectName("cardPasses")
        self._move = StatCard(self.tr("the move with the least loss so far"), room="−0.00")
        self._move.setObjectName("cardMove")
        self._story = paragraph("cardStory")

    def _controls(self) -> ScrollColumn:
        knob = QWidget()
        inside = QVBoxLayout(knob)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.SMALL_GAP)
        inside.addWidget(self._value)
        inside.addWidget(self._knob)
        introduction = paragraph(
            "cardIntroduction",
            self.tr(
                "All weights are frozen but one. It is 0.30, and the batch has a loss of 0.5. You cannot see the loss"
                " elsewhere: you must run the network to measure it."
            ),
        )
        return ScrollColumn(
            "cardControls",
            introduction,
            knob,
            self._probe,
            self._again,
            self._count,
            self._move,
            self._story,
            parent=self,
        )

    def _make_plot(self) -> None:
        series = (
            Series("curve", self.tr("hidden loss"), lambda palette: palette.muted, is_dashed=True),
            Series("probes", self.tr("measured"), lambda palette: palette.training, has_line=False, has_marks=True),
        )
        words = self.tr("Loss of the batch against one weight")
        self._plot = XyPlot("cardPlot", words, self.tr("weight"), self.tr("loss"), series, self)
        self._arrow = MoveArrow()
        self._plot.getViewBox().addItem(self._arrow, ignoreBounds=True)
        self._plot.set_ranges((CARD_RANGE[0] - 0.02, CARD_RANGE[1] + 0.02), _HEIGHTS)

    @property
    def _weight(self) -> float:
        return self._knob.value() / _STEPS_A_UNIT

    @Slot()
    def _show_knob(self) -> None:
        self._value.setText(spell(self._weight, 2))
        self._probe.setEnabled(not self._probes.knows(self._weight))

    @Slot()
    def _on_probe(self) -> None:
        self._probes.probe(self._weight)
        self._knob.setFocus()  # the button is disabled until the slider moves on
        self._show()

    @Slot()
    def _on_again(self) -> None:
        self._probes.forget()
        self._knob.setValue(_START)
        self._reveal.setChecked(False)
        self._show()

    def _show(self) -> None:
        tried, move, probes = self._probes.tried, self._probes.move, self._probes.probes
        self._plot.set_series("probes", [one.weight for one in probes], [one.loss for one in probes])
        self._count.set_value(str(tried))
        is_told = tried >= _PROBES
        self._move.set_value(self._signed(move) if is_told else "")
        words = fill(self.tr("move by {}"), self._signed(move))
        self._arrow.set_move(CARD[0].weight, move if is_told else 0.0, CARD[0].loss, words)
        self._reveal.setEnabled(is_told)
        self._again.setEnabled(tried > 0)
        self._story.setText(self._tell(tried, move))
        self._show_curve()
        self._show_knob()

    @Slot()
    def _show_curve(self) -> None:
        places = np.linspace(*CARD_RANGE, _CURVE_POINTS) if self._reveal.isChecked() else np.empty(0)
        self._plot.set_series("curve", places, [card_loss(float(place)) for place in places])
        self._plot.refresh()

    def _tell(self, tried: int, move: float) -> str:
        measured = ", ".join(
            fill(self.tr("{weight} → {loss}"), weight=spell(one.weight, 2), loss=spell(one.loss, 2))
            for one in self._probes.probes
        )
        if tried == 0:
            return fill(self.tr("Measured: {}. Try a little more, 0.35, as in the chapter."), measured)
        if tried < _PROBES:
            return fill(self.tr("Measured: {}. Now try the other side, 0.25 in the chapter."), measured)
        if move == 0:
            return fill(self.tr("Measured: {}. No probe is lower: the weight stays for now. Try another."), measured)
        words = self.tr(
            "Measured: {measured}. The loss is lowest at {best}: move by {move}. That took {passes} forward passes for"
            " one weight; a network has hundreds of thousands."
        )
        best = spell(CARD[0].weight + move, 2)
        return fill(words, measured=measured, best=best, move=self._signed(move), passes=tried)

    @staticmethod
    def _signed(move: float) -> str:
        words = spell(round(move, 2), 2)
        return f"+{words}" if move > 0 else words


class MoveArrow(ViewItem):
    """The arrow "move by −0.05", in the plot's own coordinates."""

    def __init__(self) -> None:
        super().__init__()
        self.move_by = 0.0
        self.words = ""
        self._from = QPointF()
        self.setZValue(40)

    def set_move(self, x: float, move: float, y: float, words: str) -> None:
        """Draw it from (x, y) with words above it; a move of 0 draws none."""
        self.prepareGeometryChange()
        self.move_by, self._from, self.words = move, QPointF(x, y), words
        self.setVisible(move != 0)
        self.update()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Draw in pixels: the head and the words keep their size however closely one looks."""
        start = self.mapToDevice(self._from)
        end = self.mapToDevice(self._from + QPointF(self.move_by, 0))
        if start is None or end is None:
            return
        palette = theme.current()
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(palette.accent)
        painter.setPen(QPen(colour, 2.5))
        painter.setBrush(colour)
        back = _HEAD if start.x() > end.x() else -_HEAD
        painter.drawLine(QLineF(start, end + QPointF(back, 0)))
        painter.setPen(Qt.PenStyle.NoPen)
        head = [end, end + QPointF(back, -_HEAD / 2), end + QPointF(back, _HEAD / 2)]
        painter.drawPolygon(QPolygonF(head))
        painter.setFont(theme.fonts.font("body", bold=True))
        painter.setPen(colour)
        room = QRectF(end + QPointF(-_ROOM / 2, -_HEAD - _ROOM), QSizeF(_ROOM, _ROOM))
        painter.drawText(room, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, self.words)
        painter.restore()
