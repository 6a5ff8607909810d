"""The picture of a network with its controls, its light, and a sentence on what one sees."""

from dataclasses import replace

from PySide6.QtCore import QElapsedTimer, QSize, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QStyle, QVBoxLayout, QWidget

from mnist_lab.studies.flow_case import FlowChoice, Flows
from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.key_line import KeyLine
from mnist_lab.window.widgets.basic.least_height import reserve_lines
from mnist_lab.window.widgets.network.dropout_note import DropoutNote
from mnist_lab.window.widgets.network.flow_words import FlowWords
from mnist_lab.window.widgets.network.line_scale import following
from mnist_lab.window.widgets.network.lit_network import LitNetwork, blend, lit_network
from mnist_lab.window.widgets.network.network_controls import NetworkControls
from mnist_lab.window.widgets.network.network_light import LightStage, Way
from mnist_lab.window.widgets.network.network_look import NetworkLook
from mnist_lab.window.widgets.network.network_picture import NetworkPicture
from mnist_lab.window.widgets.network.network_places import EDGE
from mnist_lab.window.widgets.network.stage_words import StageWords

_FRAME_MILLISECONDS = 40
_MORPH_SECONDS = 0.25
_LINES = 3
_LOW = 270
"""Logical pixels: lower, the picture has all of it, so that its digits have names, and its sentence is a tool tip."""


class NetworkView(QFrame):
    """Shows what flows through a network; whoever computes it follows `choice`.

    Attributes:
        picture: the network.
        look: how one looks at it.

    Signals:
        choice_changed(): something else is to be computed.
        unit_activated(int, int): a unit is to be looked at closely: layer and index, both from 0.
    """

    choice_changed = Signal()
    unit_activated = Signal(int, int)

    def __init__(
        self, prefix: str, look: NetworkLook, parent: QWidget | None = None, *, is_framed: bool = True
    ) -> None:
        """The objectNames of all parts begin with `prefix`; without a frame it lies in a card of somebody else."""
        super().__init__(parent)
        self._is_framed = is_framed
        if is_framed:
            theme.set_role(self, "card")
        self.look = look
        self._flows: Flows | None = None
        self._no_back_words = ""
        self._is_waiting = False
        self._from: LitNetwork | None = None
        self._from_limit = 0.0
        self._morphed = _MORPH_SECONDS
        self._words = FlowWords(self)
        self._stage_words = StageWords(self._words, self)
        self.controls = NetworkControls(prefix, self)
        self.picture = NetworkPicture(self._words, self)
        self.picture.setObjectName(f"{prefix}Picture")
        self.picture.held, self.picture.held_unit = look.held, look.held_unit
        self._sentence = reserve_lines(QLabel(self), _LINES)
        self._sentence.setObjectName(f"{prefix}Sentence")
        self._sentence.setWordWrap(True)
        self._sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        above = 0 if self._is_framed else theme.SMALL_GAP  # there is less between the parts
        self._sentence.setContentsMargins(EDGE, above, EDGE, 0)
        self._sentence.setMinimumHeight(self._sentence.minimumHeight() + above)
        self._dropout = DropoutNote(self)
        self._dropout.setObjectName(f"{prefix}Dropout")
        self._timer = QTimer(self, interval=_FRAME_MILLISECONDS)
        self._clock = QElapsedTimer()
        self._lay_out()
        self._connect()
        self._show()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        side = theme.GAP + theme.SMALL_GAP - EDGE if self._is_framed else 0  # the picture has an edge of its own
        layout.setContentsMargins(side, theme.GAP if self._is_framed else 0, side, theme.GAP if self._is_framed else 0)
        layout.setSpacing(theme.GAP if self._is_framed else theme.SMALL_GAP)
        layout.addWidget(self.controls)
        layout.addWidget(self.picture, 1)
        layout.addWidget(self._sentence)
        layout.addWidget(self._dropout)
        self._keys = KeyLine(self.picture, self.picture.KEYS, self)
        layout.addWidget(self._keys)
        self._keys.setContentsMargins(EDGE, 0, EDGE, 0)

    def hasHeightForWidth(self) -> bool:
        """No: the sentence has its lines reserved."""
        return False

    def minimumSizeHint(self) -> QSize:
        """Room for the controls and a small picture: where it is low, the sentence gives its room to that."""
        controls, least, layout = self.controls.minimumSizeHint(), self.picture.minimumSizeHint(), self.layout()
        assert layout is not None
        around = layout.contentsMargins()
        width = max(controls.width(), least.width()) + around.left() + around.right()
        height = controls.height() + least.height() + around.top() + around.bottom() + theme.GAP
        return QSize(width, height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the words out where there is room for the picture alone."""
        super().resizeEvent(event)
        is_high = self.height() >= theme.fonts.scaled(_LOW)
        self._sentence.setVisible(is_high)
        self._dropout.follow_room(has_room=is_high)
        self._say()
        self._keys.setVisible(is_high)

    def _connect(self) -> None:
        self.controls.chosen.connect(self.choice_changed)
        self.controls.play_pressed.connect(self._on_play)
        self.controls.step_pressed.connect(self._on_step)
        self.controls.way_chosen.connect(self._refresh)
        self.picture.room_changed.connect(self._on_room)
        self.picture.unit_activated.connect(self.unit_activated)
        self.picture.pointed_changed.connect(self._say)
        self.picture.held_changed.connect(self._on_held)
        self._timer.timeout.connect(self._on_time)

    # What is shown

    def choice(self, hidden_layers: int) -> FlowChoice:
        """What is to be computed for a network with so many hidden layers."""
        units = self.controls.units or self.picture.units_with_room
        held, unit = self.look.held, self.look.held_unit
        kept = None if held is None or unit is None else (held.layer, unit)
        places = (units,) * hidden_layers
        return FlowChoice(self.controls.output, self.controls.against, places, self.look.shown, kept)

    def show_flows(
        self, flows: Flows | None, words: str, *, dropout: float = 0.0, is_jump: bool = False, is_waiting: bool = False
    ) -> None:
        """Show what flows.

        Args:
            flows: what was computed; None: nothing can be shown.
            words: why nothing is shown, or why the light cannot go back.
            dropout: the share that is left out of each hidden layer while this network is trained, but not here.
            is_jump: whether the network came from another moment: lines then go over from what they were.
            is_waiting: whether nothing flows yet: units are shown without any light, and `words` say why.
        """
        self._is_waiting = is_waiting
        self._dropout.tell(0.0 if flows is None else dropout)
        self.picture.note = self._dropout.text()
        self._from = self.picture.lit if is_jump and self._flows is not None and self._has_motion else None
        self._from_limit = self.picture.limit
        self._flows, self._no_back_words = flows, words
        if flows is not None:
            self.look.shown = flows.forward.shown
        self._follow_way()
        if self._from is not None:
            self._morphed = 0.0
            self._run_clock()
        self._show()

    @property
    def sentence(self) -> str:
        """What is said of what one sees."""
        return self._sentence.text()

    @property
    def _has_motion(self) -> bool:
        """Whether the system wants things to move."""
        return self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self) > 0

    def _follow_way(self) -> None:
        flows = self._flows
        if flows is not None:
            way: Way = "back" if self.controls.is_back and flows.back is not None else "forward"
            self.look.light.set_network(way, len(flows.forward.layers))
        can_go_back = flows is not None and flows.back is not None and not self._is_waiting
        self.controls.show_light(
            is_playing=self.look.light.is_playing,
            can_play=flows is not None and not self._is_waiting,
            can_go_back=can_go_back,
            why_not="" if can_go_back else self._no_back_words,
        )

    def _show(self) -> None:
        """Paint and say how it is now."""
        flows, light = self._flows, self.look.light
        if flows is None:
            self.picture.show_network(None, None, self._no_back_words)
        else:
            stage = LightStage("input") if self._is_waiting else light.stage
            lit = lit_network(flows.forward, flows.back, stage, light.pulse)
            if self._is_waiting:
                lit = replace(lit, now=None)  # nothing is at work
            if self._from is not None:
                limits = self._from_limit, following(self._from_limit, lit.size)
                lit = blend(self._from, lit, self._morphed / _MORPH_SECONDS, limits)
            self.picture.show_numbers(stage is not None)
            self.picture.show_network(flows.forward, lit, right=flows.right)
        self._say()

    @Slot()
    def _say(self) -> None:
        flows, stage = self._flows, self.look.light.stage
        words = self.picture.readout
        if self._is_waiting:
            words = self._no_back_words
        elif not words and flows is not None:
            told = "" if stage is None else self._stage_words.say(stage, flows.forward, flows.back)
            words = told or self.picture.words
        if words != self._sentence.text():
            self._sentence.setText(words)
        self.picture.tip = words if self._sentence.isHidden() else ""

    # The light

    def advance(self, seconds: float) -> None:
        """Let time pass for the light, and for what goes over from one moment to another."""
        self._morphed = min(self._morphed + seconds, _MORPH_SECONDS)
        before = self.look.light.index
        self.look.light.advance(seconds)
        if self.look.light.index != before:
            self._count()
        self._refresh()
        if self._morphed >= _MORPH_SECONDS:
            self._from = None
        if not self._is_moving:
            self._timer.stop()

    @property
    def is_going_over(self) -> bool:
        """Whether lines are still on their way from one moment to another."""
        return self._from is not None and self.isVisible()

    @property
    def _is_moving(self) -> bool:
        return self.look.light.is_playing or self._from is not None

    def _run_clock(self) -> None:
        if self._is_moving and self.isVisible() and not self._timer.isActive():
            self._clock.start()
            self._timer.start()

    @Slot()
    def _on_time(self) -> None:
        self.advance(self._clock.restart() / 1000)

    @Slot()
    def _on_play(self) -> None:
        light = self.look.light
        if not self._has_motion:
            light.step()
            self._count()
        elif light.is_playing:
            light.pause()
        else:
            light.play()
            self._count()
        self._refresh()
        self._run_clock()

    @Slot()
    def _on_step(self) -> None:
        self.look.light.step()
        self._count()
        self._refresh()

    def _count(self) -> None:
        if self._flows is not None:
            self.look.count(self._flows)

    @Slot(bool)
    def _refresh(self, _is_back: bool = False) -> None:
        self._follow_way()
        self._show()

    # What happens

    @Slot()
    def _on_held(self) -> None:
        self.look.held, self.look.held_unit = self.picture.held, self.picture.held_unit
        self._say()

    @Slot()
    def _on_room(self) -> None:
        if self.controls.units is None:
            self.choice_changed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Let the light run on."""
        super().showEvent(event)
        self._run_clock()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let nothing move that is not seen."""
        super().hideEvent(event)
        self._timer.stop()
